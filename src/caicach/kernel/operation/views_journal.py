"""The journal: who did what, narrowed by what one looks for, the newest first."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from caicach.kernel.audit import queries
from caicach.kernel.audit.models import Outcome
from caicach.kernel.audit.vocabulary import use_case_title
from caicach.kernel.audit.wording import HistoryPage, worded
from caicach.kernel.calendar.clock import VIETNAM
from caicach.kernel.identity.decorators import page
from caicach.kernel.identity.http import StaffRequest
from caicach.kernel.identity.models import Account
from caicach.kernel.ui.addresses import whole_number

from . import access

PAGE_SIZE = 50
# No clock reaches beyond the first and the last day that there are, as the end of a day there would.
DAYS = (MinValueValidator(date(1900, 1, 1)), MaxValueValidator(date(9000, 1, 1)))


class JournalForm(forms.Form):
    use_case = forms.ChoiceField(label=_("Act"), required=False)
    person = forms.ModelChoiceField(
        label=_("Person"), required=False, queryset=Account.objects.order_by("full_name"), empty_label=_("Everyone")
    )
    outcome = forms.ChoiceField(label=_("Outcome"), required=False, choices=[("", _("Any")), *Outcome.choices])
    day_from = forms.DateField(label=_("From day"), required=False, validators=DAYS)
    day_to = forms.DateField(label=_("To day"), required=False, validators=DAYS)
    request_id = forms.CharField(label=_("Request code"), required=False, max_length=64)

    def __init__(self, *args: object, **keywords: object) -> None:
        super().__init__(*args, **keywords)  # type: ignore[arg-type]
        names = sorted(((name, use_case_title(name) or name) for name in queries.use_cases()), key=lambda pair: pair[1])
        self.fields["use_case"].choices = [("", _("Any")), *names]  # type: ignore[attr-defined]

    @property
    def wanted(self) -> queries.EntryFilter:
        asked = self.cleaned_data
        until = asked["day_to"] and datetime.combine(asked["day_to"] + timedelta(days=1), time(), VIETNAM)
        return queries.EntryFilter(
            use_case=asked["use_case"] or None,
            account_ref=asked["person"].pk if asked["person"] else None,
            outcome=Outcome(asked["outcome"]) if asked["outcome"] else None,
            since=asked["day_from"] and datetime.combine(asked["day_from"], time(), VIETNAM),
            until=until or None,
            request_id=asked["request_id"] or None,
        )


@page(access.can_read_journal)
@require_GET
def journal(request: StaffRequest) -> HttpResponse:
    form = JournalForm(request.GET or {"use_case": ""})
    before_id = whole_number(request.GET.get("truoc"))
    lines = []
    if form.is_valid():
        lines = queries.entries(form.wanted, limit=PAGE_SIZE + 1, before_id=before_id)
    more = len(lines) > PAGE_SIZE
    lines = lines[:PAGE_SIZE]
    query = request.GET.copy()
    if more:
        query["truoc"] = str(lines[-1].entry_id)
    context = {
        "form": form,
        "history": HistoryPage(worded(lines, names_records=True), f"?{query.urlencode()}" if more else ""),
        "waiting": queries.waiting(),
    }
    return render(request, "operation/journal.html", context)
