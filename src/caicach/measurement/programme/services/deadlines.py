"""Changing a deadline by an approved request, which keeps the old date for good."""

from __future__ import annotations

from datetime import date

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from caicach.kernel.usecase.core import UseCase, use_case
from caicach.kernel.usecase.errors import InvalidInput, UseCaseError
from caicach.measurement.programme import access
from caicach.measurement.programme.models import ExtensionRequest, ExtensionState, PlanTask
from caicach.measurement.programme.timing import Timing, term_starts_on

from .following import mark_as_taken_on, require_open
from .seen import require_request_seen


class UnableToExtend(UseCaseError):
    code = "programme.unable_to_extend"


@use_case("programme.ask_extension", permission=access.can_ask_extension)
def ask_extension(uc: UseCase, *, task: PlanTask, new_deadline: date, reason: str) -> ExtensionRequest:
    """The lead unit asks for a later day. Raises UnableToExtend, and InvalidInput for a day that has passed.

    Emits `programme.extension_asked`.
    """
    require_open(uc, task)
    if task.deadline is None:
        raise UnableToExtend(_("This task has no deadline that could be extended."))
    if new_deadline <= task.deadline:
        message = _("The new deadline must be after %(day)s. Choose another day.")
        raise InvalidInput(fields={"new_deadline": [message % {"day": task.deadline.strftime("%d/%m/%Y")}]})
    if new_deadline < uc.today:
        message = _("%(day)s has passed already. Choose today or a later day.")
        raise InvalidInput(fields={"new_deadline": [message % {"day": new_deadline.strftime("%d/%m/%Y")}]})
    if not reason.strip():
        raise InvalidInput(fields={"reason": [_("Say why more time is needed.")]})
    if task.extensions.filter(state=ExtensionState.ASKED).exists():
        raise UnableToExtend(_("A request for this task is waiting for an answer already."))
    request = ExtensionRequest.objects.create(
        task=task,
        old_deadline=task.deadline,
        new_deadline=new_deadline,
        reason=reason,
        asked_by_id=uc.actor.account_id,
        asked_at=uc.at,
    )
    uc.created(request)
    mark_as_taken_on(uc, task)
    with uc.changing(task):
        task.revision += 1
    task.save(update_fields=["revision"])
    uc.emit("programme.extension_asked", request=request.pk, task=task.pk)
    return request


@use_case("programme.decide_extension", permission=access.can_decide_extension)
def decide_extension(
    uc: UseCase, *, request: ExtensionRequest, is_granted: bool, remark: str = "", seen: int | None = None
) -> ExtensionRequest:
    """Grants or refuses a later day.

    seen : id of the request that the person saw; when another waits now, ChangedSinceSeen says what it asks for.
    Once granted the task has the new deadline, and rates go by it from that day on; the first one stays in the task.
    A day that has passed by now is not granted: it would make the task late at once. Raises UnableToExtend.

    Emits `programme.extension_granted` or `programme.extension_refused`.
    """
    task = request.task
    require_open(uc, task)  # first, as whoever ends the task does: else the two would wait for each other
    uc.hold(request)
    if request.state != ExtensionState.ASKED:
        raise UnableToExtend(_("This request has been answered already."))
    require_request_seen(request, seen=seen)
    if not is_granted and not remark.strip():
        raise InvalidInput(fields={"remark": [_("Say why the deadline stays.")]})
    if is_granted and request.new_deadline < uc.today:
        message = _("%(day)s has passed already. Refuse the request and say so; the unit can ask for a later day.")
        raise UnableToExtend(message % {"day": request.new_deadline.strftime("%d/%m/%Y")})
    with uc.changing(request):
        request.state = ExtensionState.GRANTED if is_granted else ExtensionState.REFUSED
        request.decided_by_id, request.decided_at, request.remark = uc.actor.account_id, uc.at, remark
    request.save()
    if is_granted:
        with uc.changing(task):
            task.deadline = request.new_deadline
            Timing.on(uc.today).set_soon_from(task, given_on=term_starts_on(task.plan, today=uc.today))
            task.revision += 1
        task.save(update_fields=["deadline", "soon_from", "revision"])
    uc.emit(f"programme.extension_{request.state}", request=request.pk, task=task.pk)
    return request


@use_case("programme.withdraw_extension", permission=access.can_withdraw_extension)
def withdraw_extension(uc: UseCase, *, request: ExtensionRequest, seen: int | None = None) -> ExtensionRequest:
    """The unit takes its request back before it is answered; the deadline stays and another can be asked for.

    seen : as in `decide_extension`. Raises UnableToExtend, ChangedSinceSeen. Emits `programme.extension_withdrawn`.
    """
    require_open(uc, request.task)
    uc.hold(request)
    if request.state != ExtensionState.ASKED:
        raise UnableToExtend(_("This request has been answered already."))
    require_request_seen(request, seen=seen)
    with uc.changing(request):
        request.state = ExtensionState.WITHDRAWN
        request.decided_by_id, request.decided_at = uc.actor.account_id, uc.at
    request.save(update_fields=["state", "decided_by", "decided_at"])
    uc.emit("programme.extension_withdrawn", request=request.pk, task=request.task_id)
    return request


def close_request(uc: UseCase, task: PlanTask, *, remark: Promise) -> None:
    """The request that waits, of a task that the use case holds: refused, since nobody has to answer it any more.

    remark : lazy, kept in Vietnamese as people write it, whatever the language of who acts.
    """
    with translation.override("vi"):
        words = str(remark)
    for request in task.extensions.filter(state=ExtensionState.ASKED):
        with uc.changing(request):
            request.state, request.remark = ExtensionState.REFUSED, words
            request.decided_by_id, request.decided_at = uc.actor.account_id, uc.at
        request.save(update_fields=["state", "remark", "decided_by", "decided_at"])
