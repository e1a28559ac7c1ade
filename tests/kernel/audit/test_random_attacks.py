"""No cell of the journal can be changed, and no row taken away or put in twice, without being found."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.kernel.audit.writing import rows, run, sealed_journal, verified, write

pytestmark = pytest.mark.django_db

PROTECTED = (
    "audit_entry",
    "audit_entrychange",
    "audit_personalvalue",
    "audit_authoridentity",
    "audit_seal",
    "audit_sealedentry",
)
MEANINGLESS = {("audit_entrychange", "id"), ("audit_personalvalue", "id"), ("audit_authoridentity", "id")}
"""Row numbers that nothing refers to."""


@pytest.fixture
def journal(attacker: None) -> None:
    sealed_journal(seals=3, entries=3)
    write(minute=70)


def table_of(table: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    with connection.cursor() as cursor:
        columns = [column.name for column in connection.introspection.get_table_description(cursor, table)]
    return columns, rows(f"SELECT {', '.join(columns)} FROM {table} ORDER BY 1")


def other_value(draw: st.DataObject, column: str, value: Any, same_column: list[Any]) -> Any:
    others = [other for other in same_column if other != value]
    if others and draw.draw(st.booleans(), label="taken from another row"):
        return draw.draw(st.sampled_from(others))
    if isinstance(value, int):
        return value + draw.draw(st.sampled_from([1, -1, 1000]))
    if isinstance(value, str) and column in ("at", "first_at", "last_at"):
        return "2001-01-01 00:00:00"
    if isinstance(value, str) and value:
        place = draw.draw(st.integers(0, len(value) - 1))
        return value[:place] + ("0" if value[place] != "0" else "1") + value[place + 1 :]
    if column in ("at", "first_at", "last_at"):
        return value.replace(year=2001)
    return 1 if column.endswith("_ref") else "x"


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(draw=st.data())
def test_a_changed_cell_is_found(journal: None, draw: st.DataObject) -> None:
    table = draw.draw(st.sampled_from(PROTECTED))
    columns, held = table_of(table)
    row = draw.draw(st.sampled_from(held))
    column = draw.draw(st.sampled_from([name for name in columns if (table, name) not in MEANINGLESS]))
    place = columns.index(column)
    value = other_value(draw, column, row[place], [other[place] for other in held])

    with transaction.atomic():
        if changed(table, columns, row, column, value):
            assert not verified().is_intact, f"{table}.{column}: {row[place]!r} to {value!r}"
        transaction.set_rollback(True)


def changed(table: str, columns: list[str], row: tuple[Any, ...], column: str, value: Any) -> bool:
    """False when a constraint refuses such a value (two rows with one key)."""
    try:
        with transaction.atomic():
            run(f"UPDATE {table} SET {column} = %s WHERE {columns[0]} = %s", value, row[0])
    except IntegrityError:
        return False
    return True


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(draw=st.data())
def test_a_deleted_row_is_found(journal: None, draw: st.DataObject) -> None:
    table = draw.draw(st.sampled_from(PROTECTED))
    columns, held = table_of(table)
    row = draw.draw(st.sampled_from(held))

    with transaction.atomic():
        run(f"DELETE FROM {table} WHERE {columns[0]} = %s", row[0])
        assert not verified().is_intact, f"{table}: {row}"
        transaction.set_rollback(True)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(draw=st.data())
def test_two_rows_that_changed_places_are_found(journal: None, draw: st.DataObject) -> None:
    table = draw.draw(st.sampled_from(["audit_entry", "audit_seal", "audit_sealedentry"]))
    columns, held = table_of(table)
    one, other = draw.draw(st.lists(st.sampled_from(held), min_size=2, max_size=2, unique=True))
    spare = 10**6

    with transaction.atomic():
        for was, becomes in ((one[0], spare), (other[0], one[0]), (spare, other[0])):
            run(f"UPDATE {table} SET {columns[0]} = %s WHERE {columns[0]} = %s", becomes, was)
        assert not verified().is_intact, f"{table}: {one[0]} and {other[0]}"
        transaction.set_rollback(True)
