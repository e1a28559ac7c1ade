"""`caicach calendar due`: counts a term and says which days it passed over and why.

The office's own tables are used where there are any; before the first migration the law and the announced days alone.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from fractions import Fraction
from pathlib import Path
from typing import NoReturn

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.backends.sqlite3.base import DatabaseWrapper as SqliteWrapper
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caicach.kernel.command_line import Parser, refuse, told

from .announced import official_calendar
from .explanations import moment_in_words, reason, weekday
from .models import DayException, WorkingHours
from .parameters import parameter
from .queries import calendar_for
from .rules import (
    FIRST_YEAR,
    LAST_YEAR,
    Day,
    DayKind,
    Deadline,
    OutsideHours,
    OutsideKnownYears,
    Term,
    TermUnit,
    WorkingCalendar,
    deadline,
    received,
)
from .units import is_unit
from .zone import VIETNAM, local

LONGEST_TERM = 10_000
"""Working days or hours; beyond it somebody mistyped."""


class BadRequest(Exception):
    """The command line cannot be carried out; the message is for the person who typed it, the code for programs."""

    def __init__(self, message: str, *, code: str) -> None:
        self.code = code
        super().__init__(message)


def main(argv: Sequence[str]) -> int:
    arguments = list(argv)
    if not arguments or {"-h", "--help"} & set(arguments):
        print(_usage())
        return 0 if arguments else 2
    try:
        if arguments[0] != "due":
            raise BadRequest(
                _("There is no command calendar %(name)s.") % {"name": arguments[0]}, code="cli.unknown_command"
            )
        asked = _asked(arguments[1:])
        found = _count(asked)
    except BadRequest as refusal:
        print(_usage(), end="\n\n", file=sys.stderr)
        return refuse("calendar", refusal.code, str(refusal))
    except OutsideKnownYears:
        years = {"first": FIRST_YEAR, "last": LAST_YEAR}
        words = _("Holidays are known from %(first)d to %(last)d only.") % years
        return refuse("calendar", "calendar.outside_known_years", words)
    except DatabaseError as error:
        return refuse("calendar", "calendar.no_answer", _("The database does not answer: %(error)s") % {"error": error})
    print(_as_json(found) if asked.json else _as_text(found))
    return 0


def _usage() -> str:
    return _(
        "usage: caicach calendar due --from 2022-01-28T10:00 (--working-days N | --hours N) [--unit CODE] [--json]\n"
        "\n"
        "  --from          day, or day and hour in Việt Nam, on which the thing was received (ISO 8601)\n"
        "  --working-days  length of the term in working days\n"
        "  --hours         length of the term in working hours, such as 8 or 1.5\n"
        "  --unit          code of the unit whose days and hours are meant\n"
        "  --json          print JSON: due, counted, skipped"
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for: `handed_in` has an hour only when one was typed."""

    handed_in: datetime
    has_hour: bool
    term: Term
    unit_code: str | None
    json: bool


class _Parser(Parser):
    """Leaves printing to `main`, which tells how the command is called."""

    def error(self, message: str) -> NoReturn:
        code, sentence = told(message)
        raise BadRequest(sentence, code=code)


def _asked(arguments: Sequence[str]) -> Asked:
    parser = _Parser(prog="caicach calendar due")
    parser.add_argument("--from", dest="start")
    parser.add_argument("--working-days")
    parser.add_argument("--hours")
    parser.add_argument("--unit")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    if given.start is None:
        raise BadRequest(_("Say from when with --from."), code="cli.missing")
    if (given.working_days is None) == (given.hours is None):
        raise BadRequest(_("Give the term once: either --working-days or --hours."), code="calendar.term_once")
    handed_in, has_hour = _moment(given.start)
    return Asked(handed_in, has_hour, _term(given.working_days, given.hours), given.unit or None, given.json)


def _moment(text: str) -> tuple[datetime, bool]:
    """The moment typed, and whether an hour was; without an offset it is Việt Nam's."""
    try:
        return datetime.combine(date.fromisoformat(text), time(), VIETNAM), False
    except ValueError:
        pass
    try:
        moment = datetime.fromisoformat(text)
        return (local(moment) if moment.tzinfo else moment.replace(tzinfo=VIETNAM)), True
    except (ValueError, OverflowError):
        raise BadRequest(
            _("--from %(text)s is not a day: write it as 2022-01-28 or 2022-01-28T10:00.") % {"text": text},
            code="calendar.bad_day",
        ) from None


def _term(working_days: str | None, hours: str | None) -> Term:
    text, unit = (working_days, TermUnit.WORKING_DAY) if working_days is not None else (hours, TermUnit.WORKING_HOUR)
    name = "--working-days" if unit is TermUnit.WORKING_DAY else "--hours"
    amount = _number(text or "", whole=unit is TermUnit.WORKING_DAY)
    if amount is None:
        raise BadRequest(
            _("%(option)s %(text)s is not a term: write a number from 1 to %(longest)d.")
            % {"option": name, "text": text, "longest": LONGEST_TERM}
            if unit is TermUnit.WORKING_DAY
            else _("%(option)s %(text)s is not a term: write a number above 0, at most %(longest)d.")
            % {"option": name, "text": text, "longest": LONGEST_TERM},
            code="calendar.bad_term",
        )
    return Term(amount, unit)


def _number(text: str, *, whole: bool) -> Fraction | None:
    """A plain number in bounds: digits, with a decimal point or comma where it may be broken."""
    typed = text.strip().replace(",", ".")
    digits = typed.replace(".", "", 0 if whole else 1)
    if not (digits.isascii() and digits.isdigit()) or len(typed) > 12 or typed[0] == "." or typed[-1] == ".":
        return None
    amount = Fraction(typed)
    return amount if 0 < amount <= LONGEST_TERM else None


def _count(asked: Asked) -> Deadline:
    calendar = _calendar(asked.unit_code)
    calendar.day(asked.handed_in.date())  # a year without known holidays is refused before anything is counted
    rule = OutsideHours(parameter("calendar.receipt_outside_hours", on=asked.handed_in.date()).value)
    start = asked.handed_in
    if asked.has_hour:
        start = received(handed_in=start, calendar=calendar, outside_hours=rule)
    return deadline(start=start, term=asked.term, calendar=calendar)


def _calendar(unit_code: str | None) -> WorkingCalendar:
    """The office's calendar; the official one, with a word on stderr, where the tables are not made yet.

    Never the common one for a unit that is not there: its own days off would be passed over in silence.
    """
    if _has_tables():
        if unit_code and not is_unit(unit_code):
            raise BadRequest(
                _("There is no unit with the code %(code)s.") % {"code": unit_code}, code="calendar.unknown_unit"
            )
        return calendar_for(unit_code)
    if unit_code:
        words = _("There is no database yet, so the unit %(code)s is not known.") % {"code": unit_code}
        raise BadRequest(words, code="calendar.unknown_unit")
    print(_("There is no database yet: counted by the public holidays and swapped days alone."), file=sys.stderr)
    return official_calendar()


def _has_tables() -> bool:
    """Whether the calendar's tables are made. A SQLite file that does not exist is not created by asking."""
    connection = connections[DEFAULT_DB_ALIAS]
    if isinstance(connection, SqliteWrapper) and not (
        connection.is_in_memory_db() or Path(connection.settings_dict["NAME"]).exists()
    ):
        return False
    tables = set(connection.introspection.table_names())
    return {DayException._meta.db_table, WorkingHours._meta.db_table} <= tables


def _as_json(found: Deadline) -> str:
    """`due` with Việt Nam's offset; `counted` days; `skipped` days with their reason."""
    return json.dumps(
        {
            "due": found.due.isoformat(),
            "counted": [day.date.isoformat() for day in found.counted],
            "skipped": [{"date": day.date.isoformat(), "reason": reason(day)} for day in found.skipped],
        },
        ensure_ascii=False,
    )


def _as_text(found: Deadline) -> str:
    counted, skipped = len(found.counted), len(found.skipped)
    lines = [
        _("Due: %(moment)s") % {"moment": moment_in_words(found.due)},
        _("Rule: %(articles)s") % {"articles": "; ".join(found.cites)},
        "",
        ngettext("%(count)d day counted:", "%(count)d days counted:", counted) % {"count": counted},
        *(_line(day, "" if day.kind is DayKind.WORKING else reason(day)) for day in found.counted),
    ]
    if skipped:
        heading = ngettext("%(count)d day passed over:", "%(count)d days passed over:", skipped) % {"count": skipped}
        lines += ["", heading, *(_line(day, reason(day)) for day in found.skipped)]
    return "\n".join(lines)


def _line(day: Day, words: str) -> str:
    return f"  {date_format(day.date, 'SHORT_DATE_FORMAT')}  {weekday(day.date):<9}  {words}".rstrip()
