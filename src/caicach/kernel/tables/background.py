"""Acts on many rows, done by the worker."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from caicach.kernel.jobs.registry import Outcome, job
from caicach.kernel.jobs.run import Run
from caicach.kernel.ui.wording import number

from .bulk_steps import step_of_bulk
from .models import BulkRun


def page_of(arguments: dict[str, Any]) -> str:
    return reverse("tables:bulk", args=[arguments["bulk_id"]])


@job(
    "tables.bulk",
    title=gettext_lazy("Act on many rows"),
    time_limit=timedelta(hours=2),
    max_attempts=10,
    back=page_of,
)
def perform_bulk(run: Run, *, bulk_id: int) -> Outcome:
    """Part by part; what an earlier attempt did is done."""
    act = BulkRun.objects.get(pk=bulk_id)
    while True:
        run.progress(done=act.done + act.refused, total=act.total, words=act.subject)
        if not step_of_bulk(actor=run.actor, run=act):
            break
    words = _("%(done)s of %(total)s done, %(refused)s refused.") % {
        "done": number(act.done),
        "total": number(act.total),
        "refused": number(act.refused),
    }
    value = {"bulk": act.pk, "done": act.done, "refused": act.refused}
    return Outcome(words=words, url=page_of({"bulk_id": bulk_id}), value=value)
