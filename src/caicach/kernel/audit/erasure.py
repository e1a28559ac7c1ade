"""Taking a person out of the journal when the law asks for it: the entries stay, and stay provable.

Each erasure leaves entries of its own, sealed like any other, which list what was taken out by digests and numbers:
`verify` holds what is empty against them, so that emptying these columns by hand is found.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from . import journal
from .models import AuthorIdentity, EntryChange, PersonalValue

USE_CASE: Final = "audit.erase_person"
SUBJECT: Final = "audit.erasure"
"""Subject type of the one change of such an entry; its `authors` and `values` say what was taken out."""
_LISTED: Final = 500
"""Authors and values that one entry lists at most; an erasure of more leaves several entries."""


@dataclass(frozen=True, slots=True)
class Erased:
    """values : before and after of personal fields. authors : names with networks under which the person acted."""

    values: int
    authors: int


class ValuePlace(NamedTuple):
    """Where a personal value stands: entry, position of the change in it, and the field. Says nothing of the value."""

    entry: int
    position: int
    field: str

    def as_text(self) -> str:
        return f"{self.entry}.{self.position}.{self.field}"

    @classmethod
    def of_text(cls, text: str) -> ValuePlace:
        """Raises ValueError for what `as_text` did not write."""
        entry, position, field = text.split(".", 2)
        return cls(int(entry), int(position), field)


@transaction.atomic
def erase_person(
    *,
    author: journal.Author,
    at: datetime,
    request_id: str,
    via: str,
    address: str,
    subjects: Collection[tuple[str, str]] = (),
    account_refs: Collection[int] = (),
    names: Collection[str] = (),
    note: str = "",
) -> Erased:
    """Erase what the journal knows of one person, and journal that it was done. Nothing to erase leaves no entry.

    author, at, request_id, via, address : of whoever erases, as in `journal.record`. note : why, without naming anyone.
    subjects : (`app.model`, id) of the records about the person: their personal fields' values go.
    account_refs : the person's accounts: name and network go, the account's number stays as a pseudonym.
    names : as someone's absent principal, where others acted for the person; there the deputy's name goes too (the
        deputy's account number stays).
    """
    values = [value for subject in subjects for value in _values_of(*subject)]
    authors = _authors(account_refs, names)
    # By the numbers that are then listed: what is written meanwhile is neither erased nor told as erased.
    _empty(PersonalValue.objects.all(), [pk for pk, _ in values], before=None, after=None, salt=None)
    _empty(AuthorIdentity.objects.all(), [pk for pk, _ in authors], name=None, on_behalf_of=None, address=None)
    acts = [
        journal.Act(USE_CASE, author, [change], note)
        for change in _listing([digest for _, digest in authors], [place.as_text() for _, place in values])
    ]
    if acts:
        journal.record_all(acts, outcome=journal.Outcome.DONE, at=at, request_id=request_id, via=via, address=address)
    return Erased(values=len(values), authors=len(authors))


def _values_of(subject_type: str, subject_id: str) -> list[tuple[int, ValuePlace]]:
    """Values that are still kept: number of the row, and place."""
    about = EntryChange.objects.filter(subject_type=subject_type, subject_id=subject_id)
    of_the_change = about.filter(entry_id=OuterRef("entry_id"), position=OuterRef("position"))
    values = PersonalValue.objects.filter(Exists(of_the_change), entry_id__in=about.values("entry_id"))
    rows = values.exclude(salt=None).order_by("pk").values_list("pk", "entry_id", "position", "field")
    return [(pk, ValuePlace(entry, position, field)) for pk, entry, position, field in rows]


def _authors(account_refs: Collection[int], names: Collection[str]) -> list[tuple[int, str]]:
    """Authors that still have a name: number of the row, and digest."""
    authors = AuthorIdentity.objects.filter(Q(account_ref__in=account_refs) | Q(on_behalf_of__in=names))
    named = authors.exclude(name=None, on_behalf_of=None, address=None)
    return list(named.order_by("pk").values_list("pk", "digest"))


def _empty(rows: QuerySet[Any], numbers: Sequence[int], **columns: None) -> None:
    for first in range(0, len(numbers), _LISTED):
        rows.filter(pk__in=numbers[first : first + _LISTED]).update(**columns)


def _listing(digests: Sequence[str], places: Sequence[str]) -> Iterator[journal.Change]:
    for first in range(0, max(len(digests), len(places)), _LISTED):
        listed = {"authors": digests[first : first + _LISTED], "values": places[first : first + _LISTED]}
        after = {name: list(some) for name, some in listed.items() if some}
        yield journal.Change(SUBJECT, str(first // _LISTED + 1), {}, after)
