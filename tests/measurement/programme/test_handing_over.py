"""A task that goes to another unit takes none of the old unit's open acts along, and the new unit begins anew."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from caicach.kernel.identity import services as identity
from caicach.kernel.jobs.worker import deliver_due
from caicach.kernel.notifications import queries as notices
from caicach.kernel.notifications.models import Notice
from caicach.kernel.usecase.actor import SYSTEM
from caicach.kernel.usecase.errors import InvalidInput
from caicach.measurement.programme import queries, services, work
from caicach.measurement.programme.models import Amendment, Evidence, PlanTask, Urging
from caicach.measurement.programme.models import UrgingStep as Step
from caicach.measurement.programme.views.tasks import PRODUCTS
from tests.ministry import Ministry

from .conftest import approved_by_leader
from .task_pages import ClientOf, TaskNamed, page, the_product, upload

pytestmark = pytest.mark.django_db

TODAY = date(2022, 6, 1)


@pytest.fixture(autouse=True)
def wednesday(at: Any) -> Iterator[None]:
    with at("2022-06-01 09:00"):
        yield


@pytest.fixture
def busy(task_named: TaskNamed, ministry: Ministry, at: Any) -> PlanTask:
    """Led by the office, which asked for more time, reported 60 per cent and handed in its product, an hour before."""
    with at("2022-06-01 08:00"):
        services.assign_owner(actor=ministry.head, task=task_named("Số hóa"), owner=ministry.accounts["staff"])
        services.ask_extension(
            actor=ministry.focal, task=task_named("Số hóa"), new_deadline=date(2022, 7, 15), reason="Chờ góp ý"
        )
        services.report_progress(
            actor=ministry.focal, task=task_named("Số hóa"), progress=60, text="Đã số hóa sáu phần"
        )
        paper = upload(ministry, "baocao.txt")
        services.hand_in_product(actor=ministry.focal, product=the_product(task_named("Số hóa")), attachments=[paper])
    return task_named("Số hóa")


def asked_for(ministry: Ministry, task: PlanTask, *, lead: str = "TTTT", cooperating: str = "") -> Amendment:
    task = PlanTask.objects.select_related("plan").get(pk=task.pk)
    asked: Amendment = services.ask_to_reassign(
        actor=ministry.officer, task=task, lead=lead, cooperating=cooperating, reason="Đúng chức năng"
    )
    return asked


def test_the_open_request_is_refused_and_says_why(busy: PlanTask, ministry: Ministry) -> None:
    approved_by_leader(ministry, asked_for(ministry, busy))

    request = busy.extensions.get()
    assert (request.state, request.decided_by) == ("refused", ministry.accounts["leader"])
    assert request.remark == "Nhiệm vụ đã chuyển sang đơn vị khác: Trung tâm Thông tin."


def test_what_was_handed_in_is_missing_again_and_its_paper_can_still_be_read(
    busy: PlanTask, ministry: Ministry
) -> None:
    approved_by_leader(ministry, asked_for(ministry, busy))

    product, paper = the_product(busy), Evidence.objects.get()
    assert (product.state, product.submitted_by, product.submitted_on) == ("missing", None, None)
    assert paper.refused_at is not None
    with pytest.raises(services.EvidenceMissing):
        services.hand_in_product(actor=ministry.neighbour, product=product)
    services.hand_in_product(actor=ministry.neighbour, product=product, paper="12/BC-TTTT")
    assert the_product(busy).submitted_by == ministry.accounts["neighbour"]


def test_the_new_unit_finds_it_in_my_work_and_begins_at_0(busy: PlanTask, ministry: Ministry) -> None:
    task = approved_by_leader(ministry, asked_for(ministry, busy))

    assert (task.progress, task.response, task.owner) == (0, "waiting", None)
    mine = {item.title: item.detail for item in work.items(ministry.neighbour, TODAY)}
    assert mine[task.title].endswith("Chờ đơn vị bạn nhận hoặc trả lại")
    waiting = [item.title for item in work.items(ministry.officer, TODAY) if item.group_key == work.DECIDE]
    assert waiting == []


def test_what_was_accepted_stays_accepted(busy: PlanTask, ministry: Ministry) -> None:
    services.add_product(actor=ministry.focal, task=busy, name="Bảng tổng hợp")
    services.accept_product(actor=ministry.officer, product=busy.products.get(position=0))

    approved_by_leader(ministry, asked_for(ministry, busy))

    assert list(busy.products.values_list("state", flat=True)) == ["accepted", "missing"]


def test_other_co_operating_units_alone_close_nothing(busy: PlanTask, ministry: Ministry) -> None:
    task = approved_by_leader(ministry, asked_for(ministry, busy, lead="VP", cooperating="PC"))

    assert (busy.extensions.get().state, the_product(busy).state, task.progress) == ("asked", "submitted", 60)


def test_a_return_that_was_answered_waits_for_the_unit_though_all_is_handed_in(
    busy: PlanTask, ministry: Ministry
) -> None:
    services.return_task(actor=ministry.focal, task=busy, reason="Không phải việc của Văn phòng")
    services.keep_with_unit(actor=ministry.officer, task=busy, reason="Vẫn là việc của Văn phòng")

    assert busy.title in [item.title for item in work.items(ministry.focal, TODAY)]


# --- who reads it, before and after ---


def read(client: Client, name: str, pk: int) -> str:
    return str(client.get(reverse(f"programme:{name}", args=[pk])).content.decode())


def test_who_decides_reads_what_ends(busy: PlanTask, ministry: Ministry, client_of: ClientOf) -> None:
    asked = asked_for(ministry, busy)
    shown = read(client_of("leader"), "amendment", asked.pk)

    for words in ("15/07/2022", "60 phần trăm", "01/06/2022", "người phụ trách"):
        assert words in shown.partition("Phần việc dở dang")[2]
    approved_by_leader(ministry, asked)
    assert "Phần việc dở dang" not in read(client_of("leader"), "amendment", asked.pk)


def test_who_asks_reads_it_too(busy: PlanTask, client_of: ClientOf) -> None:
    assert "Phần việc dở dang" in read(client_of("officer"), "reassign", busy.pk)


def test_the_timeline_and_the_paper_tell_it(busy: PlanTask, ministry: Ministry, client_of: ClientOf) -> None:
    name = the_product(busy).name
    approved_by_leader(ministry, asked_for(ministry, busy))

    shown = page(client_of("neighbour"), busy)
    assert f"Đơn vị chủ trì mới nộp lại: {name}" in shown
    assert "Nhiệm vụ đã chuyển sang đơn vị khác" in shown
    assert "Đơn vị chủ trì mới báo cáo tiến độ từ 0" in shown
    products = page(client_of("neighbour"), busy, muc=PRODUCTS)
    assert "Của đơn vị chủ trì trước" in products


def test_both_units_and_who_had_a_part_are_told(busy: PlanTask, ministry: Ministry) -> None:
    while deliver_due():
        pass
    Notice.objects.all().delete()
    approved_by_leader(ministry, asked_for(ministry, busy))
    while deliver_due():
        pass

    gone = Notice.objects.filter(kind="programme.task_gone")
    people = {"head", "focal", "staff"}
    assert set(gone.values_list("account__username", flat=True)) == people
    with override("vi"):
        assert {notices.words_of(notice) for notice in gone} == {
            "Văn phòng Bộ thôi chủ trì nhiệm vụ này, Trung tâm Thông tin chủ trì. "
            "Việc đang chờ trả lời hoặc chờ xem đã khép lại"
        }
    assert {notice.url for notice in gone} == {reverse("programme:plan", args=[busy.plan_id])}
    given = Notice.objects.filter(kind="programme.tasks_given")
    assert set(given.values_list("account__username", flat=True)) == {"neighbour"}


def test_a_report_does_not_put_the_old_unit_s_words_into_the_new_one_s_mouth(
    busy: PlanTask, ministry: Ministry
) -> None:
    approved_by_leader(ministry, asked_for(ministry, busy))

    assert queries.told_of_tasks(task_ids=[busy.pk], by=TODAY) == {}
    services.report_progress(
        actor=ministry.neighbour,
        task=PlanTask.objects.select_related("plan").get(pk=busy.pk),
        progress=5,
        text="Nhận việc",
    )
    told = queries.told_of_tasks(task_ids=[busy.pk], by=TODAY)[busy.pk]
    assert (told.progress, told.note, told.extension) == (5, "Nhận việc", None)


def test_other_co_operating_units_leave_a_report_as_it_was(busy: PlanTask, ministry: Ministry) -> None:
    approved_by_leader(ministry, asked_for(ministry, busy, lead="VP", cooperating="PC"))

    told = queries.told_of_tasks(task_ids=[busy.pk], by=TODAY)[busy.pk]
    assert (told.progress, told.note) == (60, "Đã số hóa sáu phần")


# --- reminders ---


def test_the_new_unit_is_reminded_from_the_beginning(task_named: TaskNamed, ministry: Ministry, at: Any) -> None:
    task = task_named("Số hóa")  # due on 10/06/2022
    identity.grant_role(
        actor=SYSTEM,
        account=ministry.accounts["neighbour"],
        role="unit_head",
        unit=ministry.units["TTTT"],
        valid_from=date(2022, 1, 1),
    )

    def reminded(step: str) -> int:
        count: int = services.remind(actor=SYSTEM, plan=task_named("Số hóa").plan, task_ids=[task.pk], step=step)
        return count

    with at("2022-06-14 08:00"):
        assert (reminded(Step.HEAD), reminded(Step.HEAD)) == (1, 0)
    with at("2022-06-15 09:00"):
        approved_by_leader(ministry, asked_for(ministry, task))
    with at("2022-06-16 08:00"):
        assert (reminded(Step.HEAD), reminded(Step.HEAD)) == (1, 0)

    units = Urging.objects.filter(task=task, step=Step.HEAD).order_by("pk").values_list("unit__code", flat=True)
    assert list(units) == ["VP", "TTTT"]


def test_it_can_be_urged_on_the_day_on_which_the_old_unit_was(task_named: TaskNamed, ministry: Ministry) -> None:
    task = task_named("Số hóa")
    services.urge(actor=ministry.officer, plan=task.plan, task_ids=[task.pk])
    with pytest.raises(services.NothingToUrge):
        services.urge(actor=ministry.officer, plan=task.plan, task_ids=[task.pk])

    approved_by_leader(ministry, asked_for(ministry, task))

    assert services.urge(actor=ministry.officer, plan=task_named("Số hóa").plan, task_ids=[task.pk]) == 1


# --- units that are no more ---


def test_no_task_goes_to_a_unit_that_is_no_more(task_named: TaskNamed, ministry: Ministry, at: Any) -> None:
    asked = asked_for(ministry, task_named("Số hóa"))
    identity.end_unit(actor=SYSTEM, unit=ministry.units["TTTT"], valid_to=date(2022, 6, 10))

    with at("2022-06-15 09:00"):
        with pytest.raises(services.PlanIncomplete) as refused:
            services.decide_amendment(actor=ministry.leader, amendment=asked, is_approved=True)
        with pytest.raises(InvalidInput) as not_asked:
            asked_for(ministry, task_named("Góp ý"))

    assert [gap.code for gap in refused.value.gaps] == ["lead_ended"]
    assert list(not_asked.value.fields) == ["lead"]
    assert task_named("Số hóa").lead.code == "VP"
