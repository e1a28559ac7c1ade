"""The child process that opens a PDF, run as a script by pdf.py and by nobody else.

The PDF comes on standard input, the answer goes to standard output as JSON. pdfium is native code that meets hostile
bytes here, so the process has no environment, opens no file, may write only the answer, and holds itself to bounds of
memory and processor time from its first line. When the parent goes, the pipe it holds closes and this process ends too:
a killed server leaves nothing running. Nothing of this package is imported, so that it starts fast.
"""

from __future__ import annotations

import json
import os
import re
import resource
import sys
import threading
import zlib
from collections.abc import Iterator
from ctypes import c_double
from math import cos, hypot, sin
from typing import Any

CANNOT_START = 4
_MAP_PROBE = 2_000
_OBJECT_STREAM = re.compile(
    rb"/Type\s*/ObjStm\b[^>]{0,400}>>\s*stream\r?\n|<<[^>]{0,400}/ObjStm\b[^>]{0,400}>>\s*stream\r?\n"
)
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_UNPACKED_AT_MOST = 64 * 1024 * 1024
_FLAGS = {
    "javascript": re.compile(rb"/(?:JavaScript|JS)\b"),
    "launch": re.compile(rb"/Launch\b"),
    "attachments": re.compile(rb"/EmbeddedFiles?\b"),
}


def hold_to(*, memory: int, seconds: int, answer: int) -> None:
    """Bounds that the system enforces: address space, processor time, size of what is written; no core dump."""
    for what, bound in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, answer),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(what, (bound, bound))
        except (ValueError, OSError):  # a system that knows no such bound (address space on macOS)
            continue


def end_with_parent(pipe: int) -> None:
    """Ends this process when the other end of the pipe closes, whatever it is doing then."""

    def watch() -> None:
        os.read(pipe, 1)
        os._exit(3)

    threading.Thread(target=watch, daemon=True).start()


def flags_in(content: bytes) -> list[str]:
    """Active content by the names that introduce it, also inside compressed object streams and written with escapes."""
    found = set()
    for text in (content, *object_streams(content)):
        plain = _ESCAPED.sub(lambda escape: bytes([int(escape[1], 16)]), text) if b"#" in text else text
        found |= {flag for flag, name in _FLAGS.items() if name.search(plain)}
    return sorted(found)


def object_streams(content: bytes) -> Iterator[bytes]:
    left = _UNPACKED_AT_MOST
    for start in _OBJECT_STREAM.finditer(content):
        try:
            text = zlib.decompressobj().decompress(content[start.end() : start.end() + left], left)
        except zlib.error:
            continue
        left -= len(text)
        yield text
        if left <= 0:
            return


def read(content: bytes, *, most_pages: int, with_text: bool) -> dict[str, Any]:
    try:
        import pypdfium2
        from pypdfium2 import raw
    except ImportError:
        os._exit(CANNOT_START)
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        return {"error": "encrypted" if locked else "corrupt"}
    count = len(document)
    if not count:
        return {"error": "corrupt"}
    if count > most_pages:
        return {"error": "pages", "pages": count}
    flags = set(flags_in(content))
    if raw.FPDFDoc_GetJavaScriptActionCount(document) > 0:
        flags.add("javascript")
    if raw.FPDFDoc_GetAttachmentCount(document) > 0:
        flags.add("attachments")
    pages = [page_of(document, place, raw) for place in range(count)] if with_text else []
    return {"count": count, "flags": sorted(flags), "pages": pages}


def page_of(document: Any, place: int, raw: Any) -> dict[str, Any]:
    """One page: its size, its lines, whether anything but text is drawn on it, and letters that name no character."""
    try:
        page = document[place]
        textpage = page.get_textpage()
    except Exception:  # noqa: BLE001 - pdfium's own error for a page that is broken: the page counts as a picture
        return {"width": 0, "height": 0, "lines": [], "is_drawn": True, "unmapped": 0, "letters": 0}
    try:
        count = raw.FPDFText_CountChars(textpage)
        codes = [raw.FPDFText_GetUnicode(textpage, index) for index in range(count)]
        probed = range(min(count, _MAP_PROBE))
        return {
            "width": page.get_width(),
            "height": page.get_height(),
            "lines": list(lines_of(textpage, codes, page, raw)),
            "is_drawn": any(it.type != raw.FPDF_PAGEOBJ_TEXT for it in page.get_objects(max_depth=1)),
            "unmapped": sum(raw.FPDFText_HasUnicodeMapError(textpage, index) == 1 for index in probed),
            "letters": len(probed),
        }
    finally:
        textpage.close()
        page.close()


def lines_of(textpage: Any, codes: list[int], page: Any, raw: Any) -> Iterator[list[Any]]:
    """[text, left, right, baseline, size] of each line, in points from the upper left corner as the page is shown.

    pdfium's own line breaks are not enough: it runs lines together where one ends in a word it takes for unfinished.
    So wherever a line might have been broken, the place of the next character is asked.
    """
    place = Placing(textpage, page, raw)
    begin, shown = 0, [-1, -1]  # where the line begins; its first and last characters that are not blank
    angle = height = 0.0
    for index, code in enumerate([*codes, 10]):
        if code in (10, 13):
            if shown[0] >= 0:
                yield line_of(codes[begin:index], shown, place)
            begin, shown = index + 1, [-1, -1]
        elif not chr(code).isspace():
            if shown[0] < 0:
                shown[0], angle = index, place.angle(index)
                height = place.height(index, angle)
            elif may_break_after(codes[index - 1]):
                here = place.height(index, angle)
                if abs(here - height) > place.size(index) * 0.6:
                    yield line_of(codes[begin:index], shown, place)
                    begin, shown[0], height = index, index, here
            shown[1] = index


def may_break_after(code: int) -> bool:
    """A blank, a hyphen (also as pdfium marks one at a line's end), a slash."""
    return code in (0x2D, 0x2F, 0x02, 0xAD, 0xFFFE) or chr(code).isspace()


def line_of(codes: list[int], shown: list[int], place: Placing) -> list[Any]:
    left, baseline = place.start(shown[0])
    right = place.end(shown[1])
    size = place.size(shown[0])
    text = "".join(map(chr, codes))
    return [text, round(left, 1), round(right, 1), round(baseline, 1), round(size, 1)]


class Placing:
    """Places of characters on a page as it is shown, turned or not."""

    def __init__(self, textpage: Any, page: Any, raw: Any) -> None:
        self._textpage, self._raw = textpage, raw
        self._rotation = page.get_rotation()
        self._width, self._height = page.get_width(), page.get_height()
        self._x, self._y = c_double(), c_double()
        self._matrix = raw.FS_MATRIX()

    def angle(self, index: int) -> float:
        """The direction in which text runs here, in radians; a cell's heading may run upwards."""
        return max(0.0, float(self._raw.FPDFText_GetCharAngle(self._textpage, index)))

    def height(self, index: int, angle: float) -> float:
        """How far above the line through the page's corner a character stands, seen along its own direction."""
        self._raw.FPDFText_GetCharOrigin(self._textpage, index, self._x, self._y)
        return self._y.value * cos(angle) - self._x.value * sin(angle)

    def start(self, index: int) -> tuple[float, float]:
        """Where a character begins along its line, and how far below the upper edge its line stands."""
        self._raw.FPDFText_GetCharOrigin(self._textpage, index, self._x, self._y)
        return self._shown(self._x.value, self._y.value)

    def end(self, index: int) -> float:
        """Where a character ends along its line."""
        left, bottom, right, top = self._textpage.get_charbox(index)
        corner = {90: (left, top), 180: (left, bottom), 270: (left, bottom)}.get(self._rotation, (right, bottom))
        return self._shown(*corner)[0]

    def size(self, index: int) -> float:
        """The size of a character's font as drawn: a page may scale what its text objects say."""
        said = float(self._raw.FPDFText_GetFontSize(self._textpage, index))
        if not self._raw.FPDFText_GetMatrix(self._textpage, index, self._matrix):
            return said
        return said * (hypot(self._matrix.c, self._matrix.d) or 1)

    def _shown(self, x: float, y: float) -> tuple[float, float]:
        if self._rotation == 90:
            return y, x
        if self._rotation == 180:
            return self._width - x, y
        if self._rotation == 270:
            return self._width - y, self._height - x
        return x, self._height - y


def main() -> None:
    memory, seconds, answer, most_pages, with_text, pipe = (int(value) for value in sys.argv[1:7])
    hold_to(memory=memory, seconds=seconds, answer=answer)
    end_with_parent(pipe)
    try:
        result = read(sys.stdin.buffer.read(), most_pages=most_pages, with_text=bool(with_text))
    except MemoryError:
        result = {"error": "memory"}
    sys.stdout.write(json.dumps(result))
    sys.stdout.flush()
    os._exit(0)  # the answer is out: pdfium's own clean-up could only crash


if __name__ == "__main__":
    main()
