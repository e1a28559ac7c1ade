"""Events of a use case, written in its transaction for the dispatcher to deliver.

Plain SQL, as the journal and the keys: every write of the product pays for it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final

from django.db import connection

_INSERT: Final = "INSERT INTO usecase_outboxevent (name, payload, at, request_id) VALUES (%s, %s, %s, %s)"


def put(events: Sequence[tuple[str, dict[str, Any]]], *, at: datetime, request_id: str) -> None:
    """events : (name, payload). Raises TypeError for a payload that is no JSON."""
    moment = connection.ops.adapt_datetimefield_value(at.astimezone(UTC))
    with connection.cursor() as cursor:
        for name, payload in events:
            cursor.execute(_INSERT, (name, json.dumps(payload), moment, request_id))
