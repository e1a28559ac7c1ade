"""A document as named in a text, read forward from its kind: "Nghị định số 61/2018/NĐ-CP ngày 23/4/2018"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from caicach.registry.legislation.citations.dates import date_at
from caicach.registry.legislation.citations.issuers import issuer_at
from caicach.registry.legislation.citations.kinds import ABBREVIATIONS, CITED_BY_SHORT_NUMBER, KIND, STATUTES
from caicach.registry.legislation.citations.notation import (
    PARTY,
    SHORT,
    Notation,
    notation_at,
    serial_of,
    short_number_at,
)
from caicach.registry.legislation.citations.spelling import LOWER, straighten


@dataclass(frozen=True, slots=True)
class Document:
    """A document named at `text[start:end]`, its date included.

    `needs_path`: "Luật này", bare "Hiến pháp" and the like are citations only after a unit path.
    """

    start: int
    end: int
    kind: str | None
    number: str | None = None
    date: str | None = None
    title: str | None = None
    issuer: str | None = None
    deictic: bool = False
    letterhead: bool = False
    needs_path: bool = False
    notation: Notation | None = None


NUMBER_WORD = r"(?:[sS][ốôổ]|SỐ)"
# "số", "số:", "số hiệu", or only a blank, then a digit.
NUMBER_AFTER = re.compile(
    r"(?:\s{0,3}\([A-ZĐÐ]{1,8}\))?"
    rf"(?:\s{{0,3}}(?P<word>{NUMBER_WORD})(?:\s{{1,3}}(?:ký\s{{1,3}})?hiệu)?\s{{0,2}}[:.]?\s{{0,3}}|\s{{1,3}})(?=\d)"
)
# "Công văn hỏa tốc số …", "Kết luận thanh tra số …": at most four words of the kind's own, then "số".
_QUALIFIER = re.compile(rf"(?:\s{{1,3}}[{LOWER}]+,?){{1,4}}?(?=\s{{1,3}}{NUMBER_WORD}\s{{0,2}}:?\s{{0,3}}\d)")
# "… Quy định trách nhiệm" at the end of one paper, "Số: 22/2011/TT-BCT" at the head of the next.
_LETTERHEAD_NEXT = re.compile(r"\s{0,3}\n\s{0,3}(?:Số|SỐ)\s{0,2}:")
_NO_QUALIFIER = re.compile(
    r"\s(?:theo|tại|của|và|này|với|cho|đến|từ|trong|là|các|có|được|hoặc|ngày|thay|kèm|nêu|trên|do|bằng|về|trừ|như)\s"
)
_OF = re.compile(
    r"\s{1,3}(?:của\s{1,3}|(?=Chính\s+phủ|Thủ\s+tướng|Quốc\s+hội|[UỦ][ỷy]\s+ban|Bộ\s|Trung\s+ương|Tỉnh\s+[uủ]|Thành\s+[uủ]|UBND|HĐND|Ban\s|Đảng))"
)
_MAX_ISSUER_BETWEEN = 80
# "NĐ45", "NQ18-NQ/TW": an abbreviation with its number written to it.
_GLUED = re.compile(r"(?<=[A-ZĐÐ])(?=\d)(?P<word>(?!))?")
# "Nghị định 61": what may follow, or may not. A counted noun makes it something else: "Quyết định 5 nội dung".
_COUNTED = re.compile(
    r"\s{1,3}(?:điều|khoản|chương|mục|nội\s+dung|người|lần|bản|văn\s+bản|tháng|tuần|giờ|trang|vấn\s+đề|nhóm|nhiệm\s+vụ|trường\s+hợp|đơn\s+vị"
    r"|cơ\s+quan|tỷ|tỉ|triệu|nghìn|ngàn|đồng|năm(?!\s+\d)|ngày(?!\s+\d)|cá\s+nhân|tập\s+thể|giải\s+pháp|mục\s+tiêu|chỉ\s+tiêu|dự\s+án)(?!\w)"
)
_AFTER_SHORT_NUMBER = re.compile(
    r"\s{0,3}(?:$|[.,;:)\]”\"’!?…]|(?:của|ngày|năm|về|và|được|quy\s+định|có|là|đã|thì|nêu|cũng|nói|trên|theo|hoặc|ban\s+hành)(?!\w))"
)
# "dự án số 5 năm 2020" is the fifth project, not a text of that number.
_SAID_OF_DOCUMENTS_ONLY = frozenset(["NĐ", "NQ", "TTLT"])
_COUNTED_THEMSELVES = frozenset(
    [
        *("Dự án", "Đề án", "Phương án", "Biên bản", "Giấy mời", "Văn bản", "Điều lệ", "Quy trình"),
        *("Giấy giới thiệu", "Phiếu chuyển", "Phiếu gửi", "Phiếu báo", "Phiếu trình"),
    ]
)
_ELIDED_SERIALS = re.compile(
    rf"(?:\d{{1,5}}[a-z]?\s{{0,2}}(?:,|và|;)\s{{0,3}}(?:{NUMBER_WORD}\s{{1,2}})?){{1,12}}(?=\d)"
)
_SERIAL = re.compile(r"\d{1,5}[a-z]?")


def numbered_at(text: str, start: int, kind_end: int, kind: str) -> list[Document]:
    """The documents of the kind at `text[start:kind_end]` that are named by number: one, or several that share a code.

    kind [words of the kind] [["của"] issuer] ["số"] number [date]
    """
    number = NUMBER_AFTER.match(text, kind_end) or _GLUED.match(text, kind_end)
    number = number or _number_after_qualifier(text, kind_end)
    issuer = None
    if number is None and (between := _issuer_between(text, kind_end)):
        issuer, issuer_end = between
        number = NUMBER_AFTER.match(text, issuer_end)
        number = number if number and number["word"] else None
    if number is None:
        return []
    if several := _elided_serials(text, start, number.end(), kind, issuer):
        return several
    notation = notation_at(text, number.end(), said=True)
    if notation is None:
        return _short(text, start, number, kind, issuer)
    if notation.is_foreign:
        return []
    return [dated(text, Document(start, notation.end, kind, notation.number, issuer=issuer, notation=notation))]


def bare_number_at(text: str, pos: int) -> Document | None:
    """A number that stands without a kind: "theo 51/2010/NĐ-CP", "Số: 4269/KH-BHXH"."""
    notation = notation_at(text, pos)
    if notation is None or notation.is_foreign:
        return None
    return dated(text, Document(pos, notation.end, notation.kind, notation.number, notation=notation))


def dated(text: str, document: Document, *, bare_year: bool = False) -> Document:
    """`document` with the date attached to its end, when there is one."""
    party = document.notation is not None and document.notation.family == PARTY
    attached = date_at(text, document.end, bare_year=bare_year, comma_always=party)
    return replace(document, end=attached.end, date=attached.iso) if attached else document


def _number_after_qualifier(text: str, pos: int) -> re.Match[str] | None:
    qualifier = _QUALIFIER.match(text, pos)
    if qualifier is None or _NO_QUALIFIER.search(qualifier.group() + " ") or KIND.search(qualifier.group()):
        return None
    if _LETTERHEAD_NEXT.match(text, qualifier.end()):
        return None
    return NUMBER_AFTER.match(text, qualifier.end())


def _issuer_between(text: str, pos: int) -> tuple[str, int] | None:
    """ "Nghị định của Chính phủ số 86/2002/NĐ-CP", as older texts have it."""
    of = _OF.match(text, pos)
    if of is None or not text[of.end() : of.end() + 1].isupper():
        return None
    named = issuer_at(text, of.end())
    return named if named and named[1] - of.end() <= _MAX_ISSUER_BETWEEN else None


def _elided_serials(text: str, start: int, pos: int, kind: str, issuer: str | None) -> list[Document]:
    """ "số 18, 19-NQ/TW": the earlier serials share what follows the last."""
    serials = _ELIDED_SERIALS.match(text, pos)
    notation = notation_at(text, serials.end()) if serials else None
    if serials is None or notation is None or notation.is_foreign:
        return []
    rest = notation.number.removeprefix(serial_of(notation.number))
    found = []
    for n, serial in enumerate(_SERIAL.finditer(text, pos, serials.end())):
        begin = start if n == 0 else serial.start()
        found.append(Document(begin, serial.end(), kind, serial.group() + rest, issuer=issuer, notation=notation))
    last = Document(notation.start, notation.end, kind, notation.number, issuer=issuer, notation=notation)
    return [*found, dated(text, last)]


def _short(text: str, start: int, number: re.Match[str], kind: str, issuer: str | None) -> list[Document]:
    """ "Nghị định 61", "Công văn số 123 ngày 05/3/2020": a serial without its code."""
    if kind in STATUTES:
        return []
    notation = short_number_at(text, number.end())
    if notation is None:
        return []
    document = dated(text, Document(start, notation.end, kind, notation.number, issuer=issuer, notation=notation))
    with_word = number["word"] is not None and kind not in _COUNTED_THEMSELVES
    if with_word and (document.date or "/" in notation.number):
        return [document]
    if "/" in notation.number and kind in CITED_BY_SHORT_NUMBER:
        return [document]
    return [document] if _is_said_short(text, document, notation, number["word"] is not None) else []


def may_be_no_document(text: str, document: Document, kind_end: int) -> bool:
    """Whether an abbreviation with a bare serial may mean something else: "Phòng TT 01 cửa", "CT01", "khu QĐ3".

    NĐ and NQ are used for nothing else; others count where the sentence goes on as after a document, with a blank
    before the serial. One that the text has named in full is never asked about.
    """
    written = straighten(text[document.start : kind_end])
    is_short = document.notation is not None and document.notation.family == SHORT
    if written not in ABBREVIATIONS or written in _SAID_OF_DOCUMENTS_ONLY or not is_short:
        return False
    if "/" in (document.number or "") or document.date:
        return False
    return text[kind_end].isdigit() or _AFTER_SHORT_NUMBER.match(text, document.end) is None


def _is_said_short(text: str, document: Document, notation: Notation, with_word: bool) -> bool:
    if not text[document.start].isupper():
        return False
    if document.kind in ("Công văn", "Công điện", "Thông báo", "Tờ trình"):
        return len(notation.number) >= 3 and not _COUNTED.match(text, notation.end)
    if document.kind not in CITED_BY_SHORT_NUMBER:
        return False
    if document.kind in ("Nghị định", "Thông tư", "Nghị quyết", "Chỉ thị", "Thông tư liên tịch"):
        return not _COUNTED.match(text, notation.end)
    return bool(_AFTER_SHORT_NUMBER.match(text, notation.end)) and (with_word or document.kind == "Quyết định")
