"""The history of a record together with its parts."""

from __future__ import annotations

from typing import Any

import pytest

from caicach.kernel.audit import journal, queries

from .writing import write

pytestmark = pytest.mark.django_db


def changed(kind: str, pk: str) -> journal.Change:
    return journal.Change(kind, pk, {"state": "a"}, {"state": "b"})


@pytest.fixture
def written() -> None:
    write(changes=[changed("programme.plantask", "1"), changed("programme.taskproduct", "7")])
    write(changes=[changed("programme.taskproduct", "7")])
    write(changes=[changed("programme.taskproduct", "8")])
    write(changes=[changed("programme.plantask", "7")])


def test_entries_of_the_record_and_of_its_parts_come_once_newest_first(written: None) -> None:
    lines = queries.history_of_records({"programme.plantask": ["1"], "programme.taskproduct": ["7"]}, limit=10)

    told = [[(change.subject_type, change.subject_id) for change in line.changes] for line in lines]
    assert told == [
        [("programme.taskproduct", "7")],
        [("programme.plantask", "1"), ("programme.taskproduct", "7")],
    ]


def test_they_are_counted_in_one_query(written: None, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        count = queries.count_of_records({"programme.plantask": ["1"], "programme.taskproduct": ["7", "8"]})

    assert count == 3


def test_nothing_asked_is_nothing_told(written: None) -> None:
    assert queries.history_of_records({}, limit=10) == []
    assert queries.count_of_records({"programme.plantask": []}) == 0
