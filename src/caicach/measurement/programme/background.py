"""Reading a plan in the background: file, text, tasks, draft. Every step may be repeated after a crash."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from caicach.kernel.files import queries as files
from caicach.kernel.files import storage
from caicach.kernel.identity.models import Unit
from caicach.kernel.jobs.registry import Outcome, job
from caicach.kernel.jobs.run import Run

from . import doubles
from . import reminders as _reminders  # noqa: F401  its job and schedule are found with this module
from . import sweeping as _sweeping  # noqa: F401
from .proposing import proposal_of_file
from .queries.other_plans import other_plans
from .services.importing import import_plan


def import_form_again(arguments: dict[str, Any]) -> str:
    """The import page with what was sent still in it."""
    kept = {"tep": arguments["attachment_id"], "cua": arguments["issuer_id"], "nam": arguments["year"] or ""}
    return f"{reverse('programme:import')}?{urlencode(kept)}"


def tasks_read(value: dict[str, Any]) -> str:
    """What was warned of stands on the draft's own page; here it was told when the work ended."""
    count = value["tasks"]
    return ngettext("%(count)d task was read.", "%(count)d tasks were read.", count) % {"count": count}


@job(
    "programme.read_plan_file",
    title=gettext_lazy("Read a plan"),
    time_limit=timedelta(minutes=20),
    max_attempts=3,
    back=import_form_again,
    told=tasks_read,
)
def read_plan_file(run: Run, *, attachment_id: str, issuer_id: int, year: int | None, copy_number: int) -> Outcome:
    """From the stored file to a draft. A second attempt after a crash leads to the draft of the first."""
    attachment = files.attachment_to_see(actor=run.actor, attachment_id=UUID(attachment_id))

    def tell(done: int, total: int) -> None:
        run.progress(done=done, total=total, words=_("Reading the sentences"))

    run.progress(done=0, words=_("Opening the file"))
    proposal = proposal_of_file(
        storage.place_of(attachment.file.sha256), name=attachment.name, year=year, progress=tell
    )
    run.progress(done=1, total=1, words=_("Writing the draft"))
    plan = import_plan(
        actor=run.actor,
        issuer=Unit.objects.get(pk=issuer_id),
        proposal=proposal,
        attachment=attachment,
        is_first=not copy_number,
        idempotency_key=run.key("draft"),
    )
    doubled = [doubles.plain_words(other) for other in other_plans(plan)]
    value = {"plan": plan.pk, "tasks": len(proposal.tasks), "warnings": doubled}
    return Outcome(
        words=" ".join([tasks_read(value), *doubled]),
        url=reverse("programme:review", args=[plan.pk]),
        value=value,
    )
