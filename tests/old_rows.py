"""Tables as they once were, and what the product's migrations make of what was stored in them then.

For tests marked with `old_rows`: each works on a copy of the database, which it may leave in any shape.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.processes import database_aside as database_aside

old_rows = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("database_aside")]


def migrate(room: str, name: str) -> Any:
    """Brings a room, and what depends on it, to one of its migrations; the models of all rooms as they are then."""
    return MigrationExecutor(connection).migrate([(room, name)]).apps


def migrate_to_today() -> None:
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
