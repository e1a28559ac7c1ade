"""“Việc của tôi”: what of the programme waits for each person, counted exactly."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from caicach.kernel.search import sources
from caicach.kernel.usecase.actor import Actor
from caicach.measurement.programme import services, work
from caicach.measurement.programme.models import Plan, PlanTask, TaskProduct, TaskTarget
from tests.ministry import Ministry

from .task_pages import upload

pytestmark = pytest.mark.django_db

TaskNamed = Callable[[str], PlanTask]
TODAY = date(2022, 6, 20)


@pytest.fixture(autouse=True)
def monday(at: Any) -> Any:
    with at("2022-06-20 09:00"):
        yield


def waiting_for(ministry: Ministry, who: str) -> list[tuple[str, str]]:
    """(group, title) of each row; the count beside says how many of them wait for the person."""
    actor = ministry.actor(who)
    items = work.items(actor, TODAY)
    assert work.count(actor, TODAY) == sum(not item.is_watched for item in items)
    assert len({item.key for item in items}) == len(items)
    return sorted((item.group_key, item.title) for item in items)


def the_product(task: PlanTask) -> TaskProduct:
    return TaskProduct.objects.select_related("task__plan").get(task=task)


def test_a_unit_finds_the_tasks_that_it_leads(plan: Plan, ministry: Ministry) -> None:
    own = [("unit", "Công khai thủ tục mới"), ("unit", "Số hóa kết quả giải quyết thủ tục")]

    assert waiting_for(ministry, "focal") == own
    assert waiting_for(ministry, "head") == own
    assert waiting_for(ministry, "neighbour") == [("unit", "Chuyển hạ tầng sang IPv6")]


def test_the_person_in_charge_finds_it_under_a_head_of_its_own(task_named: TaskNamed, ministry: Ministry) -> None:
    services.assign_owner(actor=ministry.head, task=task_named("Số hóa"), owner=ministry.accounts["staff"])

    assert waiting_for(ministry, "staff") == [("lead", "Số hóa kết quả giải quyết thủ tục")]
    assert ("unit", "Số hóa kết quả giải quyết thủ tục") in waiting_for(ministry, "focal")


def test_the_officer_finds_what_is_late_and_what_is_due_soon_elsewhere(plan: Plan, ministry: Ministry) -> None:
    assert waiting_for(ministry, "officer") == [
        ("soon", "Góp ý dự án Luật"),
        ("urge", "Chuyển hạ tầng sang IPv6"),
        ("urge", "Số hóa kết quả giải quyết thủ tục"),
    ]


def test_what_units_have_to_do_soon_is_not_counted_as_the_officers(plan: Plan, client_of: Any) -> None:
    told = " ".join(client_of("officer").get("/viec-cua-toi/").content.decode().split())

    assert "3 việc đang chờ bạn" in told  # two tasks to urge, a report to begin
    assert "1 việc khác chờ đơn vị và sắp đến hạn." in told


def test_what_waits_for_the_officers_own_answer_stands_once_and_is_not_to_be_urged(
    task_named: TaskNamed, ministry: Ministry
) -> None:
    services.hand_in_product(actor=ministry.focal, product=the_product(task_named("Số hóa")), paper="15/BC")
    services.ask_extension(
        actor=ministry.neighbour, task=task_named("IPv6"), new_deadline=date(2022, 7, 15), reason="Chờ thiết bị"
    )

    assert waiting_for(ministry, "officer") == [
        ("decide", "Duyệt gia hạn: Chuyển hạ tầng sang IPv6"),
        ("decide", "Nghiệm thu: Số hóa kết quả giải quyết thủ tục"),
        ("soon", "Góp ý dự án Luật"),
    ]
    assert waiting_for(ministry, "leader") == [("decide", "Duyệt gia hạn: Chuyển hạ tầng sang IPv6")]


def test_a_returned_task_goes_to_the_officer(task_named: TaskNamed, ministry: Ministry) -> None:
    services.return_task(actor=ministry.focal, task=task_named("Công khai"), reason="Thuộc đơn vị khác")

    assert ("decide", "Trả lời việc đơn vị trả lại: Công khai thủ tục mới") in waiting_for(ministry, "officer")
    assert ("unit", "Công khai thủ tục mới") not in waiting_for(ministry, "focal")


def test_a_returned_task_waits_for_the_leader_once_another_unit_was_asked_for(
    task_named: TaskNamed, ministry: Ministry
) -> None:
    task = task_named("Công khai")
    services.return_task(actor=ministry.focal, task=task, reason="Thuộc đơn vị khác")
    services.ask_to_reassign(actor=ministry.officer, task=task, lead="PC", reason="Đúng chức năng")

    assert not [title for _group, title in waiting_for(ministry, "officer") if "Công khai" in title]
    assert waiting_for(ministry, "leader") == [("decide", "Duyệt chuyển đơn vị: Công khai thủ tục mới")]


def test_what_is_handed_in_waits_for_who_looks_at_it_and_comes_back_when_it_is_not_accepted(
    task_named: TaskNamed, ministry: Ministry
) -> None:
    task = task_named("Số hóa")
    services.hand_in_product(actor=ministry.focal, product=the_product(task), paper="15/BC")
    assert waiting_for(ministry, "focal") == [("unit", "Công khai thủ tục mới")]

    services.refuse_product(actor=ministry.officer, product=the_product(task), remark="Thiếu phụ lục")
    assert ("unit", task.title) in waiting_for(ministry, "focal")


def test_a_task_that_still_lacks_one_product_waits_for_its_unit_too(task_named: TaskNamed, ministry: Ministry) -> None:
    task = task_named("Số hóa")
    services.add_product(actor=ministry.focal, task=task, name="Báo cáo")
    services.hand_in_product(actor=ministry.focal, product=task.products.order_by("id")[0], paper="15/BC")

    assert ("unit", task.title) in waiting_for(ministry, "focal")


def test_a_task_that_waits_for_two_reasons_stands_once_and_names_both(
    task_named: TaskNamed, ministry: Ministry
) -> None:
    task = task_named("Số hóa")
    services.add_product(actor=ministry.focal, task=task, name="Báo cáo kết quả")
    for product in TaskProduct.objects.select_related("task__plan").filter(task=task):
        services.hand_in_product(actor=ministry.focal, product=product, paper="15/BC")
    services.ask_extension(actor=ministry.focal, task=task, new_deadline=date(2022, 7, 15), reason="Chờ thiết bị")

    (title,) = [title for _group, title in waiting_for(ministry, "officer") if "Số hóa" in title]
    detail = details(ministry, "officer")[title]
    assert "đến 15/07/2022" in detail
    assert "Nộp ngày 20/06/2022: Báo cáo kết quả" in detail
    assert detail.count("Nhiệm vụ 1.1.") == 1


def test_the_officer_finds_his_own_open_draft(draft: Plan, ministry: Ministry, other_officer: Actor) -> None:
    assert waiting_for(ministry, "officer") == [("lead", "Hoàn thiện dự thảo: Kế hoạch cải cách hành chính năm 2022")]
    assert details(ministry, "officer").popitem()[1] == "3 nhiệm vụ, chưa trình"
    assert waiting_for(ministry, "other_officer") == []


def test_a_plan_that_came_back_waits_for_the_officers_with_its_reason(
    draft: Plan, ministry: Ministry, other_officer: Actor, client_of: Callable[[str], Client]
) -> None:
    submitted(draft, ministry)
    services.return_draft(actor=ministry.leader, plan=draft, reason="Chưa rõ nguồn kinh phí")

    for who in ("officer", "other_officer"):
        assert details(ministry, who) == {
            "Sửa kế hoạch được trả lại: Kế hoạch cải cách hành chính năm 2022": "Trả lại vì: Chưa rõ nguồn kinh phí"
        }
    html = client_of("officer").get("/viec-cua-toi/").content.decode()
    assert f'href="/ke-hoach/{draft.pk}/ra/"' in html
    assert "Chờ từ 20/06/2022" in html
    assert waiting_for(ministry, "leader") == []


def test_an_approval_says_since_when_it_waits_and_not_that_it_is_continuous(
    draft: Plan, ministry: Ministry, client_of: Callable[[str], Client]
) -> None:
    submitted(draft, ministry)

    html = client_of("leader").get("/viec-cua-toi/").content.decode()

    assert "Đang chờ bạn, lâu nhất trước" in html
    assert "Chờ từ 20/06/2022" in html
    assert "Thường xuyên" not in html


def test_before_the_first_approval_the_officer_reads_what_comes_next(
    draft: Plan, ministry: Ministry, other_officer: Actor, client_of: Callable[[str], Client]
) -> None:
    home, way = "/viec-cua-toi/", f'href="/ke-hoach/{draft.pk}/ra/"'
    assert way in client_of("other_officer").get(home).content.decode(), "another's draft"

    submitted(draft, ministry)
    html = client_of("officer").get(home).content.decode()
    assert way in html
    assert "Đã trình ngày 20/06/2022, đang chờ lãnh đạo duyệt." in html
    assert "Bước tiếp theo" not in client_of("focal").get(home).content.decode()

    draft.refresh_from_db()
    services.approve(actor=ministry.leader, plan=draft)
    assert "Bước tiếp theo" not in client_of("officer").get(home).content.decode()


def submitted(draft: Plan, ministry: Ministry) -> None:
    services.paste_rows(
        actor=ministry.officer,
        plan=draft,
        replace=list(draft.tasks.values_list("pk", flat=True)),
        rows=[{"lead": "VP", "time": "30/09/2022"}] * 3,
    )
    draft.refresh_from_db()
    services.submit(actor=ministry.officer, plan=draft)


def test_the_leader_finds_the_plan_to_approve_and_its_preparer_does_not(draft: Plan, ministry: Ministry) -> None:
    submitted(draft, ministry)

    assert waiting_for(ministry, "leader") == [("decide", "Duyệt kế hoạch: Kế hoạch cải cách hành chính năm 2022")]
    assert waiting_for(ministry, "officer") == []


def test_what_is_finished_waits_for_nobody(task_named: TaskNamed, ministry: Ministry) -> None:
    task = task_named("Số hóa")
    services.hand_in_product(actor=ministry.focal, product=the_product(task), paper="15/BC")
    services.accept_product(actor=ministry.officer, product=the_product(task))

    assert waiting_for(ministry, "focal") == [("unit", "Công khai thủ tục mới")]
    assert waiting_for(ministry, "officer") == [
        ("soon", "Góp ý dự án Luật"),
        ("urge", "Chuyển hạ tầng sang IPv6"),
    ]


@pytest.mark.parametrize("who", ["operator", "auditor"])
def test_others_have_no_work_here(who: str, plan: Plan, ministry: Ministry) -> None:
    assert waiting_for(ministry, who) == []


def details(ministry: Ministry, who: str) -> dict[str, str]:
    return {item.title: item.detail for item in work.items(ministry.actor(who), TODAY)}


def test_a_row_says_what_is_missing(task_named: TaskNamed, ministry: Ministry) -> None:
    task = task_named("Số hóa")
    assert details(ministry, "focal")[task.title].endswith("Chờ đơn vị bạn nhận hoặc trả lại")

    services.report_progress(actor=ministry.focal, task=task, progress=41)
    assert details(ministry, "focal")[task.title].endswith("Đã báo cáo 41\u202f%, còn thiếu 1 sản phẩm")


@pytest.mark.parametrize("copies", [1, 20])
def test_rows_take_six_queries_and_the_number_one(
    copies: int, plan: Plan, ministry: Ministry, django_assert_num_queries: Any
) -> None:
    for task in list(plan.tasks.all()):
        number = task.number
        for copy in range(copies):
            task.pk, task.number = None, f"{number}.{copy}"
            task.save()
    actor = ministry.officer

    # 1. requests for extension  2. products  3. returned tasks  4. drafts  5. own tasks  6. late ones and due soon
    with django_assert_num_queries(6):
        work.items(actor, TODAY)
    with django_assert_num_queries(1):
        work.count(actor, TODAY)


def test_the_card_beside_shows_how_the_plan_stands(plan: Plan, ministry: Ministry, client_of: Any) -> None:
    card = work.figures_card(ministry.officer, TODAY)

    assert card is not None
    assert card["figures"]["progress"].assigned == 5
    assert "Kế hoạch 2022" in client_of("officer").get("/viec-cua-toi/").content.decode()
    assert work.figures_card(ministry.operator, TODAY) is None


def test_the_search_box_finds_tasks_and_plans_without_accents(plan: Plan, ministry: Ministry) -> None:
    def found(who: str, query: str) -> list[str]:
        return [hit.title for group in sources.find(actor=ministry.actor(who), query=query) for hit in group.hits]

    assert found("officer", "so hoa ket qua") == ["Số hóa kết quả giải quyết thủ tục"]
    assert found("officer", "1368/qd") == ["Kế hoạch cải cách hành chính năm 2022"]
    assert found("neighbour", "so hoa ket qua") == []


def test_the_search_box_finds_tasks_of_a_draft_for_who_may_read_it(
    draft: Plan, ministry: Ministry, client_of: Callable[[str], Client]
) -> None:
    def found(who: str) -> list[str]:
        groups = sources.find(actor=ministry.actor(who), query="ra soat van ban")
        return [hit.url for group in groups for hit in group.hits]

    assert len(found("officer")) == 1
    assert client_of("officer").get(found("officer")[0]).status_code == 200
    assert len(found("leader")) == 1
    for who in ("focal", "auditor", "operator"):
        assert found(who) == []
    submitted(draft, ministry)
    services.approve(actor=ministry.leader, plan=draft)
    assert len(found("officer")) == 1, "among the tasks now"
    assert "/nhiem-vu/" in found("officer")[0]


def test_the_search_box_finds_targets_with_their_task(task_named: TaskNamed, ministry: Ministry) -> None:
    task = task_named("Số hóa")
    TaskTarget.objects.create(task=task, subject="Tỷ lệ hồ sơ được số hóa", value=60, unit="%")

    def found(who: str) -> list[tuple[str, str]]:
        groups = sources.find(actor=ministry.actor(who), query="ty le ho so")
        return [(hit.title, hit.url) for group in groups for hit in group.hits]

    ((title, address),) = found("focal")
    assert title.startswith("Tỷ lệ hồ sơ được số hóa: ít nhất 60")
    assert address == f"/ke-hoach/nhiem-vu/{task.pk}/?muc=chi-tieu"
    assert found("neighbour") == []


def test_the_search_box_finds_papers_by_file_and_by_number(task_named: TaskNamed, ministry: Ministry) -> None:
    product = the_product(task_named("Số hóa"))
    services.hand_in_product(
        actor=ministry.focal,
        product=product,
        attachments=[upload(ministry, "ket-qua-so-hoa.txt")],
        paper="15/BC-VP ngày 09/6/2022",
    )

    def found(who: str, words: str) -> list[tuple[str, str]]:
        groups = sources.find(actor=ministry.actor(who), query=words)
        return [(hit.title, hit.url) for group in groups for hit in group.hits]

    address = f"/ke-hoach/nhiem-vu/{product.task_id}/?muc=san-pham"
    assert found("officer", "ket-qua-so-hoa.txt") == [("ket-qua-so-hoa.txt", address)]
    assert found("focal", "15/BC-VP") == [("15/BC-VP ngày 09/6/2022", address)]
    assert found("neighbour", "15/BC-VP") == []


def test_the_rail_leads_to_the_plans(plan: Plan, client_of: Callable[[str], Client]) -> None:
    html = client_of("officer").get("/viec-cua-toi/").content.decode()

    assert "Theo dõi kế hoạch" in html
