"""By which right a person signs papers of a unit."""

from __future__ import annotations

from datetime import date

from django.utils import translation

from caicach.kernel.identity import queries as identity
from caicach.kernel.identity.models import Unit
from caicach.kernel.identity.roles import Role
from caicach.kernel.papers import rules as signing
from caicach.kernel.search.folding import fold
from caicach.registry.organisation.queries import named_units


def authority_of(*, account_id: int | None, issuer: Unit, on: date) -> str:
    """The lines above the person's signature on that day, one a line; "" where the office was not noted.

    At most three queries.
    """
    if account_id is None:
        return ""
    capacity = identity.signing_capacity(account_id=account_id, unit=issuer, on=on)
    if not (capacity.office if capacity.stands_in_for is None else capacity.stands_in_for):
        return ""
    lines = signing.signature_lines(office=capacity.office, stands_in_for=capacity.stands_in_for)
    return "\n".join(lines)


def name_below(*, name: str, lines: str, on: date) -> str:
    """The name printed under those lines; "" for an account of a whole office ("Lãnh đạo Bộ"): nobody signs by that.

    At most two queries.
    """
    with translation.override("vi"):
        others = [str(role.label) for role in Role]
    for unit in named_units(on=on):
        others += (unit.name, *unit.aliases)
    return "" if fold(name) in {fold(other) for other in (*others, *lines.splitlines())} else name
