from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from caicach.kernel.calendar import clock
from caicach.kernel.numbering.models import Register
from caicach.kernel.numbering.services import next_number
from caicach.kernel.usecase.actor import SYSTEM
from caicach.kernel.usecase.core import UseCase
from tests.registers import last_number


@pytest.fixture
def uc() -> UseCase:
    return a_use_case(clock.now())


def a_use_case(at: datetime) -> UseCase:
    return UseCase(name="tests.number", actor=SYSTEM, at=at)


@pytest.mark.django_db
def test_a_register_starts_at_one_and_counts_on(uc: UseCase) -> None:
    assert [next_number(uc, register="tests.papers", year=2026) for _ in range(3)] == [1, 2, 3]


@pytest.mark.django_db
def test_each_register_and_each_year_has_its_own_series(uc: UseCase) -> None:
    next_number(uc, register="tests.papers", year=2026)

    assert next_number(uc, register="tests.papers", year=2027) == 1
    assert next_number(uc, register="tests.letters", year=2026) == 1
    assert last_number(register="tests.papers", year=2026) == 1


@pytest.mark.django_db
def test_a_register_without_numbers_has_zero_as_its_last() -> None:
    assert last_number(register="tests.papers", year=2026) == 0


@pytest.mark.django_db
def test_a_number_goes_back_with_work_that_is_undone(uc: UseCase) -> None:
    next_number(uc, register="tests.papers", year=2026)
    with transaction.atomic():
        next_number(uc, register="tests.papers", year=2026)
        transaction.set_rollback(True)

    assert next_number(uc, register="tests.papers", year=2026) == 2


@pytest.mark.django_db(transaction=True)
def test_a_number_is_refused_outside_a_transaction(uc: UseCase) -> None:
    with pytest.raises(RuntimeError, match=r"tests\.number"):
        next_number(uc, register="tests.papers", year=2026)

    assert not Register.objects.exists()


@pytest.mark.django_db
def test_a_number_takes_two_statements_once_its_register_exists(uc: UseCase, django_assert_num_queries: Any) -> None:
    next_number(uc, register="tests.papers", year=2026)
    # 1. add one, which locks the row  2. read it
    with django_assert_num_queries(2):
        next_number(uc, register="tests.papers", year=2026)


class AnyOrderOfWorkAndSecondThoughts(TestCase):
    @given(
        st.lists(
            st.tuples(st.sampled_from(["tests.a", "tests.b"]), st.sampled_from([2026, 2027]), st.booleans()),
            max_size=30,
        )
    )
    def test_leaves_every_series_without_gap(self, acts: list[tuple[str, int, bool]]) -> None:
        uc = a_use_case(clock.now())
        kept: dict[tuple[str, int], list[int]] = {}
        for register, year, keeps in acts:
            with transaction.atomic():
                number = next_number(uc, register=register, year=year)
                if keeps:
                    kept.setdefault((register, year), []).append(number)
                else:
                    transaction.set_rollback(True)

        for (register, year), numbers in kept.items():
            assert numbers == list(range(1, len(numbers) + 1))
            assert last_number(register=register, year=year) == len(numbers)
        assert connection.in_atomic_block
