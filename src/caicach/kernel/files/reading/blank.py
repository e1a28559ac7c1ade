"""Whether a Word document holds anything that a person would read or look at."""

from __future__ import annotations

from typing import Final

from .safe_xml import Element

_SHOWN: Final = frozenset({"drawing", "pict", "object", "altChunk", "contentPart", "subDoc", "sym"})
"""Elements that show something without a letter: a picture, an object, another document, a symbol."""


def is_blank(document: Element) -> bool:
    """No letter and no picture in the body. What was deleted under tracked changes counts as gone; a head or foot of
    the page alone is a letterhead, not a document.
    """
    for element in document.iter():
        local = str(element.tag).rpartition("}")[2]
        if local in _SHOWN or (local == "t" and (element.text or "").strip()):
            return False
    return True
