"""Events of a use case, written in its transaction for the dispatcher to deliver.

Plain SQL, as the journal and the keys: every write of the product pays for it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final

from django.db import connection

_INSERT: Final = "INSERT INTO usecase_outboxevent (name, payload, at, request_id) VALUES {rows}"
_ROW: Final = "(%s, %s, %s, %s)"
_MOST_A_STATEMENT: Final = 1000
"""Four values each: SQLite takes 32,766 in one statement, PostgreSQL 65,535."""


def put(events: Sequence[tuple[str, dict[str, Any]]], *, at: datetime, request_id: str) -> None:
    """events : (name, payload), numbered in their order. Raises TypeError for a payload that is no JSON."""
    moment = connection.ops.adapt_datetimefield_value(at.astimezone(UTC))
    with connection.cursor() as cursor:
        for first in range(0, len(events), _MOST_A_STATEMENT):
            batch = events[first : first + _MOST_A_STATEMENT]
            values = [value for name, payload in batch for value in (name, json.dumps(payload), moment, request_id)]
            cursor.execute(_INSERT.format(rows=", ".join([_ROW] * len(batch))), values)
