"""What nobody came back for is removed each night."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from caicach.kernel.jobs.registry import Outcome, job
from caicach.kernel.jobs.run import Run
from caicach.kernel.jobs.schedules import schedule
from caicach.kernel.usecase.actor import SYSTEM

from .services.act_drafts import sweep_act_drafts


@job("programme.sweep_act_drafts", title=_("Remove old drafts of forms"))
def sweep_daily(run: Run) -> Outcome:
    return Outcome(value=sweep_act_drafts(actor=SYSTEM))


schedule("programme.sweep_act_drafts", "55 2 * * *", sweep_daily)
