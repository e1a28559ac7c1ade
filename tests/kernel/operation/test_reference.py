"""Reference data with its sources: for operators and auditors; others read no remark on what was checked."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse

from caicach.config.reference_data import rows_of
from caicach.kernel.calendar.parameters import all_parameters
from caicach.kernel.operation import reference_lists
from caicach.kernel.usecase.actor import SYSTEM
from caicach.measurement.programme import services

from .conftest import ClientOf

pytestmark = pytest.mark.django_db

UNCHECKED = "Chưa đối chiếu với văn bản gốc"
ENGLISH_WORDS = ("general knowledge", "unverified", "Default of", "restate", "(found", "LuatVietnam summary")


@pytest.fixture(autouse=True)
def _targets(at: Any) -> Any:
    services.load_national_targets(actor=SYSTEM, rows=rows_of("caicach.measurement.programme", "nq76_targets.csv"))
    with at("2022-06-20 09:00"):
        yield


def test_operators_read_every_source_and_what_was_not_checked(client_of: ClientOf) -> None:
    html = client_of("operator").get(reverse("operation:reference")).content.decode()

    for key in all_parameters():
        assert f'<span class="cc-detail">{key}</span>' in html
        assert f"<td>{key}" not in html, "it has a name for people"
    for unit in ("working day", "time of day", "share of the term"):
        assert unit not in re.sub(r"<td data-label=.Nguồn.>.*?</td>", "", html)
    assert UNCHECKED in html
    assert "TT-25-06" in html
    assert "Số liệu từ 15/12/2021 đến 14/03/2022, gửi chậm nhất 20/03/2022" in html


def test_the_year_of_a_target_is_told_as_when_it_is_reached(client_of: ClientOf) -> None:
    html = client_of("operator").get(reverse("operation:reference")).content.decode()

    (row,) = [row for row in html.split("<tr data-row>") if row.startswith("<td>TT-25-01:")]
    assert "20 % đến năm 2025" in row.replace("\u202f", " ").replace("\xa0", " ")
    assert "Áp dụng từ" not in row
    assert ">2025<" not in row


def test_who_drafts_a_report_reads_the_rule_and_no_remark_on_it(client_of: ClientOf) -> None:
    html = client_of("officer").get(reverse("reporting:draft")).content.decode()

    assert "NĐ 09/2019/NĐ-CP" in html
    assert "Văn bản của Bộ quy định hạn gửi khác thì theo hạn đó." in html
    assert UNCHECKED.lower() not in html.lower()


def test_a_vietnamese_reader_meets_no_english_and_an_english_one_reads_the_marks(client_of: ClientOf) -> None:
    client = client_of("operator")
    vietnamese = client.get(reverse("operation:reference")).content.decode()
    client.post(reverse("identity:set_language"), {"language": "en", "next": "/"})
    english = client.get(reverse("operation:reference")).content.decode()

    assert [words for words in ENGLISH_WORDS if words in vietnamese] == []
    assert "Quy ước của caicach" in vietnamese
    assert "Not yet compared with the original text" in english
    assert "A rule of caicach&#x27;s own" in english
    assert UNCHECKED.lower() not in english.lower()


def test_every_row_names_a_source_or_says_that_it_has_none(client_of: ClientOf) -> None:
    for reference in reference_lists.lists():
        for line in reference.lines():
            assert line.cites or line.marks, line.name
            assert line.cites or "caicach" in line.source, line.name


def test_a_national_target_that_was_not_read_in_its_resolution_says_so(client_of: ClientOf) -> None:
    html = client_of("operator").get(reverse("operation:reference")).content.decode()

    (row,) = [row for row in html.split("<tr data-row>") if row.startswith("<td>CPS-25-03:")]
    assert "NQ 76/NQ-CP, ghi theo hiểu biết chung" in row
    assert UNCHECKED in row
