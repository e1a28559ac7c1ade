"""The compiler: kept between papers, shared by threads, exact to the byte, and clear when something is missing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from caicach.kernel.papers import last_resort, model, typesetting
from caicach.kernel.papers.official import official_pdf
from caicach.kernel.usecase.errors import UseCaseError

from . import examples
from .reading import text_of


def numbered(number: int) -> model.OfficialPaper:
    return examples.letter(number=number, subject=f"việc số {number}")


def test_the_same_paper_at_the_same_moment_is_the_same_file() -> None:
    first = official_pdf(examples.decision(), made_at=examples.MADE_AT)

    assert official_pdf(examples.decision(), made_at=examples.MADE_AT) == first
    assert official_pdf(examples.decision(), made_at=examples.MADE_AT + timedelta(seconds=1)) != first


def test_many_threads_make_papers_at_once_and_none_gets_anothers_text() -> None:
    with ThreadPoolExecutor(max_workers=12) as threads:
        made = list(threads.map(lambda number: official_pdf(numbered(number), made_at=examples.MADE_AT), range(60)))

    for number, paper in enumerate(made):
        words = text_of(paper)
        assert f"Số: {number:02d}/BNV-CCHC" in words
        assert f"việc số {number}" in words.replace("\r\n", " ")


def test_a_failed_paper_leaves_the_compiler_fit_for_the_next() -> None:
    for _attempt in range(10):
        with pytest.raises(typesetting.TemplateFailed) as refused:
            typesetting.pdf("papers/nd30.typ", {"issuer": "thiếu"}, title="Thử", made_at=examples.MADE_AT)
        assert "nd30.typ" in refused.value.params["diagnostic"]
        assert "thiếu" not in refused.value.message

    assert official_pdf(numbered(1), made_at=examples.MADE_AT)


def test_without_the_typeface_the_message_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(typesetting.FontsMissing) as refused:
        typesetting.fonts_in([tmp_path])

    assert isinstance(refused.value, UseCaseError)
    assert refused.value.code == "papers.fonts_missing"
    assert "caicach assets build" in refused.value.message


@pytest.mark.parametrize("name", ["papers/none.typ", "papers/../apps.py", "papers"])
def test_a_template_that_no_room_has_is_an_error_of_ours(name: str) -> None:
    with pytest.raises(FileNotFoundError, match="no room has"):
        typesetting.pdf(name, {}, title="Thử", made_at=examples.MADE_AT)


def test_the_machines_own_fonts_are_never_used() -> None:
    folder = Path(typesetting.__file__).parents[1] / "ui/static/vendor/fonts/tinos"

    assert set(typesetting.fonts_in([folder]).families()) == {typesetting.FAMILY, last_resort.FAMILY}


def test_the_font_of_boxes_is_what_its_source_builds() -> None:
    assert last_resort.FONT_FILE.read_bytes() == last_resort.build()
