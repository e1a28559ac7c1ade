"""Other co-operating units of a task: its lead unit goes on as before, and those that come or go are told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from django.utils.translation import override

from caicach.kernel.identity import services as identity
from caicach.kernel.jobs.worker import deliver_due
from caicach.kernel.notifications import queries as notices
from caicach.kernel.notifications.models import Notice
from caicach.kernel.usecase.actor import SYSTEM
from caicach.measurement.programme import services
from caicach.measurement.programme.models import PlanTask
from caicach.measurement.programme.services.following import NotWaitingForAnswer
from tests.ministry import Ministry

from .conftest import approved_by_leader
from .task_pages import TaskNamed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def wednesday(at: Any) -> Iterator[None]:
    with at("2022-06-01 09:00"):
        yield


@pytest.fixture
def legal(ministry: Ministry) -> str:
    """Somebody works in the Legal Department, too."""
    account = identity.create_account(
        actor=SYSTEM, username="legal", full_name="Lê Văn Phong", email="legal@bnv.example"
    )
    identity.grant_role(
        actor=SYSTEM,
        account=account,
        role="unit_head",
        unit=ministry.units["PC"],
        valid_from=date(2022, 1, 1),
    )
    return "legal"


def changed(ministry: Ministry, task: PlanTask, *, lead: str = "VP", cooperating: str = "") -> PlanTask:
    """What is told of it alone; what was told before is forgotten."""
    asked = services.ask_to_reassign(
        actor=ministry.officer, task=task, lead=lead, cooperating=cooperating, reason="Cần thêm đơn vị"
    )
    delivered()
    Notice.objects.all().delete()
    changed = approved_by_leader(ministry, asked)
    delivered()
    return changed


def delivered() -> None:
    while deliver_due():
        pass


def told() -> set[tuple[str, str, str, str]]:
    """Who, of what kind, in which words, leading where. Who asked is told of the decision: not looked at here."""
    with override("vi"):
        return {
            (notice.account.username, notice.kind, notices.words_of(notice), notice.url)
            for notice in Notice.objects.select_related("account").exclude(kind="programme.amendment_decided")
        }


def test_the_answer_of_the_lead_unit_and_its_person_in_charge_stay(task_named: TaskNamed, ministry: Ministry) -> None:
    task = task_named("Số hóa")
    services.accept_task(actor=ministry.focal, task=task)
    services.assign_owner(actor=ministry.head, task=task, owner=ministry.accounts["staff"])
    answered = task.answered_at

    after = changed(ministry, task, cooperating="TTTT")

    assert (after.response, after.answered_at, after.owner) == ("accepted", answered, ministry.accounts["staff"])
    with pytest.raises(NotWaitingForAnswer):
        services.accept_task(actor=ministry.focal, task=after)


def test_a_returned_task_stays_returned_with_its_reason(task_named: TaskNamed, ministry: Ministry) -> None:
    task = task_named("Số hóa")
    services.return_task(actor=ministry.focal, task=task, reason="Không phải việc của Văn phòng")

    after = changed(ministry, task, cooperating="TTTT")

    assert (after.response, after.response_reason) == ("returned", "Không phải việc của Văn phòng")


def test_an_answered_return_stays_answered(task_named: TaskNamed, ministry: Ministry) -> None:
    task = task_named("Số hóa")
    services.return_task(actor=ministry.focal, task=task, reason="Không phải việc của Văn phòng")
    services.keep_with_unit(actor=ministry.officer, task=task, reason="Vẫn là việc của Văn phòng")

    after = changed(ministry, task, cooperating="TTTT")

    assert (after.response, after.kept_reason) == ("waiting", "Vẫn là việc của Văn phòng")


def test_another_lead_unit_is_asked_anew(task_named: TaskNamed, ministry: Ministry) -> None:
    task = task_named("Số hóa")
    services.accept_task(actor=ministry.focal, task=task)

    after = changed(ministry, task, lead="TTTT", cooperating="VP")

    assert (after.response, after.answered_at) == ("waiting", None)


def test_units_that_come_are_told_and_the_lead_unit_is_not(
    task_named: TaskNamed, ministry: Ministry, legal: str
) -> None:
    task = task_named("Số hóa")

    changed(ministry, task, cooperating="TTTT; PC")

    page = reverse("programme:task", args=[task.pk])
    assert told() == {
        ("neighbour", "programme.support_begun", "Từ nay Trung tâm Thông tin phối hợp thực hiện nhiệm vụ này", page),
        (legal, "programme.support_begun", "Từ nay Vụ Pháp chế phối hợp thực hiện nhiệm vụ này", page),
    }


def test_units_that_go_are_told_where_they_may_still_read(
    task_named: TaskNamed, ministry: Ministry, legal: str
) -> None:
    task = changed(ministry, task_named("Số hóa"), cooperating="TTTT; PC")

    changed(ministry, task, cooperating="PC")

    plan = reverse("programme:plan", args=[task.plan_id])
    words = "Trung tâm Thông tin thôi phối hợp thực hiện nhiệm vụ này"
    assert told() == {("neighbour", "programme.support_ended", words, plan)}


def test_a_unit_that_leads_what_it_supported_hears_only_that_it_leads(
    task_named: TaskNamed, ministry: Ministry
) -> None:
    task = changed(ministry, task_named("Số hóa"), cooperating="TTTT")

    changed(ministry, task, lead="TTTT")

    assert [kind for who, kind, _words, _url in told() if who == "neighbour"] == ["programme.tasks_given"]


def test_a_task_added_during_the_year_tells_those_that_support_it(
    task_named: TaskNamed, ministry: Ministry, legal: str
) -> None:
    asked = services.ask_to_add_task(
        actor=ministry.officer,
        plan=task_named("Số hóa").plan,
        cells_typed={
            "title": "Tổ chức hội nghị",
            "field": "the_che",
            "lead": "TTTT",
            "cooperating": "PC",
            "time": "30/09/2022",
        },
        reason="Kết luận số 12",
    )
    delivered()
    Notice.objects.all().delete()

    approved_by_leader(ministry, asked)
    delivered()

    assert {(who, kind) for who, kind, _words, _url in told()} == {
        ("neighbour", "programme.tasks_given"),
        (legal, "programme.support_begun"),
    }


def test_the_leader_reads_what_the_change_is_about(task_named: TaskNamed, ministry: Ministry) -> None:
    services.ask_to_reassign(
        actor=ministry.officer, task=task_named("Số hóa"), lead="VP", cooperating="TTTT", reason="Cần hạ tầng"
    )
    delivered()

    with override("vi"):
        (asked,) = [notices.words_of(each) for each in Notice.objects.filter(kind="programme.amendment_asked")]
    assert asked.startswith("Việc đổi đơn vị phối hợp chờ bạn duyệt: ")
