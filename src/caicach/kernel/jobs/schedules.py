"""Work that comes round: each time is started once, however many workers there are and however long none was there.

    schedule("notifications.daily_digest", "0 8 * * *", send_digests)

in a room's `background.py`. The times are those of Việt Nam. Times missed while no worker ran are made up for by one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from croniter import croniter
from django.db import transaction
from django.utils.translation import override

from caicach.kernel.calendar import clock
from caicach.kernel.usecase.actor import SYSTEM

from .discovery import discover
from .models import ScheduledTime
from .registry import JobKind
from .services import enqueue


@dataclass(frozen=True, slots=True)
class Schedule:
    name: str
    cron: str
    kind: JobKind


_SCHEDULES: dict[str, Schedule] = {}


def schedules() -> dict[str, Schedule]:
    """Name -> schedule, of all rooms."""
    discover()
    return _SCHEDULES


def schedule(name: str, cron: str, kind: JobKind) -> Schedule:
    """Run a job without arguments at the times of a cron line (minute hour day month weekday, Việt Nam).

    Raises ValueError for a line that is none, and TypeError for a job that needs arguments.
    """
    if not croniter.is_valid(cron):
        raise ValueError(f"{cron!r} is no cron line")
    kind.check_arguments({})
    declared = Schedule(name, cron, kind)
    _SCHEDULES[name] = declared
    return declared


def next_time(*, cron: str, after: datetime) -> datetime:
    """The first time of the line after a moment."""
    found: datetime = croniter(cron, clock.local(after)).get_next(datetime)
    return found


def coming_round(*, after: datetime) -> list[tuple[datetime, Schedule]]:
    """Every schedule with its next time, the soonest first."""
    coming = [(next_time(cron=it.cron, after=after), it) for it in schedules().values()]
    return sorted(coming, key=lambda pair: (pair[0], pair[1].name))


def start_due(*, at: datetime) -> int:
    """Start what has come round by `at`; how many. One SQL query when nothing has."""
    declared = schedules()
    rows = {row.name: row for row in ScheduledTime.objects.filter(name__in=declared)}
    return sum(_start(it, at=at) for it in declared.values() if _concerns(it, rows, at=at))


def _concerns(declared: Schedule, rows: dict[str, ScheduledTime], *, at: datetime) -> bool:
    row = rows.get(declared.name)
    if row is None or row.cron != declared.cron or row.next_due_at <= at:
        return True
    # Farther ahead than the next time: the clock was set back since.
    return row.next_due_at > next_time(cron=declared.cron, after=at)


def _start(declared: Schedule, *, at: datetime) -> int:
    upcoming = next_time(cron=declared.cron, after=at)
    with transaction.atomic():
        ScheduledTime.objects.bulk_create(
            [ScheduledTime(name=declared.name, cron=declared.cron, next_due_at=upcoming)], ignore_conflicts=True
        )
        row = ScheduledTime.objects.select_for_update().get(name=declared.name)
        due = row.next_due_at
        comes_round = row.cron == declared.cron and due <= at
        if not comes_round and row.cron == declared.cron and due <= upcoming:
            return 0  # another worker was first
        row.cron = declared.cron
        row.next_due_at = upcoming
        if comes_round:
            row.last_due_at = due
            with override("vi"):
                enqueue(declared.kind, actor=SYSTEM, subject=declared.name, key=due.isoformat())
        row.save()
    return int(comes_round)
