"""The tree of units as operators keep it."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext as _

from caicach.kernel.identity import access
from caicach.kernel.identity.models import RoleAssignment, Unit
from caicach.kernel.usecase.core import UseCase, use_case
from caicach.kernel.usecase.doubles import refused_when_double
from caicach.kernel.usecase.errors import InvalidInput, UseCaseError

from .accounts import NameTaken
from .roles import hold_operators, refuse_without_operator


class UnableToEndUnit(UseCaseError):
    code = "identity.unable_to_end_unit"


@use_case("identity.create_unit", permission=access.can_administer)
def create_unit(
    uc: UseCase,
    *,
    code: str,
    name: str,
    parent: Unit | None,
    valid_from: date,
    valid_to: date | None = None,
    order: int = 0,
) -> Unit:
    """Adds a unit under another one, or as a root. Raises NameTaken for a code that exists, in whatever period.

    It does not go on longer than the one above it.
    """
    if valid_to is not None and valid_to <= valid_from:
        raise InvalidInput(fields={"valid_to": [_("The unit must have existed for a day at least.")]})
    if parent is not None:
        _hold_tree()
        uc.hold(parent)
        _refuse_to_outlive(parent, valid_to)
    taken = NameTaken(field="code", message=_("The code %(code)s is taken.") % {"code": code})
    if Unit.objects.filter(code=code).exists():
        raise taken
    unit = Unit(code=code, name=name, parent=parent, valid_from=valid_from, valid_to=valid_to, order=order)
    with refused_when_double(taken):
        unit.save()
    unit.path = f"{parent.path if parent else '/'}{unit.pk}/"
    unit.save(update_fields=["path"])
    uc.created(unit)
    return unit


@use_case("identity.move_unit", permission=access.can_administer)
def move_unit(uc: UseCase, *, unit: Unit, parent: Unit) -> Unit:
    """Hangs a unit and all beneath it under another; roles held in units above change what they reach at once."""
    # Two moves at one moment could hang each under the other: whoever comes second sees what the first has done.
    _hold_tree()
    for each in sorted((unit, parent), key=lambda held: held.pk):
        uc.hold(each)
    if parent.path.startswith(unit.path):
        raise InvalidInput(fields={"parent": [_("A unit cannot be placed under itself.")]})
    _refuse_to_outlive(parent, unit.valid_to)
    old, new = unit.path, f"{parent.path}{unit.pk}/"
    with uc.changing(unit):
        unit.parent, unit.path = parent, new
    unit.save(update_fields=["parent", "path"])
    below = Unit.objects.filter(path__startswith=old).exclude(pk=unit.pk)
    below.update(path=Concat(Value(new), Substr("path", len(old) + 1)))
    return unit


def _hold_tree() -> None:
    """One place in the trees changes at a time: a unit's path tells of every unit above it, and any of them may move.

    Called before a unit is held, so that no two wait for each other.
    """
    roots = Unit.objects.select_for_update().filter(parent=None).order_by("pk")
    list(roots.values_list("pk"))


def _refuse_to_outlive(parent: Unit, valid_to: date | None) -> None:
    if parent.valid_to is not None and (valid_to is None or valid_to > parent.valid_to):
        raise InvalidInput(
            fields={"parent": [_("%(unit)s ends before the unit that would stand beneath it.") % {"unit": parent.name}]}
        )


@use_case("identity.end_unit", permission=access.can_administer)
def end_unit(uc: UseCase, *, unit: Unit, valid_to: date) -> Unit:
    """Ends a unit with the roles held in it.

    valid_to : the first day on which it is no more.
    Raises UnableToEndUnit while units beneath it go on longer, InvalidInput for a day before it began, LastOperator
    when nobody would operate the system after that day.
    """
    hold_operators()
    uc.hold(unit)
    if valid_to <= unit.valid_from:
        raise InvalidInput(fields={"valid_to": [_("The unit must have existed for a day at least.")]})
    longer = Unit.objects.filter(Q(valid_to=None) | Q(valid_to__gt=valid_to), parent=unit).first()
    if longer is not None:
        raise UnableToEndUnit(
            _("%(unit)s stands beneath it and goes on longer. Move or end that unit first.") % {"unit": longer.name}
        )
    refuse_without_operator(RoleAssignment.objects.filter(unit=unit), on=valid_to)
    with uc.changing(unit):
        unit.valid_to = valid_to
    unit.save(update_fields=["valid_to"])
    _end_roles(uc, unit=unit, valid_to=valid_to)
    return unit


def _end_roles(uc: UseCase, *, unit: Unit, valid_to: date) -> None:
    held = RoleAssignment.objects.filter(Q(valid_to=None) | Q(valid_to__gt=valid_to), unit=unit)
    begun = list(held.filter(valid_from__lt=valid_to))
    with uc.changing(*begun):
        for assignment in begun:
            assignment.valid_to = valid_to
    RoleAssignment.objects.bulk_update(begun, ["valid_to"])
    not_begun = list(held.filter(valid_from__gte=valid_to))
    uc.deleting(*not_begun)
    RoleAssignment.objects.filter(pk__in=[assignment.pk for assignment in not_begun]).delete()
