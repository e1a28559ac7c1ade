"""What someone looks for: the words as typed, each with the other ways in which texts write it. Pure.

Well-known abbreviations stand for their words and the words for them ("TTHC", "thủ tục hành chính"), by the list in
reference/abbreviations.csv; nothing stored changes when the list does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise, product
from pathlib import Path
from typing import Final

from caicach.kernel.calendar.reference import reference_rows

from .folding import fold
from .marks import has_marks, plain, spellings

MOST_TERMS: Final = 10
REFERENCE: Final = Path(__file__).parent / "reference"

_SEPARATORS: Final = re.compile(r"[,;]+")


@dataclass(frozen=True, slots=True)
class Term:
    """A word or an expression. shown : as typed.

    forms : folded, one of them must stand in a text; words : those of an expression, which may stand apart instead.
    """

    shown: str
    forms: tuple[str, ...]
    words: tuple[str, ...] = ()

    def stands_in(self, text: str, *, after: str = "") -> bool:
        """after : what must stand before each of them, a blank for the beginning of a word."""
        if any(f"{after}{form}" in text for form in self.forms):
            return True
        return bool(self.words) and all(f"{after}{word}" in text for word in self.words)


@dataclass(frozen=True, slots=True)
class Query:
    """At least `wanted` of the terms must stand in a text: all of them, unless nothing has all.

    A text that has all is matched by parts of words too ("tho" finds "thong"); one that lacks some has the others from
    the beginning of a word on, since what is near must not be near by chance.
    """

    terms: tuple[Term, ...]
    wanted: int

    @property
    def has_all(self) -> bool:
        return self.wanted == len(self.terms)

    def missing(self, text: str) -> tuple[str, ...]:
        """The terms, as typed, that a folded text does not hold."""
        return tuple(term.shown for term in self.terms if not self._stands_in(term, text))

    @property
    def written(self) -> tuple[tuple[str, ...], ...]:
        """The words that were typed with marks, each in its spellings, in small letters."""
        words = (word for term in self.terms for word in _SEPARATORS.sub(" ", term.shown).split())
        return tuple(spellings(word) for word in words if has_marks(word))

    def written_in(self, text: str) -> int:
        """How many of the words typed with marks an unfolded text holds with the same marks."""
        known = plain(text)
        return sum(any(spelling in known for spelling in word) for word in self.written)

    def matches(self, text: str) -> bool:
        return len(self.terms) - len(self.missing(text)) >= self.wanted

    def loosened(self) -> Iterator[Query]:
        """The same with one term less, two less and so on, as long as most of them are wanted."""
        for wanted in range(len(self.terms) - 1, len(self.terms) // 2, -1):
            yield replace(self, wanted=wanted)

    def neighbours(self) -> list[tuple[str, ...]]:
        """For each two terms that were typed side by side: how a text has them side by side."""
        return [
            tuple(f"{first} {second}" for first, second in product(left.forms, right.forms))
            for left, right in pairwise(self.terms)
        ]

    def _stands_in(self, term: Term, text: str) -> bool:
        return term.stands_in(text) if self.has_all else term.stands_in(f" {text}", after=" ")


def parse(typed: str, *, most: int = MOST_TERMS) -> Query:
    """The terms in their order, none twice; those after the first `most` are not asked for."""
    words = [(word, folded) for word in typed.split() for folded in fold(word).split()]
    terms: dict[tuple[str, ...], Term] = {}
    place = 0
    while place < len(words) and len(terms) < most:
        length, forms = _expression_at([folded for _word, folded in words], place)
        typed_words = words[place : place + length]
        shown = " ".join(word for word, _folded in typed_words)
        apart = _SEPARATORS.sub(" ", " ".join(folded for _word, folded in typed_words)).split()
        terms.setdefault(forms, Term(shown, forms, tuple(apart) if len(apart) > 1 else ()))
        place += length
    return Query(tuple(terms.values()), wanted=len(terms))


def _expression_at(words: list[str], place: int) -> tuple[int, tuple[str, ...]]:
    """The longest known expression that begins there, else the word alone: how many words it takes, and its forms."""
    for length in range(min(_longest(), len(words) - place), 0, -1):
        forms = _known().get(_spoken(words[place : place + length]))
        if forms is not None:
            return length, forms
    return 1, (words[place],)


def _spoken(words: Iterable[str]) -> str:
    """Without commas, which are written or not."""
    return " ".join(_SEPARATORS.sub(" ", " ".join(words)).split())


@cache
def _known() -> dict[str, tuple[str, ...]]:
    """Expression or abbreviation -> all the ways of writing it, folded. Raises MalformedReference."""
    found: dict[str, tuple[str, ...]] = {}
    for row in reference_rows(REFERENCE / "abbreviations.csv", columns=("short", "full", "noted_on")):
        short, full = fold(row["short"]), fold(row["full"])
        forms = tuple(dict.fromkeys((full, _spoken([full]), short)))
        found[short] = found[_spoken([full])] = forms
    return found


@cache
def _longest() -> int:
    return max(len(expression.split()) for expression in _known())
