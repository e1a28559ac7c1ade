"""The words of a stretch of text with their places, in a form that can be compared.

Comparing never changes lengths: a word's offsets are offsets of the source. Spellings that differ only in where the
tone stands (hoá/hóa, uỷ/ủy) or in i/y (kĩ/kỹ, qui/quy) compare as one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

CITED = "§"
"""Stands for a whole citation, so that no word of a document's name is taken for a duty."""
OF_A_NAME = "·"
"""Stands before a word of a unit's name, so that it is taken for no verb."""
ENCLOSED = "()"
"""Stands for everything between brackets or quotation marks."""

_WORD = re.compile(r"\d+(?:[.,]\d+|:(?:19|20)\d\d(?!\d))*|[^\W\d_]+|\.{2,}|\S")
_OLD_TONE = re.compile(r"(?<!q)(?:o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])(?!\w)")
_NEW_TONE = dict(
    zip(
        ["oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"],
        ["òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"],
        strict=True,
    )
)
_SHORT_I = re.compile(r"(?<!\w)(?:qu|k|l)[iíìỉĩị](?!\w)")
_LONG_Y = str.maketrans("iíìỉĩị", "yýỳỷỹỵ")
_PAIRS = {"(": ")", "[": "]", "“": "”", "«": "»", '"': '"', "‘": "’", "{": "}"}


def is_strong_mark(low: str) -> bool:
    """A mark that parts a sentence into pieces: a semicolon, a colon, dots of omission."""
    return low in {";", ":", "…"} or low.startswith("..")


def word_set(words: str) -> frozenset[str]:
    """The words of a string, for sets that are easier to read in a line than in a list."""
    return frozenset(words.split())


def squeezed(text: str) -> str:
    """The text on one line with single blanks."""
    return " ".join(text.split())


def capitalised(text: str) -> str:
    """The text with its first letter a capital, the others as they are."""
    return text[:1].upper() + text[1:]


class Word(NamedTuple):
    """One word or mark: text[start:end] as compared (`low`)."""

    start: int
    end: int
    low: str


def lowered(text: str) -> str:
    """Lower case of the same length, with one spelling for tones and for i/y."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)
    low = _OLD_TONE.sub(lambda found: _NEW_TONE[found[0]], low)
    return _SHORT_I.sub(lambda found: found[0][:-1] + found[0][-1].translate(_LONG_Y), low)


def words_of(low: str, start: int, end: int, *, cited: Sequence[tuple[int, int]] = ()) -> list[Word]:
    """Words between two offsets; each citation in `cited` (sorted, apart) that lies inside is one word."""
    found: list[Word] = []
    place = start
    for first, last in cited:
        found.extend(_plain(low, place, first))
        found.append(Word(first, last, CITED))
        place = last
    found.extend(_plain(low, place, end))
    return found


def _plain(low: str, start: int, end: int) -> Iterator[Word]:
    for match in _WORD.finditer(low, start, end):
        yield Word(match.start(), match.end(), match[0])


_LONGEST_ENCLOSED = 400
"""Words that brackets may hold; beyond that the closing one belongs to something else."""


def flattened(words: Sequence[Word]) -> list[Word]:
    """The same words with each closed pair of brackets or quotation marks, and all between, as one word."""
    closes = _closing_places(words)
    flat: list[Word] = []
    place = 0
    while place < len(words):
        close = closes.get(place)
        if close is None or close - place > _LONGEST_ENCLOSED:
            flat.append(words[place])
            place += 1
            continue
        flat.append(Word(words[place].start, words[close].end, ENCLOSED))
        place = close + 1
    return flat


def _closing_places(words: Sequence[Word]) -> dict[int, int]:
    """Place of each mark that opens a pair, and of the one that closes it. A mark left alone is none."""
    closes: dict[int, int] = {}
    waiting: list[tuple[str, int]] = []
    for place, word in enumerate(words):
        if waiting and word.low == waiting[-1][0]:
            closes[waiting.pop()[1]] = place
        elif word.low in _PAIRS:
            if len(waiting) < 8:
                waiting.append((_PAIRS[word.low], place))
        elif word.low in _CLOSERS and (depth := _depth_of(waiting, word.low)) is not None:
            closes[waiting[depth][1]] = place
            del waiting[depth:]
    return closes


_CLOSERS = frozenset(_PAIRS.values())


def _depth_of(waiting: Sequence[tuple[str, int]], close: str) -> int | None:
    return next((depth for depth in range(len(waiting) - 1, -1, -1) if waiting[depth][0] == close), None)


_LONGEST_SENTENCE = 1_000
"""Words after which a sentence ends at the next comma, or at once: no office writes such a one, and what is done with a
sentence may take the square of its length."""
_SENTENCE_ENDS = frozenset({".", "?", "!"})
_NO_END_AFTER = frozenset({"tp", "ts", "ths", "pgs", "gs", "th", "tt", "kt", "tm", "tl", "tx", "mr", "bs", "ks", "no"})


def sentences(words: Sequence[Word], text: str) -> Iterator[list[Word]]:
    """Sentences of a paragraph already flattened, each without the mark that ends it."""
    sentence: list[Word] = []
    for place, word in enumerate(words):
        is_over = len(sentence) >= _LONGEST_SENTENCE and (word.low in ",;" or len(sentence) >= 2 * _LONGEST_SENTENCE)
        if not is_over and not _ends_sentence(words, place, text):
            sentence.append(word)
            continue
        if sentence:
            yield sentence
        sentence = []
    if sentence:
        yield sentence


def _ends_sentence(words: Sequence[Word], place: int, text: str) -> bool:
    mark = words[place]
    is_ellipsis = mark.low == "…" or (len(mark.low) > 1 and mark.low[0] == ".")
    if mark.low not in _SENTENCE_ENDS and not is_ellipsis:
        return False
    if place + 1 == len(words):
        return True
    after = words[place + 1]
    begins = after.low in (ENCLOSED, CITED) or text[after.start].isupper() or text[after.start].isdigit()
    if not begins or (after.low == ENCLOSED and is_ellipsis):
        return False
    if after.start == mark.end and not text[after.start].isupper():
        return False
    before = words[place - 1].low if place else ""
    return mark.low != "." or not (before in _NO_END_AFTER or (len(before) == 1 and before.isalpha()))
