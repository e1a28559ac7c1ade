"""How the running system is: what a machine asks, and what an operator reads."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caicach.kernel.audit import queries as audit
from caicach.kernel.calendar import clock
from caicach.kernel.jobs import queries as jobs

LEAST_FREE_BYTES = 500 * 1024 * 1024
QUIET_WORKER = timedelta(seconds=60)
LONG_WAIT = timedelta(minutes=5)


class Part(StrEnum):
    DATABASE = "database"
    DISK = "disk"
    WORKER = "worker"
    QUEUE = "queue"
    EVENTS = "events"
    JOURNAL = "journal"
    FAILURES = "failures"
    FILES = "files"


SERVING = frozenset(Part) - {Part.FAILURES, Part.FILES}
"""Parts without which nobody should be sent here. What failed or was damaged is so everywhere, and mended by hand."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One part: whether it is well, how it is in words, and what to do when it is not."""

    part: Part
    is_well: bool
    words: str
    to_do: str = ""


def findings(*, at: datetime) -> list[Finding]:
    """Every part; without the database only what can be asked without it. About a dozen SQL queries."""
    try:
        return [_database(), _disk(), *_background(at), _journal(at), _files()]
    except (DatabaseError, InterfaceError):  # at the first question or, when it leaves in between, at a later one
        return [_not_readable() if _answers() else _database_away(), _disk()]


def _answers() -> bool:
    try:
        return _database().is_well
    except (DatabaseError, InterfaceError):
        return False


def _not_readable() -> Finding:
    """It is there and yet not as this release needs it: an upgrade without its migrations, or a fault of ours."""
    return Finding(
        Part.DATABASE,
        False,
        _("The database answers, but not every table can be read."),
        _("Run `caicach prepare`. If this stays, look into the log."),
    )


def _database() -> Finding:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return Finding(Part.DATABASE, True, _("The database answers."))


def _database_away() -> Finding:
    return Finding(
        Part.DATABASE,
        False,
        _("The database does not answer."),
        _("Start it, or mend DATABASE_URL, and look again."),
    )


def _disk() -> Finding:
    folder = Path(settings.DATA_DIR)
    try:
        free = shutil.disk_usage(folder).free
    except OSError:
        return Finding(Part.DISK, False, _("The data folder cannot be reached."), _("Mend CAICACH_DATA or its rights."))
    words = _("%(free)d MB are free for data.") % {"free": free // 1024 // 1024}
    if free < LEAST_FREE_BYTES:
        return Finding(Part.DISK, False, words, _("Make room: uploads are refused when the disk is full."))
    return Finding(Part.DISK, True, words)


def _background(at: datetime) -> list[Finding]:
    health = jobs.health(at=at)
    beat = health.last_beat_age
    if beat is None or beat > QUIET_WORKER:
        worker = Finding(
            Part.WORKER, False, _("No worker is at work."), _("Start `caicach worker` and look into its log.")
        )
    else:
        worker = Finding(Part.WORKER, True, _("%(count)d worker is at work.") % {"count": health.workers})
    queue = Finding(
        Part.QUEUE,
        health.queue_age <= LONG_WAIT,
        _("%(waiting)d jobs wait.") % {"waiting": health.waiting},
        "" if health.queue_age <= LONG_WAIT else _("The oldest waits for long. Is a worker at work?"),
    )
    events = Finding(
        Part.EVENTS,
        health.outbox_age <= LONG_WAIT,
        _("%(waiting)d events wait.") % {"waiting": health.outbox_waiting},
        "" if health.outbox_age <= LONG_WAIT else _("The oldest waits for long. Is a worker at work?"),
    )
    return [worker, queue, events, _failures(health)]


def _failures(health: jobs.Health) -> Finding:
    if not health.failed and not health.failed_deliveries:
        return Finding(Part.FAILURES, True, _("No background work failed."))
    return Finding(
        Part.FAILURES,
        False,
        _("%(jobs)d jobs failed, %(events)d events could not be delivered.")
        % {"jobs": health.failed, "events": health.failed_deliveries},
        _("“Background work” names each with its cause, and starts it again."),
    )


def _journal(at: datetime) -> Finding:
    waiting = audit.waiting()
    age = at - waiting.oldest_at if waiting.oldest_at else timedelta()
    words = _("%(count)d entries of the journal wait for their seal.") % {"count": waiting.count}
    if age > LONG_WAIT:
        heads = Path(settings.AUDIT_HEADS)
        to_do = (
            _("The worker seals the journal: is one at work?")
            if _can_be_written(heads)
            else _("The file of heads cannot be written, so nothing is sealed. Mend %(path)s (CAICACH_AUDIT_HEADS).")
            % {"path": heads}
        )
        return Finding(Part.JOURNAL, False, words, to_do)
    return Finding(Part.JOURNAL, True, words)


def _files() -> Finding:
    looked = jobs.files_looked_at()
    if looked is None:
        return Finding(Part.FILES, True, _("The stored files have not been looked at yet; that is done every Sunday."))
    on = date_format(clock.local_date(looked.at), "SHORT_DATE_FORMAT")
    if not looked.damaged:
        return Finding(Part.FILES, True, _("Every stored file was whole on %(date)s.") % {"date": on})
    words = ngettext(
        "%(count)d stored file was gone or altered on %(date)s.",
        "%(count)d stored files were gone or altered on %(date)s.",
        looked.damaged,
    )
    return Finding(
        Part.FILES,
        False,
        words % {"count": looked.damaged, "date": on},
        _("`caicach files check` names them. Bring them back from a backup of the data folder."),
    )


def _can_be_written(path: Path) -> bool:
    """The file, or the folder in which it would be made."""
    there = next(it for it in (path, *path.parents) if it.exists())
    return (there == path or there.is_dir()) and os.access(there, os.W_OK)
