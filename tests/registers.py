"""How far a register has counted, for tests that count what was done by the numbers it took."""

from __future__ import annotations

from caicach.kernel.numbering.models import Register


def last_number(*, register: str, year: int) -> int:
    """0 when none was given."""
    return Register.objects.filter(code=register, year=year).values_list("last", flat=True).first() or 0
