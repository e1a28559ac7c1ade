"""What becomes of a job: done, refused, tried again, given up, stopped."""

from __future__ import annotations

from typing import Any

import pytest
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from caicach.kernel.identity.models import Account
from caicach.kernel.jobs import services
from caicach.kernel.jobs.leases import Presence
from caicach.kernel.jobs.models import Job, JobState
from caicach.kernel.jobs.worker import JobRunner
from caicach.kernel.usecase.errors import NotPermitted
from caicach.kernel.usecase.models import OutboxEvent
from tests.registers import last_number

from . import kinds
from .conftest import acting

pytestmark = pytest.mark.django_db


def marks() -> int:
    return last_number(register="tests.jobs", year=2026)


def finished_events() -> list[dict[str, Any]]:
    return [event.payload for event in OutboxEvent.objects.filter(name="jobs.finished").order_by("id")]


def test_work_that_succeeds_keeps_what_came_out(runner: JobRunner, officer: Account) -> None:
    job = kinds.asked(kinds.mark, actor=acting(officer))

    assert runner.drain()

    job.refresh_from_db()
    assert (job.state, job.attempts, job.worker) == (JobState.DONE, 1, None)
    assert (job.words, job.result_url, job.result) == ("mark 1", "/marks/", 1)
    assert job.finished_at is not None
    assert finished_events() == [
        {"job_id": str(job.pk), "kind": "tests.mark", "state": "DONE", "account_id": officer.pk}
    ]
    assert not runner.drain()


def test_a_refusal_ends_the_work_at_once_with_its_own_words(runner: JobRunner) -> None:
    job = kinds.asked(kinds.refuse)

    runner.drain()

    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.FAILED, 1)
    assert (job.error_code, job.error_message) == ("tests.plan_is_empty", "The plan has no tasks.")


def test_a_failed_attempt_is_tried_again_after_a_pause_and_does_nothing_twice(runner: JobRunner, later: Any) -> None:
    job = kinds.asked(kinds.mark_then_fail)
    kinds.FAILURES[str(job.pk)] = [ConnectionError("no")]

    runner.drain()
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.WAITING, 1)
    assert job.error_code == "jobs.unexpected"
    assert not runner.drain()

    with later(seconds=16):
        assert runner.drain()
    job.refresh_from_db()
    assert (job.state, job.attempts, job.error_code) == (JobState.DONE, 2, "")
    assert marks() == 1


def test_work_that_fails_every_time_becomes_a_dead_letter(runner: JobRunner, later: Any) -> None:
    job = kinds.asked(kinds.mark_then_fail)
    kinds.FAILURES[str(job.pk)] = [kinds.database_gone() for _ in range(3)]

    for minutes in (0, 1, 2, 3):
        with later(minutes=minutes):
            runner.drain()

    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.FAILED, 3)
    assert [event["state"] for event in finished_events()] == ["FAILED"]


def test_what_failed_is_told_without_the_text_of_the_exception(runner: JobRunner) -> None:
    job = kinds.asked(kinds.mark_then_fail)
    kinds.FAILURES[str(job.pk)] = [ValueError("Nguyễn Văn A, 012345678901")]

    runner.drain()

    job.refresh_from_db()
    assert "builtins.ValueError" in job.error_detail
    assert "kinds.py" in job.error_detail
    assert "Nguyễn" not in job.error_detail + job.error_message


def test_an_operator_runs_a_dead_letter_again(runner: JobRunner, officer: Account, later: Any) -> None:
    job = kinds.asked(kinds.refuse)
    runner.drain()
    job.refresh_from_db()

    with pytest.raises(NotPermitted):
        services.run_again(actor=acting(officer, "reform_officer"), job=job)
    job = services.run_again(actor=acting(officer, "operator"), job=job)
    assert (job.state, job.attempts, job.error_message) == (JobState.WAITING, 0, "")

    assert runner.drain()
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.FAILED, 1)


def test_work_that_went_well_is_not_run_again(runner: JobRunner, officer: Account) -> None:
    job = kinds.asked(kinds.mark)
    runner.drain()

    with pytest.raises(services.UnableToRunAgain):
        services.run_again(actor=acting(officer, "operator"), job=job)
    assert marks() == 1


def test_one_bad_job_does_not_stop_the_others(runner: JobRunner) -> None:
    jobs = [kinds.asked(kinds.refuse), kinds.asked(kinds.mark_then_fail), kinds.asked(kinds.mark)]
    kinds.FAILURES[str(jobs[1].pk)] = [MemoryError()]

    runner.drain()

    states = [Job.objects.get(pk=job.pk).state for job in jobs]
    assert states == [JobState.FAILED, JobState.WAITING, JobState.DONE]


def test_work_that_takes_too_long_is_stopped(runner: JobRunner) -> None:
    job = kinds.asked(kinds.run_on)

    runner.drain()

    job.refresh_from_db()
    assert (job.state, job.error_code) == (JobState.FAILED, "jobs.time_limit")


def test_work_of_a_newer_release_waits_for_the_newer_worker(runner: JobRunner) -> None:
    job = kinds.asked(kinds.mark)
    Job.objects.filter(pk=job.pk).update(kind="tests.of_tomorrow")

    runner.drain()

    job.refresh_from_db()
    assert (job.state, job.error_code) == (JobState.WAITING, "jobs.unknown_kind")


def test_work_that_waits_is_cancelled_at_once(runner: JobRunner, officer: Account) -> None:
    job = kinds.asked(kinds.mark, actor=acting(officer))

    services.cancel(actor=acting(officer), job=job)
    runner.drain()

    job.refresh_from_db()
    assert job.state == JobState.CANCELLED
    assert marks() == 0


def test_work_that_runs_is_cancelled_at_its_next_step(presence: Presence, runner: JobRunner, officer: Account) -> None:
    job = kinds.asked(kinds.count, actor=acting(officer), up_to=10)
    Job.objects.filter(pk=job.pk).update(cancel_requested_at=job.created_at)

    runner.drain()

    job.refresh_from_db()
    assert (job.state, job.error_code) == (JobState.CANCELLED, "jobs.cancelled")


def test_only_who_started_it_or_an_operator_cancels(officer: Account, neighbour: Account) -> None:
    job = kinds.asked(kinds.mark, actor=acting(officer))

    with pytest.raises(NotPermitted):
        services.cancel(actor=acting(neighbour, "reform_officer"), job=job)
    assert services.cancel(actor=acting(neighbour, "operator"), job=job).state == JobState.CANCELLED


def test_finished_work_cannot_be_cancelled(runner: JobRunner, officer: Account) -> None:
    job = kinds.asked(kinds.mark, actor=acting(officer))
    runner.drain()

    with pytest.raises(services.UnableToCancel):
        services.cancel(actor=acting(officer), job=job)


def test_a_worker_that_leaves_gives_its_work_back_uncounted(presence: Presence, runner: JobRunner) -> None:
    job = kinds.asked(kinds.count, up_to=2)
    presence.stopping.set()
    runner.run_next()
    assert Job.objects.get(pk=job.pk).attempts == 0

    presence.stopping.clear()
    runner.drain()

    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.DONE, 1)


def test_a_wake_up_that_comes_twice_does_nothing(runner: JobRunner) -> None:
    job = kinds.asked(kinds.mark)
    runner.drain()
    DBTaskResult.objects.update(status=TaskResultStatus.READY)

    runner.drain()

    job.refresh_from_db()
    assert job.attempts == 1
    assert marks() == 1
