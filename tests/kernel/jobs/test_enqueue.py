from __future__ import annotations

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from caicach.kernel.identity.models import Account
from caicach.kernel.jobs.models import Job, JobState
from caicach.kernel.jobs.services import enqueue
from caicach.kernel.usecase.actor import SYSTEM

from . import kinds
from .conftest import acting

pytestmark = pytest.mark.django_db


def test_work_that_is_asked_for_waits_with_its_wake_up(officer: Account) -> None:
    job = kinds.asked(kinds.count, actor=acting(officer), subject="plan 12/KH-BNV", up_to=3)

    assert job.state == JobState.WAITING
    assert job.started_by == officer
    assert job.subject == "plan 12/KH-BNV"
    assert job.arguments == {"up_to": 3}
    assert [wake_up.args_kwargs["args"] for wake_up in DBTaskResult.objects.all()] == [[str(job.pk)]]


def test_work_of_a_use_case_that_is_undone_was_never_asked_for() -> None:
    with transaction.atomic():
        kinds.asked(kinds.mark)
        transaction.set_rollback(True)

    assert not Job.objects.exists()
    assert not DBTaskResult.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_work_is_refused_outside_a_transaction() -> None:
    with pytest.raises(RuntimeError, match=r"tests\.mark"):
        enqueue(kinds.mark, actor=SYSTEM, subject="a plan")


def test_wrong_arguments_are_told_at_once_and_not_in_the_night() -> None:
    with pytest.raises(TypeError):
        enqueue(kinds.count, actor=SYSTEM, subject="a plan")
    with pytest.raises(TypeError):
        enqueue(kinds.count, actor=SYSTEM, subject="a plan", up_to=3, down_to=1)

    assert not Job.objects.exists()


def test_the_same_key_is_the_same_work() -> None:
    first = kinds.asked(kinds.mark, key="sha256:ab")

    assert kinds.asked(kinds.mark, key="sha256:ab") == first
    assert kinds.asked(kinds.mark, key="sha256:cd") != first
    assert kinds.asked(kinds.count, key="sha256:ab", up_to=1) != first
    assert DBTaskResult.objects.count() == 3
