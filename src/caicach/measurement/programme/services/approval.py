"""From draft to plan: submitted by one person, approved by another, numbered, frozen as a version."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caicach.kernel.numbering.rules import format_number
from caicach.kernel.numbering.services import next_number
from caicach.kernel.usecase.core import UseCase, use_case
from caicach.kernel.usecase.errors import InvalidInput, UseCaseError
from caicach.measurement.programme import access, rules
from caicach.measurement.programme.gaps import gaps_on
from caicach.measurement.programme.models import Plan, PlanState, PlanTask
from caicach.measurement.programme.signing import Signature, authority_typed, name_typed, usual_signature
from caicach.measurement.programme.timing import Timing, term_starts_on

from .seen import require_others_seen, require_plan_seen
from .versions import first_version, live_tasks, name_products, number_tasks


class WrongPlanState(UseCaseError):
    code = "programme.wrong_plan_state"

    def default_message(self) -> str:
        return _("The plan is in another state now. Open it again to see what can be done.")


class ApprovedByPreparer(UseCaseError):
    code = "programme.approved_by_preparer"

    def default_message(self) -> str:
        return _("You wrote or submitted this plan, so another person has to approve it.")


class PlanIncomplete(UseCaseError):
    """Tasks lack what a plan must say of each; `gaps` names them."""

    code = "programme.plan_incomplete"

    def __init__(self, gaps: Sequence[rules.Gap]) -> None:
        self.gaps = list(gaps)
        super().__init__(" ".join([*_lacking(self.gaps), *_led_by_none(self.gaps)]))


@use_case("programme.submit", permission=access.can_submit)
def submit(uc: UseCase, *, plan: Plan, revision: int | None = None) -> Plan:
    """Sends the draft to the leader. Every task has a field, a lead unit that is there, and a deadline or a rhythm.

    revision : of the plan as the person saw it; what that person changed since counts as seen. When somebody else
    changed the draft, ChangedSinceSeen says what. None asks nothing.
    Raises ChangedSinceSeen, PlanIncomplete, WrongPlanState. Emits `programme.plan_submitted`.
    """
    _move(uc, plan, PlanState.SUBMITTED)
    require_others_seen(plan, revision=revision, account_id=uc.actor.account_id)
    tasks = live_tasks(plan)
    if not tasks:
        raise InvalidInput(_("There is no task in this plan yet."))
    require_complete(uc, tasks)
    number_tasks(uc, tasks)  # now, so that the leader approves the numbers too
    with uc.changing(plan):
        plan.state = PlanState.SUBMITTED
        plan.submitted_by_id, plan.submitted_at = uc.actor.account_id, uc.at
    plan.save()
    uc.emit("programme.plan_submitted", plan=plan.pk)
    return plan


@use_case("programme.return_draft", permission=access.can_return_draft)
def return_draft(uc: UseCase, *, plan: Plan, reason: str, revision: int | None = None) -> Plan:
    """Back to the draft with a reason: by the leader, or by the officer who takes it back.

    revision : as in `approve`.
    """
    uc.hold(plan)
    if plan.state != PlanState.SUBMITTED:
        raise WrongPlanState
    require_plan_seen(plan, revision=revision)
    if not reason.strip():
        raise InvalidInput(fields={"reason": [_("Say what has to be changed.")]})
    with uc.changing(plan):
        plan.state = PlanState.DRAFT
        plan.returned_reason, plan.returned_at = reason, uc.at
    plan.save()
    uc.emit("programme.plan_returned", plan=plan.pk, by=uc.actor.account_id)
    return plan


@use_case("programme.approve", permission=access.can_approve)
def approve(
    uc: UseCase,
    *,
    plan: Plan,
    signed_as: str | None = None,
    signer_name: str | None = None,
    revision: int | None = None,
) -> Plan:
    """The plan counts from now on: it is numbered, frozen as version 1, and its tasks reach the units.

    The number is the next one of the issuer's plans of the year in which it is approved: "01/KH-BNV".
    Source: NĐ 30/2020/NĐ-CP, Phụ lục I, Phần I, mục II.3 (only legal normative documents carry the year).

    signed_as : the lines above the signature of its paper, one a line ("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG"); None takes those
    of the office that who approves holds, and leaves room where none is known. signer_name : below it; None takes that
    person's own. revision : of the plan as the person saw it; when it is another now, ChangedSinceSeen says what became
    of it. None asks nothing.

    Raises ApprovedByPreparer, ChangedSinceSeen, WrongPlanState, PlanIncomplete, InvalidInput. Emits
    `programme.plan_approved`.
    """
    _move(uc, plan, PlanState.APPROVED)
    require_plan_seen(plan, revision=revision)
    _refuse_who_wrote_it(uc, plan)
    signature = _signature(uc, plan, signed_as, signer_name)
    tasks = live_tasks(plan)
    require_complete(uc, tasks)  # once more: a unit may have ended since the plan was submitted
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


def require_complete(uc: UseCase, tasks: Sequence[PlanTask]) -> None:
    """Raises PlanIncomplete."""
    gaps = [gap for task in tasks for gap in gaps_on(task, on=uc.today)]
    if gaps:
        raise PlanIncomplete(gaps)


def _lacking(gaps: Sequence[rules.Gap]) -> Iterator[str]:
    numbers = _numbers(gap for gap in gaps if gap.code != rules.LEAD_ENDED)
    if numbers:
        yield ngettext(
            "%(count)d task still lacks its field, lead unit or time: %(numbers)s.",
            "%(count)d tasks still lack their field, lead unit or time: %(numbers)s.",
            len(numbers),
        ) % {"count": len(numbers), "numbers": _listed(numbers)}


def _led_by_none(gaps: Sequence[rules.Gap]) -> Iterator[str]:
    numbers = _numbers(gap for gap in gaps if gap.code == rules.LEAD_ENDED)
    if numbers:
        yield ngettext(
            "The unit that leads %(count)d task is no more, so choose another: %(numbers)s.",
            "The units that lead %(count)d tasks are no more, so choose others: %(numbers)s.",
            len(numbers),
        ) % {"count": len(numbers), "numbers": _listed(numbers)}


def _numbers(gaps: Iterable[rules.Gap]) -> list[str]:
    return sorted({gap.number for gap in gaps}, key=lambda number: (len(number), number))


def _listed(numbers: Sequence[str]) -> str:
    return ", ".join(numbers[:12]) + ("…" if len(numbers) > 12 else "")


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


def _refuse_who_wrote_it(uc: UseCase, plan: Plan) -> None:
    """Nobody approves what they prepared, edited or submitted themselves (QUALITY A12)."""
    me = uc.actor.account_id
    wrote = me in {plan.submitted_by_id, plan.prepared_by_id} or plan.steps.filter(by=me, is_undone=False).exists()
    if me is not None and wrote:
        raise ApprovedByPreparer
