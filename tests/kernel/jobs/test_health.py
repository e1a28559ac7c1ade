from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from caicach.kernel.calendar import clock
from caicach.kernel.jobs import queries
from caicach.kernel.jobs.leases import Presence
from caicach.kernel.jobs.worker import JobRunner, deliver_due
from caicach.kernel.usecase.actor import SYSTEM
from tests.ministry import Ministry

from . import kinds

pytestmark = pytest.mark.django_db


def test_without_a_worker_nothing_has_been_heard() -> None:
    health = queries.health(at=clock.now())

    assert (health.workers, health.last_beat_age) == (0, None)


def test_what_waits_is_seen_with_its_age(presence: Presence, later: Any) -> None:
    kinds.asked(kinds.mark)
    kinds.tell(actor=SYSTEM, number=1)

    with later(minutes=5):
        health = queries.health(at=clock.now())

    assert (health.workers, health.waiting, health.outbox_waiting) == (1, 1, 1)
    for age in (health.queue_age, health.outbox_age, health.last_beat_age):
        assert age is not None
        assert timedelta(minutes=5) <= age < timedelta(minutes=6)


def test_what_failed_is_listed_for_operators(runner: JobRunner, django_assert_num_queries: Any) -> None:
    job = kinds.asked(kinds.refuse)
    runner.drain()
    while deliver_due():
        pass

    assert [failed.pk for failed in queries.failed_jobs()] == [job.pk]
    assert list(queries.failed_deliveries()) == []
    with django_assert_num_queries(4):
        health = queries.health(at=clock.now())
    assert (health.failed, health.waiting, health.queue_age) == (1, 0, timedelta())


def test_what_a_rule_refused_to_a_person_is_theirs_to_mend(runner: JobRunner, ministry: Ministry) -> None:
    job = kinds.asked(kinds.refuse, actor=ministry.officer)
    runner.drain()

    assert [refused.pk for refused in queries.refused_jobs()] == [job.pk]
    assert list(queries.failed_jobs()) == []
    assert queries.health(at=clock.now()).failed == 0
