"""Documents named without a number: laws by title, the Constitution, "Luật này", "Công văn ngày 05/3/2021"."""

from __future__ import annotations

import re
from dataclasses import replace

from caicach.registry.legislation.citations.dates import date_at
from caicach.registry.legislation.citations.documents import NUMBER_AFTER, Document, dated, numbered_at
from caicach.registry.legislation.citations.kinds import ABBREVIATIONS, CODES_OF_LAW, STATUTES, canonical_kind
from caicach.registry.legislation.citations.notation import notation_at
from caicach.registry.legislation.citations.spelling import one_line, straighten
from caicach.registry.legislation.citations.titles import known_title_at, title_at

_THIS = re.compile(
    r"\s{1,3}(?:này|nầy|nêu\s+trên|nói\s+trên|trên(?!\s+(?:cơ\s+sở|địa\s+bàn|phạm\s+vi|toàn|môi\s+trường|cả))|đó)(?!\w)"
)
# "Luật Đất đai (sửa đổi) năm 2024", "Luật Đất đai sửa đổi năm 2018": the words stand between title and year.
_REVISED = re.compile(r"\s{1,3}(?:\(sửa\s+đổi\)|sửa\s+đổi(?:\s?,?\s+bổ\s+sung)?)(?=\s)")
_CONSTITUTION_OF = re.compile(
    r"\s{1,3}(?i:nước\s+(?:cộng\s+h[oò][àa]\s+xã\s+hội\s+chủ\s+nghĩa|việt\s+nam\s+dân\s+chủ\s+cộng\s+h[oò][àa]|chxhcn|cộng\s+h[oò][àa]\s+xhcn)"
    r"(?:\s+việt\s+nam)?)"
)
# Before "Luật": schools, firms and persons of law, and "luật" as the second half of a word.
_NOT_A_LAW = re.compile(
    r"(?:(?i:đại\s+học|công\s+ty|khoa|trường|học\s+viện|ngành|cử\s+nhân|thạc\s+s[ĩỹ]|tiến\s+s[ĩỹ]|văn\s+phòng|(?<!uốc\s)hội|đoàn|viện|pháp|kỷ|kỉ|tạp\s+chí"
    r"|giảng\s+viên|sinh\s+viên|môn|hãng|công\s+ước[^.;]{0,40}\svề))\s+$"
)
_SECOND_HALF = re.compile(r"(?:kỷ|kỉ|quy|định|âm|thi|[Pp]háp|PHÁP)\s+$")
# "Điều 22 Thông tư." and "khoản 2 Điều 5 của Luật": a legal text named by its kind alone.
_NAMED_BY_KIND = frozenset(["Luật", "Bộ luật", "Pháp lệnh", "Nghị định", "Thông tư", "Nghị quyết"])
_SEVERAL = re.compile(r"(?i:các|những)\s{1,3}$")
_COLON = re.compile(r"\s{0,2}:(?=\s)")
# A comma, a semicolon or "và", before a title with a capital.
_NEXT_LISTED = re.compile(r"\s{0,2}[,;](?:\s{1,3}và)?(?=\s{1,3}[A-ZĐÀ-Ỹ])|\s{1,3}và(?=\s{1,3}[A-ZĐÀ-Ỹ])")
_MOST_LISTED = 30
_UNREAD_NUMBER = re.compile(r"\s{0,3}(?:[sS]ố|\d)")


def documents_at(text: str, start: int, kind_end: int) -> list[Document]:
    """The documents named by the kind at `text[start:kind_end]`: one, several that share it, or none."""
    written = straighten(text[start:kind_end])
    if written in CODES_OF_LAW:
        return [dated(text, Document(start, kind_end, "Bộ luật", title=CODES_OF_LAW[written]), bare_year=True)]
    kind = ABBREVIATIONS.get(written) or canonical_kind(written)
    if found := numbered_at(text, start, kind_end, kind):
        return found
    if written in ABBREVIATIONS:
        return []
    if kind in STATUTES and (listed := _listed(text, start, kind_end, kind)):
        return listed
    other = _unnumbered(text, start, kind_end, kind)
    return [other] if other else []


def _unnumbered(text: str, start: int, kind_end: int, kind: str) -> Document | None:
    if this := _THIS.match(text, kind_end):
        return Document(start, this.end(), kind, deictic=True, needs_path=True)
    if kind == "Hiến pháp":
        return _constitution(text, start, kind_end)
    capital = text[start].isupper()
    if kind in STATUTES and (law := _law(text, start, kind_end, kind, capital=capital)):
        return law
    attached = date_at(text, kind_end) if capital else None
    if attached and attached.iso and len(attached.iso) == len("2018-04-23"):
        return Document(start, attached.end, kind, date=attached.iso)
    if not capital or kind not in _NAMED_BY_KIND or _UNREAD_NUMBER.match(text, kind_end):
        return None
    return Document(start, kind_end, kind, needs_path=True)


def _listed(text: str, start: int, kind_end: int, kind: str) -> list[Document]:
    """Laws that share one word for their kind: "các Luật: Đầu tư công; Doanh nghiệp", "các Luật Đầu tư, Nhà ở".

    Only titles that are known count, as a comma may stand inside one; [] for a single law.
    """
    if not _SEVERAL.search(text, max(0, start - 8), start):
        return []
    colon = _COLON.match(text, kind_end)
    here = colon.end() if colon else kind_end
    found: list[Document] = []
    while len(found) < _MOST_LISTED:
        title = known_title_at(text, here)
        if title is None:
            break
        begins = (
            start
            if not found and not colon
            else here + len(text[here : title.end]) - len(text[here : title.end].lstrip())
        )
        law = _named(text, begins, title.end, kind, title.text)
        found.append(law)
        joint = _NEXT_LISTED.match(text, law.end)
        if joint is None:
            break
        here = joint.end()
    return found if len(found) > 1 or (found and colon) else []


def _constitution(text: str, start: int, kind_end: int) -> Document:
    of = _CONSTITUTION_OF.match(text, kind_end)
    end = of.end() if of else kind_end
    title = one_line(text[kind_end:end]) or None
    document = dated(text, Document(start, end, "Hiến pháp", title=title), bare_year=True)
    return document if document.end > kind_end else replace(document, needs_path=True)


def _law(text: str, start: int, kind_end: int, kind: str, *, capital: bool) -> Document | None:
    before = text[max(0, start - 60) : start]
    if kind == "Luật" and (_NOT_A_LAW if capital else _SECOND_HALF).search(before):
        return None
    title = title_at(text, kind_end, kind_is_capital=capital)
    if title is None:
        return _law_by_year(text, start, kind_end, kind) if capital else None
    return _named(text, start, title.end, kind, title.text)


def _named(text: str, start: int, end: int, kind: str, title: str) -> Document:
    """The law whose title ends at `end`, with the number, date or year after it."""
    if revised := _REVISED.match(text, end):
        after = NUMBER_AFTER.match(text, revised.end())
        if date_at(text, revised.end(), bare_year=True) or (after and after["word"]):
            end = revised.end()
    number = NUMBER_AFTER.match(text, end)
    notation = notation_at(text, number.end()) if number else None
    if notation is not None and not notation.is_foreign:
        named = Document(start, notation.end, kind, notation.number, title=title, notation=notation)
        return dated(text, named)
    return dated(text, Document(start, end, kind, title=title), bare_year=True)


def _law_by_year(text: str, start: int, kind_end: int, kind: str) -> Document | None:
    """ "Luật năm 2015", "Luật sửa đổi năm 2020": the law of that year in the matter at hand."""
    revised = _REVISED.match(text, kind_end)
    end = revised.end() if revised else kind_end
    attached = date_at(text, end, bare_year=True)
    if attached is None or attached.iso is None or len(attached.iso) != len("2018"):
        return None
    title = one_line(text[kind_end:end]) or None
    return Document(start, attached.end, kind, date=attached.iso, title=title)
