"""A month as a table of weeks, with what each day meant for a deadline."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from . import wording

Kind = Literal["counted", "off", "paused", "today", "due"]


@dataclass(frozen=True, slots=True)
class Day:
    number: int
    kinds: tuple[Kind, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Month:
    year: int
    number: int
    weeks: list[list[Day | None]]

    @property
    def title(self) -> str:
        return _("Month %(month)s") % {"month": f"{self.number}/{self.year}"}

    @property
    def heads(self) -> list[tuple[str, str]]:
        """(short, full) names of the days, Monday first."""
        short = (
            pgettext("short day", "Mo"), pgettext("short day", "Tu"), pgettext("short day", "We"),
            pgettext("short day", "Th"), pgettext("short day", "Fr"), pgettext("short day", "Sa"),
            pgettext("short day", "Su"),
        )  # fmt: skip
        return [(name, wording.weekday(date(2024, 1, 1 + at))) for at, name in enumerate(short)]


def month(*, year: int, number: int, days: Mapping[date, tuple[Kind, ...]], reasons: Mapping[date, str]) -> Month:
    """The month with each day's kinds.

    days : what a day was; a day not named is plain. reasons : why a day did not count ("Giỗ Tổ Hùng Vương"), said in
    its title and to readers.
    """
    weeks = [
        [_day(date(year, number, at), days, reasons) if at else None for at in week]
        for week in calendar.Calendar(firstweekday=0).monthdayscalendar(year, number)
    ]
    return Month(year, number, weeks)


def _day(value: date, days: Mapping[date, tuple[Kind, ...]], reasons: Mapping[date, str]) -> Day:
    kinds = days.get(value, ())
    said = {
        "counted": _("counted"),
        "off": _("day off"),
        "paused": _("paused"),
        "today": _("today"),
        "due": _("the last day"),
    }
    words = [said[kind] for kind in kinds]
    if reason := reasons.get(value):
        words = [reason, *(said[kind] for kind in kinds if kind != "off")]
    return Day(value.day, kinds, ", ".join(words))
