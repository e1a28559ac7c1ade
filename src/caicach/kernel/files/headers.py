"""How a stored file leaves: never run, never guessed, under the name that people gave it."""

from __future__ import annotations

import unicodedata
from typing import Final
from urllib.parse import quote

FOR_FOREIGN_CONTENT: Final = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}
"""On every answer that carries what someone sent: a browser that opens it anyway runs nothing in it."""


def content_disposition(*, name: str, inline: bool = False) -> str:
    """RFC 6266: the name in plain ASCII for old programs, and whole in UTF-8 (RFC 8187) for all others."""
    plain = unicodedata.normalize("NFD", name.replace("đ", "d").replace("Đ", "D"))
    plain = "".join(it for it in plain if " " <= it <= "~" and it not in '"\\%;')
    stem, _dot, extension = plain.rpartition(".")
    fallback = plain if stem.strip() else f"file.{extension}"
    how = "inline" if inline else "attachment"
    return f"{how}; filename=\"{fallback}\"; filename*=UTF-8''{quote(name, safe='')}"
