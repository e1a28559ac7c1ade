"""QR codes as vector pictures."""

from __future__ import annotations

import qrcode
from qrcode.constants import ERROR_CORRECT_M

_QUIET = 4
"""Blank modules around the code, as ISO/IEC 18004 wants."""


def svg(text: str) -> str:
    """An SVG of the code, one path, black on nothing, one unit a module. Raises ValueError when `text` is too long."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=_QUIET)
    code.add_data(text)
    code.make(fit=True)
    matrix = code.get_matrix()
    path = "".join(f"M{x} {y}h1v1h-1z" for y, line in enumerate(matrix) for x, is_dark in enumerate(line) if is_dark)
    size = len(matrix)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"><path d="{path}"/></svg>'
