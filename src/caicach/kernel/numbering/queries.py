from __future__ import annotations

from .models import Register


def last_number(*, register: str, year: int) -> int:
    """The last number given in a register and year; 0 when none was. One SQL query."""
    return Register.objects.filter(code=register, year=year).values_list("last", flat=True).first() or 0
