from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from caicach.kernel.calendar import clock
from caicach.kernel.jobs.leases import Presence
from caicach.kernel.jobs.models import Job, JobState
from caicach.kernel.jobs.run import Cancelled, Interrupted, LeaseLost, Run
from caicach.kernel.usecase.actor import SYSTEM

from . import kinds

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def run(presence: Presence) -> Run:
    """A job in the middle of its first attempt."""
    job = kinds.asked(kinds.count, up_to=3)
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, worker=presence.name, attempts=1)
    job.refresh_from_db()
    return Run(job=job, actor=SYSTEM, at=clock.now(), presence=presence)


def stored(run: Run) -> Job:
    return Job.objects.get(pk=run.job_id)


def test_progress_is_there_for_others_while_the_work_goes_on(run: Run) -> None:
    run.progress(done=1, total=3, words="Reading page 1 of 3")

    job = stored(run)
    assert (job.done, job.total, job.words) == (1, 3, "Reading page 1 of 3")


def test_progress_that_comes_fast_costs_nothing(run: Run, django_assert_num_queries: Any) -> None:
    run.progress(done=0, total=1000)
    with django_assert_num_queries(0):
        for done in range(1000):
            run.progress(done=done, total=1000)


def test_inside_a_transaction_nothing_is_told(run: Run, django_assert_num_queries: Any) -> None:
    with transaction.atomic(), django_assert_num_queries(0):
        run.progress(done=1, total=3)


def test_a_wish_to_stop_is_noticed(run: Run) -> None:
    Job.objects.filter(pk=run.job_id).update(cancel_requested_at=clock.now())

    with pytest.raises(Cancelled):
        run.progress(done=1, total=3)


def test_work_that_was_given_to_another_worker_stops(run: Run) -> None:
    Job.objects.filter(pk=run.job_id).update(attempts=2)

    with pytest.raises(LeaseLost):
        run.progress(done=1, total=3)
    assert stored(run).done == 0


def test_work_stops_when_its_worker_leaves(run: Run, presence: Presence) -> None:
    presence.stopping.set()

    with pytest.raises(Interrupted):
        run.progress(done=1, total=3)


def test_a_key_is_the_same_in_every_attempt_and_differs_by_step(run: Run) -> None:
    assert run.key("mark") == f"job:{run.job_id}:mark"
