"""Finding every citation of a text: tokens from left to right, documents, then the unit paths to their left."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from caicach.registry.legislation.citations.dates import date_at
from caicach.registry.legislation.citations.documents import Document, bare_number_at, may_be_no_document
from caicach.registry.legislation.citations.issuers import issuer_after, issuer_before, issuer_in_clause
from caicach.registry.legislation.citations.kinds import ABBREVIATION_PATTERN, ABBREVIATIONS, KIND_PATTERN
from caicach.registry.legislation.citations.laws import documents_at
from caicach.registry.legislation.citations.model import Citation
from caicach.registry.legislation.citations.names import Names
from caicach.registry.legislation.citations.notation import BEGINS, LETTER, OLD
from caicach.registry.legislation.citations.paths import MAX_GLUE, Path, glue, paths_of
from caicach.registry.legislation.citations.spelling import DASH, PARAGRAPH_END, bounded, normalise, straighten
from caicach.registry.legislation.citations.units import UNIT_PATTERN, Atom, atom_at, is_this

# Kinds before units: "Chương trình" is no chapter.
_TOKEN = re.compile(rf"(?P<kind>{KIND_PATTERN}|{ABBREVIATION_PATTERN})|(?P<unit>{UNIT_PATTERN})|(?P<number>{BEGINS})")
_OF_DOCUMENT = re.compile(
    rf"\)?\s{{0,3}}(?:,\s{{0,3}})?(?:(?:của|tại|trong|thuộc|ở)\s{{1,3}}(?:các\s{{1,3}})?)?|\s{{0,3}}[{DASH}]\s{{0,3}}"
    r"|\s{0,3}[,(]?\s{0,3}(?:được\s+)?(?:ban\s+hành\s+)?kèm\s+theo\s{1,3}"
)
# "khoản 2 Điều 5 Quy chế làm việc … ban hành kèm theo Quyết định số …"
_ATTACHED = re.compile(
    r"\s{0,3},?\s{0,3}(?:của\s{1,3})?"
    r"(?P<kind>[Qq]uy\s+chế|[Qq]uy\s+định|[Qq]uy\s+trình|[Dd]anh\s+mục|Quy\s+chuẩn|Quy\s+tắc|Điều\s+lệ|Chương\s+trình"
    r"|Kế\s+hoạch|Hướng\s+dẫn|Chế\s+độ|Đề\s+án|Nội\s+quy|Phụ\s+lục|Tiêu\s+chuẩn|Chuẩn\s+mực|Bảng|Bộ\s+tiêu\s+chí|Phương\s+án"
    r"|Chiến\s+lược|Thể\s+lệ)"
    rf"[^;:.{PARAGRAPH_END}]{{0,240}}?[\s(](?:được\s+)?(?:kèm\s+theo|ban\s+hành\s+(?:kèm\s+)?theo|ban\s+hành\s+tại)\s{{1,3}}"
)
_MAX_ATTACHED = 320
# Words before a number that is no document's: forms, contracts, licences, files, addresses, judgments.
_NO_DOCUMENT_NUMBER = re.compile(
    r"(?<!\w)(?i:mẫu|biểu|biểu\s+mẫu|phụ\s+lục|hợp\s+đồng|giấy\s+phép|hồ\s+sơ|mã|mã\s+số|tài\s+khoản|chứng\s+chỉ"
    r"|h[oó][áa]\s+đơn|giấy\s+chứng\s+nhận|biên\s+lai|thẻ|thửa|lô|vé|phiếu|nhà|biển|bảng|tờ\s+khai|bản\s+án|vụ\s+án)"
    r"[^\S\n]{0,2}(?:[sS][ốô]\s{0,2}:?\s{0,2})?$"
)
_SAID_NUMBER = re.compile(r"(?:[sS][ốôổ]|SỐ)(?:\s{1,3}ký)?(?:\s{1,3}hiệu)?\s{0,2}:?\s{0,3}$")
_WITH_YEAR = re.compile(r"[^/]*/(?:19|20)\d\d/")
_LETTERHEAD = re.compile(rf"(?:^|[\n{PARAGRAPH_END}])[\s|]*(?:Số|SỐ|số)\s{{0,2}}:?\s{{0,3}}$")
_LIST_BEFORE = re.compile(r"(?:,|;|\s(?:và|hoặc|cùng|với))\s{0,3}(?:(?:[sS][ốô])\s{0,2}:?\s{0,3})?$")
_DRAFT_BEFORE = re.compile(r"(?i:dự\s+thảo|dự\s+án|đề\s+nghị\s+xây\s+dựng)\s{1,3}(?i:các\s+)?$")
_DRAFT_GOES_ON = re.compile(r"\s{0,2}(?:\(sửa\s+đổi\))?(?:[,;]|\s{1,2}và)\s{0,3}")
_BLOCK_ENDS = '.;:!?|-_"”' + PARAGRAPH_END
_HEADING_ENDS = re.compile(r"[^\S\n]*\n")


_DIGITS = re.compile(r"\d+")
_MAX_LIST_GAP = 250


@dataclass(slots=True)
class _Chain:
    """Atoms that hang together, waiting for their document."""

    atoms: list[Atom]
    glues: list[str]


def find_citations(text: str) -> list[Citation]:
    """Every citation of a Vietnamese text, in order, none overlapping another.

    Offsets count code points of `normalise(text)`. Linear in the length of the text.
    """
    return _Reading(normalise(text)).citations()


def _past_digits(text: str, start: int) -> int:
    found = _DIGITS.match(text, start)
    return found.end() if found else start + 1


class _Reading:
    """One pass over a text."""

    def __init__(self, text: str) -> None:
        self._written = text
        self._text = text = bounded(text)
        self._found: list[Citation] = []
        self._chain: _Chain | None = None
        self._names = Names(text)
        self._last: Document | None = None
        self._draft_end = -1

    def citations(self) -> list[Citation]:
        text, pos = self._text, 0
        while token := _TOKEN.search(text, pos):
            start, end = token.span()
            if self._is_part_of_word(start, end, token.lastgroup):
                pos = _past_digits(text, start) if token.lastgroup == "number" else end
            elif token.lastgroup == "unit":
                pos = self._unit(start, end)
            elif token.lastgroup == "kind":
                pos = self._kind(start, end)
            else:
                pos = self._number(start)
        return self._found

    def _is_part_of_word(self, start: int, end: int, group: str | None) -> bool:
        text = self._text
        if start and text[start - 1].isalnum():
            return True
        # Lost blanks are common in text taken from PDF: "Quy địnhsố 89-QĐ/TW", "Điều116".
        if group == "number" or not text[end : end + 1].isalnum():
            return False
        if group == "kind" and text[end].isdigit():
            return straighten(text[start:end]) not in ABBREVIATIONS  # "NĐ45"
        return not (text[end].isdigit() if group == "unit" else text.startswith("số", end))

    def _unit(self, start: int, end: int) -> int:
        text = self._text
        atom = atom_at(text, start, end)
        if atom is None:
            if is_this(text, end):
                self._chain = None
            return end
        how = glue(text, self._chain.atoms[-1].end, start) if self._chain else None
        if self._chain and how:
            self._chain.atoms.append(atom)
            self._chain.glues.append(how)
        else:
            self._chain = _Chain([atom], [])
        return atom.end

    def _kind(self, start: int, end: int) -> int:
        documents = self._names.documents_at(start, end) or documents_at(self._text, start, end)
        if not documents or self._is_draft(documents[0]):
            return end
        known = [self._names.resolve(document) for document in documents]
        if known[0] == documents[0] and may_be_no_document(self._text, documents[0], end):
            return end
        for document in known:
            self._document(document)
        return documents[-1].end

    def _is_draft(self, document: Document) -> bool:
        """A law that is still being drafted is no text that can be cited."""
        if document.number or document.date or document.title is None:
            return False
        before = self._text[max(0, document.start - 24) : document.start]
        listed = self._draft_end >= 0 and _DRAFT_GOES_ON.fullmatch(self._text, self._draft_end, document.start)
        if not _DRAFT_BEFORE.search(before) and not listed:
            return False
        self._draft_end = document.end
        return True

    def _number(self, start: int) -> int:
        text = self._text
        document = bare_number_at(text, start)
        if document is None:
            return _past_digits(text, start)
        before = text[max(0, start - 40) : start]
        kind = self._kind_of_bare(document, before)
        if kind is None and not self._stands_alone(document, before):
            return document.end
        if _NO_DOCUMENT_NUMBER.search(before):
            return document.end
        letterhead = _LETTERHEAD.search(before) is not None
        self._document(replace(document, kind=kind or self._kind_by_form(document), letterhead=letterhead))
        return document.end

    def _kind_of_bare(self, document: Document, before: str) -> str | None:
        """The kind of a number without one: what its code says, or in a list ("Luật số … và số …") that of the last."""
        last, notation = self._last, document.notation
        if last is None or last.notation is None or notation is None or not _LIST_BEFORE.search(before):
            return document.kind
        alike = last.notation.family == notation.family and last.notation.kind == notation.kind
        return last.kind if alike and document.start - last.end <= _MAX_LIST_GAP else document.kind

    def _stands_alone(self, document: Document, before: str) -> bool:
        """Whether a number whose code names no kind is a document's: "52/2019/QH14" is, "12/5-AB" is not."""
        family = document.notation.family if document.notation else None
        if family == LETTER:
            return _SAID_NUMBER.search(before) is not None and not _WITH_YEAR.match(document.number or "")
        return family != OLD

    def _kind_by_form(self, document: Document) -> str | None:
        return "Công văn" if document.notation and document.notation.family == LETTER else None

    def _document(self, document: Document) -> None:
        chain, self._chain = self._chain, None
        linked = self._linked(chain, document) if chain else None
        if linked is None and document.needs_path:
            return
        document = self._with_issuer(document)
        if not document.deictic:
            self._last = document
            self._names.seen(document)
        if linked is None or chain is None:
            self._add(document.start, document.end, document, None, None)
            return
        paths = paths_of(chain.atoms, chain.glues)
        for path in paths[:-1]:
            self._add(path.start, path.end, document, path, linked or None)
        self._add(paths[-1].start, document.end, document, paths[-1], linked or None)

    def _linked(self, chain: _Chain, document: Document) -> str | None:
        """What connects the chain with the document: "" when the chain is of the document itself, the name of the text
        that was issued with it ("Quy chế"), None when they do not belong together."""
        text, end = self._text, chain.atoms[-1].end
        gap = document.start - end
        if gap > _MAX_ATTACHED:
            return None
        if gap <= MAX_GLUE and _OF_DOCUMENT.fullmatch(text, end, document.start):
            by_kind_alone = document.needs_path and not document.deictic and "," in text[end : document.start]
            return None if by_kind_alone or self._is_heading(chain) else ""
        attached = _ATTACHED.fullmatch(text, end, document.start)
        return " ".join(attached["kind"].split()) if attached else None

    def _is_heading(self, chain: _Chain) -> bool:
        """A unit that has a line to itself at the start of a block is a heading, no part of the next sentence."""
        text, start, end = self._text, chain.atoms[0].start, chain.atoms[-1].end
        if not _HEADING_ENDS.match(text, end):
            return False
        before = text[max(0, start - 80) : start].rstrip(" \t\xa0")
        if before and before[-1] not in ("\n", PARAGRAPH_END):
            return False
        before = before.rstrip()
        return not before or before[-1] in _BLOCK_ENDS or before.splitlines()[-1].isupper()

    def _with_issuer(self, document: Document) -> Document:
        if document.issuer or document.deictic or (document.number is None and document.date is None):
            return document
        text = self._text
        joint = document.kind is not None and "liên" in document.kind
        after = issuer_after(text, document.end, joint=joint)
        if after is None:
            issuer = issuer_in_clause(text, document.end, limit=320) or issuer_before(text, document.start)
            return replace(document, issuer=issuer)
        date = document.date
        if date is None and (attached := date_at(text, after[1])):
            date = attached.iso
        return replace(document, issuer=after[0], date=date)

    def _add(self, start: int, end: int, document: Document, path: Path | None, attached: str | None) -> None:
        self._found.append(
            Citation(
                start=start,
                end=end,
                surface=self._written[start:end],
                kind=document.kind,
                number=document.number,
                date=document.date,
                issuer=document.issuer,
                title=document.title,
                deictic=document.deictic or None,
                letterhead=document.letterhead or None,
                attached=attached,
                **(path.as_fields() if path else {}),
            )
        )
