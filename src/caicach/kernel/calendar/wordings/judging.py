"""Whether a period in its place is a deadline, and which day is the last one on time."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from caicach.kernel.calendar.rules import (
    OutsideKnownYears,
    Term,
    TermUnit,
    WorkingCalendar,
    add_days,
    add_working_days,
)

from . import context, marks
from .context import Cue, Lead
from .grammar import EACH, S
from .periods import DATED, Period
from .results import Recurrence, WordedDeadline, WordingKind

ONE_DAY = timedelta(days=1)
TERM_CITE = "BLDS 2015, Điều 147 và Điều 148"


@dataclass(frozen=True, slots=True)
class Question:
    """A period and where it stands."""

    text: str
    lower: str
    period: Period
    plan_year: int
    document_date: date | None
    calendar: WorkingCalendar
    follows_refused: bool

    @property
    def start(self) -> int:
        return self.period.start

    @property
    def end(self) -> int:
        return self.period.end


def deadline(asked: Question) -> WordedDeadline | None:
    """The deadline that the period is; None when it is none."""
    cue = context.cue_before(asked.lower, asked.start)
    if asked.period.kind in DATED:
        return _dated(asked, cue)
    return _UNDATED[asked.period.kind](asked, cue)


# --- days, months, quarters, years --------------------------------------------------------------------------------

_EVERY_YEAR = re.compile(rf"{S}(?:của{S})?{EACH}{S}năm(?!\w)")


def _dated(asked: Question, cue: Cue) -> WordedDeadline | None:
    period = asked.period
    if period.first is None or period.last is None:
        return None
    is_bare_letter = period.form == "short_quarters" and not period.has_year  # "UBND Q.1" is a district
    if is_bare_letter and not marks.fills_the_text(asked.lower, cue.start, asked.end):
        return None
    named = period.first if cue.lead is Lead.STRICTLY_BEFORE else period.last
    if named.year < asked.plan_year and not marks.fills_the_text(asked.lower, cue.start, asked.end):
        return None
    if cue.lead is Lead.NONE:
        cue = Cue(context.beginning_of_range(asked.lower, asked.start) if period.is_range else asked.start, Lead.NONE)
        alone = marks.stands_alone(asked.lower, asked.start, _end(asked))
        if not _bare_is_meant(asked, alone=alone):
            return None
        return _on_time(asked, cue, is_explicit=alone or period.is_range)
    if not _led_is_meant(asked, cue):
        return None
    return _on_time(asked, cue, is_explicit=True)


def _on_time(asked: Question, cue: Cue, *, is_explicit: bool) -> WordedDeadline:
    period = asked.period
    kind, first, last = period.kind, period.first, period.last
    if first is not None and cue.lead is Lead.STRICTLY_BEFORE and not period.has_hour and period.part != "cuối":
        last = first - ONE_DAY
        kind, first = WordingKind.BEFORE, None
    elif kind is WordingKind.DATE and first == last:
        first = None
    end, recurrence = _end(asked), None
    if end > asked.end:
        kind, recurrence = WordingKind.RECURRING, Recurrence.YEARLY
    return WordedDeadline(
        start=cue.start,
        end=end,
        surface=asked.text[cue.start : end],
        kind=kind,
        last_day=last,
        first_day=first,
        recurrence=recurrence,
        is_explicit=is_explicit,
        cites=period.cites,
    )


def _end(asked: Question) -> int:
    """The period's end, with "hằng năm" where that follows."""
    yearly = _EVERY_YEAR.match(asked.lower, asked.end)
    return yearly.end() if yearly else asked.end


def _bare_is_meant(asked: Question, *, alone: bool) -> bool:
    """A period to which no word of time leads."""
    period, lower = asked.period, asked.lower
    if asked.follows_refused or period.form == "this_year":
        return False
    if period.has_hour and not marks.fills_the_text(lower, asked.start, asked.end):  # when a meeting begins
        return False
    if context.begins_a_range(lower, asked.start) and not period.is_range:
        return False
    if context.is_attribute(lower, asked.start):
        return False
    if period.kind is WordingKind.DATE:
        return _bare_day_is_meant(asked, alone=alone)
    if period.kind is WordingKind.YEAR and not period.part:
        return _bare_year_is_meant(asked, alone=alone)
    return period.form != "month_of_year" or alone or period.is_range


def _bare_day_is_meant(asked: Question, *, alone: bool) -> bool:
    period, lower = asked.period, asked.lower
    if marks.fills_the_text(lower, asked.start, asked.end):
        return True
    is_past = asked.document_date is not None and period.last is not None and period.last < asked.document_date
    if not alone and not period.is_range and (is_past or not period.part):
        return False
    if period.last == asked.document_date or context.heads_a_document(asked.text, asked.start, asked.end):
        return False
    if period.is_range and context.begins_a_range(lower, asked.start):
        return not context.tells_how_long_in_force(lower, asked.start)
    return not (
        context.dates_a_document(lower, asked.start, asked.end) or marks.opens_a_story(lower, asked.start, asked.end)
    )


def _bare_year_is_meant(asked: Question, *, alone: bool) -> bool:
    """A year alone is a deadline as a cell, in brackets or at the head of a sentence, never as part of a name."""
    period, lower = asked.period, asked.lower
    if context.named_in_a_scheme(lower, asked.start, asked.end):
        return False
    if marks.fills_the_text(lower, asked.start, asked.end):
        return True
    if period.first is not None and period.last is not None and period.first.year != period.last.year:
        return context.begins_a_range(lower, asked.start)
    if context.opens_a_task(lower, asked.start, asked.end):
        return True
    return alone and not marks.fills_a_line(lower, asked.start, asked.end)


_CERTAIN = re.compile(r"(?<!\w)(?:trước|hết|nhất|hạn|xong|hoàn thành|muộn hơn|chậm hơn|trễ hơn)(?!\w)")


def _led_is_meant(asked: Question, cue: Cue) -> bool:
    """A period to which a word of time leads: still not one when it is a share (1/3), a sum or a scheme's outlook."""
    period, lower = asked.period, asked.lower
    closes = marks.closes(lower, asked.end)
    if context.is_cut_off(lower, cue):
        return False
    if period.kind is WordingKind.YEAR and not period.part:
        if period.form in ("bare_year", "year_range") and not closes:
            return False
        return not (context.may_name_an_outlook(cue) and context.named_in_a_scheme(lower, cue.start, asked.end))
    if period.form == "date_in_figures" and not period.part and not period.has_year:
        return closes or _CERTAIN.search(cue.words) is not None
    return True


# --- terms, events, work without an end -----------------------------------------------------------------------------

# "trong thời hạn 2 tháng" is a term, "chứng chỉ có thời hạn 5 năm" and "trong 5 năm" are not.
_LIMITS_OF_MONTHS = re.compile(
    rf"(?<!\w)(?:trong{S}(?:thời{S}hạn|thời{S}gian|vòng)|tối{S}đa|không{S}quá|(?:chậm|muộn|trễ){S}nhất)(?!\w)"
)
_SHORT_UNITS = frozenset({TermUnit.WORKING_DAY, TermUnit.WORKING_HOUR, TermUnit.DAY, TermUnit.WEEK})


def _term(asked: Question, cue: Cue) -> WordedDeadline | None:
    period = asked.period
    if period.term is None:
        return None
    unit = period.term.unit
    alone = marks.stands_alone(asked.lower, asked.start, asked.end)
    has_tail = period.head_end < period.end or period.anchor is not None
    if cue.lead is Lead.STRICTLY_BEFORE and not has_tail:  # "trước 16 giờ": an hour of the day, no length
        return None
    is_short = unit in _SHORT_UNITS
    led = cue.lead is not Lead.NONE and (is_short or _LIMITS_OF_MONTHS.search(cue.words) is not None)
    if not (led or has_tail or (alone and unit is TermUnit.WORKING_DAY)):
        return None
    found = _undated(asked, cue, is_explicit=True, cites=TERM_CITE)
    if not period.is_from_signing or asked.document_date is None:
        return found
    last_day = _last_day(period.term, start=asked.document_date, calendar=asked.calendar)
    return replace(found, anchor=asked.document_date, last_day=last_day)


def _last_day(term: Term, *, start: date, calendar: WorkingCalendar) -> date | None:
    """None for hours, whose first one no signature tells, and beyond the years that can be counted."""
    try:
        if term.unit is TermUnit.WORKING_DAY:
            return add_working_days(start=start, days=int(term.amount), calendar=calendar).due_date
        if term.unit is not TermUnit.WORKING_HOUR:
            return add_days(start=start, term=term, calendar=calendar).due_date
    except OutsideKnownYears:
        return None
    return None


def _recurring(asked: Question, cue: Cue) -> WordedDeadline:
    words = asked.lower[cue.start : asked.end]
    alone = marks.stands_alone(asked.lower, asked.start, asked.end)
    is_explicit = cue.lead is not Lead.NONE or alone or words.startswith(("định", "ngày"))
    return _undated(asked, cue, is_explicit=is_explicit)


_CARRIED_ON = re.compile(rf"(?<!\w)(?:thực{S}hiện|triển{S}khai|tiến{S}hành){S}\Z")


def _continuous(asked: Question, cue: Cue) -> WordedDeadline | None:
    """Not the adverb of "thường xuyên kiểm tra", which says how, not until when."""
    lower, start, end = asked.lower, asked.start, asked.end
    begins = marks.opens(lower, start) or cue.lead is not Lead.NONE
    begins = begins or _CARRIED_ON.search(lower, max(0, start - context.REACH), start) is not None
    if not begins or not marks.closes(lower, end):
        return None
    return _undated(asked, cue, is_explicit=True)


_AFTER = re.compile(rf"(?:ngay{S})?sau{S}khi")
_BY = re.compile(rf"theo{S}")


def _event(asked: Question, cue: Cue) -> WordedDeadline | None:
    """Not "Theo kế hoạch mới ban hành, tỉnh …", which tells by what somebody goes."""
    lower = asked.lower
    begins = marks.opens(lower, asked.start) or cue.lead is not Lead.NONE
    if not begins and _AFTER.match(lower, asked.start) is None:
        return None
    if _BY.match(lower, asked.start) and not marks.nothing_follows(lower, asked.end):
        return None
    return _undated(asked, cue, is_explicit=begins)


def _undated(asked: Question, cue: Cue, *, is_explicit: bool, cites: str = "") -> WordedDeadline:
    period = asked.period
    return WordedDeadline(
        start=cue.start,
        end=asked.end,
        surface=asked.text[cue.start : asked.end],
        kind=period.kind,
        recurrence=period.recurrence,
        term=period.term,
        anchor=period.anchor,
        counts_back=period.counts_back,
        is_explicit=is_explicit,
        cites=cites,
    )


_UNDATED: dict[WordingKind, Callable[[Question, Cue], WordedDeadline | None]] = {
    WordingKind.TERM: _term,
    WordingKind.RECURRING: _recurring,
    WordingKind.CONTINUOUS: _continuous,
    WordingKind.EVENT: _event,
}
