"""Asking for a file to be read in the background."""

from __future__ import annotations

from caicach.kernel.files.models import Attachment
from caicach.kernel.identity.models import Unit
from caicach.kernel.jobs.models import Job
from caicach.kernel.jobs.services import enqueue
from caicach.kernel.usecase.core import UseCase, use_case
from caicach.measurement.programme import access, background

from .importing import refuse_second_import


@use_case("programme.start_import", permission=access.can_import)
def start_import(
    uc: UseCase, *, issuer: Unit, attachment: Attachment, year: int | None = None, copy_number: int = 0
) -> Job:
    """The file is read by a worker; its job says how far it is and leads to the draft.

    copy_number : above 0 makes another draft of a file that was imported before; without it such a file is refused.
    Raises ImportedBefore.
    """
    if not copy_number:
        refuse_second_import(issuer=issuer, sha256=attachment.file.sha256)
    return enqueue(
        background.read_plan_file,
        actor=uc.actor,
        subject=attachment.name,
        attachment_id=str(attachment.pk),
        issuer_id=issuer.pk,
        year=year,
        copy_number=copy_number,
    )
