"""The words of a report in the journal: of each act only the sections that it changed, each as a value of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext

from caicach.kernel.audit.journal import Change
from caicach.kernel.audit.queries import ABSENT, FieldChange

from .models import Report

Section = Mapping[str, Any]

PREFIX: Final = "sections:"
"""Before the key of a section, where the journal names it: a part of that column."""
_TOLD: Final = ("title", "text", "is_none")
"""What people read of a section, kept whole so that several changes in a row can be told as one."""


def changes_of_sections(report: Report, *, before: Sequence[Section]) -> list[Change]:
    """One change for each section that differs, in their order, which no single one would keep. before : [] for a
    report that is new.
    """
    was, now = ({section["key"]: section for section in sections} for sections in (before, report.sections))
    return [_change(report, key, was.get(key), now.get(key)) for key in {**was, **now} if was.get(key) != now.get(key)]


def _change(report: Report, key: str, was: Section | None, now: Section | None) -> Change:
    name = PREFIX + key
    return Change(
        Report._meta.label_lower,
        str(report.pk),
        {} if was is None else {name: _kept(was, now)},
        {} if now is None else {name: _kept(now, was)},
    )


def _kept(section: Section, other: Section | None) -> dict[str, Any]:
    return {
        name: value
        for name, value in section.items()
        if name in _TOLD or (name != "key" and (other is None or other.get(name) != value))
    }


def told_section(change: FieldChange) -> Iterator[FieldChange]:
    """By the head of the part, if its words differ."""
    before, after = change.before, change.after
    title = (before if after is ABSENT else after)["title"]
    had, has = (None if value is ABSENT else told(value) for value in (before, after))
    if (had or "") != (has or ""):
        yield FieldChange(title, ABSENT if had is None else had, ABSENT if has is None else has)


def told(section: Section) -> str:
    if section.get("is_none"):
        return gettext("Nothing this time; left out of the paper.")
    return str(section["text"])
