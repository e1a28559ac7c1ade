"""A room's own Word template: our tags are filled, a person's are only text."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest

from caicach.kernel.papers import word
from caicach.kernel.papers.text import printable
from caicach.kernel.papers.word.template import fill

from .reading import text_of_word


@pytest.fixture
def template(tmp_path: Path) -> Path:
    document = docx.Document()
    document.add_paragraph("Kính gửi: {{ name }}")
    table = document.add_table(rows=3, cols=2)
    table.rows[0].cells[0].text = "{%tr for task in tasks %}"
    table.rows[1].cells[0].text, table.rows[1].cells[1].text = "{{ loop.index }}", "{{ task.title }}"
    table.rows[2].cells[0].text = "{%tr endfor %}"
    file = tmp_path / "letter.docx"
    document.save(str(file))
    return file


def filled(template: Path, **data: Any) -> str:
    return text_of_word(fill(template, {"name": "Văn phòng Bộ", "tasks": []} | data))


def test_tags_are_filled_and_rows_repeated(template: Path) -> None:
    words = filled(template, tasks=[{"title": "Rà soát"}, {"title": "Công bố"}])

    assert "Kính gửi: Văn phòng Bộ" in words
    assert "1\nRà soát" in words
    assert "2\nCông bố" in words


@pytest.mark.parametrize(
    "text",
    ["{{ 7*7 }}", "{% for x in y %}", "{{r name }}", "<w:br/>&amp;", "<b>", "]]>", "#$\\@", "Ca\u0309i", "a\x00b"],
)
def test_what_a_person_typed_is_never_a_tag(template: Path, text: str) -> None:
    assert f"Kính gửi: {printable(text)}" in filled(template, name=text)


def test_a_line_break_breaks_the_line(template: Path) -> None:
    assert "một\nhai" in filled(template, name="một\nhai")


@pytest.mark.parametrize("tag", ["{{ nothing }}", "{{ name.__class__.__mro__ }}", "{% for %}", "{{ tasks.append(1) }}"])
def test_a_wrong_or_reaching_tag_is_an_error_of_ours(tmp_path: Path, tag: str) -> None:
    document = docx.Document()
    document.add_paragraph(tag)
    file = tmp_path / "wrong.docx"
    document.save(str(file))

    with pytest.raises(word.BrokenTemplate) as refused:
        fill(file, {"name": "x", "tasks": []})
    assert refused.value.params["diagnostic"]


def test_the_same_data_gives_the_same_file(template: Path) -> None:
    data = {"name": "x", "tasks": []}

    assert fill(template, data) == fill(template, data)
    assert docx.Document(BytesIO(fill(template, data)))


def test_a_template_that_no_room_has_is_an_error_of_ours() -> None:
    with pytest.raises(FileNotFoundError, match="no room has"):
        word.word_from_template("papers/none.docx", {})
