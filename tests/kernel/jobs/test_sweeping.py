from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from caicach.kernel.calendar import clock
from caicach.kernel.jobs import background, events, sweeping
from caicach.kernel.jobs.discovery import discover
from caicach.kernel.jobs.models import Delivery, DeliveryState, Job, JobState
from caicach.kernel.jobs.worker import JobRunner, deliver_due
from caicach.kernel.usecase.actor import SYSTEM
from caicach.kernel.usecase.models import IdempotentResult, OutboxEvent

from . import kinds

pytestmark = pytest.mark.django_db


def test_work_done_long_ago_goes_and_the_rest_stays(runner: JobRunner, later: Any) -> None:
    old = kinds.asked(kinds.mark)
    runner.drain()
    with later(days=60):
        younger = kinds.asked(kinds.mark)
        failed = kinds.asked(kinds.refuse)
        runner.drain()
    with later(days=91):
        waiting = kinds.asked(kinds.mark)

        while sweeping.sweep(actor=SYSTEM):
            pass

    assert set(Job.objects.values_list("pk", flat=True)) == {younger.pk, failed.pk, waiting.pk}
    assert old.pk not in {job.pk for job in Job.objects.all()}


def test_an_event_stays_until_everyone_has_taken_it(monkeypatch: pytest.MonkeyPatch, later: Any) -> None:
    discover()
    monkeypatch.setattr(events, "_SUBSCRIBERS", {})
    events.subscribe("tests.told", kinds.fail_to_take)
    kinds.tell(actor=SYSTEM, number=7)
    deliver_due()

    with later(days=31):
        sweeping.sweep(actor=SYSTEM)
        assert OutboxEvent.objects.filter(name="tests.told").exists()
        Delivery.objects.update(state=DeliveryState.DONE)
        sweeping.sweep(actor=SYSTEM)

    assert not OutboxEvent.objects.filter(name="tests.told").exists()


def test_answers_to_repeated_keys_are_kept_for_a_week(later: Any) -> None:
    kinds.leave_a_mark(actor=SYSTEM, into="tests.jobs", idempotency_key="once")

    with later(days=6):
        sweeping.sweep(actor=SYSTEM)
        assert IdempotentResult.objects.exists()
    with later(days=8):
        sweeping.sweep(actor=SYSTEM)
        assert not IdempotentResult.objects.exists()


def test_the_sweep_is_a_job_that_says_how_much_it_cleared(runner: JobRunner, later: Any) -> None:
    kinds.leave_a_mark(actor=SYSTEM, into="tests.jobs", idempotency_key="once")

    with later(days=8):
        job = kinds.asked(background.sweep_all)
        runner.drain()

    job.refresh_from_db()
    assert (job.state, job.result) == (JobState.DONE, 1)
    assert job.created_at < clock.now() + timedelta(days=9)
