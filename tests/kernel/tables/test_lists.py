"""The product's own lists at their addresses: sorted, narrowed, paged, counted; and what they say when they cannot."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from caicach.kernel.identity.models import Account
from caicach.measurement.programme.models import Plan, PlanTask
from caicach.measurement.reporting import services as reporting
from tests.ministry import Ministry

from .conftest import MakeTasks
from .reading import Seen, asked_by, follow, see

pytestmark = pytest.mark.django_db

ALL = ("Số hóa kết quả giải quyết thủ tục", "Công khai thủ tục mới", "Chuyển hạ tầng sang IPv6", "Góp ý dự án Luật",
       "Hệ thống hóa văn bản")  # fmt: skip


def pages(client: Client, address: str, way: Callable[[Seen], str] = lambda seen: seen.next) -> list[Seen]:
    found = [see(client, address)]
    while href := way(found[-1]):
        found.append(follow(client, address, href))
    return found


# --- pages -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sort", ["deadline", "-deadline", "title", "-title", "lead", "-progress", "field"])
def test_all_pages_together_are_the_whole_list_and_back_again(
    officer: Client, make_tasks: MakeTasks, tasks_url: str, sort: str
) -> None:
    make_tasks(118)

    there = pages(officer, f"{tasks_url}?xep={sort}")
    titles = [title for page in there for title in page.column("Nhiệm vụ")]
    back = [there[-1]]
    while back[-1].previous:
        back.append(follow(officer, tasks_url, back[-1].previous))

    assert [len(page.rows) for page in there] == [50, 50, 23]
    assert sorted(titles) == sorted(PlanTask.objects.values_list("title", flat=True))
    assert [page.column("Nhiệm vụ") for page in reversed(back)] == [page.column("Nhiệm vụ") for page in there]


IN_ORDER = ["An ninh", "Ăn mặc", "Âm nhạc", "Ba", "Bà", "Bả", "Bã", "Bá", "Bạ", "Bả con", "Bách", "Công khai", "Dân số",
            "đào tạo", "Đề án", "Ê kíp", "Kế hoạch", "Kết nối", "Kiểm tra", "Kịp thời", "ổn định", "Xây"]  # fmt: skip


@pytest.mark.parametrize("sort", ["title", "-title"])
def test_titles_stand_in_vietnamese_order_on_every_page(
    officer: Client, plan: Plan, ministry: Ministry, tasks_url: str, sort: str
) -> None:
    """UI.md, 7: a ă â b c d đ e ê. By code points đ and ê would stand after z."""
    PlanTask.objects.bulk_create(
        PlanTask(plan=plan, title=title, search_text="kiem xep", lead=ministry.units["VP"], number=f"9.{place}.{time}")
        for time in range(3)
        for place, title in reversed(list(enumerate(IN_ORDER)))
    )

    there = pages(officer, f"{tasks_url}?words=kiem+xep&xep={sort}")
    titles = [title for page in there for title in page.column("Nhiệm vụ")]

    wanted = [title for title in IN_ORDER for _time in range(3)]
    assert len(there) == 2
    assert titles == (wanted if sort == "title" else wanted[::-1])


def test_tasks_stand_as_their_plan_lists_them(officer: Client, plan: Plan, ministry: Ministry, tasks_url: str) -> None:
    PlanTask.objects.bulk_create(
        PlanTask(plan=plan, title=number, number=number, position=place, search_text="day", lead=ministry.units["VP"])
        for place, number in [(3, "2.10"), (1, "2.1"), (2, "2.9")]
    )
    own_page = reverse("programme:plan", args=[plan.pk])

    for address in (tasks_url, own_page):
        assert see(officer, address, words="day", xep="number").column("Số") == ["2.1", "2.9", "2.10"]
        assert see(officer, address, words="day", xep="-number").column("Số") == ["2.10", "2.9", "2.1"]


def test_tasks_without_a_deadline_come_last(officer: Client, make_tasks: MakeTasks, tasks_url: str) -> None:
    make_tasks(3, deadline=None)

    assert see(officer, tasks_url).column("Nhiệm vụ")[-4:] == ["Công khai thủ tục mới", "Việc 000", "Việc 001",
                                                               "Việc 002"]  # fmt: skip


def test_the_foot_counts_exactly_and_writes_numbers_as_here(
    officer: Client, make_tasks: MakeTasks, tasks_url: str
) -> None:
    make_tasks(1229)

    assert see(officer, tasks_url).foot == "Hiện 50 trên 1.234"
    assert see(officer, tasks_url, words="viec 122").foot == "Hiện 11 trên 11"


def test_beyond_ten_thousand_the_foot_says_so_and_does_not_count(officer: Client, plan: Plan, tasks_url: str) -> None:
    PlanTask.objects.bulk_create(PlanTask(plan=plan, title=f"{number}") for number in range(10_000))

    assert see(officer, tasks_url).foot == "Hiện 50 trên hơn 10.000"


@pytest.mark.parametrize("way", ["sau", "truoc"])
def test_a_place_that_cannot_be_found_again_is_the_first_page_and_says_so(
    officer: Client, make_tasks: MakeTasks, tasks_url: str, way: str
) -> None:
    make_tasks(60)

    for cursor in ("x", "%25%25", "W10", "WyIiLCAieCIsIDFd", "WyJkIiwgIjIwMjIiLCAxXQ", "đ"):
        seen = see(officer, f"{tasks_url}?{way}={cursor}")

        assert "Không tìm lại được trang mà địa chỉ này trỏ đến. Đây là trang đầu." in seen.notes, cursor
        assert len(seen.rows) == 50
        assert seen.previous == ""


def test_a_place_of_another_sorting_says_so_too(officer: Client, make_tasks: MakeTasks, tasks_url: str) -> None:
    make_tasks(60)
    place = asked_by(see(officer, tasks_url).next)["sau"][0]

    assert "Đây là trang đầu" in see(officer, tasks_url, xep="progress", sau=place).notes
    assert see(officer, tasks_url, sau=place).notes == ""


def test_when_the_further_rows_went_meanwhile_the_last_page_is_shown(
    officer: Client, make_tasks: MakeTasks, tasks_url: str
) -> None:
    make_tasks(60)
    further = see(officer, tasks_url).next
    PlanTask.objects.filter(Q(title__startswith="Việc") | Q(deadline=None)).delete()

    assert len(follow(officer, tasks_url, further).rows) == 4


# --- sorting ---------------------------------------------------------------------------------------------------------


def test_the_head_of_a_column_sorts_by_it_and_again_turns_it_round(officer: Client, plan: Plan, tasks_url: str) -> None:
    once = follow(officer, tasks_url, see(officer, tasks_url).href_of("Tiến độ"))
    twice = follow(officer, tasks_url, once.href_of("Tiến độ"))

    assert once.sorted_by == [("Tiến độ", "ascending")]
    assert twice.sorted_by == [("Tiến độ", "descending")]


def test_sorting_begins_again_at_the_first_page(officer: Client, make_tasks: MakeTasks, tasks_url: str) -> None:
    make_tasks(60)

    second = follow(officer, tasks_url, see(officer, tasks_url).next)

    assert "sau" not in asked_by(second.href_of("Nhiệm vụ"))


def test_an_unknown_sorting_is_named_and_the_usual_one_taken(officer: Client, plan: Plan, tasks_url: str) -> None:
    for sort in ("khong-co", "-khong-co", "owner", "--deadline", "' OR 1=1", "pk"):
        seen = see(officer, tasks_url, xep=sort)

        assert f"Danh sách này không sắp xếp được theo “{sort.removeprefix('-')}”." in seen.notes
        assert "Hãy bấm tên một cột" in seen.notes
        assert seen.sorted_by == [("Còn lại", "ascending")]
        assert len(seen.rows) == 5


# --- columns ---------------------------------------------------------------------------------------------------------


def test_chosen_columns_stand_in_the_order_of_the_address(officer: Client, plan: Plan, tasks_url: str) -> None:
    assert see(officer, tasks_url, cot="state,title,owner,state").heads == ["Trạng thái", "Nhiệm vụ", "Người phụ trách"]


def test_an_unknown_column_is_named_and_the_others_are_shown(officer: Client, plan: Plan, tasks_url: str) -> None:
    seen = see(officer, tasks_url, cot="title,mat-khau")

    assert seen.heads == ["Nhiệm vụ"]
    assert "Danh sách này không có cột “mat-khau”." in seen.notes


def test_the_form_of_columns_keeps_filters_and_sorting(officer: Client, plan: Plan, tasks_url: str) -> None:
    seen = see(officer, tasks_url, giu="field=the_che&xep=-title", c=["title", "field"])

    assert seen.heads == ["Nhiệm vụ", "Lĩnh vực"]
    assert seen.column("Nhiệm vụ") == ["Hệ thống hóa văn bản", "Góp ý dự án Luật"]


# --- filters ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "found", "said"),
    [
        ({"words": "SO HOA"}, {ALL[0]}, "Từ khóa: SO HOA"),
        ({"words": "Số hóa"}, {ALL[0]}, ""),
        ({"words": "luật góp"}, {ALL[3]}, "Từ khóa: luật góp"),
        ({"words": "100%_"}, set(), "Từ khóa: 100%_"),
        ({"field": ["the_che", "chinh_phu_so"]}, {*ALL[2:]}, ""),
        ({"state": "overdue"}, {ALL[0], ALL[2]}, "Trạng thái: Quá hạn"),
        ({"state": ["overdue", "due_soon"]}, {ALL[0], ALL[2], ALL[3]}, "Trạng thái: Quá hạn, Sắp đến hạn"),
        ({"due_after": "15/06/2022", "due_before": "24/06/2022"}, {ALL[2], ALL[3]}, "15/06/2022 - 24/06/2022"),
        ({"due_after": "24/06/2022"}, {ALL[3], ALL[4]}, "từ 24/06/2022"),
        ({"due_before": "10/06/2022"}, {ALL[0]}, "đến 10/06/2022"),
        ({"due_after": "01/01/0001", "due_before": "31/12/9999"}, set(ALL) - {ALL[1]}, " - 31/12/9999"),
        ({"words": "  ", "due_after": ""}, set(ALL), ""),
        ({"words": "số\u200b hóa\x00"}, {ALL[0]}, "Từ khóa: số hóa"),
    ],
)
def test_each_filter_narrows_and_is_said_in_words(
    officer: Client, plan: Plan, tasks_url: str, asked: dict[str, Any], found: set[str], said: str
) -> None:
    seen = see(officer, tasks_url, **asked)

    assert (set(seen.column("Nhiệm vụ")) if found else seen.empty) == (found or seen.empty)
    assert said in " ".join(seen.applied)
    assert seen.notes == ""


def test_filters_on_records_take_their_ids(officer: Client, plan: Plan, ministry: Ministry, tasks_url: str) -> None:
    seen = see(officer, tasks_url, lead=ministry.units["TTTT"].pk, plan=plan.pk)

    assert seen.column("Nhiệm vụ") == [ALL[2]]
    assert seen.applied == [f"Kế hoạch: {plan}", "Đơn vị chủ trì: Trung tâm Thông tin"]


@pytest.mark.parametrize(
    ("asked", "label"),
    [
        ({"field": "van_hoa"}, "Lĩnh vực"),
        ({"state": "tre"}, "Trạng thái"),
        ({"lead": "abc"}, "Đơn vị chủ trì"),
        ({"lead": "99999999999999999999"}, "Đơn vị chủ trì"),
        ({"plan": "0"}, "Kế hoạch"),
        ({"due_after": "31/02/2022"}, "Hạn từ - đến"),
        ({"due_before": "mai"}, "Hạn từ - đến"),
        ({"words": "x" * 201}, "Từ khóa"),
    ],
)
def test_a_value_that_cannot_be_read_is_named_and_hides_nothing_silently(
    officer: Client, plan: Plan, tasks_url: str, asked: dict[str, str], label: str
) -> None:
    seen = see(officer, tasks_url, **asked)

    assert seen.status == 200
    assert "Chưa hiện dòng nào: có bộ lọc không đọc được" in seen.notes
    assert f"{label}: " in seen.notes
    assert seen.rows == []
    assert "Bắt đầu bằng" not in seen.empty
    assert len(follow(officer, tasks_url, seen.href_of("Xóa lọc")).rows) == 5


@pytest.mark.parametrize("ending", ["xlsx", "csv", "pdf"])
def test_a_value_that_cannot_be_read_gives_no_file(officer: Client, plan: Plan, tasks_url: str, ending: str) -> None:
    answer = officer.get(tasks_url, {"state": "tre", "tai": ending})

    assert answer.status_code == 422
    assert "Trạng thái: " in answer.content.decode()


def test_a_filter_that_the_list_does_not_have_is_named(officer: Client, plan: Plan, tasks_url: str) -> None:
    seen = see(officer, tasks_url, don_vi="VP", state="overdue")

    assert "Danh sách này không có bộ lọc “don_vi” nên không áp dụng." in seen.notes
    assert len(seen.rows) == 2


def test_one_filter_is_taken_off_and_the_others_stay(officer: Client, plan: Plan, tasks_url: str) -> None:
    seen = see(officer, tasks_url, field="the_che", due_after="01/07/2022", xep="-title")

    without = follow(officer, tasks_url, seen.href_of("từ 01/07/2022"))

    assert (seen.column("Nhiệm vụ"), len(without.rows)) == ([ALL[4]], 2)
    assert without.applied == ["Lĩnh vực: Cải cách thể chế"]
    assert without.sorted_by == [("Nhiệm vụ", "descending")]


def test_nothing_found_is_said_with_the_way_out(officer: Client, plan: Plan, tasks_url: str) -> None:
    seen = see(officer, tasks_url, due_after="01/01/2031")

    assert "Không có dòng nào khớp bộ lọc" in seen.empty
    assert len(follow(officer, tasks_url, seen.href_of("Xóa lọc")).rows) == 5


def test_the_state_of_a_plan_is_said_as_a_state(officer: Client, plan: Plan) -> None:
    seen = see(officer, reverse("programme:plans"))

    assert (seen.column("Trạng thái"), seen.column("Ngày duyệt")) == (["Đã duyệt"], ["20/06/2022 09:00"])


def test_plans_are_found_without_accents_on_every_database(officer: Client, plan: Plan) -> None:
    for words in ("CẢI CÁCH", "cai cach", "ke hoach 2022"):
        assert len(see(officer, reverse("programme:plans"), title=words).rows) == 1
    assert see(officer, reverse("programme:plans"), title="chuyển đổi").rows == []


def test_a_year_that_is_none_is_named(officer: Client, plan: Plan) -> None:
    for year in ("hai nghìn", "1e400", "NaN", "-", "1e999999"):
        seen = see(officer, reverse("programme:plans"), year=year)

        assert "Năm: " in seen.notes, year
        assert seen.rows == []


def test_a_year_without_plans_finds_none(officer: Client, plan: Plan) -> None:
    for year in ("99999999999999999999", "-1", "0"):
        assert see(officer, reverse("programme:plans"), year=year).rows == [], year


# --- an address is a link --------------------------------------------------------------------------------------------


def test_the_same_link_shows_the_same_rows_to_whoever_may_see_them(
    client_of: Callable[[str], Client], make_tasks: MakeTasks, tasks_url: str
) -> None:
    make_tasks(60)
    address = f"{tasks_url}?field=the_che&xep=-deadline&cot=title,due"
    second = follow(client_of("officer"), tasks_url, see(client_of("officer"), address).next)

    again = follow(client_of("leader"), tasks_url, see(client_of("officer"), address).next)

    assert again.rows == second.rows
    assert again.heads == ["Nhiệm vụ", "Hạn"]


def test_a_link_shows_nobody_more_than_they_may_see(
    client_of: Callable[[str], Client], plan: Plan, ministry: Ministry, tasks_url: str
) -> None:
    unit = ministry.units["PC"].pk

    assert see(client_of("neighbour"), tasks_url, lead=unit).rows == []
    assert see(client_of("neighbour"), tasks_url).foot == "Hiện 1 trên 1"
    assert client_of("neighbour").get(tasks_url, {"tai": "csv"}).content.decode().count("\r\n") == 2


def test_the_tasks_behind_a_figure_stay_its_tasks_whatever_is_chosen(
    officer: Client, plan: Plan, ministry: Ministry
) -> None:
    """The figure is a part of the address: sorting, filters, columns, "All" and files keep it."""
    plan.decision_date = "2021-12-31"
    plan.save(update_fields=["decision_date"])
    report = reporting.draft_report(actor=ministry.officer, issuer=plan.issuer, year=2022, period="half_year")
    address = f"{reverse('reporting:figure', args=[report.pk])}?so=overdue&pham-vi="

    seen = see(officer, address)

    assert len(seen.rows) == 1
    assert seen.notes == ""
    for words in ("Nhiệm vụ", "Tất cả", "CSV"):
        assert asked_by(seen.href_of(words))["so"] == ["overdue"], words
    assert [(form["so"], form["pham-vi"]) for form in seen.forms] == [("overdue", "")] * 3, (
        "filter; columns, on a desk and a phone"
    )


# --- cost ------------------------------------------------------------------------------------------------------------


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("ending", ["", "&tai=csv", "&tai=xlsx"])
def test_tasks_take_no_more_queries_however_many(
    officer: Client, make_tasks: MakeTasks, tasks_url: str, ending: str
) -> None:
    address = f"{tasks_url}?cot=number,title,lead,field,progress,state,due,deadline,owner,response{ending}"
    make_tasks(60)  # more than a page: the bar counts what all pages hold
    queries_of(officer, address)  # what is remembered between pages
    few = queries_of(officer, address)
    make_tasks(200, title="Việc mới {:03}", owner=Account.objects.get(username="staff"))

    assert queries_of(officer, address) <= few


@pytest.mark.parametrize("name", ["operation:accounts", "programme:plans"])
def test_accounts_and_plans_take_no_more_queries_however_many(
    client_of: Callable[[str], Client], plan: Plan, ministry: Ministry, name: str
) -> None:
    client = client_of("operator" if name.startswith("operation") else "officer")
    queries_of(client, reverse(name))
    few = queries_of(client, reverse(name))
    Account.objects.bulk_create(
        Account(username=f"nguoi.{number}", full_name=f"Người {number}", created_at=plan.created_at)
        for number in range(40)
    )
    Plan.objects.bulk_create(
        Plan(issuer=ministry.units["VP"], title=f"Kế hoạch {year}", year=year, created_at=plan.created_at)
        for year in range(1980, 2020)
    )

    assert queries_of(client, reverse(name)) <= few


# --- accounts and the journal ----------------------------------------------------------------------------------------


def test_accounts_made_in_one_instant_are_paged_once_each(
    client_of: Callable[[str], Client], ministry: Ministry, plan: Plan
) -> None:
    moment = plan.created_at.replace(microsecond=123_456)
    Account.objects.bulk_create(
        Account(username=f"nguoi.{number:03}", full_name=f"Người {number:03}", created_at=moment)
        for number in range(120)
    )
    address = f"{reverse('operation:accounts')}?xep=created&cot=name,created"

    names = [name for page in pages(client_of("operator"), address) for name in page.column("Tên")]

    assert len(names) == len(set(names)) == Account.objects.count()


def test_the_journal_answers_whatever_it_is_asked(client_of: Callable[[str], Client], plan: Plan) -> None:
    places = ("truoc=x", "truoc=²", "truoc=" + "9" * 30, "truoc=" + "9" * 5000)
    days = ("day_to=9999-12-31", "day_from=x", "day_from=0001-01-01")
    for query in (*places, *days, "person=x", "outcome=x", "use_case=x", "request_id=" + "x" * 99):
        answer = client_of("auditor").get(f"{reverse('operation:journal')}?{query}")
        assert answer.status_code == 200, query[:30]
