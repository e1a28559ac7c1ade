"""From the lines of a PDF to paragraphs: lines are joined, page numbers, headers and footers taken out.

A line ends a paragraph when the next line's first word would still have fitted on it: whoever set the page broke there
on purpose. That rule holds for ragged and justified text alike; indents, gaps, sizes and list marks decide the rest.
Two columns stay in the order of the file.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final

from caicach.kernel.files.reading import PdfLine, PdfPage

from .building import Paragraph, kept

_EDGE_LINES: Final = 2
_REPEATED: Final = 0.6
_PAGE_NUMBER: Final = re.compile(
    r"(?:trang|page)?\s*[-–]?\s*(\d{1,4})\s*[-–]?\s*(?:(?:/|trên|of)\s*\d{1,4})?", re.IGNORECASE
)
_ITEM: Final = re.compile(
    r"(?:[-+•–*]|\(?(?:\d{1,2}|[a-zđ]|[ivx]{1,5}|[IVXLC]{1,6})[.)]|\d{1,2}(?:\.\d{1,2}){1,3}\.?|\(\d{1,2}\))\s"
    r"|Điều \d{1,3}[.:]|(?:Phần|Chương|Mục|PHẦN|CHƯƠNG|MỤC) (?:[IVXLC]+|\d{1,2})\b"
)
_BULLET: Final = re.compile(r"^[•●▪■◦○‣–—\uf02d\uf0a7\uf0b7]\s*")
_BROKEN: Final = re.compile(r"[^\s/-][/-]$")
_CLOSED: Final = (".", ";", ":", "!", "?")
_PORTION: Final = 1.25
_GAP: Final = 1.15
_GAP_IN_SENTENCE: Final = 1.6
_OTHER_SIZE: Final = 1.15
_SHORT: Final = 0.7
_NEAR: Final = 0.92


@dataclass(frozen=True, slots=True)
class _Placed:
    """A line, the page it stands on, and the margins of the text on pages of that width."""

    text: str
    line: PdfLine
    page: int
    left: float
    right: float

    @property
    def indent(self) -> float:
        """In widths of its own letters' height, so that 1 is clearly an indent and 0.3 is not."""
        return (self.line.left - self.left) / max(self.line.size, 1)

    @property
    def is_item(self) -> bool:
        return _ITEM.match(self.text) is not None


def paragraphs(pages: Sequence[PdfPage]) -> list[Paragraph]:
    """The text of the pages as paragraphs. Each page's beginning is noted in the paragraph that stands there."""
    lines = _placed(pages, _bodies(pages))
    leading = _leading(lines)
    found: list[Paragraph] = []
    first = before = None
    last_page = -1
    for line in lines:
        if before is None or first is None or _begins(line, before=before, first=first, leading=leading):
            first = line
            found.append(Paragraph(line.text, pages=(0,) * (line.page - last_page)))
        else:
            _go_on(found[-1], line.text, new_pages=line.page - last_page)
        before, last_page = line, line.page
    if found:
        found[-1].pages += (len(found[-1].text),) * (len(pages) - 1 - last_page)
    return found


def _go_on(paragraph: Paragraph, text: str, *, new_pages: int) -> None:
    """A line that ends in a hyphen or slash without a blank before was broken in a word (2021-2025, 61/2018/NĐ-CP)."""
    paragraph.text += "" if _BROKEN.search(paragraph.text) else " "
    paragraph.pages += (len(paragraph.text),) * new_pages
    paragraph.text += text


def _begins(line: _Placed, *, before: _Placed, first: _Placed, leading: float) -> bool:
    """Whether a paragraph begins with this line. `first` is the first line of the paragraph that `before` is in."""
    if not _same_size(line, before):
        return True
    is_open = not before.text.endswith(_CLOSED)
    goes_on_small = line.text[0].islower() and is_open and not line.is_item
    if line.page == before.page:
        step = line.line.baseline - before.line.baseline
        if step < leading * 0.5:  # beside it or above: the next cell, the next column
            return step < -1 or not is_open or line.line.left < before.line.right
        if step > leading * (_GAP_IN_SENTENCE if goes_on_small else _GAP):
            return True
    if _would_fit(line, before):
        return not goes_on_small
    if line.is_item and (not is_open or line.indent > before.indent - 0.3):
        return True
    hangs = first.is_item and line.line.left > first.line.left + 1
    if line.indent > 0.8 and not hangs and not goes_on_small:
        return before.indent < 0.4 or not is_open
    return False


def _would_fit(line: _Placed, before: _Placed) -> bool:
    """Whether this line's first word had room at the end of the line before."""
    word = line.text.split(" ", 1)[0]
    width = (line.line.right - line.line.left) * (len(word) + 1) / max(len(line.text), 1)
    return before.right - before.line.right > width * _PORTION + before.line.size * 0.3


def _same_size(line: _Placed, before: _Placed) -> bool:
    small, large = sorted((line.line.size, before.line.size))
    return large <= small * _OTHER_SIZE or small <= 0


def _placed(pages: Sequence[PdfPage], bodies: Sequence[Sequence[PdfLine]]) -> list[_Placed]:
    """All lines of the text in order, with the margins that pages of the same width share."""
    of_width: dict[int, list[PdfLine]] = defaultdict(list)
    for page, body in zip(pages, bodies, strict=True):
        of_width[round(page.width)] += body
    margins = {width: _margins(lines, width) for width, lines in of_width.items() if lines}
    return [
        _Placed(_as_written(line.text), line, number, *margins[round(page.width)])
        for number, (page, body) in enumerate(zip(pages, bodies, strict=True))
        for line in body
    ]


def _margins(lines: Sequence[PdfLine], width: float) -> tuple[float, float]:
    """Left and right edge of the text: the leftmost place where lines begin, and where justified lines end.

    Ragged lines end at the longest; when that tells nothing, the text is taken to stand in the middle of the page.
    """
    begins = Counter(round(line.left) for line in lines)
    often = max(2, len(lines) // 25)
    left = min((place for place, times in begins.items() if times >= often), default=min(begins))
    longest = max(line.right for line in lines)
    near = sum(line.right - left > _NEAR * (longest - left) for line in lines)
    if near < 2 or longest - left < _SHORT * (width - 2 * left):
        return left, max(longest, width - left)
    right, times = Counter(round(line.right) for line in lines).most_common(1)[0]
    return left, right if times >= 3 and right >= longest * 0.9 else longest


def _leading(lines: Sequence[_Placed]) -> float:
    """The usual step from one baseline to the next."""
    steps = [
        after.line.baseline - line.line.baseline
        for line, after in pairwise(lines)
        if line.page == after.page and 0.8 < (after.line.baseline - line.line.baseline) / max(line.line.size, 1) < 2.5
    ]
    if not steps:
        return max((line.line.size for line in lines), default=12) * 1.3
    return min(median(steps), *(step for step, _ in Counter(map(round, steps)).most_common(1)))


def _bodies(pages: Sequence[PdfPage]) -> list[list[PdfLine]]:
    """The lines of each page without page numbers and without what stands at the edge of most pages."""
    bodies = [[line for line in page.lines if line.text.strip()] for page in pages]
    edges = [_edges(body) for body in bodies]
    repeated = Counter(_blurred(line) for edge in edges for line in {_blurred(it): it for it in edge}.values())
    often = {text for text, times in repeated.items() if len(pages) >= 3 and times >= _REPEATED * len(pages)}
    offset = _numbering_offset(edges)
    return [
        [
            line
            for line in body
            if line not in edge or not (_blurred(line) in often or _page_number(line, number) == offset)
        ]
        for number, (body, edge) in enumerate(zip(bodies, edges, strict=True))
    ]


def _edges(body: Sequence[PdfLine]) -> list[PdfLine]:
    """The highest and lowest lines of a page, by where they stand and not by their order in the file."""
    ordered = sorted(body, key=lambda line: line.baseline)
    return ordered[:_EDGE_LINES] + ordered[max(_EDGE_LINES, len(ordered) - _EDGE_LINES) :]


def _numbering_offset(edges: Iterable[Sequence[PdfLine]]) -> int:
    """What is added to a page's place (from 0) to give its printed number: nearly always 1."""
    offsets = Counter(
        offset
        for number, edge in enumerate(edges)
        for offset in {_page_number(line, number) for line in edge}
        if offset is not None
    )
    offset, times = offsets.most_common(1)[0] if offsets else (1, 0)
    return offset if times >= 2 else 1


def _page_number(line: PdfLine, number: int) -> int | None:
    found = _PAGE_NUMBER.fullmatch(line.text.strip())
    return int(found[1]) - number if found else None


def _blurred(line: PdfLine) -> str:
    """A running title with its page number and date taken out."""
    return re.sub(r"\d+", "#", kept(line.text))


def _as_written(text: str) -> str:
    """Bullets of every shape become the "-" that plans are typed with."""
    return _BULLET.sub("- ", kept(text))
