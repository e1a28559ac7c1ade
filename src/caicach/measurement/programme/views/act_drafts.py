"""Drafts of the forms of acts: kept while one writes, put back into the form, dropped."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse, JsonResponse

from caicach.kernel.calendar import clock
from caicach.kernel.identity.http import StaffRequest
from caicach.kernel.ui.wording import hour
from caicach.measurement.programme import forms_task, services
from caicach.measurement.programme.models import ActDraft
from caicach.measurement.programme.queries.act_drafts import act_draft_of


def is_keeping(request: StaffRequest) -> bool:
    """Sent by the form itself while one writes."""
    return request.method == "POST" and request.headers.get("X-Autosave") == "1"


def is_dropping(request: StaffRequest) -> bool:
    return request.method == "POST" and request.POST.get("ban-nhap") == "bo"


def kept(request: StaffRequest, form: forms_task.TaskForm) -> HttpResponse:
    """Only what differs from the untouched form is worth keeping."""
    words = {name: request.POST[name].replace("\r\n", "\n") for name in _names(form) if name in request.POST}
    key = request.POST.get("key", "")
    if all(text.strip() == _untouched(form, name) for name, text in words.items()):
        dropped(request)
    else:
        services.keep_act_draft(actor=request.actor, address=request.path, words=words, form_key=key)
    return JsonResponse({"time": hour(clock.now())})


def _names(form: forms_task.TaskForm) -> list[str]:
    """Fields in which one writes or chooses; files and ticks are kept by nobody."""
    many = (forms.FileField, forms.MultipleChoiceField, forms.BooleanField)
    return [field.name for field in form.visible_fields() if not isinstance(field.field, many)]


def _untouched(form: forms_task.TaskForm, name: str) -> str:
    value = form.get_initial_for_field(form.fields[name], name)
    return "" if value is None else str(value).strip()


def dropped(request: StaffRequest) -> None:
    if draft_of(request, request.path):
        services.drop_act_draft(actor=request.actor, address=request.path)


def draft_of(request: StaffRequest, address: str) -> ActDraft | None:
    return act_draft_of(actor=request.actor, address=address, at=clock.now())


def put_back(request: StaffRequest, form: forms_task.TaskForm) -> ActDraft | None:
    """What was kept stands in the form again."""
    if request.method != "GET":
        return None
    draft = draft_of(request, request.path)
    if draft is not None:
        # What the address itself chose (`tra-loi`, `quyet-dinh`) goes before what was chosen then.
        kept = {
            name: text for name, text in draft.words.items() if name in _names(form) and _may_stand(form, name, text)
        }
        form.initial = {**kept, **form.initial}
    return draft


def _may_stand(form: forms_task.TaskForm, name: str, text: str) -> bool:
    """A choice that is not offered any more (a unit that ended) would leave a browser to choose another."""
    field = form.fields[name]
    return not isinstance(field, forms.ChoiceField) or field.valid_value(text)
