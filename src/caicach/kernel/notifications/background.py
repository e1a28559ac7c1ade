from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from caicach.kernel.jobs.registry import Outcome, job
from caicach.kernel.jobs.run import Run
from caicach.kernel.jobs.schedules import schedule
from caicach.kernel.jobs.services import enqueue
from caicach.kernel.usecase.actor import SYSTEM
from caicach.kernel.usecase.core import UseCase, use_case

from . import access, mailing, services


@use_case("notifications.ask_for_digests", permission=access.by_the_system)
def ask_for_digests(uc: UseCase) -> int:
    """A letter for everyone for whom something waits, one a day; how many."""
    people = list(mailing.for_the_letter().order_by("account").values_list("account", flat=True).distinct())
    for account_id in people:
        enqueue(
            mailing.send_digest,
            actor=uc.actor,
            subject=f"{uc.today:%d/%m/%Y}",
            key=f"{uc.today.isoformat()}:{account_id}",
            account_id=account_id,
        )
    return len(people)


@job("notifications.daily_letters", title=_("Prepare the daily e-mails"))
def daily_letters(run: Run) -> Outcome:
    return Outcome(value=ask_for_digests(actor=SYSTEM, idempotency_key=run.key("ask")))


@job("notifications.sweep", title=_("Clear away old notices"))
def sweep_all(run: Run) -> Outcome:
    swept = 0
    while some := services.sweep(actor=SYSTEM):
        swept += some
        run.progress(done=swept)
    return Outcome(value=swept)


# Before the working day begins, so that the letter lies on top.
schedule("notifications.daily_letters", "30 7 * * *", daily_letters)
schedule("notifications.sweep", "50 2 * * *", sweep_all)
