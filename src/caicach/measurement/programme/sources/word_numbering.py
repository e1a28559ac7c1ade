"""Automatic numbers of a Word file, written out: "1.", "1.2.", "a)", "I.", "-", counted as Word counts.

A paragraph only says which list and level it belongs to; the number a reader sees is nowhere in the file.
Source: ECMA-376 part 1, 17.9.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from caicach.kernel.files.reading import Element

from .word_styles import Styles, W, is_on, list_of, value

_LEVELS: Final = 9
_LARGEST: Final = 100_000
_ROMAN: Final = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how its number is written and where it starts. `restart` None: after any higher level."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int | None = None
    is_legal: bool = False
    style: str = ""


@dataclass(slots=True)
class _List:
    """What a paragraph's list id means: the levels, the counter it shares with its sisters, and starts of its own."""

    shared: str
    levels: dict[int, Level]
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts through a document. `label` is asked for each numbered paragraph, in order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._lists: dict[str, _List] = {}
        self._counters: dict[str, list[int | None]] = {}
        if root is not None:
            self._read(root, styles)

    def level_of_style(self, list_id: str, style_id: str) -> int:
        """The level a style is tied to in a list, 0 when to none."""
        found = self._lists.get(list_id)
        return next((level for level, it in found.levels.items() if it.style == style_id), 0) if found else 0

    def label(self, list_id: str, level: int) -> str:
        """The number or bullet of the next paragraph of this list and level; "" when the list shows none."""
        found = self._lists.get(list_id)
        shown = found.levels.get(level) if found else None
        if found is None or shown is None:
            return ""
        self._count(found, level)
        if shown.form == "bullet":
            return _bullet(shown.text)
        return re.sub("%([1-9])", lambda place: self._number(found, shown, int(place[1]) - 1), shown.text).strip()

    def _count(self, found: _List, level: int) -> None:
        counters = self._counters.setdefault(found.shared, [None] * _LEVELS)
        if level in found.starts:  # counts once: the list begins anew where it is first used
            counters[level] = found.starts.pop(level) - 1
        before = counters[level]
        counters[level] = min((found.levels[level].start - 1 if before is None else before) + 1, _LARGEST)
        for deeper in range(level + 1, _LEVELS):
            restart = found.levels.get(deeper, Level()).restart
            if restart is None or level < restart:
                counters[deeper] = None

    def _number(self, found: _List, shown: Level, level: int) -> str:
        counter = self._counters[found.shared][level]
        of_level = found.levels.get(level, Level())
        number = of_level.start if counter is None else counter
        return written_as("decimal" if shown.is_legal else of_level.form, number)

    def _read(self, root: Element, styles: Styles) -> None:
        abstract = {it.get(f"{W}abstractNumId", ""): it for it in root.iterchildren(f"{W}abstractNum")}
        instances = {it.get(f"{W}numId", ""): it for it in root.iterchildren(f"{W}num")}
        for list_id, instance in instances.items():
            shared = value(instance.find(f"{W}abstractNumId")) or ""
            definition = abstract.get(shared)
            if definition is not None and (style := value(definition.find(f"{W}numStyleLink"))):
                shared = _shared_of_style(style, styles, instances) or shared
                definition = abstract.get(shared, definition)
            levels = {} if definition is None else _levels(definition)
            found = _List(shared, levels)
            for override in instance.iterchildren(f"{W}lvlOverride"):
                level = _whole(override.get(f"{W}ilvl"))
                if (own := override.find(f"{W}lvl")) is not None:
                    levels[level] = _level(own)
                if (start := value(override.find(f"{W}startOverride"))) is not None:
                    found.starts[level] = _whole(start)
            self._lists[list_id] = found


def written_as(form: str, number: int) -> str:
    """A number in the form of a list level. Forms of other scripts are written as digits."""
    match form:
        case "none":
            return ""
        case "decimalZero":
            return f"{number:02d}"
        case "upperRoman" | "lowerRoman":
            roman = _roman(number)
            return roman if form == "upperRoman" else roman.lower()
        case "upperLetter" | "lowerLetter":
            letters = _letters(number)
            return letters if form == "upperLetter" else letters.lower()
        case _:
            return str(number)


def _roman(number: int) -> str:
    if not 0 < number < 4_000:
        return str(number)
    written = ""
    for worth, letters in _ROMAN:
        times, number = divmod(number, worth)
        written += letters * times
    return written


def _letters(number: int) -> str:
    """A to Z, then AA, BB and so on, as Word goes on."""
    if not 0 < number < 26 * 9:
        return str(number)
    times, place = divmod(number - 1, 26)
    return chr(65 + place) * (times + 1)


def _bullet(text: str) -> str:
    """Bullets come in a hundred shapes of symbol fonts; a reader of text needs two: "-" and the "+" below it."""
    return "+" if text.strip() == "+" else "-"


def _shared_of_style(style_id: str, styles: Styles, instances: dict[str, Element]) -> str | None:
    list_id = styles.style(style_id).list_id
    instance = instances.get(list_id or "")
    return None if instance is None else value(instance.find(f"{W}abstractNumId"))


def _levels(definition: Element) -> dict[int, Level]:
    return {_whole(it.get(f"{W}ilvl")): _level(it) for it in definition.iterchildren(f"{W}lvl")}


def _level(element: Element) -> Level:
    restart = value(element.find(f"{W}lvlRestart"))
    start = value(element.find(f"{W}start"))
    legal = element.find(f"{W}isLgl")
    return Level(
        start=1 if start is None else _whole(start),
        form=value(element.find(f"{W}numFmt")) or "decimal",
        text=(value(element.find(f"{W}lvlText")) or "")[:100],
        restart=None if restart is None else _whole(restart),
        is_legal=legal is not None and is_on(legal.get(f"{W}val")),
        style=value(element.find(f"{W}pStyle")) or "",
    )


def _whole(text: str | None) -> int:
    text = text or ""
    return min(int(text), _LARGEST) if text.isascii() and text.isdigit() and len(text) < 10 else 0


__all__ = ["Level", "Numbering", "list_of", "written_as"]
