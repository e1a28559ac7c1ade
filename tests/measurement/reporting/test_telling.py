"""Sentences on single tasks, from what their units told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caicach.measurement.programme.queries import ExtensionTold, ProductTold, TaskTold
from caicach.measurement.reporting import telling
from caicach.measurement.reporting.rules import TaskFacts
from caicach.measurement.reporting.telling import TOLD_AT_MOST


def task(number: int, *, deadline: date | None = date(2022, 6, 10), done_on: date | None = None) -> TaskFacts:
    return TaskFacts(
        id=number,
        number=f"2.{number}",
        title="Số hóa kết quả.",
        field="thu_tuc_hanh_chinh",
        unit_id=1,
        unit_name="Văn phòng Bộ",
        deadline=deadline,
        done_on=done_on,
        cancelled_on=None,
        given_on=date(2021, 12, 31),
    )


def product(*papers: str, is_accepted: bool = True) -> ProductTold:
    return ProductTold("Báo cáo kết quả", papers, date(2022, 6, 9), is_accepted)


def test_what_was_done_names_the_unit_the_product_its_paper_and_the_day() -> None:
    told = telling.of_finished(
        [task(1, done_on=date(2022, 6, 9))], {1: TaskTold(products=(product("15/BC-VP ngày 09/6/2022"),))}
    )

    assert told.lines == (
        "Kết quả trong kỳ:",
        "- Văn phòng Bộ hoàn thành nhiệm vụ 2.1 “Số hóa kết quả”; sản phẩm: Báo cáo kết quả (15/BC-VP ngày 09/6/2022); "
        "hoàn thành ngày 09/06/2022.",
    )
    assert told.tasks == (1,)


def test_what_was_done_late_says_so() -> None:
    (_head, line) = telling.of_finished([task(1, done_on=date(2022, 6, 13))], {}).lines

    assert line.endswith("hoàn thành ngày 13/06/2022, sau hạn.")


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (TaskTold(), "đơn vị chưa nêu nguyên nhân"),
        (
            TaskTold(progress=40, note="Chờ góp ý.", note_on=date(2022, 6, 2)),
            "ngày 02/06/2022 đơn vị báo cáo: “Chờ góp ý”",
        ),
        (
            TaskTold(
                note="Chờ.", note_on=date(2022, 6, 2), extension=ExtensionTold("Thiếu vốn.", date(2022, 9, 30), "asked")
            ),
            "nguyên nhân đơn vị nêu là “Thiếu vốn”; đã đề nghị gia hạn đến 30/09/2022",
        ),
        (
            TaskTold(extension=ExtensionTold("Thiếu vốn", date(2022, 9, 30), "refused")),
            "nguyên nhân đơn vị nêu là “Thiếu vốn”; đề nghị gia hạn đến 30/09/2022 không được chấp nhận",
        ),
        (
            TaskTold(products=(product(is_accepted=False),)),
            "đã nộp Báo cáo kết quả, chờ xem xét; đơn vị chưa nêu nguyên nhân",
        ),
    ],
    ids=["nothing", "a note", "asked for more time", "refused", "handed in"],
)
def test_what_is_late_gives_the_reason_of_the_unit(told: TaskTold, expected: str) -> None:
    (_head, line) = telling.of_late([task(1)], {1: told}).lines

    assert line == f"- Nhiệm vụ 2.1 “Số hóa kết quả” (Văn phòng Bộ, hạn 10/06/2022): {expected}."


def test_tasks_of_which_nothing_was_reported_are_named_by_number_alone() -> None:
    later = date(2022, 9, 30)
    reported = {1: TaskTold(progress=60, note="Đã trình “dự thảo 2”", note_on=date(2022, 6, 2))}

    told = telling.of_under_way([task(1, deadline=later), task(2, deadline=later), task(3, deadline=None)], reported)

    assert told.lines[1] == (
        "- Nhiệm vụ 2.1 “Số hóa kết quả” (Văn phòng Bộ, hạn 30/09/2022): đạt 60%; ngày 02/06/2022 đơn vị báo cáo: "
        "“Đã trình ‘dự thảo 2’”."
    )
    assert told.lines[2].endswith("chưa báo cáo tiến độ: 2.2, 2.3.")
    assert set(told.tasks) == {1, 2, 3}


def test_beyond_the_bound_the_rest_is_counted() -> None:
    tasks = [task(number, deadline=date(2022, 1, 1) + timedelta(days=number)) for number in range(1, TOLD_AT_MOST + 4)]

    late, coming = telling.of_late(tasks, {}), telling.of_next(tasks)

    assert len(late.tasks) == len(coming.tasks) == TOLD_AT_MOST
    assert late.lines[-1] == "- Và 3 nhiệm vụ khác, nêu tại Phụ lục II."
    assert coming.lines[0].endswith("; và 3 nhiệm vụ khác, nêu tại Phụ lục II.")


def test_nothing_to_tell_is_no_head_without_lines() -> None:
    for told in (
        telling.of_finished([], {}),
        telling.of_under_way([], {}),
        telling.of_late([], {}),
        telling.of_next([]),
    ):
        assert told.lines == ()


def test_a_long_report_is_shortened_at_a_sentence() -> None:
    first = "Đã gửi dự thảo lấy ý kiến các đơn vị."
    assert telling.excerpt(f"{first} Tổng hợp được mười bốn ý kiến của các vụ.", 50) == f"{first} …"
    assert telling.excerpt("một  hai\nba", 50) == "một hai ba"


@given(st.text(max_size=600), st.integers(20, 300))
def test_an_excerpt_is_never_longer_than_asked_but_for_its_mark(text: str, most: int) -> None:
    assert len(telling.excerpt(text, most)) <= most + len(" …")


def test_numbers_are_named_in_their_order_as_numbers() -> None:
    told = telling.of_not_begun([task(9), task(15), task(3), task(4)])

    assert told.lines == ("4 nhiệm vụ chưa bắt đầu: 2.3, 2.4, 2.9, 2.15.",)


def test_no_unit_is_blamed_for_what_reached_it_after_the_cut_off() -> None:
    given = [replace(task(1), reached_after=date(2022, 6, 20)), task(2)]

    late = "\n".join(telling.of_late(given, {}).lines)
    under_way = "\n".join(telling.of_under_way(given, {}).lines)

    assert late.count("chưa nêu nguyên nhân") == 1
    assert "được giao đến đơn vị ngày 20/06/2022, sau ngày tính số liệu" in late
    assert under_way.endswith("chưa báo cáo tiến độ: 2.2.")
