"""Taking a person out of the journal when the law asks for it: the entries stay, and stay provable."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from .models import AuthorIdentity, EntryChange, PersonalValue


@dataclass(frozen=True, slots=True)
class Erased:
    """values : before and after of personal fields. authors : names with networks under which the person acted."""

    values: int
    authors: int


def erase_person(
    *,
    subjects: Collection[tuple[str, str]] = (),
    account_refs: Collection[int] = (),
    names: Collection[str] = (),
) -> Erased:
    """Erase what the journal knows of one person. Called in the transaction of a use case, which journals that it was.

    subjects : (`app.model`, id) of the records about the person: their personal fields' values go.
    account_refs : the person's accounts: name and network go, the account's number stays as a pseudonym.
    names : as someone's absent principal, where others acted for the person; there the deputy's name goes too (the
        deputy's account number stays).
    """
    values = sum(_erase_values(subject_type, subject_id) for subject_type, subject_id in subjects)
    authors = AuthorIdentity.objects.filter(Q(account_ref__in=account_refs) | Q(on_behalf_of__in=names))
    named = authors.exclude(name=None, on_behalf_of=None, address=None)
    return Erased(values=values, authors=named.update(name=None, on_behalf_of=None, address=None))


def _erase_values(subject_type: str, subject_id: str) -> int:
    about = EntryChange.objects.filter(subject_type=subject_type, subject_id=subject_id)
    of_the_change = about.filter(entry_id=OuterRef("entry_id"), position=OuterRef("position"))
    values = PersonalValue.objects.filter(Exists(of_the_change), entry_id__in=about.values("entry_id"))
    return values.exclude(salt=None).update(before=None, after=None, salt=None)
