"""Names written in capitals, as prose writes them."""

from __future__ import annotations

import re
from typing import Final

from .layout import is_shouted
from .words import squeezed

_PROPER: Final = re.compile(
    r"(?<!\w)(?:tỉnh|thành phố|huyện|quận|thị xã|xã(?!\s+hội(?!\w))|phường|thị trấn)\s+"
    r"(?P<name>(?!năm|giai|trực|thuộc|và)[^\W\d_]+(?:\s+(?!năm|giai|của|đến|trên|trong|và)[^\W\d_]+){0,3})",
    re.IGNORECASE,
)
_INITIALS: Final = re.compile(r"(?<!\w)(?:ubnd|hđnd|gddt|gdđt|[bcdđghklmnpqrstvx]{2,})(?!\w)")
"""Without a vowel it is no Vietnamese word: "cchc", "tthc", "qppl"."""


def recased(shouted: str, text: str) -> str:
    """A name in capitals as prose writes it: as the text does elsewhere, else by the usual rules of names."""
    shouted = squeezed(shouted)
    pattern = re.compile(r"\s+".join(re.escape(word) for word in shouted.split()), re.IGNORECASE)
    for found in pattern.finditer(text):
        if not is_shouted(found[0]):
            written = squeezed(found[0])
            return written[:1].upper() + written[1:]
    name = shouted.lower()
    name = re.sub(r"(?<!\w)(?:việt nam|hà nội|hồ chí minh)(?!\w)", lambda match: match[0].title(), name)
    name = _INITIALS.sub(lambda match: match[0].upper(), name)
    name = _PROPER.sub(lambda match: match[0][: match.start("name") - match.start()] + match["name"].title(), name)
    name = re.sub(
        r"\A(bộ|sở|vụ|cục|ban|phòng|chi cục|tổng cục|trung tâm|viện) (\w)", lambda m: f"{m[1]} {m[2].upper()}", name
    )
    return name[:1].upper() + name[1:]
