from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from caicach.kernel.files.queries import damaged_files
from caicach.kernel.files.sweeping import sweep_disk, sweep_records
from caicach.kernel.usecase.actor import SYSTEM

from .instant import true_now
from .registry import Outcome, job
from .run import Run
from .schedules import schedule
from .sweeping import sweep


@job("jobs.sweep", title=_("Clear away what has been kept long enough"), time_limit=timedelta(hours=1))
def sweep_all(run: Run) -> Outcome:
    swept = 0
    while some := sweep(actor=SYSTEM):
        swept += some
        run.progress(done=swept)
    return Outcome(value=swept)


@job("jobs.sweep_files", title=_("Clear away files that nobody holds"), time_limit=timedelta(hours=1))
def sweep_files(run: Run) -> Outcome:
    swept = 0
    while some := sweep_records(actor=SYSTEM):
        swept += some
        run.progress(done=swept)
    return Outcome(value=swept + sweep_disk(at=true_now()))


@job("jobs.check_files", title=_("Look whether every file is whole"), time_limit=timedelta(hours=6))
def check_files(run: Run) -> Outcome:
    """Reads every content: what a failing disk did to files that nobody opens is found before their day of need."""
    damaged = 0
    for damaged, _file in enumerate(damaged_files(), start=1):
        run.progress(done=damaged)
    return Outcome(value=damaged)


schedule("jobs.sweep", "20 2 * * *", sweep_all)
schedule("jobs.sweep_files", "40 2 * * *", sweep_files)
schedule("jobs.check_files", "0 3 * * 0", check_files)
