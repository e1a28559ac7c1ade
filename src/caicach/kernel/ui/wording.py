"""How numbers, days and deadlines are said. Pure functions over the active language; filters and tables use them alike.

Numbers are 1.234,5 in Vietnamese and 1,234.5 in English; days are dd/mm/yyyy in both.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Final

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caicach.kernel.calendar.clock import local

NARROW_SPACE: Final = "\u202f"
MINUS: Final = "\u2212"
MOST_DAYS_IN_WORDS: Final = 99

Number = int | float | Decimal


def number(value: Number, decimals: int | None = None) -> str:
    """1234.5 gives "1.234,5"; a minus is "−", never a hyphen. `decimals` None keeps what the value has.

    Halves are rounded up, as offices do; left to itself the framework cuts off.
    """
    if decimals is not None:
        value = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    text = formats.number_format(value, decimal_pos=decimals, use_l10n=True, force_grouping=True)
    return text.replace("-", MINUS)


def percent(share: Number, decimals: int = 1) -> str:
    """A share from 0 to 1: 0.947 gives "94,7 %" with a narrow no-break space. None at all is "0 %"."""
    hundredths = Decimal(str(share)) * 100
    return f"{number(hundredths, decimals if hundredths else 0)}{NARROW_SPACE}%"


def day(value: date) -> str:
    """dd/mm/yyyy; a moment is first brought to Vietnamese time."""
    return f"{_local_day(value):%d/%m/%Y}"


def long_day(value: date) -> str:
    """For promises: "thứ Sáu, 19/05/2023"."""
    value = _local_day(value)
    return f"{weekday(value)}, {value:%d/%m/%Y}"


def weekday(value: date) -> str:
    names = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
    return names[value.weekday()]


def hour(value: datetime) -> str:
    """24 hours: "14:05"."""
    return f"{local(value):%H:%M}"


def moment(value: datetime) -> str:
    """ "15/06/2022 09:41" in Vietnamese time."""
    return f"{local(value):%d/%m/%Y %H:%M}"


def _local_day(value: date) -> date:
    return local(value).date() if isinstance(value, datetime) else value


class DeadlineState(StrEnum):
    ON_TIME = "on_time"
    SOON = "soon"
    LATE = "late"
    PAUSED = "paused"
    HANDED_IN = "handed_in"
    NONE = "none"
    DONE = "done"
    DONE_LATE = "done_late"


SHAPES: Final[dict[DeadlineState, str]] = {
    DeadlineState.ON_TIME: "shape-ring",
    DeadlineState.SOON: "shape-diamond",
    DeadlineState.LATE: "shape-triangle",
    DeadlineState.PAUSED: "shape-bars",
    DeadlineState.HANDED_IN: "shape-bars",
    DeadlineState.NONE: "shape-dash",
    DeadlineState.DONE: "shape-check",
    DeadlineState.DONE_LATE: "shape-check",
}


@dataclass(frozen=True, slots=True)
class DeadlineWords:
    """What a deadline chip shows: `state` names its colour, `shape` its icon, `words` say it."""

    state: DeadlineState
    shape: str
    words: str


def deadline_words(
    *,
    state: str,
    days: int | None = None,
    due_date: date | None = None,
    done_date: date | None = None,
    whole: bool = False,
) -> DeadlineWords:
    """Words of a deadline.

    days : working days left, or late by; `whole` says "working days" in full, for pages of citizens.
    Over 99 days the date alone. Raises ValueError for an unknown state.
    """
    known = DeadlineState(state)
    return DeadlineWords(known, SHAPES[known], _deadline_words(known, days, due_date, done_date, whole))


def _deadline_words(
    state: DeadlineState, days: int | None, due_date: date | None, done_date: date | None, whole: bool
) -> str:
    match state:
        case DeadlineState.ON_TIME | DeadlineState.SOON:
            return _left(days, due_date, whole)
        case DeadlineState.LATE:
            return _late(days or 0, due_date, whole)
        case DeadlineState.PAUSED:
            return _("Paused")
        case DeadlineState.HANDED_IN:
            return _("Waits for a look")
        case DeadlineState.NONE:
            return _("Ongoing")
        case DeadlineState.DONE:
            return _("Done %(date)s") % {"date": day(done_date)} if done_date else _("Done")
        case DeadlineState.DONE_LATE:
            return _done_late(days)


def _left(days: int | None, due_date: date | None, whole: bool) -> str:
    if due_date is not None and (days is None or days > MOST_DAYS_IN_WORDS):
        return day(due_date)
    if days is None:
        return _("In time")
    if days == 0:
        return _("Today")
    if whole:
        return ngettext("%(days)s working day left", "%(days)s working days left", days) % {"days": number(days)}
    return ngettext("%(days)s day left", "%(days)s days left", days) % {"days": number(days)}


def _late(days: int, due_date: date | None, whole: bool) -> str:
    if due_date is not None and days > MOST_DAYS_IN_WORDS:
        return _("Late since %(date)s") % {"date": day(due_date)}
    if days == 0:
        return _("Late")
    if whole:
        return ngettext("%(days)s working day late", "%(days)s working days late", days) % {"days": number(days)}
    return ngettext("%(days)s day late", "%(days)s days late", days) % {"days": number(days)}


def _done_late(days: int | None) -> str:
    if not days:
        return _("Done late")
    return ngettext("Done %(days)s day late", "Done %(days)s days late", days) % {"days": number(days)}
