"""“Việc của tôi” is as able as every other list: order, columns, kept views, heads that open, several rows at once."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from caicach.kernel.identity import services as identity
from caicach.kernel.identity.roles import Role
from caicach.kernel.operation import my_work
from caicach.kernel.operation.my_work import WorkItem, WorkSource
from caicach.kernel.usecase.actor import SYSTEM
from caicach.measurement.programme import services
from caicach.measurement.programme.models import Plan, PlanTask
from tests.kernel.tables.reading import Seen, follow, see
from tests.ministry import SINCE, Ministry

pytestmark = pytest.mark.django_db

ClientOf = Callable[[str], Client]
TaskNamed = Callable[[str], PlanTask]
ADDRESS = "/viec-cua-toi/"
NAMES = "Việc cần làm"
LATE = ["Số hóa kết quả giải quyết thủ tục", "Chuyển hạ tầng sang IPv6"]


@pytest.fixture(autouse=True)
def monday(at: Any) -> Any:
    with at("2022-06-20 09:00"):
        yield


def groups(seen: Seen) -> list[tuple[str, int, str]]:
    """(head, how many it says, address) in order."""
    found = []
    for head in seen.tree.xpath("//tr[contains(@class, 'cc-group')]/th"):
        (link,) = head.xpath(".//a")
        words = " ".join(head.text_content().split())
        count = re.search(r"(\d+) dòng", words)
        assert count is not None
        found.append((words[: count.start()].strip(), int(count[1]), link.get("href")))
    return found


def boxes(html: str) -> list[int]:
    return [int(pk) for pk in re.findall(r'name="chon" value="(\d+)"', html)]


def more_late_tasks(plan: Plan, count: int, **given: Any) -> None:
    like = plan.tasks.get(title__contains="Số hóa")
    PlanTask.objects.bulk_create(
        PlanTask(plan=plan, number=f"7.{n}", title=f"Việc {n:02}", lead=like.lead, deadline=like.deadline, **given)
        for n in range(count)
    )


def test_each_head_counts_all_pages_and_opens_just_its_rows(plan: Plan, client_of: ClientOf) -> None:
    more_late_tasks(plan, 58)
    officer = client_of("officer")
    first = see(officer, ADDRESS)

    (late,) = groups(first)
    assert late[:2] == ("Quá hạn", 60)
    rest = groups(follow(officer, ADDRESS, first.next))

    assert [(words, count) for words, count, _href in rest][:2] == [("Quá hạn", 60), ("Trong 5 ngày làm việc tới", 2)]
    for _words, count, href in rest:
        assert follow(officer, ADDRESS, href).foot.endswith(f"trên {count}")


def test_every_number_of_the_head_and_the_chips_opens_its_rows(plan: Plan, client_of: ClientOf) -> None:
    officer = client_of("officer")
    seen = see(officer, ADDRESS)
    told = [(link.get("href"), link.text_content()) for link in seen.tree.xpath("//a[contains(@href, 'turn=')]")]
    chips = [
        (chip.get("href"), chip.text_content())
        for chip in seen.tree.xpath("//nav[@aria-label='Loại việc']//a[contains(@class, 'cc-chip')]")
    ]

    assert len(told) >= 3
    assert len(chips) >= 3
    for href, words in told + chips:
        number = re.search(r"\d+", words)
        assert number is not None
        assert len(follow(officer, ADDRESS, href).rows) == int(number[0]), words


@pytest.mark.parametrize("sort", ["title", "unit", "due", "since", "group", "left"])
def test_every_order_turns_round(sort: str, plan: Plan, client_of: ClientOf) -> None:
    officer = client_of("officer")

    there = see(officer, f"{ADDRESS}?xep={sort}")
    back = see(officer, f"{ADDRESS}?xep=-{sort}")

    assert len(there.rows) == 4
    assert there.column(NAMES) == back.column(NAMES)[::-1]


def test_names_stand_in_vietnamese_order(plan: Plan, client_of: ClientOf) -> None:
    for task, title in zip(plan.tasks.order_by("pk"), ["Ổn định", "Xây", "Đề án", "Em"], strict=False):
        PlanTask.objects.filter(pk=task.pk).update(title=title)

    names = see(client_of("officer"), f"{ADDRESS}?xep=title&group=urge&group=soon").column(NAMES)

    assert names == ["Đề án", "Em", "Ổn định"]


def test_decisions_of_rooms_stand_by_day_and_then_in_vietnamese_order(
    ministry: Ministry, monkeypatch: pytest.MonkeyPatch
) -> None:
    titles = ["Ổn định", "Đề án", "Em", "Ba"]
    made = [WorkItem(title, title, "", "/", "x", deadline=date(2022, 7, 1)) for title in titles]
    made.append(WorkItem("z", "Zz", "", "/", "x", deadline=date(2022, 6, 1)))
    source = WorkSource("x", lambda _actor, _today: [], lambda _actor, _today: 0, {}, decisions=lambda _actor: made)
    monkeypatch.setattr(my_work, "_SOURCES", {"x": source})

    assert [item.title for item in my_work.decisions_of(actor=ministry.leader)] == [
        "Zz",
        "Ba",
        "Đề án",
        "Em",
        "Ổn định",
    ]


def test_columns_are_chosen_and_the_file_has_just_these_in_this_order(plan: Plan, client_of: ClientOf) -> None:
    officer = client_of("officer")
    address = f"{ADDRESS}?group=urge&xep=-due&cot=group,title,detail"

    seen = see(officer, address)
    file = officer.get(f"{address}&tai=csv").content.decode("utf-8-sig")

    assert seen.heads == ["Loại việc", NAMES, "Chi tiết"]
    head, *rows = list(csv.reader(io.StringIO(file), delimiter=";" if ";" in file.splitlines()[0] else ","))
    assert head == seen.heads
    assert rows == seen.rows
    assert [row[1] for row in rows] == LATE[::-1]


def test_a_kept_view_opens_the_list(plan: Plan, client_of: ClientOf, ministry: Ministry) -> None:
    officer = client_of("officer")
    officer.post(
        reverse("tables:save_view"),
        {"list_key": "viec-cua-toi", "name": "Đôn đốc", "query": "group=urge&xep=title", "path": ADDRESS,
         "is_default": "1"},
    )  # fmt: skip

    seen = see(officer, ADDRESS)

    assert seen.column(NAMES) == LATE[::-1]
    assert "Đôn đốc" in seen.words("//nav[@aria-label='Cách xem']//a")
    assert len(follow(officer, ADDRESS, seen.href_of("Tất cả")).rows) == 4


def test_a_kept_view_of_a_unit_that_has_no_work_now_is_empty_and_not_wrong(plan: Plan, client_of: ClientOf) -> None:
    seen = see(client_of("officer"), ADDRESS, unit="Vụ Không Còn")

    assert "Không có dòng nào khớp" in seen.empty
    assert not seen.notes


def test_what_the_address_asks_wrongly_is_said(plan: Plan, client_of: ClientOf) -> None:
    officer = client_of("officer")

    assert "Loại việc" in see(officer, ADDRESS, group="khong-co").notes
    assert "nhom" in see(officer, ADDRESS, nhom="urge").notes
    assert officer.get(ADDRESS, {"group": "khong-co", "tai": "csv"}).status_code == 422


def test_boxes_stand_where_an_act_takes_several_and_not_at_decisions(
    plan: Plan, task_named: TaskNamed, ministry: Ministry, client_of: ClientOf
) -> None:
    services.ask_extension(
        actor=ministry.neighbour, task=task_named("IPv6"), new_deadline=date(2022, 7, 15), reason="Chờ thiết bị"
    )

    officer = boxes(client_of("officer").get(ADDRESS).content.decode())
    assert sorted(officer) == sorted([task_named("Số hóa").pk, task_named("Góp ý").pk])
    focal = boxes(client_of("focal").get(ADDRESS).content.decode())
    assert sorted(focal) == sorted([task_named("Số hóa").pk, task_named("Công khai").pk])
    assert boxes(client_of("leader").get(ADDRESS).content.decode()) == []


def test_tasks_are_taken_on_from_here_and_one_stays_here(plan: Plan, client_of: ClientOf) -> None:
    focal = client_of("focal")
    page = f"{ADDRESS}?xep=title"
    html = focal.get(page).content.decode()
    way = re.search(r'<form id="bulk-viec-cua-toi"[^>]*action="([^"]+)"', html)
    back = re.search(r'name="ve" value="([^"]+)"', html)
    assert way
    assert back

    answer = focal.post(unescape(way[1]), {"chon": boxes(html), "ve": unescape(back[1])})

    assert answer.headers["Location"] == page
    assert set(plan.tasks.filter(lead__code="VP").values_list("response", flat=True)) == {"accepted"}
    assert json.dumps("Đã nhận 2 nhiệm vụ.") in focal.get(page).content.decode()


def test_what_cannot_be_taken_on_is_named_beside_the_tasks_that_wait(
    plan: Plan, task_named: TaskNamed, ministry: Ministry, client_of: ClientOf
) -> None:
    focal, done, other = client_of("focal"), task_named("Số hóa"), task_named("Công khai")
    way = re.search(r'<form id="bulk-viec-cua-toi"[^>]*action="([^"]+)"', focal.get(ADDRESS).content.decode())
    assert way
    services.accept_task(actor=ministry.head, task=done)

    html = focal.post(unescape(way[1]), {"chon": [done.pk, other.pk], "ve": ADDRESS}).content.decode()

    assert f"{done.number} {done.title}: Nhiệm vụ này không chờ đơn vị trả lời." in html
    assert f'value="{other.pk}" form="bulk-nhiem-vu" checked' in html


def test_all_of_a_filter_are_taken_on_beyond_the_page_and_no_others(plan: Plan, client_of: ClientOf) -> None:
    more_late_tasks(plan, 60)
    focal, page = client_of("focal"), f"{ADDRESS}?words=viec"
    html = focal.get(page).content.decode()
    every = re.search(r'name="ca" value="([^"]+)"', html)
    assert every
    assert "Chọn cả 60 kết quả" in html
    assert len(boxes(html)) == 50

    focal.post(reverse("programme:tasks"), {"ca": unescape(every[1]), "chon": boxes(html), "ve": page})

    taken = set(plan.tasks.filter(response="accepted").values_list("title", flat=True))
    assert taken == {f"Việc {n:02}" for n in range(60)}


def test_all_of_a_filter_are_urged_about_and_none_that_waits_for_a_decision(
    plan: Plan, task_named: TaskNamed, ministry: Ministry, client_of: ClientOf
) -> None:
    more_late_tasks(plan, 60)
    services.ask_extension(
        actor=ministry.neighbour, task=task_named("IPv6"), new_deadline=date(2022, 7, 15), reason="Chờ thiết bị"
    )
    officer = client_of("officer")
    every = re.search(r'name="ca" value="([^"]+)"', officer.get(f"{ADDRESS}?time=late").content.decode())
    assert every

    html = officer.get(reverse("programme:urge"), {"ca": unescape(every[1]), "ve": ADDRESS}).content.decode()

    assert html.count('name="chon"') == 61
    assert "IPv6" not in html


def test_the_card_of_tasks_to_answer_opens_just_those(
    plan: Plan, task_named: TaskNamed, ministry: Ministry, client_of: ClientOf
) -> None:
    """Not those of others in which the units co-operate, nor what is over."""
    identity.grant_role(
        actor=SYSTEM,
        account=ministry.accounts["focal"],
        role=Role.FOCAL_POINT.value,
        unit=ministry.units["PC"],
        valid_from=SINCE,
    )
    task_named("IPv6").cooperating.add(ministry.units["VP"])
    PlanTask.objects.filter(pk=task_named("Hệ thống hóa").pk).update(
        cancelled_on=date(2022, 6, 1), cancelled_by="12/QĐ"
    )
    focal = client_of("focal")
    html = focal.get(ADDRESS).content.decode()
    way = re.search(r'href="([^"]+)"[^>]*>(?:<[^>]+>|\s)*Nhận nhiều việc một lần', html)
    assert way
    assert "3 nhiệm vụ chờ đơn vị bạn nhận hoặc trả lại." in html

    assert len(see(focal, unescape(way[1])).rows) == 3


def test_who_comes_back_from_taking_on_never_leaves_for_another_site(plan: Plan, client_of: ClientOf) -> None:
    focal = client_of("focal")
    chosen = boxes(focal.get(ADDRESS).content.decode())

    answer = focal.post(reverse("programme:tasks"), {"chon": chosen, "ve": "https://xa.example/"})

    assert answer.headers["Location"] == reverse("programme:tasks")


def test_the_overview_leads_to_all_that_is_to_be_decided_on(plan: Plan) -> None:
    assert my_work.decision_groups() == ["reports_approve", "decide"]


def test_the_page_takes_no_more_queries_however_many_rows(plan: Plan, client_of: ClientOf) -> None:
    officer = client_of("officer")
    more_late_tasks(plan, 60)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert officer.get(ADDRESS).status_code == 200
        return len(asked)

    queries()
    few = queries()
    more_late_tasks(plan, 200)

    assert queries() <= few
