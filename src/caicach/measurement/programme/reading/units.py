"""Names of units in a text, matched to the organisation: full names, usual short forms, never a guess between two."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, Protocol

from caicach.kernel.search.folding import fold

from .words import word_set


@dataclass(frozen=True, slots=True)
class UnitMatch:
    """A unit of the organisation. `exact` : written with its full name or an alias given for it, not a short form."""

    code: str
    name: str
    exact: bool


class UnitMatcher(Protocol):
    """How the reader asks which unit a name means."""

    def match(self, text: str) -> UnitMatch | None:
        """The unit that the whole text names; None when it names none, or could mean two."""

    def find(self, text: str) -> list[tuple[int, int, UnitMatch]]:
        """Units named inside a text: (start, end, unit) in code points, in order, none overlapping another."""


@dataclass(frozen=True, slots=True)
class NamedUnit:
    """A unit as the organisation knows it. `aliases` are names that only it has."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()


class _Name(NamedTuple):
    words: tuple[str, ...]
    unit: NamedUnit
    exact: bool
    is_short: bool
    """A bare type ("Văn phòng") or bare initials ("TCCB"): only in capitals, and not before another name."""


_WORD: Final = re.compile(r"[^\W_]+")
_JOINING: Final = frozenset({"va"})
_TYPES: Final = (
    ("van", "phong"),
    ("thanh", "tra"),
    ("trung", "tam"),
    ("tong", "cuc"),
    ("hoc", "vien"),
    ("tap", "chi"),
    ("bao",),
    ("dai",),
    ("chi", "cuc"),
    ("vu",),
    ("cuc",),
    ("ban",),
    ("phong",),
    ("so",),
    ("vien",),
    ("truong",),
    ("bo",),
)
_TYPE_INITIALS: Final[dict[tuple[str, ...], str]] = {
    ("van", "phong"): "vp",
    ("trung", "tam"): "tt",
    ("hoc", "vien"): "hv",
    ("thanh", "tra"): "",
}
_OWNERS: Final = frozenset({"bo", "so", "tinh", "huyen", "uy", "ubnd", "cuc"})
_TAILS: Final = (("nha", "nuoc"), ("trung", "uong"), ("chinh", "phu"), ("quoc", "gia"))
_OF_ANOTHER: Final = frozenset(
    {("y", "te"), ("quoc", "gia"), ("khu", "vuc"), ("trung", "uong"), ("chinh", "phu"), ("giao", "duc")}
)
"""Words that go on with the name of another agency, though they are written small."""
_AFTER_ANOTHER_NAME: Final = word_set("chinh quoc chu trung dang hdnd ubnd uy tinh huyen so cuc doan dien pham")


class UnitNames:
    """The default matcher, over a list of units."""

    def __init__(self, units: Iterable[NamedUnit]) -> None:
        self._by_first: dict[str, list[_Name]] = {}
        for name in _unambiguous(_names(units)):
            self._by_first.setdefault(name.words[0], []).append(name)
        for names in self._by_first.values():
            names.sort(key=lambda name: (-len(name.words), not name.exact))

    def match(self, text: str) -> UnitMatch | None:
        words = _words(text)
        found = self.find(text)
        if len(found) != 1 or not words:
            return None
        start, end, unit = found[0]
        return unit if start <= words[0].start and end >= words[-1].end else None

    def find(self, text: str) -> list[tuple[int, int, UnitMatch]]:
        words = _words(text)
        found: list[tuple[int, int, UnitMatch]] = []
        place = 0
        while place < len(words):
            name = self._at(words, place, text)
            if name is None:
                place += 1
                continue
            last = words[place + len(name.words) - 1]
            found.append((words[place].start, last.end, UnitMatch(name.unit.code, name.unit.name, name.exact)))
            place += len(name.words)
        return found

    def _at(self, words: Sequence[_Word], place: int, text: str) -> _Name | None:
        for name in self._by_first.get(words[place].folded, ()):
            stop = place + len(name.words)
            if stop > len(words) or tuple(word.folded for word in words[place:stop]) != name.words:
                continue
            if name.is_short:
                if _stands_alone(words, place, stop, text):
                    return name
            elif not self._goes_on(words, place, stop, text):
                return name
        return None

    def _goes_on(self, words: Sequence[_Word], place: int, stop: int, text: str) -> bool:
        """Only the head of another agency's name: "Thanh tra Bộ Y tế", "Trung tâm Thông tin y tế quốc gia".

        Not before the name of one of these units ("Vụ Pháp chế Bộ Nội vụ"), nor before "Bộ" alone.
        """
        if stop >= len(words) or text[words[stop - 1].end : words[stop].start].strip(" \t\xa0"):
            return False
        if tuple(word.folded for word in words[stop : stop + 2]) in _OF_ANOTHER:
            return True
        written = text[words[place].start : words[stop - 1].end]
        if not text[words[stop].start].isupper() or written.isupper():
            return False
        if any(self._is_at(words, stop, name) for name in self._by_first.get(words[stop].folded, ())):
            return False
        is_bare_type = any(tuple(w.folded for w in words[stop : stop + len(kind)]) == kind for kind in _TYPES)
        after = stop + 1
        is_named = after < len(words) and text[words[after].start].isupper() and not _is_parted(words, stop, text)
        return is_named or not is_bare_type

    def _is_at(self, words: Sequence[_Word], place: int, name: _Name) -> bool:
        return tuple(word.folded for word in words[place : place + len(name.words)]) == name.words


class _Word(NamedTuple):
    start: int
    end: int
    folded: str


def own_words(name: str) -> str:
    """Folded, without the word for the kind of unit: "phap che" of "Vụ Pháp chế"; all of it where nothing is left."""
    words = tuple(word.folded for word in _words(name))
    kind = next((kind for kind in _TYPES if words[: len(kind)] == kind), ())
    return " ".join(words[len(kind) :] or words)


def _words(text: str) -> list[_Word]:
    found = (_Word(match.start(), match.end(), fold(match[0])) for match in _WORD.finditer(text))
    return [word for word in found if word.folded and word.folded not in _JOINING]


def _is_parted(words: Sequence[_Word], place: int, text: str) -> bool:
    """Whether a mark or a line's end stands between a word and the next one."""
    return bool(text[words[place].end : words[place + 1].start].strip(" \t\xa0"))


def _stands_alone(words: Sequence[_Word], place: int, stop: int, text: str) -> bool:
    """A short form counts when written as a name, and not as part of a longer one.

    "Văn phòng Chính phủ" is not this house's office; "Phòng KHTC" not its "Vụ KHTC".
    """
    written = text[words[place].start : words[stop - 1].end]
    if not written[0].isupper() or (stop - place == 1 and not written.isupper()):
        return False
    if _follows_a_kind(words, place, text):
        return False
    if stop >= len(words):
        return True
    between = text[words[stop - 1].end : words[stop].start]
    if between.strip():
        return True
    return not text[words[stop].start].isupper() and words[stop].folded not in _AFTER_ANOTHER_NAME


def _follows_a_kind(words: Sequence[_Word], place: int, text: str) -> bool:
    """Right after a word by which the name of some unit begins: a name that the organisation does not know."""
    if place == 0 or text[words[place - 1].end : words[place].start].strip():
        return False
    before = tuple(word.folded for word in words[max(0, place - 2) : place])
    return before in _TYPES or before[-1:] in _TYPES


def _names(units: Iterable[NamedUnit]) -> Iterator[_Name]:
    for unit in units:
        yield from _forms(unit)


def _forms(unit: NamedUnit) -> Iterator[_Name]:
    full = tuple(word.folded for word in _words(unit.name))
    if not full:
        return
    yield _Name(full, unit, exact=True, is_short=len(full) == 1)
    for alias in unit.aliases:
        if words := tuple(word.folded for word in _words(alias)):
            # "Văn phòng" alone is a name only of this organisation's: not in "Văn phòng Ủy ban nhân dân tỉnh".
            yield _Name(words, unit, exact=True, is_short=len(words) == 1 or words in _TYPES)
    kind = next((kind for kind in _TYPES if full[: len(kind)] == kind), ())
    rest = full[len(kind) :]
    if not kind or not rest:
        return
    for words in _short_forms(unit.name, kind, rest):
        yield _Name(words, unit, exact=False, is_short=words == kind or len(words) == 1)


def _short_forms(name: str, kind: tuple[str, ...], rest: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """ "Vụ TCCB", "VP Bộ", "Trung tâm TT", "Vụ KH-TC", "TCCB"; and a name without "nhà nước" at its end."""
    initials = "".join(word[0] for word in rest)
    short_kind = _TYPE_INITIALS.get(kind, "")
    if len(rest) > 1:
        yield (*kind, initials)
        groups = ["".join(word.folded[0] for word in _words(part)) for part in re.split(r"[-–,]| và ", name)]
        if len(groups) > 1 and len(groups[0]) > len(kind):
            groups[0] = groups[0][len(kind) :]
            yield (*kind, *groups)
            yield tuple(groups) if len(groups) > 2 else (*kind, *groups)
    if short_kind:
        yield (short_kind, *rest)
        if len(rest) > 1:
            yield (short_kind, initials)
        yield (short_kind + initials,)
    if len(initials) >= 3:
        yield (initials,)
    if len(rest) == 1 and rest[0] in _OWNERS:
        yield kind
    for tail in _TAILS:
        if rest[-2:] == tail and len(rest) > 2:
            yield (*kind, *rest[:-2])


def _unambiguous(names: Iterable[_Name]) -> Iterator[_Name]:
    """Names that mean one unit. A full name wins over another unit's short form; two equals are both left out."""
    by_words: dict[tuple[str, ...], list[_Name]] = {}
    for name in names:
        by_words.setdefault(name.words, []).append(name)
    for same in by_words.values():
        best = [name for name in same if name.exact] or same
        if len({name.unit.code for name in best}) == 1:
            yield best[0]
