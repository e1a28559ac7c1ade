"""How the first result of a use case is kept for a repeat of the same key: records by reference, plain values as is."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import Model

from .errors import NotFound


def keep(result: Any) -> Any:
    """A JSON value. Raises TypeError for a result that is neither a record nor a plain value."""
    if isinstance(result, Model):
        pk = result.pk if isinstance(result.pk, int) else str(result.pk)
        return {"record": result._meta.label_lower, "pk": pk}
    if isinstance(result, list | tuple):
        return {"list": [keep(inner) for inner in result]}
    if result is None or isinstance(result, str | int | float | bool):
        return {"value": result}
    raise TypeError(f"a use case with an idempotency key cannot return {type(result).__name__}")


def restore(kept: Any) -> Any:
    """Raises NotFound when the record of the first result has gone since."""
    if "value" in kept:
        return kept["value"]
    if "list" in kept:
        return [restore(inner) for inner in kept["list"]]
    record = apps.get_model(kept["record"])._default_manager.filter(pk=kept["pk"]).first()
    if record is None:
        raise NotFound
    return record


def reference(value: Any) -> Any:
    """For json.dumps: a stable stand-in for a value that JSON does not know."""
    if isinstance(value, Model):
        return [value._meta.label_lower, value.pk]
    if isinstance(value, set | frozenset):
        return sorted(value, key=str)
    digest = getattr(value, "sha256", None)
    return digest if isinstance(digest, str) else str(value)
