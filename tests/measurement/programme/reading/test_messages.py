"""Every warning and every note of a reading has its sentence in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import caicach.measurement.programme.reading as package
from caicach.kernel.calendar.reference import reference_rows
from caicach.measurement.programme.reading import SourceText, SourceWarning, read_plan
from caicach.measurement.programme.reading.messages import MESSAGES, sentence, warning_sentence

SOURCES = Path(package.__file__).parent
_CODE = re.compile(
    r'SourceWarning\(\s*"(\w+)"|notes?\b[^\n]*"([a-z]+(?:_[a-z]+)+)"|append\("([a-z]+(?:_[a-z]+)+)"\)'
    r'|code = "(\w+)"|is_read else "(\w+)"'
)


def codes_in_source() -> set[str]:
    found = set()
    for path in SOURCES.glob("*.py"):
        if path.name != "messages.py":
            for match in _CODE.finditer(path.read_text(encoding="utf-8")):
                found.update(group for group in match.groups() if group)
    return found


def test_a_paper_that_is_no_plan_is_told():
    reading = read_plan(SourceText("Thông báo họp cơ quan ngày mai."), units=None, plan_year=None, year_otherwise=2022)
    assert "not_a_plan" in [warning.code for warning in reading.warnings]


def test_each_code_has_a_message():
    codes = codes_in_source()
    assert {"no_tasks", "no_lead", "deadline_from_heading", "columns_inferred", "table_without_headings"} <= codes
    assert codes - MESSAGES.keys() == set()


def test_both_languages_take_the_same_parameters():
    for code, message in MESSAGES.items():
        names = [re.findall(r"%\((\w+)\)s", words) for words in message]
        assert names[0] == names[1], code


def test_a_warning_is_said_with_its_parameters():
    warning = SourceWarning("table_without_headings", (("table", "Phụ lục 2"),))
    assert "Bảng Phụ lục 2" in warning_sentence(warning, language="vi")
    assert "Table Phụ lục 2" in warning_sentence(warning, language="en")
    assert sentence("unheard_of", {}, language="vi") == "unheard_of"


def test_each_row_of_the_reference_lists_names_its_source():
    for path in sorted((SOURCES / "reference").glob("*.csv")):
        assert reference_rows(path, columns=()), path.name
