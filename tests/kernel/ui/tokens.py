"""Reads tokens.css: the colours of each theme, and their contrast."""

from __future__ import annotations

import re
from pathlib import Path

import caicach.kernel.ui

FILE = Path(caicach.kernel.ui.__file__).parent / "static" / "ui" / "css" / "tokens.css"
_BLOCK = re.compile(r"([^{}]*)\{([^{}]*)\}")
_COLOUR = re.compile(r"--cc-([a-z0-9]+): (#[0-9A-Fa-f]{6});")


def colours(selector: str) -> dict[str, str]:
    """Token -> #RRGGBB of the block whose selector holds the words."""
    for head, body in _BLOCK.findall(FILE.read_text("utf-8")):
        found = dict(_COLOUR.findall(body))
        if selector in head and found:
            return found
    raise AssertionError(f"no block {selector} in {FILE}")


def luminance(colour: str) -> float:
    """WCAG 2.2 relative luminance."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
