"""Who is told of what happens to plans and tasks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.utils.translation import override

from caicach.kernel.jobs.worker import deliver_due
from caicach.kernel.notifications import queries as notices
from caicach.kernel.notifications.models import Mail, Notice
from caicach.measurement.programme import services
from caicach.measurement.programme.models import Plan, PlanTask, TaskProduct
from tests.ministry import Ministry

from .conftest import approved_by_leader

pytestmark = pytest.mark.django_db

TaskNamed = Callable[[str], PlanTask]
Told = Callable[[], dict[str, list[str]]]
EVERYONE = ("leader", "officer", "head", "focal", "staff", "neighbour", "auditor", "operator")


@pytest.fixture(autouse=True)
def monday(at: Any) -> Any:
    with at("2022-06-20 09:00"):
        yield


@pytest.fixture
def told(ministry: Ministry) -> Told:
    """Delivers what happened; who was told what since the last time, in Vietnamese."""

    def deliver() -> dict[str, list[str]]:
        while deliver_due():
            pass
        heard: dict[str, list[str]] = {}
        with override("vi"):
            for name in EVERYONE:
                fresh = Notice.objects.filter(account=ministry.accounts[name], read_at=None).order_by("pk")
                if words := sorted(notices.words_of(notice) for notice in fresh):
                    heard[name] = words
        Notice.objects.filter(read_at=None).delete()
        return heard

    return deliver


@pytest.fixture
def task(task_named: TaskNamed, told: Told) -> PlanTask:
    """Approved, and everybody has heard of it."""
    found = task_named("Số hóa")
    told()
    return found


def the_product(task: PlanTask) -> TaskProduct:
    return TaskProduct.objects.select_related("task__plan").get(task=task)


def ready(draft: Plan, ministry: Ministry) -> Plan:
    services.paste_rows(
        actor=ministry.officer,
        plan=draft,
        replace=list(draft.tasks.values_list("pk", flat=True)),
        rows=[
            {"lead": "VP", "time": "30/09/2022"},
            {"lead": "VP", "time": "Quý III"},
            {"lead": "TTTT", "time": "Quý IV"},
        ],
    )
    draft.refresh_from_db()
    return draft


def test_a_submitted_plan_is_told_to_the_leader(draft: Plan, ministry: Ministry, told: Told) -> None:
    services.submit(actor=ministry.officer, plan=ready(draft, ministry))

    assert told() == {"leader": ["Kế hoạch chờ bạn duyệt: Kế hoạch cải cách hành chính năm 2022"]}


def test_a_returned_plan_is_told_to_the_officer_with_the_reason(draft: Plan, ministry: Ministry, told: Told) -> None:
    plan = services.submit(actor=ministry.officer, plan=ready(draft, ministry))
    told()
    services.return_draft(actor=ministry.leader, plan=plan, reason="Thiếu kinh phí")
    while deliver_due():
        pass

    assert Notice.objects.get().about == "Thiếu kinh phí"
    assert told() == {"officer": ["Kế hoạch được trả lại để sửa: Kế hoạch cải cách hành chính năm 2022"]}


def test_each_lead_unit_is_told_once_how_many_tasks_it_has(draft: Plan, ministry: Ministry, told: Told) -> None:
    plan = services.submit(actor=ministry.officer, plan=ready(draft, ministry))
    told()
    approved = services.approve(actor=ministry.leader, plan=plan)

    office = [f"Văn phòng Bộ chủ trì 2 nhiệm vụ của kế hoạch {approved.number}"]
    assert told() == {
        "head": office,
        "focal": office,
        "neighbour": [f"Trung tâm Thông tin chủ trì 1 nhiệm vụ của kế hoạch {approved.number}"],
    }


@pytest.mark.parametrize(
    ("act", "heard"),
    [
        pytest.param(
            lambda m, t: services.return_task(actor=m.focal, task=t, reason="Không đúng chức năng"),
            {"officer": ["Văn phòng Bộ trả lại nhiệm vụ"]},
            id="a task is returned",
        ),
        pytest.param(
            lambda m, t: services.assign_owner(actor=m.head, task=t, owner=m.accounts["staff"]),
            {"staff": ["Bạn phụ trách nhiệm vụ này"]},
            id="a person is put in charge",
        ),
        pytest.param(
            lambda m, t: services.hand_in_product(actor=m.focal, product=the_product(t), paper="15/BC"),
            {"officer": ["Sản phẩm chờ xem: Báo cáo kết quả thực hiện"]},
            id="a product is handed in",
        ),
        pytest.param(
            lambda m, t: (
                services.hand_in_product(actor=m.focal, product=the_product(t), paper="15/BC"),
                services.withdraw_product(actor=m.focal, product=the_product(t)),
            ),
            {
                "officer": [
                    "Sản phẩm chờ xem: Báo cáo kết quả thực hiện",
                    "Văn phòng Bộ đã rút lại sản phẩm: Báo cáo kết quả thực hiện",
                ]
            },
            id="a product is taken back",
        ),
        pytest.param(
            lambda m, t: services.ask_extension(
                actor=m.head, task=t, new_deadline=date(2022, 7, 15), reason="Chờ cổng quốc gia"
            ),
            {"officer": ["Văn phòng Bộ đề nghị gia hạn đến 15/07/2022"]},
            id="more time is asked for",
        ),
        pytest.param(
            lambda m, t: services.comment(actor=m.focal, task=t, text="Cổng mở ngày 04/07"),
            {"officer": ["Người giữ vai focal viết: Cổng mở ngày 04/07"]},
            id="the unit writes",
        ),
        pytest.param(
            lambda m, t: services.comment(actor=m.officer, task=t, text="Đã rõ"),
            {"focal": ["Người giữ vai officer viết: Đã rõ"]},
            id="the officer writes",
        ),
        pytest.param(
            lambda m, t: services.ask_to_cancel_task(actor=m.officer, task=t, decision="512/QĐ-BNV"),
            {"leader": ["Đề nghị dừng nhiệm vụ chờ bạn duyệt: 1.1 Số hóa kết quả giải quyết thủ tục"]},
            id="stopping it is asked for",
        ),
        pytest.param(
            lambda m, t: approved_by_leader(
                m, services.ask_to_cancel_task(actor=m.officer, task=t, decision="512/QĐ-BNV")
            ),
            {
                "leader": ["Đề nghị dừng nhiệm vụ chờ bạn duyệt: 1.1 Số hóa kết quả giải quyết thủ tục"],
                "officer": ["Lãnh đạo đã duyệt thay đổi: 1.1 Số hóa kết quả giải quyết thủ tục"],
                "focal": ["Dừng theo 512/QĐ-BNV"],
                "head": ["Dừng theo 512/QĐ-BNV"],
            },
            id="it is stopped",
        ),
        pytest.param(
            lambda m, t: approved_by_leader(
                m, services.ask_to_reassign(actor=m.officer, task=t, lead="TTTT", reason="Đúng chức năng")
            ),
            {
                "leader": ["Đề nghị chuyển đơn vị chủ trì chờ bạn duyệt: 1.1 Số hóa kết quả giải quyết thủ tục"],
                "officer": ["Lãnh đạo đã duyệt thay đổi: 1.1 Số hóa kết quả giải quyết thủ tục"],
                "neighbour": ["Từ nay Trung tâm Thông tin chủ trì nhiệm vụ này"],
                "head": ["Văn phòng Bộ thôi chủ trì nhiệm vụ này, Trung tâm Thông tin chủ trì"],
                "focal": ["Văn phòng Bộ thôi chủ trì nhiệm vụ này, Trung tâm Thông tin chủ trì"],
            },
            id="another unit takes it",
        ),
        pytest.param(
            lambda m, t: services.report_progress(actor=m.focal, task=t, progress=50),
            {},
            id="progress is nobody's call",
        ),
    ],
)
def test_of_a_task_those_are_told_whom_it_concerns(
    act: Callable[..., object], heard: dict[str, list[str]], task: PlanTask, ministry: Ministry, told: Told
) -> None:
    act(ministry, task)

    assert told() == heard


def test_the_unit_hears_what_became_of_its_product(task: PlanTask, ministry: Ministry, told: Told) -> None:
    services.hand_in_product(actor=ministry.head, product=the_product(task), paper="15/BC")
    told()
    services.refuse_product(actor=ministry.officer, product=the_product(task), remark="Thiếu chữ ký")
    words = ["Chưa nghiệm thu: Báo cáo kết quả thực hiện. Thiếu chữ ký"]
    assert told() == {"focal": words, "head": words}

    services.hand_in_product(actor=ministry.focal, product=the_product(task), paper="16/BC")
    told()
    services.accept_product(actor=ministry.officer, product=the_product(task))
    assert told() == {"focal": ["Nghiệm thu: Báo cáo kết quả thực hiện"]}


@pytest.mark.parametrize(("granted", "words"), [(True, "Hạn mới là 15/07/2022"), (False, "Giữ nguyên hạn 10/06/2022")])
def test_the_unit_hears_the_answer_to_its_request(
    granted: bool, words: str, task: PlanTask, ministry: Ministry, told: Told
) -> None:
    request = services.ask_extension(actor=ministry.focal, task=task, new_deadline=date(2022, 7, 15), reason="Chờ")
    told()
    services.decide_extension(actor=ministry.officer, request=request, is_granted=granted, remark="Lần cuối")

    assert told() == {"focal": [words]}


def test_urging_tells_a_unit_of_all_its_tasks_at_once(
    task: PlanTask, task_named: TaskNamed, ministry: Ministry, told: Told
) -> None:
    other = task_named("Công khai")
    services.assign_owner(actor=ministry.head, task=other, owner=ministry.accounts["staff"])
    told()

    services.urge(actor=ministry.officer, plan=task.plan, task_ids=[task.pk, other.pk])
    while deliver_due():
        pass
    assert set(Notice.objects.values_list("mail", flat=True)) == {Mail.NOW}

    both = ["Văn phòng Bộ được đôn đốc 2 nhiệm vụ"]
    assert told() == {"focal": both, "head": both, "staff": ["Văn phòng Bộ được đôn đốc 1 nhiệm vụ"]}


def test_a_notice_leads_to_the_task(task: PlanTask, ministry: Ministry) -> None:
    services.return_task(actor=ministry.focal, task=task, reason="Không đúng chức năng")
    while deliver_due():
        pass

    notice = Notice.objects.get()
    assert notice.url == f"/ke-hoach/nhiem-vu/{task.pk}/"
    assert notice.about == f"{task.number} {task.title}"
    assert notice.deadline == date(2022, 6, 10)


@pytest.mark.parametrize(
    ("since", "chip"),
    [
        ("nothing", "Quá hạn 6 ngày"),
        ("extended", "Còn 19 ngày"),
        ("done", "Xong 20/06/2022"),
        ("stopped", "Hạn lúc báo"),
    ],
)
def test_the_chip_of_a_notice_says_how_the_task_stands_today(
    since: str, chip: str, task_named: Any, ministry: Ministry, client_of: Any, at: Any
) -> None:
    with at("2022-06-09 09:00"):
        services.assign_owner(actor=ministry.head, task=task_named("Số hóa"), owner=ministry.accounts["staff"])
        while deliver_due():
            pass
    task = task_named("Số hóa")
    if since == "extended":
        asked = services.ask_extension(actor=ministry.focal, task=task, new_deadline=date(2022, 7, 15), reason="Chờ")
        services.decide_extension(actor=ministry.officer, request=asked, is_granted=True)
    if since == "done":
        PlanTask.objects.filter(pk=task.pk).update(deadline=date(2022, 6, 30))
        product = TaskProduct.objects.select_related("task__plan").get(task=task)
        services.hand_in_product(actor=ministry.focal, product=product, paper="15/BC")
        services.accept_product(actor=ministry.officer, product=product)
    if since == "stopped":
        asked = services.ask_to_cancel_task(actor=ministry.officer, task=task, decision="512/QĐ-BNV")
        approved_by_leader(ministry, asked)

    html = client_of("staff").get("/thong-bao/").content.decode()

    assert "Bạn phụ trách nhiệm vụ này" in html
    assert chip in html
