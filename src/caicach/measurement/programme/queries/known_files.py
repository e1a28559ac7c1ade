"""Papers that already lie in the system and may be attached once more, so that nobody scans a thing twice."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from caicach.kernel.files.models import Attachment
from caicach.kernel.search.folding import fold
from caicach.kernel.usecase.actor import Actor
from caicach.measurement.programme.models import Evidence

from .tasks import visible_tasks

LOOKED_THROUGH = 1000
SHOWN = 20


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file with the place where it was used last; each content once.

    refused_at : when the handing in that it came with was not accepted
    """

    attachment: Attachment
    task_number: str
    task_title: str
    product_name: str
    refused_at: datetime | None


def known_files(*, actor: Actor, words: str = "", chosen: Collection[str] = ()) -> list[KnownFile]:
    """Evidence of every task that the actor may see, newest first, found without accents by name, product or task.

    chosen : ids that were ticked before; they stay whatever the words are.

    Among the newest 1,000; at most 20 and the chosen ones. One query.
    """
    rows = (
        Evidence.objects.filter(product__task__in=visible_tasks(actor=actor).values("pk"))
        .exclude(attachment=None)
        .filter(attachment__detached_at=None)
        .select_related("attachment__file", "product__task")
        .order_by("-at", "-pk")[:LOOKED_THROUGH]
    )
    wanted = fold(words).split()
    found: dict[int, KnownFile] = {}
    for row in rows:
        assert row.attachment is not None  # noqa: S101  excluded above
        task = row.product.task
        text = fold(f"{row.attachment.name} {row.product.name} {task.number} {task.title}")
        is_chosen = str(row.attachment.pk) in chosen
        is_found = len(found) < SHOWN and all(word in text for word in wanted)
        if row.attachment.file_id not in found and (is_chosen or is_found):
            found[row.attachment.file_id] = KnownFile(
                row.attachment, task.number, task.title, row.product.name, row.refused_at
            )
        if len(found) >= SHOWN and not chosen:
            break
    return list(found.values())
