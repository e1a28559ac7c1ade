"""From draft to plan: submitted by one person, approved by another, numbered, frozen as a version."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caicach.kernel.identity.models import Unit
from caicach.kernel.numbering.rules import format_number
from caicach.kernel.numbering.services import next_number
from caicach.kernel.usecase.core import UseCase, use_case
from caicach.kernel.usecase.errors import InvalidInput, UseCaseError
from caicach.measurement.programme import access, rules
from caicach.measurement.programme.gaps import gaps_of
from caicach.measurement.programme.models import Plan, PlanState, PlanTask
from caicach.measurement.programme.signing import Signature, authority_typed, name_typed, usual_signature
from caicach.measurement.programme.timing import Timing, term_starts_on

from .versions import first_version, live_tasks, name_products, number_tasks


class WrongPlanState(UseCaseError):
    code = "programme.wrong_plan_state"

    def default_message(self) -> str:
        return _("The plan is in another state now. Open it again to see what can be done.")


class ApprovedByPreparer(UseCaseError):
    code = "programme.approved_by_preparer"

    def default_message(self) -> str:
        return _("You submitted this plan, so another person has to approve it.")


class PlanIncomplete(UseCaseError):
    """Tasks lack what a plan must say of each; `gaps` names them."""

    code = "programme.plan_incomplete"

    def __init__(self, gaps: Sequence[rules.Gap]) -> None:
        self.gaps = list(gaps)
        numbers = sorted({gap.number for gap in gaps}, key=lambda number: (len(number), number))
        message = ngettext(
            "%(count)d task still lacks its field, lead unit or time: %(numbers)s.",
            "%(count)d tasks still lack their field, lead unit or time: %(numbers)s.",
            len(numbers),
        ) % {"count": len(numbers), "numbers": ", ".join(numbers[:12]) + ("…" if len(numbers) > 12 else "")}
        super().__init__(message)


class LeadEnded(UseCaseError):
    """Tasks are led by units that are no more on the day; the message names both."""

    code = "programme.lead_ended"

    def __init__(self, ended: Sequence[tuple[str, Unit]]) -> None:
        """ended : number (or name) of a task, and the unit that leads it."""
        numbers = list(dict.fromkeys(number for number, _unit in ended))
        units = sorted({unit.name for _number, unit in ended})
        message = ngettext(
            "%(units)s: no unit any more, and leads %(count)d task: %(numbers)s. Choose another lead unit.",
            "%(units)s: no unit any more, and leads %(count)d tasks: %(numbers)s. Choose another lead unit.",
            len(numbers),
        ) % {
            "units": ", ".join(units),
            "count": len(numbers),
            "numbers": ", ".join(numbers[:12]) + ("…" if len(numbers) > 12 else ""),
        }
        super().__init__(message)


def refuse_ended(leads: Iterable[tuple[str, Unit | None]], *, on: date) -> None:
    """leads : number (or name) of a task, and its lead. Raises LeadEnded where one is no more on that day.

    A task of such a unit would count, and nobody would be told of it.
    """
    ended = [(name, unit) for name, unit in leads if unit and unit.valid_to is not None and unit.valid_to <= on]
    if ended:
        raise LeadEnded(ended)


@use_case("programme.submit", permission=access.can_submit)
def submit(uc: UseCase, *, plan: Plan) -> Plan:
    """Sends the draft to the leader. Every task has a field, a lead unit, and a deadline or a rhythm by now.

    Raises PlanIncomplete, LeadEnded, WrongPlanState. Emits `programme.plan_submitted`.
    """
    _move(uc, plan, PlanState.SUBMITTED)
    tasks = live_tasks(plan)
    if not tasks:
        raise InvalidInput(_("There is no task in this plan yet."))
    gaps = [gap for task in tasks for gap in gaps_of(task)]
    if gaps:
        raise PlanIncomplete(gaps)
    refuse_ended(_leads(tasks), on=uc.today)
    number_tasks(uc, tasks)  # now, so that the leader approves the numbers too
    with uc.changing(plan):
        plan.state = PlanState.SUBMITTED
        plan.submitted_by_id, plan.submitted_at = uc.actor.account_id, uc.at
    plan.save()
    uc.emit("programme.plan_submitted", plan=plan.pk)
    return plan


@use_case("programme.return_draft", permission=access.can_return_draft)
def return_draft(uc: UseCase, *, plan: Plan, reason: str) -> Plan:
    """Back to the draft with a reason: by the leader, or by the officer who takes it back."""
    uc.hold(plan)
    if plan.state != PlanState.SUBMITTED:
        raise WrongPlanState
    if not reason.strip():
        raise InvalidInput(fields={"reason": [_("Say what has to be changed.")]})
    with uc.changing(plan):
        plan.state = PlanState.DRAFT
        plan.returned_reason, plan.returned_at = reason, uc.at
    plan.save()
    uc.emit("programme.plan_returned", plan=plan.pk, by=uc.actor.account_id)
    return plan


@use_case("programme.approve", permission=access.can_approve)
def approve(uc: UseCase, *, plan: Plan, signed_as: str | None = None, signer_name: str | None = None) -> Plan:
    """The plan counts from now on: it is numbered, frozen as version 1, and its tasks reach the units.

    The number is the next one of the issuer's plans of the year in which it is approved: "01/KH-BNV".
    Source: NĐ 30/2020/NĐ-CP, Phụ lục I, Phần I, mục II.3 (only legal normative documents carry the year).

    signed_as : the lines above the signature of its paper, one a line ("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG"); None takes those
    of the office that who approves holds, and leaves room where none is known. signer_name : below it; None takes that
    person's own.

    Raises ApprovedByPreparer, LeadEnded, WrongPlanState, InvalidInput. Emits `programme.plan_approved`.
    """
    _move(uc, plan, PlanState.APPROVED)
    if plan.submitted_by_id is not None and plan.submitted_by_id == uc.actor.account_id:
        raise ApprovedByPreparer
    signature = _signature(uc, plan, signed_as, signer_name)
    tasks = live_tasks(plan)
    refuse_ended(_leads(tasks), on=uc.today)
    number_tasks(uc, tasks)
    timing = Timing.on(uc.today)
    given_on = term_starts_on(plan, today=uc.today)
    with uc.changing(*tasks):
        for task in tasks:
            task.first_deadline, task.given_at = task.deadline, uc.at
            timing.set_soon_from(task, given_on=given_on)
    PlanTask.objects.bulk_update(tasks, ["first_deadline", "given_at", "soon_from"], batch_size=500)
    name_products(tasks)
    with uc.changing(plan):
        plan.state, plan.version = PlanState.APPROVED, 1
        plan.approved_by_id, plan.approved_at = uc.actor.account_id, uc.at
        plan.number_year = uc.today.year
        number = next_number(uc, register=f"programme.plan.{plan.issuer.code}", year=plan.number_year)
        plan.number = format_number(number=number, kind="KH", issuer=plan.issuer.code)
    plan.save()
    first_version(uc, plan, signature)
    uc.emit("programme.plan_approved", plan=plan.pk)
    return plan


# --- the parts ------------------------------------------------------------------------------------------------------


def _leads(tasks: Sequence[PlanTask]) -> list[tuple[str, Unit | None]]:
    return [(task.number or task.title[:40], task.lead) for task in tasks]


def _signature(uc: UseCase, plan: Plan, signed_as: str | None, signer_name: str | None) -> Signature:
    usual = usual_signature(account_id=uc.actor.account_id, issuer=plan.issuer, on=uc.today)
    return Signature(
        lines=usual.lines if signed_as is None else authority_typed(signed_as),
        name=usual.name if signer_name is None else name_typed(signer_name),
    )


def _move(uc: UseCase, plan: Plan, state: PlanState) -> None:
    uc.hold(plan)
    if not rules.may_move(before=plan.state, after=state):
        raise WrongPlanState
