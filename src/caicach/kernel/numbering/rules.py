"""How a number and its notation are written. Pure: no ORM, no clock."""

from __future__ import annotations


def format_number(*, number: int, issuer: str, kind: str = "", unit: str = "", year: int | None = None) -> str:
    """Number and notation of a document: `1368/QĐ-BNV`, `61/2018/NĐ-CP`, `05/BNV-VP` for an official letter.

    number : from 1; under 10 it is written with a zero before it.
    issuer : abbreviation of who issues (`BNV`, `TTg`); kind : of the document (`QĐ`), none for an official letter;
    unit : who drafted, for an official letter only; year : only of a legal normative document, which carries it.
    Raises ValueError for a number under 1, no issuer, or blanks and slashes inside a part.
    Source: NĐ 30/2020/NĐ-CP, Phụ lục I, Phần I, mục II.3; for the year Luật 80/2015/QH13, Điều 10.
    """
    if number < 1:
        raise ValueError(f"numbers of documents start at 1, got {number}")
    if not issuer:
        raise ValueError("a notation names who issues")
    groups = [part for part in (kind, issuer, unit) if part]
    for part in groups:
        if "/" in part or any(character.isspace() for character in part):
            raise ValueError(f"no blanks or slashes inside a notation, got {part!r}")
    before = f"{number:02}" if year is None else f"{number:02}/{year}"
    return f"{before}/{'-'.join(groups)}"
