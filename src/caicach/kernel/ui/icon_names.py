"""The icons our pages may use: Tabler outline (listed in icons/tabler.txt) and our own shapes. One icon, one meaning.

`caicach assets build` cuts the sprite from these. A test refuses a template that names an icon missing here: add a
line, then build again.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

DRAWINGS: Final = Path(__file__).resolve().parent / "icons"

TABLER: Final[tuple[str, ...]] = tuple((DRAWINGS / "tabler.txt").read_text("utf-8").split())

OWN: Final[tuple[str, ...]] = tuple(sorted(path.stem for path in DRAWINGS.glob("*.svg")))
"""Drawn by us: the six shapes of a deadline, and the dotted ring of what has not been started."""

ALL: Final[frozenset[str]] = frozenset(TABLER) | frozenset(OWN)
