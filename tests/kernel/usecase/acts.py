"""Use cases that only tests know, on units of the organisation: each shows one clause of the contract."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import StringConstraints

from caicach.kernel.identity.models import Unit
from caicach.kernel.identity.predicates import anyone, predicate
from caicach.kernel.usecase.actor import Actor
from caicach.kernel.usecase.core import UseCase, use_case
from caicach.kernel.usecase.errors import InvalidInput, UseCaseError

SINCE = date(2022, 1, 1)


class TooLate(UseCaseError):
    code = "tests.too_late"
    status = 409


class AlreadyOpen(UseCaseError):
    code = "tests.already_open"


@predicate
def is_the_first_account(actor: Actor) -> bool:
    return actor.account_id == 1


@predicate
def is_not_counted(actor: Actor, unit: Unit) -> bool:
    return unit.order == 0


@use_case("tests.count_in", permission=is_not_counted)
def count_in(uc: UseCase, *, unit: Unit) -> str:
    return unit.code


@use_case("tests.found_unit", permission=anyone)
def found_unit(
    uc: UseCase, *, code: str, name: str, remarks: list[str] | None = None, fails: str = "", depth: int = 0
) -> Unit:
    """Founds a unit. `fails`: after everything was written."""
    unit = Unit.objects.create(code=code, name=name, valid_from=SINCE)
    uc.created(unit)
    uc.emit("tests.unit_founded", unit=unit.pk, remarks=remarks or [])
    if depth:
        found_unit(actor=uc.actor, code=f"{code}.{depth}", name=name, fails=fails, depth=depth - 1)
    if fails == "refused":
        raise TooLate
    if fails == "broken":
        raise ZeroDivisionError
    return unit


@use_case("tests.break_a_rule", permission=anyone)
def break_a_rule(uc: UseCase) -> None:
    """A period that runs backwards, which the database refuses."""
    Unit.objects.create(code="SAI", name="Vụ sai kỳ", valid_from=SINCE, valid_to=date(2021, 1, 1))


@use_case("tests.rename_unit", permission=anyone)
def rename_unit(uc: UseCase, *, unit: Unit, name: str) -> Unit:
    uc.hold(unit)
    with uc.changing(unit):
        unit.name = name
    unit.save(update_fields=["name"])
    uc.emit("tests.unit_renamed", unit=unit.pk)
    return unit


@use_case("tests.open_unit", permission=anyone)
def open_unit(uc: UseCase, *, unit: Unit) -> str:
    """Something that can be done once: who comes second is told so."""
    uc.hold(unit)
    if unit.order:
        raise AlreadyOpen
    with uc.changing(unit):
        unit.order = 1
    unit.save(update_fields=["order"])
    uc.emit("tests.unit_opened", unit=unit.pk)
    return f"opened {unit.code}"


@use_case("tests.close_unit", permission=is_the_first_account)
def close_unit(uc: UseCase, *, unit: Unit) -> None:
    uc.deleting(unit)
    unit.delete()


@use_case("tests.close_units", permission=anyone)
def close_units(uc: UseCase, *, units: list[Unit]) -> int:
    """Each as `close_unit` does, in one go."""
    uc.hold_all(units)
    for unit in units:
        with uc.part(close_unit, unit=unit) as closing:
            closing.deleting(unit)
            closing.emit("tests.unit_closed", unit=unit.pk)
    Unit.objects.filter(pk__in=[unit.pk for unit in units]).delete()
    return len(units)


@use_case("tests.note_on_unit", permission=anyone)
def note_on_unit(
    uc: UseCase, *, unit: Unit, words: Annotated[str, StringConstraints(max_length=20)], times: int = 1
) -> str:
    if not words.strip():
        raise InvalidInput(fields={"words": ["…"]})
    return words * times


@use_case("tests.try_the_next", permission=anyone)
def try_the_next(uc: UseCase, *, code: str) -> str:
    """Goes on when a use case that it called was refused."""
    try:
        found_unit(actor=uc.actor, code=code, name="Vụ không thành", fails="refused")
    except TooLate:
        found_unit(actor=uc.actor, code=f"{code}.1", name="Vụ thành")
    return code


@use_case("tests.keep_quietly", permission=anyone)
def keep_quietly(uc: UseCase, *, unit: Unit, name: str = "") -> None:
    """Leaves no entry, which a change that is noted makes impossible."""
    uc.leave_no_entry()
    if name:
        with uc.changing(unit):
            unit.name = name
        unit.save(update_fields=["name"])
