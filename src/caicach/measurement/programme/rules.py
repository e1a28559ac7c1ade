"""Following a plan's tasks: what state a task is in and what the rates are. Pure: no ORM, no clock, no settings.

The statuses follow the Government's own way of counting (QĐ 42/2014/QĐ-TTg, QĐ 23/2018/QĐ-TTg): done on time, done
late, not done and in time, not done and late; "due soon" is this software's warning only. A state is always computed
from dates and accepted products, never typed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum


class TaskState(StrEnum):
    NOT_STARTED = "not_started"
    ON_TIME = "on_time"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    DONE_ON_TIME = "done_on_time"
    DONE_LATE = "done_late"
    CANCELLED = "cancelled"


DONE = frozenset({TaskState.DONE_ON_TIME, TaskState.DONE_LATE})
OPEN = frozenset({TaskState.NOT_STARTED, TaskState.ON_TIME, TaskState.DUE_SOON, TaskState.OVERDUE})
GIVEN = DONE | OPEN
"""What figures count: a task stopped by decision is in none."""


PRODUCT_OF_THE_UNNAMED = "Báo cáo kết quả thực hiện"
"""What a task that names no product owes. It stands in the plan's paper, so it is Vietnamese on every page."""


def products_owed(named: str) -> list[str]:
    """The products of a task, one a line or between semicolons in `named`; a report of the result where none is."""
    return [name.strip() for name in named.replace("\n", ";").split(";") if name.strip()] or [PRODUCT_OF_THE_UNNAMED]


@dataclass(frozen=True, slots=True)
class TaskDates:
    """All that a task's state depends on.

    deadline : last day on which it is on time, None when it has none (continuous work)
    soon_from : first day on which it shows as due soon
    progress : per cent reported, 0 to 100
    done_on : day on which the last accepted product was handed in
    handed_in_on : day on which the last product was handed in, while none is missing or refused
    """

    deadline: date | None
    soon_from: date | None = None
    progress: int = 0
    done_on: date | None = None
    cancelled_on: date | None = None
    handed_in_on: date | None = None

    @property
    def waits_in_time(self) -> bool:
        """All was handed in by the deadline and waits for a look: what is left to do is not the unit's."""
        if self.handed_in_on is None or self.done_on is not None or self.cancelled_on is not None:
            return False
        return self.deadline is None or self.handed_in_on <= self.deadline


def task_state(task: TaskDates, *, today: date) -> TaskState:
    """The state on that day. What was handed in late is overdue until it is accepted, and then done late."""
    if task.cancelled_on is not None:
        return TaskState.CANCELLED
    if task.done_on is not None:
        late = task.deadline is not None and task.done_on > task.deadline
        return TaskState.DONE_LATE if late else TaskState.DONE_ON_TIME
    if task.waits_in_time:
        return TaskState.ON_TIME
    if task.deadline is not None and task.deadline < today:
        return TaskState.OVERDUE
    if task.soon_from is not None and task.soon_from <= today:
        return TaskState.DUE_SOON
    return TaskState.ON_TIME if task.progress else TaskState.NOT_STARTED


def soon_from(
    *,
    starts_on: date,
    deadline: date,
    share: Decimal,
    days_at_most: int,
    is_working_day: Callable[[date], bool],
) -> date:
    """First day on which a task shows as due soon.

    It shows so when at most `share` of the term's working days is left, and never earlier than `days_at_most` working
    days before the end: a task of a year would otherwise warn for months. On the deadline itself it always does.
    """
    first = min(starts_on, deadline)
    term = sum(is_working_day(first + timedelta(days=n)) for n in range((deadline - first).days + 1))
    left = min(int(term * share), days_at_most)
    day = deadline
    while left > 0 and day > first:
        day -= timedelta(days=1)
        left -= is_working_day(day)
    return day


@dataclass(frozen=True, slots=True)
class ProductFacts:
    """A product as the end of a task depends on it.

    submitted_on : day of the handing in that stands; None while it is missing or refused
    """

    submitted_on: date | None
    is_accepted: bool


def handed_in_on(products: Sequence[ProductFacts]) -> date | None:
    """The day on which the last product was handed in; None while one is still to be handed in, and without any.

    The unit's day counts, not the day on which someone looks: a slow acceptance must not make a unit late.
    """
    days = [product.submitted_on for product in products if product.submitted_on is not None]
    return max(days) if days and len(days) == len(products) else None


def done_on(products: Sequence[ProductFacts]) -> date | None:
    """The day on which the last product was handed in, once all are accepted; None before."""
    return handed_in_on(products) if all(product.is_accepted for product in products) else None


@dataclass(frozen=True, slots=True)
class Rate:
    """A share with what it is made of, so that it can always be opened. No value without a denominator."""

    numerator: int
    denominator: int

    @property
    def value(self) -> Decimal | None:
        """0 to 1; None when there is nothing to divide by: that is "no data", not 0."""
        if not self.denominator:
            return None
        return Decimal(self.numerator) / Decimal(self.denominator)

    @property
    def per_cent(self) -> Decimal | None:
        """With one decimal, half up: 54 of 57 is 94.7."""
        if self.value is None:
            return None
        return (self.value * 100).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Progress:
    """How a set of tasks stands on a day. Cancelled tasks are in no rate."""

    counts: dict[TaskState, int]
    continuous: int = 0
    """Open tasks without a deadline, already in `counts`."""
    fallen_due: int = 0
    """Tasks whose deadline is today or earlier, or that are done; not what waits for a look in time."""

    @property
    def assigned(self) -> int:
        return sum(number for state, number in self.counts.items() if state is not TaskState.CANCELLED)

    @property
    def done(self) -> int:
        return sum(self.counts.get(state, 0) for state in DONE)

    @property
    def overdue(self) -> int:
        return self.counts.get(TaskState.OVERDUE, 0)

    @property
    def due_soon(self) -> int:
        return self.counts.get(TaskState.DUE_SOON, 0)

    @property
    def done_of_assigned(self) -> Rate:
        return Rate(self.done, self.assigned)

    @property
    def done_of_fallen_due(self) -> Rate:
        """Done / fallen due. The Government keeps "fallen due" as a base of its own beside "assigned"."""
        return Rate(self.done, self.fallen_due)


def rate_after_extension(done_of_fallen_due: Rate, *, old: date, new: date, today: date) -> Rate:
    """Done / fallen due once an open task's deadline moves from `old` to `new`: a task that had fallen due has not now.

    A granted extension lowers the base, never raises what is done; the first deadline stays with the task.
    """
    moves_out = old <= today < new
    return Rate(done_of_fallen_due.numerator, done_of_fallen_due.denominator - moves_out)


def progress(tasks: Iterable[TaskDates], *, today: date) -> Progress:
    counts: dict[TaskState, int] = {}
    continuous = fallen_due = 0
    for task in tasks:
        state = task_state(task, today=today)
        counts[state] = counts.get(state, 0) + 1
        if state in OPEN and task.deadline is None:
            continuous += 1
        is_due_today = state in OPEN and task.deadline == today and not task.waits_in_time
        if state in DONE or state is TaskState.OVERDUE or is_due_today:
            fallen_due += 1
    return Progress(counts=counts, continuous=continuous, fallen_due=fallen_due)


PLAN_MOVES: dict[str, frozenset[str]] = {
    "draft": frozenset({"submitted"}),
    "submitted": frozenset({"draft", "approved"}),
    "approved": frozenset(),
}
"""From a plan's state to those it may go to. An approved plan changes by a new version, never back."""


def may_move(*, before: str, after: str) -> bool:
    return after in PLAN_MOVES[before]


def next_task_number(*, head: int, taken: Iterable[str]) -> str:
    """One more than the highest number of the field: "2.7" after "2.6", whatever was dropped between. head : 1 to 7.

    >>> next_task_number(head=2, taken=["2.1", "2.6", "7.9"])
    '2.7'
    """
    start = f"{head}."
    used = [number.removeprefix(start) for number in taken if number.startswith(start)]
    return f"{start}{max((int(part) for part in used if part.isascii() and part.isdigit()), default=0) + 1}"


def numbers_in_order(heads: Iterable[int | None]) -> list[str]:
    """The number of each task in its field, in the order given. heads : of its field, 1 to 7; None gets "".

    >>> numbers_in_order([1, 1, 7, None, 1])
    ['1.1', '1.2', '7.1', '', '1.3']
    """
    counted: Counter[int] = Counter()
    numbers: list[str] = []
    for head in heads:
        if head is None:
            numbers.append("")
            continue
        counted[head] += 1
        numbers.append(f"{head}.{counted[head]}")
    return numbers


LEAD_ENDED = "lead_ended"
"""The code of a gap: the lead unit is no more."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Why a task cannot go to approval yet. `code` finds the sentence."""

    number: str
    code: str


def gaps_before_approval(tasks: Iterable[tuple[str, str, bool, bool]]) -> list[Gap]:
    """(number, field, has_lead, has_time) of each task; a task needs a field, a lead unit, and a deadline or a rhythm.

    Source: the practice of plans, for example KH 4269/KH-BHXH (31/12/2020), I.3: result, time and lead unit of each.
    """
    found: list[Gap] = []
    for number, reform_field, has_lead, has_time in tasks:
        if not reform_field:
            found.append(Gap(number, "no_field"))
        if not has_lead:
            found.append(Gap(number, "no_lead"))
        if not has_time:
            found.append(Gap(number, "no_time"))
    return found
