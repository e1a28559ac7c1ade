"""A paste of 500 rows by 12 columns from Excel lands whole or not at all; every cell that cannot be read is named."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from caicach.kernel.audit.models import Entry
from caicach.measurement.programme.models import Plan, PlanTask
from tests.ministry import Ministry

pytestmark = pytest.mark.django_db

HEADS = ("STT", "Lĩnh vực", "Nhiệm vụ", "Sản phẩm", "Chủ trì", "Phối hợp", "Thời hạn", "Kinh phí", "Ghi chú", "Căn cứ",
         "Người theo dõi", "Mã cũ")  # fmt: skip
"""Twelve columns as in a unit's own sheet; the last four are no columns of the grid."""
ROWS = 500
BAD = {
    (0, 6): ("ngày đẹp trời", "Dòng 1 (nhiệm vụ 1), cột Thời gian"),
    (1, 4): ("Vụ Pháp chi", "Dòng 2 (nhiệm vụ 2), cột Đơn vị chủ trì"),
    (137, 1): ("9. Việc khác", "Dòng 138 (nhiệm vụ 138), cột Lĩnh vực"),
    (250, 5): ("Vụ Pháp chế; Vụ Không Có", "Dòng 251 (nhiệm vụ 251), cột Đơn vị phối hợp"),
    (251, 2): ("", "Dòng 252 (nhiệm vụ 252), cột Nhiệm vụ"),
    (498, 0): ("9" * 21, "Dòng 499, cột"),
    (499, 6): ("31/02/2022", "Dòng 500 (nhiệm vụ 500), cột Thời gian"),
}
"""Place in the sheet -> what stands there, and how the answer names it."""


@pytest.fixture
def officer(client: Client, ministry: Ministry) -> Client:
    client.force_login(ministry.accounts["officer"])
    return client


def row(number: int) -> list[str]:
    return [
        str(number + 1), "2", f"Việc số {number + 1}:\nrà soát \"một cửa\"", f"Báo cáo số {number + 1}",
        "Văn phòng Bộ", "Vụ Pháp chế; TTTT", "30/06/2022", "1.234,5 triệu", "ghi chú", "NQ 76", "Nguyễn Văn A", "x",
    ]  # fmt: skip


def sheet(bad: dict[tuple[int, int], str] | None = None) -> str:
    """What Excel puts on the clipboard: tabs, quotes round cells with line breaks, CRLF."""
    lines = [list(HEADS), *(row(number) for number in range(ROWS))]
    for (place, column), text in (bad or {}).items():
        lines[place + 1][column] = text
    written = io.StringIO(newline="")
    csv.writer(written, delimiter="\t", lineterminator="\r\n").writerows(lines)
    return written.getvalue()


def paste(client: Client, plan: Plan, text: str, **more: Any) -> Any:
    return client.post(
        reverse("programme:review_change", args=[plan.pk]),
        {"act": "paste", "pasted": text, "where": "end", **more},
        headers={"HX-Request": "true", "HX-Target": "review-tasks"},
    )


def everything(plan: Plan) -> list[Any]:
    tasks = PlanTask.objects.filter(plan=plan).order_by("position", "pk")
    return [tuple(values) for values in tasks.values_list("pk", "position", "title", "lead_id", "deadline", "revision")]


def test_five_hundred_rows_land_whole_in_their_order(officer: Client, draft: Plan) -> None:
    assert paste(officer, draft, sheet()).status_code == 200

    tasks = list(PlanTask.objects.filter(plan=draft).order_by("position").prefetch_related("cooperating")[3:])
    assert [task.title for task in tasks] == [row(number)[2] for number in range(ROWS)]
    for task in tasks:
        assert (task.lead.code, task.field, f"{task.deadline:%d/%m/%Y}", task.budget) == (
            "VP",
            "thu_tuc_hanh_chinh",
            "30/06/2022",
            "1.234,5 triệu",
        )
        assert {unit.code for unit in task.cooperating.all()} == {"PC", "TTTT"}
    assert len({task.position for task in PlanTask.objects.filter(plan=draft)}) == ROWS + 3


def test_the_whole_paste_is_one_step_back(officer: Client, draft: Plan) -> None:
    before = everything(draft)
    paste(officer, draft, sheet())

    officer.post(reverse("programme:review_change", args=[draft.pk]), {"act": "undo"})

    kept = PlanTask.objects.filter(plan=draft, is_dropped=False).order_by("position")
    assert [task.title for task in kept] == [one[2] for one in before]


def test_every_bad_cell_is_named_and_nothing_lands(officer: Client, draft: Plan) -> None:
    before = everything(draft)

    answer = paste(officer, draft, sheet({place: text for place, (text, _said) in BAD.items()}))

    words = " ".join(html.fromstring(answer.content.decode()).text_content().split())
    assert answer.status_code == 422
    assert f"{len(BAD)} ô cần sửa. Chưa lưu gì." in words
    for _text, said in BAD.values():
        assert said in words
    assert "Ý bạn là “Vụ Pháp chế”?" in words
    assert everything(draft) == before
    assert not draft.steps.exists()


@pytest.mark.parametrize("place", [(0, 6), (250, 5), (499, 6)], ids=["first", "middle", "last"])
def test_one_bad_cell_keeps_all_the_others_out(officer: Client, draft: Plan, place: tuple[int, int]) -> None:
    before = everything(draft)
    text, said = BAD[place]

    answer = paste(officer, draft, sheet({place: text}))

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert everything(draft) == before


def test_a_refused_paste_can_be_mended_and_sent_again_with_the_same_key(officer: Client, draft: Plan) -> None:
    assert paste(officer, draft, sheet({(499, 6): "mai"}), key="mot-lan").status_code == 422

    assert paste(officer, draft, sheet(), key="mot-lan").status_code == 200
    assert paste(officer, draft, sheet(), key="mot-lan").status_code == 200

    assert draft.tasks.count() == ROWS + 3
    assert Entry.objects.filter(use_case="programme.paste_rows", outcome="done").count() == 1


def test_a_paste_over_chosen_rows_is_whole_or_nothing_too(officer: Client, draft: Plan) -> None:
    chosen = list(draft.tasks.values_list("pk", flat=True))
    before = everything(draft)

    refused = paste(officer, draft, sheet({(499, 4): "Vụ Không Có"}), where="replace", chon=chosen)
    assert (refused.status_code, everything(draft)) == (422, before)

    assert paste(officer, draft, sheet(), where="replace", chon=chosen).status_code == 200
    assert [task.pk for task in draft.tasks.order_by("position")[:3]] == chosen
    assert draft.tasks.count() == ROWS


def test_more_rows_than_a_paste_may_have_are_refused_with_the_limit(officer: Client, draft: Plan) -> None:
    answer = paste(officer, draft, "Nhiệm vụ\tChủ trì\r\n" + "Việc\tVP\r\n" * 2000)

    assert answer.status_code == 422
    assert "2.000" in answer.content.decode()
    assert draft.tasks.count() == 3


@pytest.mark.parametrize("text", ["", " \t\r\n\t", '"mở mà không đóng\tx', "\x00", "a" * 200_000, "\t" * 50 + "x"])
def test_what_is_no_table_is_refused_in_words(officer: Client, draft: Plan, text: str) -> None:
    answer = paste(officer, draft, text)

    assert answer.status_code == 422
    assert draft.tasks.count() == 3


def test_a_row_that_breaks_off_before_its_name_is_named(officer: Client, draft: Plan) -> None:
    answer = paste(officer, draft, "1\tThể chế\tRà soát\r\n2\tThể chế\r\n3")

    words = answer.content.decode()
    assert "2 ô cần sửa" in words
    assert "Dòng 2 (nhiệm vụ 2), cột Nhiệm vụ" in words
    assert "Dòng 3 (nhiệm vụ 3), cột Nhiệm vụ" in words
    assert draft.tasks.count() == 3


def test_rows_beyond_those_pasted_over_need_a_name_too(officer: Client, draft: Plan) -> None:
    chosen = list(draft.tasks.values_list("pk", flat=True))
    rows = "Chủ trì\tThời hạn\r\n" + "VP\t30/06/2022\r\n" * 4

    refused = paste(officer, draft, rows, where="replace", chon=chosen)
    taken = paste(officer, draft, rows.removesuffix("VP\t30/06/2022\r\n"), where="replace", chon=chosen)

    assert refused.status_code == 422
    assert "Dòng 4, cột Nhiệm vụ" in refused.content.decode()
    assert taken.status_code == 200
    assert draft.tasks.exclude(title="").count() == 3
