"""What a use case changed, field by field, for the journal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db.models import CharField, Model
from django.utils.translation import gettext as _

from caicach.kernel.audit.journal import Change

PERSONAL_CLASSES = frozenset({"personal", "sensitive"})


def snapshot(record: Model) -> dict[str, Any]:
    """Stored columns of a record as JSON values; foreign keys by id. Deferred columns are not fetched.

    A model's `unjournalled` names columns that the journal must not hold even as a hash (passwords, keys), or that
    it holds otherwise already.
    """
    deferred = record.get_deferred_fields() | set(getattr(record, "unjournalled", ()))
    return {
        field.attname: _as_json(field.value_from_object(record))
        for field in record._meta.concrete_fields
        if field.attname not in deferred
    }


def change(record: Model, *, before: dict[str, Any], after: dict[str, Any]) -> Change | None:
    """Only the fields that differ; None when nothing does."""
    names = [name for name in before | after if before.get(name) != after.get(name)]
    if not names:
        return None
    return Change(
        subject_type=record._meta.label_lower,
        subject_id=str(record.pk),
        before={name: before[name] for name in names if name in before},
        after={name: after[name] for name in names if name in after},
        personal=personal_fields(record) & frozenset(names),
    )


def too_long(record: Model, values: Mapping[str, Any]) -> dict[str, list[str]]:
    """Column -> what to tell, of those values that are longer texts than their columns hold."""
    return {
        field.attname: [_("This is too long: at most %(limit)d characters.") % {"limit": field.max_length}]
        for field in record._meta.concrete_fields
        if isinstance(field, CharField)
        and field.max_length
        and isinstance(values.get(field.attname), str)
        and len(values[field.attname]) > field.max_length
    }


def personal_fields(record: Model) -> frozenset[str]:
    classes: dict[str, str] = getattr(record, "data_classes", {})
    return frozenset(
        field.attname for field in record._meta.concrete_fields if classes.get(field.name) in PERSONAL_CLASSES
    )


def _as_json(value: Any) -> Any:
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, dict):
        return {str(key): _as_json(inner) for key, inner in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, bytes):
        return [_as_json(inner) for inner in value]
    return str(value)
