"""Use cases over units: loading an official list of units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _

from caicach.kernel.identity.access import can_administer
from caicach.kernel.identity.models import Unit
from caicach.kernel.identity.services import create_unit
from caicach.kernel.usecase.core import UseCase, use_case
from caicach.kernel.usecase.errors import InvalidInput

from .models import UnitKind, UnitProfile


@use_case("organisation.load_units", permission=can_administer)
def load_units(uc: UseCase, *, rows: Sequence[Mapping[str, str]]) -> int:
    """Loads an official list of units.

    rows : code, name, kind, parent, aliases, valid_from, valid_to, source; parents first.
    Idempotent: a code that exists is left as it is, since the ministry may have changed it. Returns the number added.
    Raises InvalidInput that names the first wrong row.
    """
    known = {unit.code: unit for unit in Unit.objects.all()}
    added = 0
    for order, row in enumerate(rows):
        if row["code"] in known:
            continue
        valid_from, valid_to = _period(row)
        _check(row, known)
        known[row["code"]] = unit = create_unit(
            actor=uc.actor,
            code=row["code"],
            name=row["name"],
            parent=known.get(row["parent"]),
            valid_from=valid_from,
            valid_to=valid_to,
            order=order,
        )
        profile = UnitProfile.objects.create(
            unit=unit,
            kind=row["kind"],
            aliases=[alias for alias in row["aliases"].split("|") if alias],
            source=row["source"],
        )
        uc.created(profile)
        added += 1
    return added


def _period(row: Mapping[str, str]) -> tuple[date, date | None]:
    wrong = InvalidInput(
        _("Unit %(code)s: “%(first)s” to “%(end)s” is no period. Write days as 2022-06-30.")
        % {"code": row["code"], "first": row["valid_from"], "end": row["valid_to"]}
    )
    try:
        first = date.fromisoformat(row["valid_from"])
        end = date.fromisoformat(row["valid_to"]) if row["valid_to"] else None
    except ValueError as error:
        raise wrong from error
    if end is not None and end <= first:
        raise wrong
    return first, end


def _check(row: Mapping[str, str], known: Mapping[str, Unit]) -> None:
    code = row["code"]
    if row["parent"] and row["parent"] not in known:
        raise InvalidInput(
            _("Unit %(code)s belongs to %(parent)s, which does not stand above it in the list.")
            % {"code": code, "parent": row["parent"]}
        )
    if row["kind"] not in UnitKind.values:
        raise InvalidInput(_("Unit %(code)s: there is no kind “%(kind)s”.") % {"code": code, "kind": row["kind"]})
