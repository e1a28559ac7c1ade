"""Styles of a Word file: heading level, numbering, font and whether text is hidden, inherited as Word does.

Source: ECMA-376 part 1, 17.7 (styles), 17.3.1.20 (outline level).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from caicach.kernel.files.reading import Element

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING: Final = re.compile(r"heading ([1-9])", re.IGNORECASE)
_BODY_LEVEL: Final = 9
_OFF: Final = frozenset({"0", "false", "off"})


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says after inheritance; None where nothing in the chain says anything.

    outline : 0 for the highest heading level, 9 for body text.
    list_id, list_level : the numbering it takes part in ("0" is none).
    """

    name: str = ""
    outline: int | None = None
    list_id: str | None = None
    list_level: int | None = None
    font: str | None = None
    is_hidden: bool | None = None


NO_STYLE: Final = Style()


class Styles:
    """All styles of a file by id. Asking for one that is not there gives an empty style."""

    def __init__(self, root: Element | None) -> None:
        self._elements = {} if root is None else {it.get(f"{W}styleId", ""): it for it in root.iter(f"{W}style")}
        self._found: dict[str, Style] = {}
        defaults = None if root is None else root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self.font = font_of(defaults) or ""
        self.paragraph = next((key for key, it in self._elements.items() if _is_default_paragraph(it)), "")

    def style(self, style_id: str) -> Style:
        """The style with everything it inherits. A style that inherits from itself ends the chain."""
        if style_id not in self._found:
            chain: list[Element] = []
            element = self._elements.get(style_id)
            while element is not None and element not in chain:
                chain.append(element)
                element = self._elements.get(value(element.find(f"{W}basedOn")) or "")
            style = NO_STYLE
            for element in reversed(chain):
                style = _laid_over(style, element)
            self._found[style_id] = style
        return self._found[style_id]


def _is_default_paragraph(element: Element) -> bool:
    return element.get(f"{W}type") == "paragraph" and is_on(element.get(f"{W}default"), missing="0")


def _laid_over(base: Style, element: Element) -> Style:
    name = value(element.find(f"{W}name")) or ""
    paragraph, run = element.find(f"{W}pPr"), element.find(f"{W}rPr")
    outline = outline_of(paragraph)
    if outline is None and (heading := _HEADING.fullmatch(name)):
        outline = int(heading[1]) - 1
    list_id, list_level = list_of(paragraph)
    hidden = is_hidden(run)
    return replace(
        base,
        name=name,
        outline=base.outline if outline is None else outline,
        list_id=base.list_id if list_id is None else list_id,
        list_level=base.list_level if list_level is None else list_level,
        font=font_of(run) or base.font,
        is_hidden=base.is_hidden if hidden is None else hidden,
    )


def value(element: Element | None) -> str | None:
    """The `val` of an element, None when the element is not there."""
    return None if element is None else element.get(f"{W}val", "")


def is_on(written: str | None, missing: str = "1") -> bool:
    """Whether a switch is on: an element without a value is."""
    return (missing if written is None else written).lower() not in _OFF


def outline_of(properties: Element | None) -> int | None:
    written = None if properties is None else value(properties.find(f"{W}outlineLvl"))
    return min(int(written), _BODY_LEVEL) if written and written.isdigit() else None


def list_of(properties: Element | None) -> tuple[str | None, int | None]:
    """The list a paragraph or style takes part in, and the level in it."""
    numbering = None if properties is None else properties.find(f"{W}numPr")
    if numbering is None:
        return None, None
    level = value(numbering.find(f"{W}ilvl"))
    return value(numbering.find(f"{W}numId")), int(level) if level and level.isdigit() else None


def font_of(properties: Element | None) -> str | None:
    """The font for letters beyond ASCII. A theme's font is one of today, so it needs no name: ""."""
    fonts = None if properties is None else properties.find(f"{W}rFonts")
    if fonts is None:
        return None
    return fonts.get(f"{W}hAnsi") or fonts.get(f"{W}ascii") or ("" if fonts.get(f"{W}asciiTheme") else None)


def is_hidden(properties: Element | None) -> bool | None:
    switch = None if properties is None else properties.find(f"{W}vanish")
    return None if switch is None else is_on(switch.get(f"{W}val"))
