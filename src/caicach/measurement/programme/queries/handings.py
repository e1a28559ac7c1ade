"""What became of products, from the journal: each handing in with its papers, and what was decided on it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from uuid import UUID

from caicach.kernel.audit import queries as journal
from caicach.kernel.audit.models import Outcome
from caicach.kernel.audit.queries import ABSENT, HistoryLine, RecordChange
from caicach.kernel.files.models import Attachment
from caicach.measurement.programme.models import Evidence

MOST_TOLD = 500
"""Entries about the products of one task that are looked at, the latest first."""


class Handling(Enum):
    HANDED_IN = "programme.hand_in_product"
    TAKEN_BACK = "programme.withdraw_product"
    REFUSED = "programme.refuse_product"
    ACCEPTED = "programme.accept_product"
    REOPENED = "programme.take_back_acceptance"
    HANDED_BACK = "programme.decide_amendment"
    """The task went to another unit before anyone looked."""


@dataclass(frozen=True, slots=True)
class Handled:
    """by : "" once erased. papers : names of files, numbers of papers kept elsewhere; of a decision none."""

    what: Handling
    at: datetime
    by: str
    remark: str
    papers: tuple[str, ...]

    @property
    def is_handed_back(self) -> bool:
        return self.what is Handling.HANDED_BACK


_NAMES = {one.value: one for one in Handling}


def handled(product_ids: Collection[int]) -> dict[int, list[Handled]]:
    """Product -> what was done with it, oldest first. At most six queries, whatever the number of products."""
    ids = [str(pk) for pk in product_ids]
    lines = journal.history_of_records({"programme.taskproduct": ids}, limit=MOST_TOLD)
    told = [line for line in reversed(lines) if line.use_case in _NAMES and line.outcome == Outcome.DONE]
    papers = journal.changes_within([line.entry_id for line in told], subject_type="programme.evidence")
    names = _names_of_files(papers)
    found: dict[int, list[Handled]] = {}
    for line in told:
        for change in line.changes:
            of_entry = [_name(paper, names) for paper in papers.get(line.entry_id, ())]
            found.setdefault(int(change.subject_id), []).append(_handled(line, change, tuple(filter(None, of_entry))))
    return found


def refusal_of(paper: Evidence, past: Sequence[Handled]) -> Handled | None:
    """None for a paper that nobody refused."""
    if paper.refused_at is None:
        return None
    ended = (one for one in past if one.what in (Handling.REFUSED, Handling.HANDED_BACK))
    return next((one for one in ended if one.at >= paper.refused_at), None)


def last_refusal(past: Sequence[Handled]) -> Handled | None:
    return next((one for one in reversed(past) if one.what is Handling.REFUSED), None)


def _handled(line: HistoryLine, change: RecordChange, papers: tuple[str, ...]) -> Handled:
    after = {field.name: field.after for field in change.fields}
    what = _NAMES[line.use_case]
    has_remark = what in (Handling.REFUSED, Handling.ACCEPTED, Handling.REOPENED)
    remark = after.get("remark") if has_remark else ""
    return Handled(what, line.at, line.author.name or "", remark or "", papers)


def _values(paper: RecordChange) -> dict[str, str]:
    """Of a paper that was added, or taken off."""
    return {field.name: field.before if field.after is ABSENT else field.after for field in paper.fields}


def _names_of_files(papers: dict[int, tuple[RecordChange, ...]]) -> dict[str, str]:
    ids = {_values(paper).get("attachment_id") for of_entry in papers.values() for paper in of_entry}
    rows = Attachment.objects.filter(pk__in=[UUID(pk) for pk in ids if pk]).values_list("pk", "name")
    return {str(pk): name for pk, name in rows}


def _name(paper: RecordChange, names: dict[str, str]) -> str:
    values = _values(paper)
    return values.get("paper") or names.get(str(values.get("attachment_id")), "")
