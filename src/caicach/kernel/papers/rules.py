"""Wording and numbering of official papers. Pure: no Django, no clock, no I/O.

Source throughout: NĐ 30/2020/NĐ-CP, Phụ lục I (Thể thức, kỹ thuật trình bày văn bản hành chính).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import Final

NATION: Final = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO: Final = "Độc lập - Tự do - Hạnh phúc"
RECIPIENTS: Final = "Nơi nhận:"
ADDRESSEES: Final = "Kính gửi:"
DRAFT: Final = "DỰ THẢO"

_BLANK: Final = "\u00a0" * 6
"""Room for a number or a day that the records clerk writes in by hand."""

_ROMAN: Final = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_POINTS: Final = "abcdđeghiklmnopqrstuvxy"
"""The alphabet that lists points of a clause: đ after d; no f, j, w, z."""
_LINE_END: Final = re.compile(r"\s*[;.,]$")


class Authority(StrEnum):
    """By which right the signer signs. Source: NĐ 30/2020/NĐ-CP, Điều 13 and Phụ lục I, Phần I, mục II.7."""

    ON_BEHALF_OF = "TM."
    ACTING = "Q."
    FOR_THE_HEAD = "KT."
    BY_ORDER = "TL."
    BY_AUTHORISATION = "TUQ."


def authority_lines(*, office: str, authority: Authority | None = None, head: str = "") -> tuple[str, ...]:
    """What stands above the signature, line by line, in capitals.

    "Thứ trưởng" signing for "Bộ trưởng" gives ("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG"); an acting minister ("Q. BỘ TRƯỞNG",).
    `head` is the office or body signed for; it is not used without an authority, nor for an acting head.
    """
    if authority is None:
        return (office.upper(),)
    if authority is Authority.ACTING:
        return (f"{authority} {office.upper()}",)
    return (f"{authority} {head.upper()}", office.upper())


_ACTING: Final = "quyền "
_DEPUTY: Final = "phó "
_DEPUTIES: Final = {"thứ trưởng": "Bộ trưởng"}
"""Deputies whose office does not begin with "Phó"."""


def signature_lines(*, office: str, stands_in_for: str | None = None) -> tuple[str, ...]:
    """The authority lines that follow from the signer's own office, where one head leads.

    A deputy signs for the head: "Phó Cục trưởng" gives ("KT. CỤC TRƯỞNG", "PHÓ CỤC TRƯỞNG"); "Quyền Bộ trưởng" gives
    ("Q. BỘ TRƯỞNG",). Who stands in for an absent leader (`stands_in_for` : that one's office) signs by authorisation.
    Source: NĐ 30/2020/NĐ-CP, Điều 13 khoản 1, khoản 3 and Phụ lục I, Phần I, mục II.7.

    >>> signature_lines(office="Thứ trưởng")
    ('KT. BỘ TRƯỞNG', 'THỨ TRƯỞNG')
    """
    folded = office.casefold()
    if stands_in_for is not None:
        lines = authority_lines(office=office, authority=Authority.BY_AUTHORISATION, head=stands_in_for)
        return tuple(line for line in lines if line)
    if folded.startswith(_ACTING):
        return authority_lines(office=office[len(_ACTING) :], authority=Authority.ACTING)
    head = _DEPUTIES.get(folded) or (office[len(_DEPUTY) :] if folded.startswith(_DEPUTY) else "")
    if head:
        return authority_lines(office=office, authority=Authority.FOR_THE_HEAD, head=head)
    return authority_lines(office=office)


def document_number(*, number: int | None, notation: str) -> str:
    """ "05/QĐ-BNV": two figures at least; room to write where there is no number yet. Source: Phần I, mục II.3."""
    written = _BLANK if number is None else f"{number:02d}"
    return f"{written}/{notation}" if notation else written


def number_line(document_number: str) -> str:
    """ "Số: 05/QĐ-BNV"."""
    return f"Số: {document_number}"


def letter_subject(subject: str) -> str:
    """ "V/v ..." under the number of an official letter. Source: Phần I, mục II.5."""
    return f"V/v {subject}"


def article_label(number: int | str) -> str:
    """ "Điều 1."."""
    return f"Điều {number}."


def place_and_date(*, place: str, day: date | None) -> str:
    """ "Hà Nội, ngày 05 tháng 3 năm 2020". Source: Phần I, mục II.4."""
    return f"{place}, {day_in_words(day)}"


def day_in_words(day: date | None) -> str:
    """ "ngày 05 tháng 3 năm 2020": a zero before days under 10 and before months 1 and 2, not before the others."""
    if day is None:
        return f"ngày {_BLANK} tháng {_BLANK} năm {_BLANK}"
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def attached_to(*, kind: str, number: str, day: date | None, issued_by: str) -> str:
    """The line under an annex's title that says which paper it belongs to. Source: Phần I, mục III.1."""
    by = f" của {issued_by}" if issued_by else ""
    return f"(Kèm theo {kind.capitalize()} số {number} {day_in_words(day)}{by})"


def roman(number: int) -> str:
    """4 -> "IV". Raises ValueError under 1."""
    if number < 1:
        raise ValueError(f"Roman numbers start at 1, got {number}")
    letters = []
    for value, sign in _ROMAN:
        letters.append(sign * (number // value))
        number %= value
    return "".join(letters)


def point_letter(number: int) -> str:
    """5 -> "đ"; 24 -> "aa". Raises ValueError under 1."""
    if number < 1:
        raise ValueError(f"points start at 1, got {number}")
    rounds, place = divmod(number - 1, len(_POINTS))
    return _POINTS[place] * (rounds + 1)


def listed(lines: Iterable[str]) -> tuple[str, ...]:
    """Each line ends with ";" and the last with ".", as in legal grounds and "Nơi nhận"; blank lines are dropped."""
    bare = [_LINE_END.sub("", line.strip()) for line in lines]
    kept = [line for line in bare if line]
    return tuple(f"{line}{'.' if index == len(kept) else ';'}" for index, line in enumerate(kept, start=1))


def consecutive(levels: Sequence[int], *, first: int) -> tuple[int, ...]:
    """Heading levels as PDF/UA wants them: from `first` on, never more than one deeper than the one before.

    >>> consecutive([1, 3, 3, 2, 1], first=2)
    (2, 3, 3, 3, 2)
    """
    given: list[int] = []
    result: list[int] = []
    for level in levels:
        while given and given[-1] >= level:
            given.pop()
        given.append(level)
        result.append(first + len(given) - 1)
    return tuple(result)


def is_formula_like(text: str) -> bool:
    """A spreadsheet might run it: starts (after blanks) with = + - @, also full-width, or with tab, CR or LF."""
    if text[:1] in ("\t", "\r", "\n"):
        return True
    first = text.lstrip()[:1]
    return bool(first) and unicodedata.normalize("NFKC", first)[0] in "=+-@"
