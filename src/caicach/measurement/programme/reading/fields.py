"""The fields of reform: their heads in plans of all years, and which field a clause without a head belongs to.

Six fields of NQ 76/NQ-CP (15/7/2021) and the direction of the work. Heads of 2011-2020 and of provinces are aliases.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from typing import Final

from caicach.kernel.calendar.reference import reference_rows
from caicach.kernel.search.folding import fold

from .lexicon import REFERENCE, Phrases
from .words import Word, word_set


class ReformField(StrEnum):
    """In the order of NQ 76/NQ-CP; the value is the code in the JSON of a plan."""

    INSTITUTIONS = "the_che"
    PROCEDURES = "thu_tuc_hanh_chinh"
    ORGANISATION = "to_chuc_bo_may"
    CIVIL_SERVICE = "che_do_cong_vu"
    PUBLIC_FINANCE = "tai_chinh_cong"
    DIGITAL_GOVERNMENT = "chinh_phu_so"
    DIRECTION = "chi_dao_dieu_hanh"


FIELD_NAMES: Final = {
    ReformField.INSTITUTIONS: "Cải cách thể chế",
    ReformField.PROCEDURES: "Cải cách thủ tục hành chính",
    ReformField.ORGANISATION: "Cải cách tổ chức bộ máy hành chính nhà nước",
    ReformField.CIVIL_SERVICE: "Cải cách chế độ công vụ",
    ReformField.PUBLIC_FINANCE: "Cải cách tài chính công",
    ReformField.DIGITAL_GOVERNMENT: "Xây dựng và phát triển Chính phủ điện tử, Chính phủ số",
    ReformField.DIRECTION: "Công tác chỉ đạo, điều hành cải cách hành chính",
}

_LONGEST_NAME: Final = 80
_BEFORE_A_HEAD: Final = word_set(
    "về trong đối với lĩnh vực công tác nội dung nhiệm vụ thực hiện việc thứ nhất hai ba tư năm sáu bảy một là "
    "xây dựng phát triển và ,"
)
"""Words that may stand before the name of a field in its head: "Về công tác", "Xây dựng và phát triển"."""


@cache
def _heads() -> Phrases[ReformField]:
    rows = reference_rows(REFERENCE / "field_heads.csv", columns=("field", "head"))
    return Phrases((row["head"], ReformField(row["field"])) for row in rows)


@cache
def _words() -> Phrases[tuple[ReformField, int]]:
    rows = reference_rows(REFERENCE / "field_words.csv", columns=("field", "words", "weight"))
    return Phrases((row["words"], (ReformField(row["field"]), int(row["weight"]))) for row in rows)


def head_at(words: Sequence[Word], place: int) -> tuple[int, ReformField] | None:
    """The head of a field that begins at a place, after such words as "về công tác": where it ends, and the field."""
    here = place
    while True:
        if found := _heads().at(words, here):
            return here + found[0], found[1]
        if here - place > 6 or here >= len(words) or words[here].low not in _BEFORE_A_HEAD:
            return None
        here += 1


@cache
def _folded_heads() -> dict[str, ReformField]:
    rows = reference_rows(REFERENCE / "field_heads.csv", columns=("field", "head"))
    named = [(row["head"], ReformField(row["field"])) for row in rows]
    named += [(name, key) for key, name in FIELD_NAMES.items()]
    return {_plain(name): key for name, key in sorted(named, key=lambda one: -len(one[0]))}


def field_named(text: str) -> ReformField | None:
    """The field of which a short text is the name, as plans head it, with or without its marks; None for none."""
    plain = _plain(text).removeprefix("cong tac ")
    if len(plain) > _LONGEST_NAME:
        return None
    return next((key for head, key in _folded_heads().items() if plain == head or plain.startswith(f"{head} ")), None)


def _plain(text: str) -> str:
    return " ".join(fold(text).replace(",", " ").split())


def fields_named(words: Sequence[Word]) -> list[ReformField]:
    """Fields whose heads are enumerated in a sentence, in their order there."""
    named: dict[ReformField, None] = {}
    for place in range(len(words)):
        if found := _heads().at(words, place):
            named.setdefault(found[1])
    return list(named)


def field_by_words(words: Sequence[Word]) -> tuple[ReformField | None, bool]:
    """The field that the words of a clause speak of, None for none, and whether they leave little doubt.

    Words at its head say what is done and count twice.
    """
    scores: dict[ReformField, float] = {}
    place = 0
    while place < len(words):
        found = _words().at(words, place)
        if found is None:
            place += 1
            continue
        count, (field, weight) = found
        scores[field] = scores.get(field, 0.0) + weight * (2 if place < 12 else 1)
        place += count
    if not scores:
        return None, False
    ranked = sorted(scores.items(), key=lambda scored: -scored[1])
    is_clear = ranked[0][1] >= 4 and (len(ranked) == 1 or ranked[0][1] >= 1.5 * ranked[1][1])
    return ranked[0][0], is_clear
