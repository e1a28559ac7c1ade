"""What a worker that died held is done by another."""

from __future__ import annotations

import fcntl
import socket
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from caicach.kernel.jobs import leases, rescue
from caicach.kernel.jobs.instant import true_now
from caicach.kernel.jobs.leases import LEASE, Presence
from caicach.kernel.jobs.models import Job, JobState, Worker
from caicach.kernel.jobs.worker import JobRunner

from . import kinds

pytestmark = pytest.mark.django_db


def a_dead_worker(*, host: str = "another-machine", beat_at: datetime | None = None) -> Worker:
    at = beat_at or true_now() - LEASE - timedelta(seconds=1)
    return Worker.objects.create(name="dead-1", host=host, process_id=1, started_at=at, beat_at=at)


def held_by(worker: Worker, *, attempts: int = 1) -> Job:
    """A job in the middle of an attempt, as a worker leaves it that is killed."""
    job = kinds.asked(kinds.mark)
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, worker=worker, attempts=attempts)
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, worker_ids=[worker.name])
    job.refresh_from_db()
    return job


def test_work_of_a_dead_worker_is_done_by_the_next(runner: JobRunner) -> None:
    job = held_by(a_dead_worker())

    assert rescue.take_over() == 1
    runner.drain()

    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.DONE, 2)
    assert rescue.take_over() == 0


def test_a_wake_up_that_was_taken_when_its_worker_died_wakes_again(runner: JobRunner) -> None:
    job = held_by(a_dead_worker())
    Job.objects.filter(pk=job.pk).update(state=JobState.WAITING, worker=None, attempts=0)

    rescue.take_over()
    runner.drain()

    job.refresh_from_db()
    assert job.state == JobState.DONE


def test_work_that_lost_its_wake_up_with_its_worker_gets_a_new_one(runner: JobRunner) -> None:
    job = held_by(a_dead_worker())
    DBTaskResult.objects.all().delete()

    rescue.take_over()
    runner.drain()

    job.refresh_from_db()
    assert job.state == JobState.DONE


def test_work_that_kills_every_worker_becomes_a_dead_letter(presence: Presence) -> None:
    job = held_by(a_dead_worker(), attempts=kinds.mark.max_attempts)

    rescue.take_over()

    job.refresh_from_db()
    assert (job.state, job.error_code) == (JobState.FAILED, "jobs.worker_died")


def test_work_that_killed_several_workers_lets_others_go_first(presence: Presence) -> None:
    job = held_by(a_dead_worker(), attempts=3)

    rescue.take_over()

    job.refresh_from_db()
    assert job.state == JobState.WAITING
    assert job.next_attempt_at > true_now()


def test_a_worker_elsewhere_with_a_young_beat_keeps_its_work(presence: Presence) -> None:
    job = held_by(a_dead_worker(beat_at=true_now() - timedelta(seconds=30)))

    assert rescue.take_over() == 0

    job.refresh_from_db()
    assert job.state == JobState.RUNNING


def test_a_beat_from_far_ahead_is_that_of_a_clock_that_was_set_back(presence: Presence) -> None:
    held_by(a_dead_worker(beat_at=true_now() + timedelta(hours=1)))

    assert rescue.take_over() == 1


def test_a_worker_on_this_machine_lives_as_long_as_it_holds_its_lock(presence: Presence, tmp_path: Path) -> None:
    held_by(a_dead_worker(host=socket.gethostname()))
    with (tmp_path / "workers" / "dead-1").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert rescue.take_over() == 0

    assert rescue.take_over() == 1
    assert not (tmp_path / "workers" / "dead-1").exists()


def test_no_worker_takes_itself_for_dead(presence: Presence) -> None:
    Worker.objects.update(beat_at=true_now() - timedelta(days=1))

    assert rescue.take_over() == 0


def test_a_worker_taken_for_dead_hears_of_it_at_its_next_beat(presence: Presence) -> None:
    assert leases.beat(name=presence.name, at=true_now())

    leases.close(name=presence.name, at=true_now())

    assert not leases.beat(name=presence.name, at=true_now())


def test_a_wake_up_that_failed_because_the_database_was_gone_is_renewed(runner: JobRunner, later: Any) -> None:
    job = kinds.asked(kinds.mark)
    DBTaskResult.objects.update(status=TaskResultStatus.FAILED, finished_at=true_now())

    assert rescue.reopen_broken_wake_ups() == 1
    with later(seconds=11):
        runner.drain()

    job.refresh_from_db()
    assert job.state == JobState.DONE
