"""Short names that a text gives to a document: "(sau đây gọi tắt là Nghị định 61)", and what they stand for later."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from caicach.registry.legislation.citations.documents import Document
from caicach.registry.legislation.citations.kinds import (
    ABBREVIATION_PATTERN,
    ABBREVIATIONS,
    KIND,
    canonical_kind,
)
from caicach.registry.legislation.citations.laws import documents_at
from caicach.registry.legislation.citations.notation import SHORT, serial_of
from caicach.registry.legislation.citations.spelling import PARAGRAPH_END, one_line, straighten

_GIVES_NAME = re.compile(
    rf"(?:\(|đây|này)[^().;{PARAGRAPH_END}]{{0,24}}?(?:gọi|viết)(?:\s+(?:tắt|chung|gọn|ngắn\s+gọn))?(?:\s+là|\s?:)"
    r"\s{0,3}:?\s{0,2}[“\"'‘]?(?=[A-ZĐÐ])"
)
_ABBREVIATED = re.compile(rf"(?:{ABBREVIATION_PATTERN})(?![^\W\d_])")
_NAME_ENDS = re.compile(rf"[{PARAGRAPH_END})”\"’;,.:\n]|\s+(?:và|hoặc|gồm)\s")
_SERIAL_AND_YEAR = re.compile(r"[^/]+/(?:19|20)\d\d(?=/)")
_MAX_NAME = 80
_LOOK_BACK = 900


@dataclass(slots=True)
class Names:
    """The names known so far while a text is read from left to right."""

    text: str
    _given: dict[int, int] = field(default_factory=dict)  # start of a name's introduction -> its end
    _introduced: dict[str, Document] = field(default_factory=dict)  # name on one line -> the document
    _lengths: set[int] = field(default_factory=set)
    _of_kind: dict[str, Document] = field(default_factory=dict)  # "(sau đây gọi là Luật)"
    _serials: dict[tuple[str | None, str], Document] = field(default_factory=dict)
    _recent: list[Document] = field(default_factory=list)

    def __post_init__(self) -> None:
        for found in _GIVES_NAME.finditer(self.text):
            ends = _NAME_ENDS.search(self.text, found.end(), found.end() + _MAX_NAME)
            if ends and (KIND.match(self.text, found.end()) or _ABBREVIATED.match(self.text, found.end())):
                self._given[found.end()] = ends.start()

    def seen(self, document: Document) -> None:
        """Remember a document for the names and short numbers that come after it."""
        self._recent = [*self._recent[-7:], document]
        if document.number is None or document.notation is None or document.notation.family == SHORT:
            return
        self._serials[document.kind, serial_of(document.number)] = document
        if year := _SERIAL_AND_YEAR.match(document.number):
            self._serials[document.kind, year.group()] = document

    def documents_at(self, start: int, kind_end: int) -> list[Document]:
        """The documents that an introduced name at `start` stands for, or none."""
        if start in self._given:
            return self._introduce(start, kind_end, self._given[start])
        for length in sorted(self._lengths, reverse=True):
            named = self._introduced.get(one_line(self.text[start : start + length]))
            if named is not None and not self.text[start + length : start + length + 1].isalnum():
                return [_under_its_name(named, start, start + length)]
        return []

    def resolve(self, document: Document) -> Document:
        """What the text said before completes "Nghị định 61" by its whole number, "Điều 5 của Luật" by the law."""
        if document.deictic:
            return document
        if document.needs_path and (meant := self._of_kind.get(document.kind or "")):
            return replace(document, number=meant.number, title=meant.title)
        if document.notation is None or document.notation.family != SHORT or document.number is None:
            return document
        known = self._serials.get((document.kind, document.number))
        return replace(document, number=known.number) if known else document

    def _introduce(self, start: int, kind_end: int, end: int) -> list[Document]:
        written_kind = self.text[start:kind_end]
        kind = ABBREVIATIONS.get(straighten(written_kind)) or canonical_kind(written_kind)
        ordinary = documents_at(self.text, start, kind_end)
        written = ordinary[0] if ordinary and not ordinary[0].needs_path else None
        meant = self._meant(kind, written, start)
        if meant is None:
            return ordinary
        if not self.text[kind_end:end].strip():
            self._of_kind[kind] = meant
            return []
        if written and written.number and not _is_short(written):
            return ordinary
        name_end = written.end if written else end
        name = one_line(self.text[start:name_end])
        self._introduced[name] = meant
        self._lengths.add(len(name))
        return [_under_its_name(meant, start, name_end, date=written.date if written else None)]

    def _meant(self, kind: str, written: Document | None, start: int) -> Document | None:
        """Of the documents said shortly before, the one that the name is given to.

        It has the name's number or title, or else is the first of that kind in the clause: "Nghị định A sửa đổi Nghị
        định B (sau đây gọi là Nghị định sửa đổi)".
        """
        near = [d for d in self._recent if d.kind == kind and start - d.end < _LOOK_BACK]
        if written and written.number:
            serial = serial_of(written.number)
            return next((d for d in reversed(near) if d.number and serial_of(d.number) == serial), None)
        if written and written.title and (same := _of_title(near, written.title)):
            return same
        opens = max(self.text.rfind(mark, max(0, start - _LOOK_BACK), start) for mark in (";", PARAGRAPH_END))
        return next((d for d in near if d.start > opens), near[-1] if near else None)


def _is_short(document: Document) -> bool:
    return document.notation is not None and document.notation.family == SHORT


def _of_title(near: list[Document], title: str) -> Document | None:
    """The nearest document of this title, or whose title has these initials: "BHXH" for "Bảo hiểm xã hội"."""
    for document in reversed(near):
        words = (document.title or "").replace(",", " ").split()
        if title.lower() == (document.title or "").lower() or title == "".join(word[0] for word in words).upper():
            return document
    return None


def _under_its_name(meant: Document, start: int, end: int, date: str | None = None) -> Document:
    return replace(meant, start=start, end=end, date=date, issuer=None, letterhead=False)
