"""Sessions in the database, read in plain SQL: every request of a person pays for it."""

from __future__ import annotations

from datetime import UTC
from typing import Any, Final

from django.contrib.sessions.backends import db
from django.db import connection
from django.utils import timezone

_READ: Final = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"


class SessionStore(db.SessionStore):
    """As the framework's own, which has the ORM build this one statement anew each time."""

    def load(self) -> dict[str, Any]:
        with connection.cursor() as cursor:
            now = timezone.now()  # noqa: TID251 - the framework writes the expiry by the machine's own clock
            cursor.execute(_READ, (self.session_key, connection.ops.adapt_datetimefield_value(now.astimezone(UTC))))
            row = cursor.fetchone()
        if row is None:
            self._session_key = None
            return {}
        return self.decode(row[0])
