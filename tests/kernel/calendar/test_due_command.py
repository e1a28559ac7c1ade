"""`caicach calendar due` as a person types it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.utils import translation

from caicach.kernel.calendar.cli import main
from caicach.kernel.calendar.models import DayException, ExceptionKind
from caicach.kernel.identity.services import create_unit
from caicach.kernel.usecase.actor import SYSTEM

pytestmark = pytest.mark.django_db

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _in_vietnamese() -> object:
    with translation.override("vi"):
        yield


def due_json(capsys: Captured, *arguments: str) -> dict[str, object]:
    assert main(["due", *arguments, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert isinstance(answer, dict)
    return answer


def test_the_example_of_the_guide_is_due_on_11_february(capsys: Captured) -> None:
    answer = due_json(capsys, "--from", "2022-01-28T10:00", "--working-days", "5")

    assert answer.keys() == {"due", "counted", "skipped"}
    assert answer["due"] == "2022-02-11T17:00:00+07:00"
    assert answer["counted"] == ["2022-02-07", "2022-02-08", "2022-02-09", "2022-02-10", "2022-02-11"]
    assert answer["skipped"] == [
        {"date": "2022-01-29", "reason": "Nghỉ cuối tuần (QĐ 188/1999/QĐ-TTg, Điều 1)"},
        {"date": "2022-01-30", "reason": "Nghỉ cuối tuần (QĐ 188/1999/QĐ-TTg, Điều 1)"},
        *(
            {"date": day, "reason": "Nghỉ lễ, tết: Tết Âm lịch (BLLĐ 2019, Điều 112 khoản 1 điểm b)"}
            for day in ("2022-01-31", "2022-02-01", "2022-02-02", "2022-02-03", "2022-02-04")
        ),
        {"date": "2022-02-05", "reason": "Nghỉ cuối tuần (QĐ 188/1999/QĐ-TTg, Điều 1)"},
        {"date": "2022-02-06", "reason": "Nghỉ cuối tuần (QĐ 188/1999/QĐ-TTg, Điều 1)"},
    ]


def test_people_read_the_day_its_reason_and_the_article(capsys: Captured) -> None:
    assert main(["due", "--from", "2024-04-26T10:00", "--working-days", "1"]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Hạn: 17:00 thứ Năm, 02/05/2024"
    assert lines[1] == "Căn cứ: BLDS 2015, Điều 147 khoản 2, khoản 3"
    assert "1 ngày được tính:" in lines
    assert "5 ngày không tính:" in lines
    (monday,) = (line for line in lines if line.strip().startswith("29/04/2024"))
    assert "thứ Hai" in monday
    assert "Nghỉ hoán đổi, làm bù ngày 04/05/2024 (Công văn 2450/VPCP-KGVX" in monday


def test_english_is_a_switch_away(capsys: Captured) -> None:
    with translation.override("en"):
        assert main(["due", "--from", "2022-04-08", "--working-days", "1"]) == 0

    shown = capsys.readouterr().out
    assert "Due: 17:00 Tuesday, 12/04/2022" in shown
    assert "Day off in lieu: Hùng Kings' Commemoration Day (BLLĐ 2019, Điều 111 khoản 3)" in shown


@pytest.mark.parametrize(
    ("arguments", "due"),
    [
        (["--from", "2022-03-01", "--working-days", "1"], "2022-03-02T17:00:00+07:00"),
        (["--from", "2022-03-01 10:00", "--hours", "8"], "2022-03-02T10:00:00+07:00"),
        (["--from", "2022-03-01T10:00", "--hours", "1,5"], "2022-03-01T11:30:00+07:00"),
        (["--from", "2022-03-01T03:00Z", "--hours", "1.5"], "2022-03-01T11:30:00+07:00"),
        (["--from", "2022-03-01T23:30+07:00", "--working-days", "1"], "2022-03-02T17:00:00+07:00"),
        (["--from", "2022-03-01T18:00Z", "--working-days", "1"], "2022-03-03T17:00:00+07:00"),
        (["--from=2022-03-05T09:00", "--working-days=1"], "2022-03-07T17:00:00+07:00"),
    ],
)
def test_a_start_may_be_typed_in_several_ways(arguments: list[str], due: str, capsys: Captured) -> None:
    assert due_json(capsys, *arguments)["due"] == due


def test_a_unit_has_its_own_days_off(capsys: Captured) -> None:
    create_unit(actor=SYSTEM, code="VP", name="Văn phòng", parent=None, valid_from=date(2022, 1, 1))
    DayException.objects.create(
        date=date(2022, 3, 2), unit_code="VP", kind=ExceptionKind.DAY_OFF, name="Ngày truyền thống", source="CV 1/VP"
    )

    answer = due_json(capsys, "--from", "2022-03-01", "--working-days", "1", "--unit", "VP")
    assert answer["due"] == "2022-03-03T17:00:00+07:00"
    assert answer["skipped"] == [{"date": "2022-03-02", "reason": "Ngày nghỉ: Ngày truyền thống (CV 1/VP)"}]
    assert due_json(capsys, "--from", "2022-03-01", "--working-days", "1")["due"] == "2022-03-02T17:00:00+07:00"


@pytest.mark.parametrize(
    ("language", "said"), [("vi", "Không có đơn vị nào có mã XYZ"), ("en", "There is no unit with the code XYZ")]
)
def test_a_unit_that_is_not_there_is_refused(language: str, said: str, capsys: Captured) -> None:
    with translation.override(language):
        assert main(["due", "--from", "2022-03-01", "--working-days", "1", "--unit", "XYZ"]) == 2

    shown = capsys.readouterr()
    assert shown.out == ""
    assert said in shown.err


REFUSED = [
    ([], "cách dùng"),
    (["when"], "Không có lệnh calendar when [cli.unknown_command]"),
    (["due"], "[cli.missing]"),
    (["due", "--from", "28/01/2022", "--hours", "1"], "không phải là ngày"),
    (["due", "--from", "2022-02-30", "--hours", "1"], "không phải là ngày"),
    (["due", "--from", "2022-01-28"], "--working-days hoặc --hours"),
    (["due", "--from", "2022-01-28", "--hours", "1", "--working-days", "1"], "--working-days hoặc --hours"),
    (["due", "--from", "2022-01-28", "--working-days", "0"], "số nguyên từ 1"),
    (["due", "--from", "2022-01-28", "--working-days", "-5"], "số nguyên từ 1"),
    (["due", "--from", "2022-01-28", "--working-days", "1.5"], "số nguyên từ 1"),
    (["due", "--from", "2022-01-28", "--working-days", "10001"], "từ 1 đến 10000"),
    (["due", "--from", "2022-01-28", "--working-days", "5x"], "số nguyên từ 1"),
    (["due", "--from", "2022-01-28", "--hours", "nan"], "lớn hơn 0"),
    (["due", "--from", "2022-01-28", "--hours", "1e3"], "lớn hơn 0"),
    (["due", "--from", "2022-01-28", "--hours", ""], "lớn hơn 0"),
    (["due", "--from", "2022-01-28", "--hours", "."], "lớn hơn 0"),
    (["due", "--from", "2022-01-28", "--working-days", "９"], "số nguyên từ 1"),
    (["due", "--from", "2022-01-28", "--working-days"], "tùy chọn --working-days thiếu giá trị [cli.missing_value]"),
    (["due", "--since", "2022-01-28"], "không có tùy chọn --since 2022-01-28 [cli.unknown_option]"),
    (["due", "--from", "1990-01-28", "--working-days", "5"], "từ năm 2000 đến năm 2099"),
    (["due", "--from", "9999-12-31T23:00-10:00", "--working-days", "5"], "không phải là ngày"),
    (["due", "--from", "2099-12-30", "--working-days", "5"], "từ năm 2000 đến năm 2099"),
]


@pytest.mark.parametrize(("arguments", "said"), REFUSED, ids=[" ".join(row[0]) or "nothing" for row in REFUSED])
def test_a_request_that_cannot_be_carried_out_says_what_to_type(
    arguments: list[str], said: str, capsys: Captured
) -> None:
    assert main(arguments) == 2

    shown = capsys.readouterr()
    assert said in shown.err or (not arguments and said in shown.out)
    assert "Traceback" not in shown.err


def test_help_is_not_a_mistake(capsys: Captured) -> None:
    assert main(["--help"]) == 0
    assert "caicach calendar due --from" in capsys.readouterr().out


@pytest.mark.django_db(transaction=True)
def test_before_the_tables_are_made_the_official_days_are_used_and_it_says_so(capsys: Captured) -> None:
    with connection.schema_editor() as editor:
        editor.delete_model(DayException)
    try:
        answer = due_json_with_note(capsys)
    finally:
        with connection.schema_editor() as editor:
            editor.create_model(DayException)

    assert answer == "2022-02-11T17:00:00+07:00"


@pytest.mark.django_db(transaction=True)
def test_before_the_tables_are_made_no_unit_is_known(capsys: Captured) -> None:
    with connection.schema_editor() as editor:
        editor.delete_model(DayException)
    try:
        assert main(["due", "--from", "2022-01-28", "--working-days", "5", "--unit", "VP"]) == 2
    finally:
        with connection.schema_editor() as editor:
            editor.create_model(DayException)

    assert "chưa biết đơn vị VP" in capsys.readouterr().err


def due_json_with_note(capsys: Captured) -> str:
    assert main(["due", "--from", "2022-01-28T10:00", "--working-days", "5", "--json"]) == 0
    shown = capsys.readouterr()
    assert "Chưa có cơ sở dữ liệu" in shown.err
    return str(json.loads(shown.out)["due"])


def test_nothing_is_created_by_asking(tmp_path: Path) -> None:
    """On a fresh machine the command answers without leaving an empty database behind."""
    folder = tmp_path / "data"
    answer = subprocess.run(
        [sys.executable, "-m", "caicach.config.cli", "calendar", "due", "--from", "2022-01-28", "--working-days", "5"],
        env={**os.environ, "CAICACH_DATA": str(folder), "CAICACH_MODE": "local", "DATABASE_URL": ""},
        capture_output=True,
        text=True,
        check=False,
    )

    assert answer.returncode == 0, answer.stderr
    assert "11/02/2022" in answer.stdout
    assert not list(folder.glob("*.sqlite3"))
