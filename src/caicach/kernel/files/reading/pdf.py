"""A PDF, opened in a child process with bounds of pages, time and memory (pdf_child.py)."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

from .characters import cleaned
from .errors import Notice, NoticeCode, Reason, UnreadableFile, notice
from .limits import DEFAULT_LIMITS, MIB, Limits

_CHILD: Final = Path(__file__).with_name("pdf_child.py")
_CANNOT_START: Final = 4
_ANSWER_AT_MOST: Final = 128 * MIB
_FLAGS: Final = {
    "javascript": NoticeCode.PDF_JAVASCRIPT,
    "launch": NoticeCode.PDF_LAUNCH,
    "attachments": NoticeCode.PDF_ATTACHMENTS,
}
_OUT_OF_MEMORY: Final = {signal.SIGABRT, signal.SIGTRAP, signal.SIGILL}  # how pdfium ends when an allocation fails
_OUT_OF_TIME: Final = {signal.SIGXCPU, signal.SIGKILL}
_UNMAPPED_AT_MOST: Final = 0.2
_LETTERS_OF_A_PAGE: Final = 10


@dataclass(frozen=True, slots=True)
class PdfLine:
    """A line of text where it stands on the page, in points from the upper left corner; `baseline` grows downwards."""

    text: str
    left: float
    right: float
    baseline: float
    size: float


@dataclass(frozen=True, slots=True)
class PdfPage:
    width: float
    height: float
    lines: tuple[PdfLine, ...]


@dataclass(frozen=True, slots=True)
class PdfText:
    """The text layer of a PDF, page by page, and what is worth saying about the file."""

    pages: tuple[PdfPage, ...]
    notices: tuple[Notice, ...]


def check_pdf(content: bytes, *, limits: Limits = DEFAULT_LIMITS) -> tuple[Notice, ...]:
    """Whether a PDF can be opened; a scan is as good as any. Notices tell of JavaScript, launch actions, attachments.

    Raises UnreadableFile: damaged, locked, too many pages, too slow, too heavy.
    """
    return _flags(_ask(content, limits=limits, with_text=False))


def read_pdf(content: bytes, *, limits: Limits = DEFAULT_LIMITS) -> PdfText:
    """The text layer. Raises as `check_pdf` does, and when there is no text or its letters cannot be told."""
    answer = _ask(content, limits=limits, with_text=True)
    pages = answer["pages"]
    letters, unmapped = (sum(page[what] for page in pages) for what in ("letters", "unmapped"))
    if letters and unmapped > _UNMAPPED_AT_MOST * letters:
        raise UnreadableFile(Reason.PDF_UNMAPPED_LETTERS)
    silent = [number for number, page in enumerate(pages, 1) if _is_picture(page)]
    if not any(page["lines"] for number, page in enumerate(pages, 1) if number not in set(silent)):
        raise UnreadableFile(Reason.PDF_NO_TEXT)
    notices = _flags(answer)
    if silent:
        notices += (notice(NoticeCode.PAGES_WITHOUT_TEXT, pages=_as_ranges(silent)),)
    return PdfText(tuple(_page(page) for page in pages), notices)


def _ask(content: bytes, *, limits: Limits, with_text: bool) -> dict[str, Any]:
    """Runs the child on this PDF and takes its answer.

    The child is waited for or killed before this returns, whatever happens; its input and output are files without a
    name, so that nothing is left behind either.
    """
    watched, held = os.pipe()
    try:
        with _nameless_file() as given, _nameless_file() as answer:
            given.write(content)
            given.seek(0)
            bounds = (limits.pdf_memory_bytes, limits.pdf_seconds, _ANSWER_AT_MOST, limits.pdf_pages, int(with_text))
            command = [sys.executable, "-I", str(_CHILD), *map(str, (*bounds, watched))]
            ended = _run(command, given=given, answer=answer, watched=watched, seconds=limits.pdf_seconds)
            answer.seek(0)
            return _understood(ended, answer.read(), limits)
    finally:
        os.close(watched)
        os.close(held)


def _run(command: list[str], *, given: BinaryIO, answer: BinaryIO, watched: int, seconds: int) -> int | None:
    """The child's exit code, None when it was stopped for taking too long."""
    child = subprocess.Popen(  # noqa: S603 - our own script, no shell, no argument from outside
        command, stdin=given, stdout=answer, stderr=subprocess.DEVNULL, pass_fds=(watched,), env={}, cwd="/"
    )
    try:
        return child.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        return None
    finally:
        child.kill()
        child.wait()


def _nameless_file() -> BinaryIO:
    """In memory where the system offers it, so that a full disk does not stop the reading of a file already there."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("caicach-pdf"), "w+b")
    return tempfile.TemporaryFile()


def _understood(ended: int | None, answer: bytes, limits: Limits) -> dict[str, Any]:
    if ended is None or -ended in _OUT_OF_TIME:
        raise UnreadableFile(Reason.PDF_TOO_SLOW, seconds=limits.pdf_seconds)
    if -ended in _OUT_OF_MEMORY or -ended == signal.SIGXFSZ:
        raise UnreadableFile(Reason.PDF_TOO_HEAVY)
    if ended == _CANNOT_START:
        raise RuntimeError("the PDF reader could not start: is pypdfium2 installed?")
    if ended:
        raise UnreadableFile(Reason.CORRUPT_PDF)
    told: dict[str, Any] = json.loads(answer)
    match told.get("error"):
        case None:
            return told
        case "encrypted":
            raise UnreadableFile(Reason.ENCRYPTED_PDF)
        case "pages":
            raise UnreadableFile(Reason.PDF_TOO_MANY_PAGES, pages=told["pages"], limit=limits.pdf_pages)
        case "memory":
            raise UnreadableFile(Reason.PDF_TOO_HEAVY)
        case _:
            raise UnreadableFile(Reason.CORRUPT_PDF)


def _flags(answer: dict[str, Any]) -> tuple[Notice, ...]:
    return tuple(notice(_FLAGS[flag]) for flag in answer["flags"])


def _is_picture(page: dict[str, Any]) -> bool:
    """Something is drawn on the page but (almost) no text: a scan, perhaps with a page number."""
    letters = sum(character.isalpha() for line in page["lines"] for character in line[0])
    return page["is_drawn"] and letters < _LETTERS_OF_A_PAGE


def _page(page: dict[str, Any]) -> PdfPage:
    return PdfPage(page["width"], page["height"], tuple(PdfLine(_text(line[0]), *line[1:]) for line in page["lines"]))


def _text(text: str) -> str:
    """pdfium marks a hyphen at the end of a line with U+FFFE or U+0002; in Vietnamese it is a real one (2021-2025)."""
    return cleaned(text.replace("\ufffe", "-").replace("\x02", "-"))[0]


def _as_ranges(numbers: list[int]) -> str:
    """3, 4, 5, 9 as "3-5, 9"."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][-1] + 1:
            ranges[-1][1:] = [number]
        else:
            ranges.append([number])
    return ", ".join("-".join(map(str, ends)) for ends in ranges)
