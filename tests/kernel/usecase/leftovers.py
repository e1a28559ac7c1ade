"""What use cases of tests left in the database."""

from __future__ import annotations

import json
from typing import Any

from caicach.kernel.audit.models import Entry
from caicach.kernel.identity.models import Unit
from caicach.kernel.usecase.models import IdempotentResult, OutboxEvent


def left() -> dict[str, list[Any]]:
    """Everything a use case writes: rows, journal entries, events, keys with a kept result."""
    return {
        "units": list(Unit.objects.order_by("id").values_list("code", flat=True)),
        "entries": list(Entry.objects.order_by("id").values_list("use_case", "outcome")),
        "events": list(OutboxEvent.objects.order_by("id").values_list("name", flat=True)),
        "keys": list(IdempotentResult.objects.order_by("id").values_list("key", flat=True)),
    }


def changes_of(entry: Entry) -> list[tuple[str, str, dict[str, Any], dict[str, Any]]]:
    """Kind and id of each record with its values before and after."""
    return [
        (change.subject_type, change.subject_id, json.loads(change.before), json.loads(change.after))
        for change in entry.changes.order_by("position")
    ]
