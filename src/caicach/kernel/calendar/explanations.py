"""A day's reason in words, for receipts, pages and the command line, in the language that is active."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from .rules import Caveat, Day, DayKind, Holiday

HOLIDAY_NAMES: Mapping[Holiday, Promise] = {
    Holiday.NEW_YEAR: gettext_lazy("New Year's Day"),
    Holiday.LUNAR_NEW_YEAR: gettext_lazy("Lunar New Year"),
    Holiday.HUNG_KINGS: gettext_lazy("Hùng Kings' Commemoration Day"),
    Holiday.REUNIFICATION: gettext_lazy("Reunification Day, 30 April"),
    Holiday.LABOUR: gettext_lazy("International Labour Day, 1 May"),
    Holiday.NATIONAL_DAY: gettext_lazy("National Day, 2 September"),
    Holiday.CULTURE_DAY: gettext_lazy("Vietnamese Culture Day, 24 November"),
}
_WEEKDAYS: tuple[Promise, ...] = (
    pgettext_lazy("day of the week", "Monday"),
    pgettext_lazy("day of the week", "Tuesday"),
    pgettext_lazy("day of the week", "Wednesday"),
    pgettext_lazy("day of the week", "Thursday"),
    pgettext_lazy("day of the week", "Friday"),
    pgettext_lazy("day of the week", "Saturday"),
    pgettext_lazy("day of the week", "Sunday"),
)


def reason(day: Day) -> str:
    """Why a day is worked or not, with its source: "Nghỉ bù Giỗ Tổ Hùng Vương (BLLĐ 2019, Điều 111 khoản 3)"."""
    words = _what(day)
    source = "; ".join(filter(None, (day.cites, _caveat(day))))
    return _("%(reason)s (%(source)s)") % {"reason": words, "source": source} if source else words


def _caveat(day: Day) -> str:
    match day.caveat:
        case Caveat.NOT_ANNOUNCED:
            return _("the days off of %(year)d are not announced yet") % {"year": day.date.year}
        case Caveat.ARTICLE_UNVERIFIED:
            return _("the article of the Labour Code is unverified")
        case None:
            return ""


def _what(day: Day) -> str:
    match day.kind:
        case DayKind.WORKING:
            return _("Working day")
        case DayKind.WEEKEND:
            return _("Weekend")
        case DayKind.PUBLIC_HOLIDAY:
            return _("Public holiday: %(holiday)s") % {"holiday": _holiday(day)}
        case DayKind.COMPENSATORY_DAY_OFF:
            return _("Day off in lieu: %(holiday)s") % {"holiday": _holiday(day)}
        case DayKind.SWAPPED_DAY_OFF:
            return _("Day off, made up on %(date)s") % {"date": _short(day.swapped_with)}
        case DayKind.SWAPPED_WORKING_DAY:
            return _("Worked in place of %(date)s") % {"date": _short(day.swapped_with)}
        case DayKind.EXCEPTIONAL_DAY_OFF:
            return _("Day off: %(name)s") % {"name": day.name}
        case DayKind.EXCEPTIONAL_WORKING_DAY:
            return _("Working day: %(name)s") % {"name": day.name}
        case DayKind.PAUSED:
            return _("Not counted: the clock waits")


def _holiday(day: Day) -> str:
    return str(HOLIDAY_NAMES[day.holiday]) if day.holiday else ""


def _short(day: date | None) -> str:
    return date_format(day, "SHORT_DATE_FORMAT") if day else ""


def weekday(day: date) -> str:
    """ "thứ Bảy", "Saturday"."""
    return str(_WEEKDAYS[day.weekday()])


def moment_in_words(moment: datetime) -> str:
    """ "17:00 thứ Sáu, 11/02/2022"; `moment` is in Việt Nam time."""
    return _("%(time)s %(weekday)s, %(date)s") % {
        "time": f"{moment:%H:%M}",
        "weekday": weekday(moment),
        "date": _short(moment.date()),
    }
