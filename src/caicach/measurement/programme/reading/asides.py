"""Sentences, and parts of them after a semicolon, that add to the work before them only who does it and by when.

"Rà soát văn bản. Phòng Tư pháp chủ trì, phối hợp với Văn phòng, hoàn thành trước 30/11/2023."
"Rà soát văn bản; giao Phòng Tư pháp chủ trì, Văn phòng phối hợp; hoàn thành trước 30/11/2023."
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from .labels import Labelled, Role
from .lexicon import verb_at
from .subjects import unit_types
from .words import Word

_NAME_REACH: Final = 25
_TIME_REACH: Final = 14
_LEADS: Final = ("chủ", "trì")
_JOINS_IN: Final = ("phối", "hợp")
_CARRIES_OUT: Final = ("thực", "hiện")
_BY_WHEN: Final = frozenset({"trước", "trong", "chậm", "vào", "từ", "đến", "định", "hằng", "hàng", "thường"})
_PERIODS: Final = frozenset({"quý", "tháng", "ngày", "năm", "cuối"})
"""By when as well, after a word that says that it is done: "hoàn thành quý II"."""
_DOES: Final = frozenset({("hoàn", "thành"), ("thực", "hiện")})


def aside_of(words: Sequence[Word], text: str) -> list[Labelled]:
    """The lead, the co-operating units and the time that a sentence gives; [] when it says anything else."""
    words = _without_full_stop(words)
    found: list[Labelled] = []
    begins = int(bool(words) and words[0].low == "giao")
    here = 0
    if unit_types().at(words, begins) is not None:
        leads = _pair(words, begins, _LEADS)
        if leads is None or leads > begins + _NAME_REACH or _has_verb(words, text, begins, leads):
            return []
        found.append(_fact(Role.LEAD, words, begins, leads))
        here = _after_comma(words, _after_pair(words, leads + 2, _CARRIES_OUT))
        if helpers := _helpers(words, text, here):
            fact, here = helpers
            found.append(fact)
    if here >= len(words):
        return found
    if len(words) - here > _TIME_REACH or not _says_time(words, text, here):
        return []
    return [*found, _fact(Role.DEADLINE, words, here, len(words))]


def _without_full_stop(words: Sequence[Word]) -> Sequence[Word]:
    return words[:-1] if words and words[-1].low == "." else words


def _helpers(words: Sequence[Word], text: str, here: int) -> tuple[Labelled, int] | None:
    """The co-operating units after the lead and where their part ends: "phối hợp với X", "X, Y phối hợp"."""
    joins = _pair(words, here, _JOINS_IN)
    if joins is None:
        return None
    if joins == here:
        begins = next((n + 1 for n in range(here + 2, min(here + 5, len(words))) if words[n].low == "với"), here + 2)
        ends = next((place for place in range(begins, len(words)) if _begins_time(words, place)), len(words))
        after = ends
    else:
        is_unit = unit_types().at(words, here) is not None or words[here].low == "các"
        begins, ends = here, joins if is_unit and joins <= here + 2 * _NAME_REACH else here
        after = _after_pair(words, joins + 2, _CARRIES_OUT)
    if begins >= ends or _has_verb(words, text, begins, ends):
        return None
    return _fact(Role.COOPERATING, words, begins, ends), _after_comma(words, after)


def _after_pair(words: Sequence[Word], place: int, pair: tuple[str, str]) -> int:
    """Behind the pair where it stands right here and ends its part; else the place itself."""
    is_here = _pair(words[place : place + 2], 0, pair) == 0
    return place + 2 if is_here and (place + 2 >= len(words) or words[place + 2].low in {",", ";"}) else place


def _pair(words: Sequence[Word], place: int, pair: tuple[str, str]) -> int | None:
    return next((n for n in range(place, len(words) - 1) if (words[n].low, words[n + 1].low) == pair), None)


def _after_comma(words: Sequence[Word], place: int) -> int:
    while place < len(words) and words[place].low in {",", "-", "–"}:
        place += 1
    return place


def _does(words: Sequence[Word], place: int) -> int:
    """How many words say that it is done: "hoàn thành", "xong"; 0 for none."""
    if place < len(words) and words[place].low == "xong":
        return 1
    return 2 if place + 1 < len(words) and (words[place].low, words[place + 1].low) in _DOES else 0


def _begins_time(words: Sequence[Word], place: int) -> bool:
    return words[place].low == "xong" or (_does(words, place) > 0 and words[place - 1].low in {",", "-", "–"})


def _says_time(words: Sequence[Word], text: str, place: int) -> bool:
    """ "hoàn thành trước 30/11", "thực hiện trong quý II", "thường xuyên", and no other work."""
    done = _does(words, place)
    begins = place + done
    if begins >= len(words) or words[begins].low not in (_BY_WHEN | _PERIODS if done else _BY_WHEN):
        return False
    return not _has_verb(words, text, begins + 1, len(words))


def _has_verb(words: Sequence[Word], text: str, begins: int, ends: int) -> bool:
    """A verb inside a name ("Phòng Quản lý đô thị") has a capital and is none."""
    return any(verb_at(words, n) is not None and text[words[n].start].islower() for n in range(begins, ends))


def _fact(role: Role, words: Sequence[Word], begins: int, ends: int) -> Labelled:
    return Labelled(role, words[begins].start, words[begins].start, words[ends - 1].end)
