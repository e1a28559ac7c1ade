"""Notices of the kernel itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from caicach.kernel.calendar import clock
from caicach.kernel.jobs import events
from caicach.kernel.jobs.discovery import discover
from caicach.kernel.jobs.models import Job, JobState
from caicach.kernel.jobs.worker import deliver_due
from caicach.kernel.notifications import queries, services, subscriptions
from caicach.kernel.notifications.models import Notice
from caicach.kernel.usecase.actor import SYSTEM
from caicach.kernel.usecase.core import UseCase, use_case
from tests.ministry import Ministry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def only_this_subscription(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    discover()
    monkeypatch.setattr(events, "_SUBSCRIBERS", {})
    events.subscribe("jobs.finished", subscriptions.tell_who_asked)
    return


@use_case("tests.job_ended", permission=lambda actor, **_: actor.is_system)
def job_ended(uc: UseCase, *, job: Job) -> None:
    uc.emit("jobs.finished", job_id=str(job.pk))


def ended(ministry: Ministry, *, state: JobState, seconds: int, by: str | None = "officer") -> Job:
    now = clock.now()
    job = Job.objects.create(
        kind="programme.read_plan_file",
        subject="ke-hoach-2022.docx",
        language="vi",
        started_by=ministry.accounts[by] if by else None,
        created_at=now - timedelta(seconds=seconds),
        next_attempt_at=now,
        state=state,
        finished_at=now,
        words="57 nhiệm vụ đã đọc được",
        result_url="/ke-hoach/1/",
        error_message="" if state == JobState.DONE else "Không đọc được.",
    )
    job_ended(actor=SYSTEM, job=job)
    deliver_due()
    return job


def test_who_waited_long_is_told_what_came_out(ministry: Ministry) -> None:
    ended(ministry, state=JobState.DONE, seconds=60)

    notice = Notice.objects.get()
    assert notice.account == ministry.accounts["officer"]
    assert (notice.url, notice.about) == ("/ke-hoach/1/", "57 nhiệm vụ đã đọc được")
    assert queries.words_of(notice) == "Xong: ke-hoach-2022.docx"


def test_who_waited_long_is_told_that_it_failed(ministry: Ministry) -> None:
    job = ended(ministry, state=JobState.FAILED, seconds=60)

    notice = Notice.objects.get()
    assert queries.words_of(notice) == "Chưa xong: ke-hoach-2022.docx"
    assert (notice.url, notice.about) == (f"/tien-do/{job.pk}/", "Không đọc được.")


def test_who_still_looks_at_the_page_is_not_told(ministry: Ministry) -> None:
    ended(ministry, state=JobState.DONE, seconds=3)

    assert not Notice.objects.exists()


def test_who_stopped_it_is_not_told(ministry: Ministry) -> None:
    ended(ministry, state=JobState.CANCELLED, seconds=60)

    assert not Notice.objects.exists()


def test_operators_are_told_once_a_day_of_work_of_the_system_that_fails(ministry: Ministry) -> None:
    ended(ministry, state=JobState.FAILED, seconds=3, by=None)
    ended(ministry, state=JobState.FAILED, seconds=3, by=None)
    ended(ministry, state=JobState.DONE, seconds=3, by=None)

    assert [notice.account for notice in Notice.objects.all()] == [ministry.accounts["operator"]]


def test_old_notices_go(ministry: Ministry) -> None:
    ended(ministry, state=JobState.DONE, seconds=60)
    assert services.sweep(actor=SYSTEM) == 0

    Notice.objects.update(created_at=clock.now() - timedelta(days=200))
    assert services.sweep(actor=SYSTEM) == 0
    Notice.objects.update(read_at=clock.now())
    assert services.sweep(actor=SYSTEM) == 1
