"""What units and officers do to a task: answer, report, ask for time, decide, ask to stop or hand over."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from caicach.kernel.calendar import clock
from caicach.kernel.identity.decorators import page
from caicach.kernel.identity.http import StaffRequest
from caicach.kernel.ui.wording import day
from caicach.kernel.usecase.errors import NotFound
from caicach.measurement.programme import access, forms_task, queries, services
from caicach.measurement.programme.models import ExtensionRequest, ExtensionState, PlanTask
from caicach.measurement.programme.queries.extension_effect import effect_of

from .acting import GET_OR_POST, Act, answered, chosen_by_address, given, task_to_act_on


@page(access.can_open_plans)
@GET_OR_POST
def answer(request: StaffRequest, pk: int) -> HttpResponse:
    """The lead unit takes the task on, or returns it with a reason."""
    task = task_to_act_on(request, pk)
    form = forms_task.AnswerForm(given(request), task=task, initial=chosen_by_address(request, answer="tra-loi"))
    is_return = form.data.get("answer") == form.RETURN if form.is_bound else True

    def perform(typed: dict[str, Any]) -> object:
        common = {"actor": request.actor, "task": task, "revision": typed["revision"], "idempotency_key": typed["key"]}
        if typed["answer"] == form.RETURN:
            return services.return_task(reason=typed["reason"], **common)
        return services.accept_task(**common)

    return answered(
        request,
        Act(
            task=task,
            form=form,
            title=_("Answer of the unit"),
            verb=_("Send the answer"),
            done=_("The task was returned. The reform officer has been told.")
            if is_return
            else _("The task was taken on."),
            perform=perform,
        ),
        allowed=access.can_answer_task(request.actor, task=task),
    )


@page(access.can_open_plans)
@GET_OR_POST
def assign_owner(request: StaffRequest, pk: int) -> HttpResponse:
    task = task_to_act_on(request, pk)
    form = forms_task.OwnerForm(given(request), task=task)
    return answered(
        request,
        Act(
            task=task,
            form=form,
            title=_("Name a person in charge"),
            verb=_("Name this person"),
            sub=_("The person sees the task under “My work”, may report on it and is reminded of it."),
            done=lambda: (
                _("The person in charge was noted.")
                if form.cleaned_data["owner"]
                else _("Nobody is in charge by name: the focal point answers for the task.")
            ),
            perform=lambda typed: services.assign_owner(
                actor=request.actor,
                task=task,
                owner=typed["owner"],
                revision=typed["revision"],
                idempotency_key=typed["key"],
            ),
        ),
        allowed=access.can_assign_owner(request.actor, task=task),
    )


@page(access.can_open_plans)
@GET_OR_POST
def report_progress(request: StaffRequest, pk: int) -> HttpResponse:
    task = task_to_act_on(request, pk)
    form = forms_task.ProgressForm(given(request), task=task)
    return answered(
        request,
        Act(
            task=task,
            form=form,
            title=_("Report progress"),
            verb=_("Send the report"),
            keeps_unsent=True,
            done=lambda: _("Progress is %(progress)d per cent now.") % {"progress": form.cleaned_data["progress"]},
            perform=lambda typed: services.report_progress(
                actor=request.actor,
                task=task,
                progress=typed["progress"],
                text=typed["text"],
                revision=typed["revision"],
                idempotency_key=typed["key"],
            ),
        ),
        allowed=access.can_report(request.actor, task=task),
    )


@page(access.can_open_plans)
@GET_OR_POST
def comment(request: StaffRequest, pk: int) -> HttpResponse:
    task = task_to_act_on(request, pk)
    return answered(
        request,
        Act(
            task=task,
            form=forms_task.CommentForm(given(request), task=task),
            title=_("Write a comment"),
            verb=_("Send comment"),
            keeps_unsent=True,
            done=_("The comment was sent."),
            back=reverse("programme:task", args=[task.pk]) + "?muc=trao-doi",
            perform=lambda typed: services.comment(
                actor=request.actor, task=task, text=typed["text"], idempotency_key=typed["key"]
            ),
        ),
        allowed=access.can_comment(request.actor, task=task),
    )


@page(access.can_open_plans)
@GET_OR_POST
def ask_extension(request: StaffRequest, pk: int) -> HttpResponse:
    task = task_to_act_on(request, pk)
    deadline = day(task.deadline) if task.deadline else ""
    return answered(
        request,
        Act(
            task=task,
            form=forms_task.ExtensionForm(given(request), task=task),
            title=_("Ask for a later deadline"),
            verb=_("Send the request"),
            sub=_("The deadline is %(day)s and stays so until the request is granted. The old day is kept for good.")
            % {"day": deadline}
            if deadline
            else "",
            done=_("The request was sent to the reform officer."),
            perform=lambda typed: services.ask_extension(
                actor=request.actor,
                task=task,
                new_deadline=typed["new_deadline"],
                reason=typed["reason"],
                idempotency_key=typed["key"],
            ),
        ),
        allowed=access.can_ask_extension(request.actor, task=task),
    )


def _request_that_waits(task: PlanTask) -> ExtensionRequest:
    asked = ExtensionRequest.objects.select_related("asked_by").filter(task=task, state=ExtensionState.ASKED).first()
    if asked is None:
        raise NotFound
    asked.task = task
    return asked


@page(access.can_open_plans)
@GET_OR_POST
def withdraw_extension(request: StaffRequest, pk: int) -> HttpResponse:
    task = task_to_act_on(request, pk)
    asked = _request_that_waits(task)
    return answered(
        request,
        Act(
            task=task,
            form=forms_task.RequestSeenForm(given(request), task=task, initial={"seen": asked.pk}),
            title=_("Take the request for extension back"),
            verb=_("Take the request back"),
            sub=_("The deadline stays %(day)s, and the reform officer is told. You can ask for another day any time.")
            % {"day": day(asked.old_deadline)},
            done=_("The request was taken back. The deadline stays."),
            is_danger=True,
            seen=lambda: {"seen": str(asked.pk)},
            perform=lambda typed: services.withdraw_extension(
                actor=request.actor, request=asked, seen=typed["seen"], idempotency_key=typed["key"]
            ),
        ),
        allowed=access.can_withdraw_extension(request.actor, request=asked),
    )


@page(access.can_open_plans)
@GET_OR_POST
def decide_extension(request: StaffRequest, pk: int) -> HttpResponse:
    task = task_to_act_on(request, pk)
    asked = _request_that_waits(task)
    form = forms_task.ExtensionDecisionForm(
        given(request), task=task, initial={**chosen_by_address(request, decision="quyet-dinh"), "seen": asked.pk}
    )
    is_granted = form.data.get("decision") == form.GRANT
    return answered(
        request,
        Act(
            task=task,
            form=form,
            title=_("Decide on the request for extension"),
            decides=True,
            done=_("The new deadline is %(day)s.") % {"day": day(asked.new_deadline)}
            if is_granted
            else _("The deadline stays. The unit has been told why."),
            more="programme/parts/extension_asked.html",
            context={"asked": asked, "effect": effect_of(asked, actor=request.actor, today=clock.today())},
            seen=lambda: {"seen": str(asked.pk)},
            perform=lambda typed: services.decide_extension(
                actor=request.actor,
                request=asked,
                is_granted=typed["decision"] == form.GRANT,
                remark=typed["remark"],
                seen=typed["seen"],
                idempotency_key=typed["key"],
            ),
        ),
        allowed=access.can_decide_extension(request.actor, request=asked),
    )


@page(access.can_open_plans)
@GET_OR_POST
def cancel(request: StaffRequest, pk: int) -> HttpResponse:
    task = task_to_act_on(request, pk)
    return answered(
        request,
        Act(
            task=task,
            form=forms_task.CancelForm(given(request), task=task),
            title=_("Stop the task by a decision"),
            verb=_("Ask the leader"),
            sub=_(
                "Once a leader approves, the plan gets its next version; the task then counts in no rate and takes no "
                "more work. It stays readable. That cannot be undone."
            ),
            done=_("The leader was asked to approve the change."),
            perform=lambda typed: services.ask_to_cancel_task(
                actor=request.actor, task=task, decision=typed["decision"], idempotency_key=typed["key"]
            ),
        ),
        allowed=access.can_cancel(request.actor, task=task),
    )


@page(access.can_open_plans)
@GET_OR_POST
def reassign(request: StaffRequest, pk: int) -> HttpResponse:
    task = task_to_act_on(request, pk)
    left_behind = queries.left_behind_by(task)
    return answered(
        request,
        Act(
            task=task,
            form=forms_task.ReassignForm(given(request), task=task),
            title=_("Give the task to another unit"),
            verb=_("Ask the leader"),
            sub=_(
                "Once a leader approves, the plan gets its next version; a new lead unit is told and has to answer. "
                "Where only co-operating units change, the lead unit's answer stays. Those that come or go are told."
            ),
            more="programme/parts/left_behind.html" if left_behind else "",
            context={"left_behind": left_behind, "level": 3},
            done=_("The leader was asked to approve the change."),
            perform=lambda typed: services.ask_to_reassign(
                actor=request.actor,
                task=task,
                lead=typed["lead"],
                cooperating=typed["cooperating"],
                reason=typed["reason"],
                revision=typed["revision"],
                idempotency_key=typed["key"],
            ),
        ),
        allowed=access.can_reassign(request.actor, task=task),
    )


@page(access.can_open_plans)
@GET_OR_POST
def keep_with_unit(request: StaffRequest, pk: int) -> HttpResponse:
    """The answer to a return: the unit keeps the task."""
    task = task_to_act_on(request, pk)
    unit = task.lead.name if task.lead else ""
    return answered(
        request,
        Act(
            task=task,
            form=forms_task.KeepForm(given(request), task=task),
            title=_("Keep the task with %(unit)s") % {"unit": unit},
            verb=_("Answer the unit"),
            sub=_("%(unit)s returned it: %(reason)s") % {"unit": unit, "reason": task.response_reason},
            done=_("The task stays with %(unit)s, which has been told why.") % {"unit": unit},
            perform=lambda typed: services.keep_with_unit(
                actor=request.actor,
                task=task,
                reason=typed["reason"],
                revision=typed["revision"],
                idempotency_key=typed["key"],
            ),
        ),
        allowed=access.can_keep_with_unit(request.actor, task=task),
    )
