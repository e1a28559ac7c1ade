"""Roles held in units, and who stands in for whom."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from caicach.kernel.identity import access
from caicach.kernel.identity.models import Account, Delegation, RoleAssignment, Unit
from caicach.kernel.identity.queries import in_force, may_stand_in_for, operator_remains
from caicach.kernel.identity.roles import Role
from caicach.kernel.usecase.core import UseCase, use_case
from caicach.kernel.usecase.errors import InvalidInput, UseCaseError


class UnableToGrant(UseCaseError):
    code = "identity.unable_to_grant"


class LastOperator(UseCaseError):
    code = "identity.last_operator"

    def default_message(self) -> str:
        return _("This is the last operator. Give the role to someone else first.")


LONGEST_OFFICE = 120


def hold_operators() -> None:
    """Whoever takes the role of an operator away waits here for whoever is doing so too, then counts who is left.

    Called before anything else is held: two who each held their own first would wait for each other.
    """
    operators = RoleAssignment.objects.select_for_update().filter(role=Role.OPERATOR).order_by("pk")
    list(operators.values_list("pk"))


def refuse_without_operator(ending: QuerySet[RoleAssignment], *, on: date) -> None:
    """Raises LastOperator when nobody would operate the system on that day without these roles."""
    is_concerned = ending.filter(in_force(on), role=Role.OPERATOR, account__is_active=True).exists()
    if is_concerned and not operator_remains(without=ending, on=on):
        raise LastOperator


@use_case("identity.grant_role", permission=access.can_administer)
def grant_role(
    uc: UseCase,
    *,
    account: Account,
    role: str,
    unit: Unit,
    valid_from: date,
    valid_to: date | None = None,
    office: str = "",
) -> RoleAssignment:
    """Gives a person a role in a unit for a period; it reaches all units beneath. Nobody gives a role to themselves.

    valid_to : the first day without the role; None without end. office : as it stands above the person's signature.
    Raises UnableToGrant when the role is held in that unit in that period already. A role does not outlive its unit.
    """
    uc.hold(unit)
    if role not in Role.values:
        raise InvalidInput(fields={"role": [_("There is no such role.")]})
    if valid_to is not None and valid_to <= valid_from:
        raise InvalidInput(fields={"valid_to": [_("The last day must not be before the first day.")]})
    if account.pk == uc.actor.account_id:
        raise UnableToGrant(_("Nobody gives a role to themselves. Ask another operator."))
    if len(office) > LONGEST_OFFICE:
        raise InvalidInput(fields={"office": [_("At most %(count)d characters.") % {"count": LONGEST_OFFICE}]})
    valid_to = _end_within(unit, valid_from=valid_from, valid_to=valid_to)
    same = RoleAssignment.objects.filter(account=account, role=role, unit=unit)
    if any(_overlap(held.valid_from, held.valid_to, valid_from, valid_to) for held in same):
        raise UnableToGrant(
            _("%(name)s holds this role in %(unit)s already.") % {"name": account.full_name, "unit": unit.name}
        )
    assignment = RoleAssignment.objects.create(
        account=account, role=role, unit=unit, office=office.strip(), valid_from=valid_from, valid_to=valid_to
    )
    uc.created(assignment)
    return assignment


def _end_within(unit: Unit, *, valid_from: date, valid_to: date | None) -> date | None:
    """A role without end ends with its unit; one that would go on longer is refused."""
    if unit.valid_to is None:
        return valid_to
    for name, day in (("valid_from", valid_from + timedelta(days=1)), ("valid_to", valid_to)):
        if day is not None and day > unit.valid_to:
            raise InvalidInput(fields={name: [_("%(unit)s ends before that day.") % {"unit": unit.name}]})
    return valid_to or unit.valid_to


def _overlap(start: date, end: date | None, other_start: date, other_end: date | None) -> bool:
    return (end is None or other_start < end) and (other_end is None or start < other_end)


@use_case("identity.end_role", permission=access.can_administer)
def end_role(uc: UseCase, *, assignment: RoleAssignment, valid_to: date) -> None:
    """Takes a role from a person.

    valid_to : the first day without it. A role that would end before it began is removed, as one that was given by
    mistake. One that ends sooner already is not made longer by this. Raises LastOperator.
    """
    if assignment.role == Role.OPERATOR:
        hold_operators()
    uc.hold(assignment)
    if assignment.valid_to is not None and valid_to > assignment.valid_to:
        raise InvalidInput(fields={"valid_to": [_("The role ends sooner already. To make it longer, give it anew.")]})
    refuse_without_operator(RoleAssignment.objects.filter(pk=assignment.pk), on=max(valid_to, assignment.valid_from))
    if valid_to <= assignment.valid_from:
        uc.deleting(assignment)
        assignment.delete()
        return
    with uc.changing(assignment):
        assignment.valid_to = valid_to
    assignment.save(update_fields=["valid_to"])


@use_case("identity.delegate", permission=access.can_delegate)
def delegate(
    uc: UseCase, *, giver: Account, receiver: Account, valid_from: date, valid_to: date, reason: str = ""
) -> Delegation:
    """Lets someone act in a person's roles while that person is away; whatever they do names both.

    valid_to : the first day on which it is over. Nobody makes themselves a stand-in; operators and auditors stand in
    for their like alone. Emits `identity.delegated`.
    """
    if giver.pk == receiver.pk:
        raise InvalidInput(fields={"receiver": [_("Choose someone else: nobody can stand in for themselves.")]})
    if receiver.pk == uc.actor.account_id:
        raise UnableToGrant(_("Nobody makes themselves a stand-in. Ask another operator."))
    if valid_to <= valid_from:
        raise InvalidInput(fields={"valid_to": [_("The last day must not be before the first day.")]})
    if not receiver.is_active:
        raise InvalidInput(fields={"receiver": [_("This account can no longer sign in. Choose someone else.")]})
    if not may_stand_in_for(giver=giver, receiver=receiver, valid_from=valid_from, valid_to=valid_to):
        sentence = _("Operators and auditors do no one else's work. Choose someone of the unit.")
        raise InvalidInput(fields={"receiver": [sentence]})
    delegation = Delegation.objects.create(
        giver=giver, receiver=receiver, valid_from=valid_from, valid_to=valid_to, reason=reason
    )
    uc.created(delegation)
    uc.emit("identity.delegated", giver=giver.pk, receiver=receiver.pk)
    return delegation


@use_case("identity.end_delegation", permission=access.can_end_delegation)
def end_delegation(uc: UseCase, *, delegation: Delegation) -> None:
    """Ends a delegation at once. One that has not begun is removed; one that is over stays as it was."""
    uc.hold(delegation)
    if delegation.valid_to <= uc.today:
        return
    if delegation.valid_from >= uc.today:
        uc.deleting(delegation)
        delegation.delete()
        return
    with uc.changing(delegation):
        delegation.valid_to = uc.today
    delegation.save(update_fields=["valid_to"])
