"""History in words: "Hạn: 30/06/2022 thành 15/07/2022", a page at a time.

Fields take their labels, choices and related records' names from the models; one query for each related model.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django.apps import apps
from django.db import models
from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from . import vocabulary
from .models import Outcome
from .queries import ABSENT, Act, FieldChange, HistoryLine, RecordChange, history_of_records

LONG: Final = 120
"""A text with more letters is folded away behind its first words."""
PAGE_LINES: Final = 30

_ACTS: Final = {
    Act.CREATED: pgettext_lazy("history", "Created"),
    Act.CHANGED: pgettext_lazy("history", "Changed"),
    Act.DELETED: pgettext_lazy("history", "Deleted"),
    Act.SEEN: pgettext_lazy("history", "Looked at"),
}


@dataclass(frozen=True, slots=True)
class WordedField:
    """One changed field. before, after : None when there is none to tell (a record made, deleted, a value erased);
    was_empty, is_emptied : there was a field, with nothing in it.
    """

    label: str
    before: str | None
    after: str | None
    is_erased: bool
    was_empty: bool = False
    is_emptied: bool = False

    @property
    def is_long(self) -> bool:
        return any(text is not None and len(text) > LONG for text in (self.before, self.after))

    @property
    def sentence(self) -> str:
        names = {"label": self.label, "before": self.before, "after": self.after}
        if self.is_erased:
            return _("%(label)s: erased as the law asks") % names
        if self.before is None or (self.was_empty and not self.is_emptied):
            return _("%(label)s: %(after)s") % names
        if self.is_emptied and not self.was_empty:
            return _("%(label)s: taken out, it was %(before)s") % names
        if self.after is None:
            return _("%(label)s was: %(before)s") % names
        return _("%(label)s: %(before)s to %(after)s") % names


@dataclass(frozen=True, slots=True)
class WordedLine:
    """One entry. author : name, or what stands for it. place : role and unit."""

    entry_id: int
    at: datetime
    title: str
    author: str
    place: str
    note: str
    is_refused: bool
    fields: tuple[WordedField, ...]
    about: tuple[tuple[str, str], ...] = ()
    """(name, address) of the records, where the page tells of many."""


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """more_url : the address of the older lines, "" when these are the last."""

    lines: list[WordedLine]
    more_url: str


def history_page(
    subjects: Mapping[str, Collection[str]],
    *,
    before: str,
    address: str,
    labels: Mapping[str, str] | None = None,
    hidden: frozenset[str] = frozenset(),
    told: Callable[[FieldChange], Iterable[FieldChange]] = lambda change: (change,),
    told_record: Callable[[RecordChange], Iterable[RecordChange]] = lambda change: (change,),
) -> HistoryPage:
    """For `audit/history.html`: a record and its parts (subject type -> ids), newest first.

    before : the `truoc` of the address, an entry's number; anything else begins with the newest. labels, hidden : as of
        `worded`. told, told_record : a change of a field, of a record, in the parts in which people think of it.
    """
    before_id = int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None
    lines = history_of_records(subjects, limit=PAGE_LINES + 1, before_id=before_id)
    shown = [_told(line, told, told_record) for line in lines[:PAGE_LINES]]
    more_url = f"{address}?truoc={shown[-1].entry_id}" if len(lines) > PAGE_LINES else ""
    return HistoryPage(worded(shown, labels=labels, hidden=hidden), more_url)


def _told(
    line: HistoryLine,
    told: Callable[[FieldChange], Iterable[FieldChange]],
    told_record: Callable[[RecordChange], Iterable[RecordChange]],
) -> HistoryLine:
    """Of a record that was made, only what it was given: a list of empty fields tells nobody anything."""
    changes = (
        replace(
            change,
            fields=tuple(
                part for field in change.fields if field.before is not ABSENT or field.after for part in told(field)
            ),
        )
        for whole in line.changes
        for change in told_record(whole)
    )
    return replace(line, changes=tuple(changes))


def worded(
    lines: Sequence[HistoryLine],
    *,
    labels: Mapping[str, str] | None = None,
    hidden: frozenset[str] = frozenset(),
    names_records: bool = False,
) -> list[WordedLine]:
    """Lines in words. names_records : say of what each tells; one query for each kind of record.

    A field that has no words, neither its model's nor a room's, is for the product alone and is left out.

    labels : field -> its label, where the page has a better one than the model. hidden : fields that tell people
        nothing; a record's own id always is. A field that the model no longer has keeps its bare name.
    """
    names = _RelatedNames.of(change for line in lines for change in line.changes)
    units = vocabulary.unit_names({line.author.unit_code for line in lines} - {""})
    about = _about(lines) if names_records else {}
    return [
        replace(_line(line, names, units, labels or {}, hidden), about=tuple(about.get(line.entry_id, ())))
        for line in lines
    ]


MOST_RECORDS_NAMED: Final = 3


def _about(lines: Sequence[HistoryLine]) -> dict[int, list[tuple[str, str]]]:
    """Entry -> names and addresses of the first records that have a name."""
    ids: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        for change in line.changes:
            ids[change.subject_type].add(change.subject_id)
    named = {kind: vocabulary.record_names(kind, wanted) for kind, wanted in ids.items()}
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for line in lines:
        for change in line.changes:
            record = named[change.subject_type].get(change.subject_id)
            if record and record not in found[line.entry_id] and len(found[line.entry_id]) < MOST_RECORDS_NAMED:
                found[line.entry_id].append(record)
    return found


def _line(
    line: HistoryLine,
    names: _RelatedNames,
    units: Mapping[str, str],
    labels: Mapping[str, str],
    hidden: frozenset[str],
) -> WordedLine:
    # The parts of a record tell of one moment each: said once.
    fields = dict.fromkeys(
        _field(
            _model_field(change.subject_type, field.name),
            field,
            names,
            {**vocabulary.labels_of(change.subject_type), **labels},
        )
        for change in line.changes
        for field in change.fields
        if field.name not in hidden and _has_words(change.subject_type, field.name, labels)
    )
    return WordedLine(
        entry_id=line.entry_id,
        at=line.at,
        title=_title(line),
        author=_author(line),
        place=_place(line, units),
        note=line.note if line.outcome == Outcome.DONE else "",
        is_refused=line.outcome != Outcome.DONE,
        fields=tuple(fields),
    )


def _title(line: HistoryLine) -> str:
    title = vocabulary.use_case_title(line.use_case)
    if line.outcome != Outcome.DONE:
        return _("Refused: %(title)s") % {"title": title or line.use_case}
    if title:
        return title
    acts = {change.act for change in line.changes}
    return str(_ACTS[acts.pop()]) if len(acts) == 1 else pgettext("history", "Changed")


def _author(line: HistoryLine) -> str:
    author = line.author
    if author.name is None:
        return _("Account %(number)s, name erased") % {"number": author.account_ref}
    if author.account_ref is None and author.name in ("", "system"):
        return _("The system") if author.name else _("Someone not signed in")
    if author.on_behalf_of:
        return _("%(name)s on behalf of %(absent)s") % {"name": author.name, "absent": author.on_behalf_of}
    return author.name


def _place(line: HistoryLine, units: Mapping[str, str]) -> str:
    code = line.author.unit_code
    role = vocabulary.role_title(line.author.role) if line.author.role else ""
    return ", ".join(filter(None, (role, units.get(code, code))))


def _field(
    model_field: models.Field[Any, Any] | None,
    change: FieldChange,
    names: _RelatedNames,
    labels: Mapping[str, str | Promise],
) -> WordedField:
    label = str(labels.get(change.name, "")) or (
        capfirst(str(model_field.verbose_name)) if model_field else change.name
    )
    before, after = (
        None if value is ABSENT else _words(model_field, value, names) for value in (change.before, change.after)
    )
    return WordedField(
        label=label,
        before=before,
        after=after,
        is_erased=change.is_erased,
        was_empty=_is_nothing(change.before),
        is_emptied=_is_nothing(change.after),
    )


def _is_nothing(value: Any) -> bool:
    return value is None or value == "" or value == []


def _words(field: models.Field[Any, Any] | None, value: Any, names: _RelatedNames) -> str:
    """A stored value as people write it."""
    if _is_nothing(value):
        return pgettext("value", "nothing")
    if isinstance(value, bool):
        return pgettext("value", "yes") if value else pgettext("value", "no")
    if isinstance(field, models.ForeignKey):
        return names.of_record(field, value)
    if isinstance(field, models.ManyToManyField):
        return ", ".join(names.of_record(field, inner) for inner in value)
    choices = dict(field.flatchoices) if field is not None else {}
    if isinstance(value, str | int) and value in choices:
        return str(choices[value])
    if isinstance(value, str):
        return _text(field, value)
    if isinstance(value, int | float):
        # Four figures stand together: most of them are years.
        return formats.number_format(value, force_grouping=abs(value) >= 10_000)
    if isinstance(value, list):
        return ", ".join(_words(None, inner, names) for inner in value)
    return json.dumps(value, ensure_ascii=False)


def _text(field: models.Field[Any, Any] | None, value: str) -> str:
    """Texts that stand for a day, a moment or a number are written in the reader's way."""
    try:
        if isinstance(field, models.DateTimeField):
            return formats.date_format(timezone.localtime(datetime.fromisoformat(value)), "SHORT_DATETIME_FORMAT")
        if isinstance(field, models.DateField):
            return formats.date_format(date.fromisoformat(value), "SHORT_DATE_FORMAT")
        if isinstance(field, models.DecimalField):
            return formats.number_format(Decimal(value), force_grouping=True)
    except (ValueError, InvalidOperation):
        return value
    return value


def _model_field(subject_type: str, name: str) -> models.Field[Any, Any] | None:
    """By the stored column's name, or that of records on the other side; None for a model or field that is no more."""
    try:
        of_model = apps.get_model(subject_type)._meta
    except (LookupError, ValueError):
        return None
    fields: tuple[models.Field[Any, Any], ...] = (*of_model.concrete_fields, *of_model.local_many_to_many)
    return next((field for field in fields if field.attname == name), None)


def _has_words(subject_type: str, name: str, labels: Mapping[str, str]) -> bool:
    """Django makes up a name from the column's where a model gives none: that one is plain text, ours are lazy.

    A part of a column, `column:part`, has words where its column has.
    """
    field = _model_field(subject_type, name.partition(":")[0])
    if field is None or name in labels or name in vocabulary.labels_of(subject_type):
        return True
    return not field.primary_key and isinstance(field.verbose_name, Promise)


class _RelatedNames:
    """What foreign keys point to, by name."""

    def __init__(self, names: Mapping[type[models.Model], Mapping[str, str]]) -> None:
        self._names = names

    @classmethod
    def of(cls, changes: Iterable[RecordChange]) -> _RelatedNames:
        """Asks each related model once, for all records that the changes mention."""
        wanted: dict[type[models.Model], set[Any]] = defaultdict(set)
        for change in changes:
            for field in change.fields:
                model_field = _model_field(change.subject_type, field.name)
                if isinstance(model_field, models.ForeignKey | models.ManyToManyField):
                    wanted[model_field.related_model] |= {
                        pk for value in (field.before, field.after) for pk in _ids(value)
                    }
        return cls(
            {
                model: {str(pk): str(record) for pk, record in model._default_manager.in_bulk(list(ids)).items()}
                for model, ids in wanted.items()
                if ids
            }
        )

    def of_record(self, field: models.ForeignKey[Any, Any] | models.ManyToManyField[Any, Any], value: Any) -> str:
        """Records that are gone are called by their number."""
        name = self._names.get(field.related_model, {}).get(str(value))
        return name or _("no. %(number)s (deleted)") % {"number": value}


def _ids(value: Any) -> Iterable[Any]:
    """One id, several, or none."""
    if value is ABSENT or value is None:
        return ()
    return value if isinstance(value, list) else (value,)
