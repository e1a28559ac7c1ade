"""What pages call a report and its figures, in the reader's language; `wording` says what stands in the paper."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from .rules import Period

_ABOUT: Final = {
    Period.QUARTER_1: gettext_noop("administrative reform in quarter I of %(year)d"),
    Period.HALF_YEAR: gettext_noop("administrative reform in the first six months of %(year)d"),
    Period.QUARTER_3: gettext_noop("administrative reform in quarter III of %(year)d"),
    Period.YEAR: gettext_noop("administrative reform in %(year)d"),
}
FIGURES: Final[dict[str, Any]] = {
    "assigned": _("Given"),
    "done": _("Completed"),
    "done_in_period": _("Completed in the period"),
    "done_on_time": _("Completed in time"),
    "done_late": _("Completed late"),
    "overdue": _("Overdue"),
    "ongoing": _("Under way"),
    "not_started": _("Not begun yet"),
    "fallen_due": _("Fallen due"),
    "extended": _("Extended"),
}


def about(*, period: Period, year: int) -> str:
    """`administrative reform in quarter I of 2022`: after "report on"."""
    return gettext(_ABOUT[period]) % {"year": year}


def told_about(*, period: Period, year: int) -> dict[str, Any]:
    """The same for a notice, whose reader's language is not known yet."""
    return {"message": _ABOUT[period], "params": {"year": year}}
