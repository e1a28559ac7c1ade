"""The number that a target asks for, as people write it: "ít nhất 80 %", "25 - 35 %", "trong 30 hạng đầu"."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from caicach.kernel.ui.wording import number

_COMPARED: Final[dict[str, Any]] = {
    ">=": gettext_lazy("at least %(amount)s"),
    ">": gettext_lazy("more than %(amount)s"),
    "<=": gettext_lazy("at most %(amount)s"),
    "<": gettext_lazy("less than %(amount)s"),
}
"""An exact amount and a range need no word."""
_UNITS: Final[dict[str, Any]] = {
    "%/year": gettext_lazy("% a year"),
    "ngày": gettext_lazy("days"),
    "ngày làm việc": gettext_lazy("working days"),
    "giờ": gettext_lazy("hours"),
    "giờ làm việc": gettext_lazy("working hours"),
    "phút": gettext_lazy("minutes"),
    "điểm": gettext_lazy("points"),
    "điểm phần trăm": gettext_lazy("percentage points"),
    "bậc": gettext_lazy("places"),
}
"""Measures in the reader's language; things that are counted stay as the plan calls them."""
_RANKS: Final = frozenset({"rank", "hạng"})


def amount_wanted(*, operator: str, value: Decimal | None, value_to: Decimal | None, unit: str) -> str:
    """In the active language; "" without a number."""
    if value is None:
        return ""
    if unit in _RANKS and operator == "<=":
        return _("among the first %(number)s") % {"number": _written(value)}
    numbers = _written(value) if value_to is None else f"{_written(value)} - {_written(value_to)}"
    amount = f"{numbers} {_UNITS.get(unit, unit)}".strip()
    compared = _COMPARED.get(operator)
    return str(compared) % {"amount": amount} if compared else amount


def ends_of(written: str) -> tuple[Decimal, Decimal | None] | None:
    """The number or the two ends of "25-35" in a reference list; None for what is no number."""
    low, _dash, high = written.partition("-")
    try:
        return Decimal(low.strip()), Decimal(high.strip()) if high.strip() else None
    except InvalidOperation:
        return None


def _written(value: Decimal) -> str:
    """Without the noughts that the database keeps: 60.0000 is "60", 2.5000 is "2,5"."""
    whole = value.to_integral_value()
    return number(whole if value == whole else value.normalize())
