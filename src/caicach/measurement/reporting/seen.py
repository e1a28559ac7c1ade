"""Whoever decides on a report decides on the words and figures that stood on the page, and on no others."""

from __future__ import annotations

from caicach.kernel.audit import since
from caicach.kernel.usecase.errors import ChangedSinceSeen

from .history_words import HIDDEN_FIELDS, by_section
from .models import Report


def require_seen(report: Report, *, revision: int | None) -> None:
    """Of a report that the use case holds. Raises ChangedSinceSeen, by whom and what, when it is not any more what the
    person saw; None asks nothing.
    """
    if revision is None or report.revision == revision:
        return
    lines = since.lines_after(report._meta.label_lower, str(report.pk), revision=revision)
    changes = since.net_changes(lines, hidden=HIDDEN_FIELDS, told=by_section)
    raise ChangedSinceSeen(changed_by=since.author_of(lines), changes=changes)
