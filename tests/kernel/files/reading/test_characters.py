from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caicach.kernel.files.reading import cleaned, one_line, shown_name
from caicach.kernel.usecase.text import clean


@given(st.text())
def test_text_once_cleaned_passes_the_edge_of_use_cases_unchanged(text: str) -> None:
    once, _ = cleaned(text)

    assert clean(once) == once


@given(st.text(alphabet="ab\r\n\x0b\x0c\x85\u2028\u2029"))
def test_line_breaks_of_every_system_keep_their_place(text: str) -> None:
    kept, removed = cleaned(text)

    assert removed == 0
    assert kept == text.replace("\r\n", "\n").translate({ord(it): "\n" for it in "\r\x0b\x0c\x85\u2028\u2029"})


def test_one_line_joins_what_stands_on_several() -> None:
    assert one_line(" Kế\u00a0 hoạch\n\t2022 ") == "Kế hoạch 2022"


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("Kế hoạch.docx", "Kế hoạch.docx"),
        ("..\\..\\Windows\\a.docx", "a.docx"),
        ("/etc/passwd", "passwd"),
        ("plan\u202excod.exe", "planxcod.exe"),
        ("a\x00\n.txt", "a .txt"),
        ("", "?"),
        ("...", "?"),
        ("x" * 400 + ".docx", "x" * 194 + "….docx"),
    ],
)
def test_the_name_shown_has_no_path_and_nothing_hidden(given_name: str, shown: str) -> None:
    assert shown_name(given_name) == shown


@given(st.text())
def test_any_name_can_be_shown(name: str) -> None:
    shown = shown_name(name)

    assert 0 < len(shown) <= 200
    assert not set(shown) & set("/\\\n\x00\u202e")
