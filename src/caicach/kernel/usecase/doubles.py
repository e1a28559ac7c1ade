"""What may be there once and is there already: from long ago, or since a moment ago when two write it at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.db import IntegrityError
from django.db.models import F, Field, Model, UniqueConstraint

from .errors import SomeoneWasFirst, UseCaseError

_POSTGRESQL_UNIQUE: Final = "23505"
_SQLITE_UNIQUE: Final = frozenset({"SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"})


def is_double(error: IntegrityError) -> bool:
    """Whether a unique constraint refused the row, and no other rule of the database."""
    cause = error.__cause__
    return (
        getattr(cause, "sqlstate", None) == _POSTGRESQL_UNIQUE
        or getattr(cause, "sqlite_errorname", None) in _SQLITE_UNIQUE
    )


@contextmanager
def refused_when_double(refusal: UseCaseError) -> Iterator[None]:
    """Around the INSERT of what may be there once: who comes second is told what the check before would have said.

    The transaction is lost then, so that the refusal must end the use case.
    """
    try:
        yield
    except IntegrityError as error:
        if is_double(error):
            raise refusal from error
        raise


@dataclass(frozen=True, slots=True)
class Double:
    """Which unique constraint refused a row. Never the values: they may be somebody's data.

    constraint : its name, or "table.column, table.column" where SQLite names no more.
    fields : those of its model that it is about; empty where that cannot be told.
    """

    constraint: str
    fields: tuple[Field[Any, Any], ...] = ()

    def refusal(self) -> SomeoneWasFirst:
        """Names the fields that have a name for people."""
        labels = {field.name: str(field.verbose_name) for field in self.fields if _has_label(field)}
        return SomeoneWasFirst(labels if len(labels) == len(self.fields) else {})


def _has_label(field: Field[Any, Any]) -> bool:
    """Whether its model names it for people; Django makes up an English name otherwise."""
    return not field.primary_key and field._verbose_name is not None  # type: ignore[attr-defined]


# PostgreSQL: Key (upper(username::text))=(AN) already exists.  SQLite: UNIQUE constraint failed: identity_unit.code
_POSTGRESQL_KEY: Final = re.compile(r"^Key \((?P<key>.+?)\)=\(")
_SQLITE_KEY: Final = re.compile(r"constraint failed: (?:index '(?P<index>[^']+)'|(?P<columns>.+))$")
_WORD: Final = re.compile(r"\w+")


def double_of(error: IntegrityError) -> Double:
    """Of an error of which `is_double` holds."""
    cause = error.__cause__
    diagnosis = getattr(cause, "diag", None)
    if diagnosis is not None:
        key = _POSTGRESQL_KEY.match(diagnosis.message_detail or "")
        columns = _WORD.findall(key["key"]) if key else []
        return _double(diagnosis.constraint_name or "", table=diagnosis.table_name or "", columns=columns)
    found = _SQLITE_KEY.search(str(cause))
    if found is None:
        return Double("")
    if found["index"]:
        return _double(found["index"])
    named = [column.partition(".") for column in found["columns"].split(", ")]
    return _double(found["columns"], table=named[0][0], columns=[column for _table, _dot, column in named])


def _double(name: str, *, table: str = "", columns: Iterable[str] = ()) -> Double:
    """By the constraint's own declaration where the name is one of ours, else by the columns that were told."""
    for model in apps.get_models(include_auto_created=True):
        for constraint in model._meta.constraints:
            if constraint.name == name and isinstance(constraint, UniqueConstraint):
                return Double(name, _declared(model, constraint))
    model_of_table = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}.get(table)
    if model_of_table is None:
        return Double(name)
    by_column = {field.column: field for field in model_of_table._meta.concrete_fields}
    return Double(name, tuple(by_column[column] for column in columns if column in by_column))


def _declared(model: type[Model], constraint: UniqueConstraint) -> tuple[Field[Any, Any], ...]:
    named = set(constraint.fields)
    for expression in constraint.expressions:
        named |= {part.name for part in expression.flatten() if isinstance(part, F)}  # type: ignore[attr-defined, union-attr]
    return tuple(field for field in model._meta.concrete_fields if field.name in named)
