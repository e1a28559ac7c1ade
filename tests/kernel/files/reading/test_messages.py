from __future__ import annotations

import re

import pytest
from django.utils import translation

from caicach.kernel.files.messages import UnableToReadFile, notice_sentence, refusal_sentence
from caicach.kernel.files.reading import NoticeCode, Reason, UnreadableFile, notice
from caicach.kernel.files.reading.errors import NOTICES, REFUSALS
from caicach.kernel.files.reading.kinds import sniff

_PLACEHOLDER = re.compile(r"%\((\w+)\)s")


def params_of(message: str) -> dict[str, str | int]:
    """A value for every placeholder: sizes and counts as numbers, words as words."""
    numbers = ("limit", "pages", "line", "seconds", "count")
    return {
        name: 25 * 1024 * 1024 if name.endswith("_bytes") else 1234 if name in numbers else "x"
        for name in _PLACEHOLDER.findall(message)
        if name != "name"
    }


@pytest.mark.parametrize("reason", Reason, ids=str)
def test_every_refusal_says_in_vietnamese_what_is_wrong_and_names_the_file(reason: Reason) -> None:
    error = UnreadableFile(reason, name="ke-hoach.docx", **params_of(REFUSALS[reason]))
    with translation.override("en"):
        english = refusal_sentence(error)
    with translation.override("vi"):
        vietnamese = refusal_sentence(error)

    assert "ke-hoach.docx" in vietnamese
    assert vietnamese != english
    assert "%(" not in english + vietnamese
    assert not re.search("vui lòng|!|file", vietnamese, re.IGNORECASE)


@pytest.mark.parametrize("code", NoticeCode, ids=str)
def test_every_notice_is_said_in_vietnamese(code: NoticeCode) -> None:
    params = params_of(NOTICES[code])
    with translation.override("vi"):
        vietnamese = notice_sentence(code, params)

    assert vietnamese != str(notice(code, **params))
    assert "%(" not in vietnamese


def test_sizes_and_counts_are_written_the_vietnamese_way() -> None:
    error = UnreadableFile(Reason.TOO_LARGE, name="a.pdf", size_bytes=26_843_546, limit_bytes=25 * 1024 * 1024)
    with translation.override("vi"):
        assert "25,6" in refusal_sentence(error)
        many = UnreadableFile(Reason.PDF_TOO_MANY_PAGES, name="a.pdf", pages=1234, limit=1000)
        assert "1.234" in refusal_sentence(many)


def test_a_refusal_becomes_an_error_of_use_cases_with_the_same_code() -> None:
    with translation.override("vi"):
        error = UnableToReadFile(UnreadableFile(Reason.MACROS, name="a.docm"))

    assert (error.code, error.status) == ("files.macros", 422)
    assert error.message.startswith("a.docm có macro")
    assert error.params == {"name": "a.docm"}


def test_codes_are_all_different() -> None:
    codes = [*Reason, *NoticeCode]

    assert len({str(code) for code in codes}) == len(codes)


@pytest.mark.parametrize(("head", "content"), [(b"MZ\x90\0\3", ".exe"), (b"\x7fELF\2\1\1", ".elf")])
def test_a_program_called_word_is_told_what_it_is_and_what_is_taken_not_to_be_renamed(
    head: bytes, content: str
) -> None:
    with pytest.raises(UnreadableFile) as refused:
        sniff(head + bytes(200), "bao-cao.docx")
    with translation.override("vi"):
        told = refusal_sentence(refused.value)

    assert told == (
        f"bao-cao.docx không phải tệp .docx như tên gọi: nội dung là {content}. "
        "Hãy gửi đúng tệp Word (.docx), Excel (.xlsx), PDF, văn bản hoặc ảnh."
    )
