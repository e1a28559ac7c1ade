"""A font of boxes for letters that Tinos lacks (emoji, Chinese, Arabic).

PDF/A forbids the glyph ".notdef", so one such letter in a citizen's name would make the whole paper fail. This font
gives every code point a box of its own glyph number, so that the letter, though drawn as a box, is still the same
letter to whoever copies, searches or listens to the PDF. `python -m caicach.kernel.papers.last_resort` writes it anew.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Final

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable
from fontTools.ttLib.tables._g_l_y_f import Glyph

FAMILY: Final = "Caicach Last Resort"
FONT_FILE: Final = Path(__file__).resolve().parent / "fonts" / "last-resort.ttf"

_BOXES: Final = 1021
"""Glyphs that look alike. A prime, so that neighbouring scripts do not fall on the same number; where two letters of
one paper do, the PDF says which is meant by ActualText, which fewer readers understand."""

_INVISIBLE: Final = ((0x200B, 0x200F), (0x2028, 0x202E), (0x2060, 0x206F), (0xFE00, 0xFE0F), (0xE0000, 0xE0FFF))
"""Joiners and variation selectors: a shaper leaves them out when no font has them."""

_MADE: Final = 3_786_912_000
"""2024-01-01 in seconds from 1904, as fonts count; fixed so that the file is always the same."""


def build() -> bytes:
    """The TrueType file: one box outline, referred to by `_BOXES` glyphs, mapped to all of Unicode."""
    names = [".notdef", "box", *(f"box{index}" for index in range(1, _BOXES))]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({})
    builder.font["cmap"].tables = [_character_map(names)]
    builder.setupGlyf({name: _outline() if name in (".notdef", "box") else _same_box() for name in names})
    builder.setupHorizontalMetrics(dict.fromkeys(names, (600, 60)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable(
        {
            "copyright": "Made by caicach",
            "familyName": FAMILY,
            "styleName": "Regular",
            "uniqueFontIdentifier": "CaicachLastResort",
            "fullName": FAMILY,
            "version": "Version 1.0",
            "psName": "CaicachLastResort-Regular",
        }
    )
    builder.setupOS2(sTypoAscender=800, usWinAscent=800, usWinDescent=200, fsType=0)
    builder.setupPost(keepGlyphNames=False)
    builder.font["head"].created = builder.font["head"].modified = _MADE
    builder.font.recalcTimestamp = False
    written = BytesIO()
    builder.font.save(written)
    return written.getvalue()


def _character_map(names: list[str]) -> CmapSubtable:
    subtable = CmapSubtable.newSubtable(12)
    subtable.platformID, subtable.platEncID, subtable.language = 3, 10, 0
    subtable.cmap = {point: names[1 + point % _BOXES] for point in range(0x21, 0x110000) if _is_drawn(point)}
    return subtable


def _is_drawn(point: int) -> bool:
    if 0x7F <= point <= 0xA0 or 0xD800 <= point <= 0xDFFF or point & 0xFFFE == 0xFFFE:
        return False
    return not any(first <= point <= last for first, last in _INVISIBLE)


def _outline() -> Glyph:
    pen = TTGlyphPen(None)
    for corners in (((60, 0), (60, 700), (540, 700), (540, 0)), ((110, 50), (490, 50), (490, 650), (110, 650))):
        pen.moveTo(corners[0])
        for corner in corners[1:]:
            pen.lineTo(corner)
        pen.closePath()
    return pen.glyph()


def _same_box() -> Glyph:
    pen = TTGlyphPen({"box": None})
    pen.addComponent("box", (1, 0, 0, 1, 0, 0))
    return pen.glyph()


if __name__ == "__main__":
    FONT_FILE.write_bytes(build())
