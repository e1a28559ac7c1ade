"""Papers that were refused before a paper itself said so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from caicach.measurement.programme import services
from caicach.measurement.programme.models import Evidence
from tests.ministry import Ministry

from .task_pages import TaskNamed, the_product

pytestmark = pytest.mark.django_db(transaction=True)

BEFORE = [("programme", "0008_answer_to_a_return")]


@pytest.fixture
def latest() -> Iterator[Any]:
    to = MigrationExecutor(connection).loader.graph.leaf_nodes()
    yield to
    MigrationExecutor(connection).migrate(to)


def test_the_journal_says_which(latest: Any, task_named: TaskNamed, ministry: Ministry, at: Any) -> None:
    product = the_product(task_named("Số hóa"))
    with at("2022-06-20 09:00"):
        services.hand_in_product(actor=ministry.focal, product=product, paper="Bản một")
    with at("2022-06-21 09:00"):
        services.refuse_product(actor=ministry.officer, product=product, remark="Chưa ký")
    with at("2022-06-22 09:00"):
        services.hand_in_product(actor=ministry.focal, product=product, paper="Bản hai")
    with at("2022-06-23 09:00"):
        services.accept_product(actor=ministry.officer, product=product)
    known = list(Evidence.objects.order_by("pk").values_list("paper", "refused_at"))

    MigrationExecutor(connection).migrate(BEFORE)
    MigrationExecutor(connection).migrate(latest)

    assert [(paper, at is not None) for paper, at in known] == [("Bản một", True), ("Bản hai", False)]
    assert list(Evidence.objects.order_by("pk").values_list("paper", "refused_at")) == known
