"""The paragraphs of a plan: lines that belong together, their numbering, and what stands under what.

Text comes from Word (a line is a paragraph), from PDF and web pages (a paragraph is broken over lines) and from notes.
Offsets stay those of the source: a paragraph is a stretch of it, line breaks inside count as blanks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final

from .source import SourceText

_MARKERS: Final = (
    ("article", r"(?:điều|chương|phần|mục)[ \t]+(?:thứ[ \t]+\w+|[ivxlc]+|\d{1,3})[ \t]*(?:[.:)\-–](?=\s|\Z)|\Z)"),
    ("roman", r"[IVX]{1,5}(?:[.)/:]|[ \t]*[-–])(?=[ \t])"),
    ("roman", r"[IVX]{1,5}\.(?=[^\W\d_])"),
    ("decimal", r"\d{1,3}(?:\.\d{1,3}){1,4}[.)/:]?(?=[ \t])"),
    ("decimal", r"\d{1,3}(?:\.\d{1,3}){0,4}[.)](?=[^\W\d_])"),
    ("decimal", r"\d{1,3}(?:[.)/:]|[.)][-–]|[ \t]*[-–](?=[ \t]))(?=[ \t])"),
    ("upper", r"[A-H][.)/](?=[ \t])"),
    ("lower", r"[a-zđ]\d{0,2}(?:[.)/]|\.\d{1,2}[.)]?)(?=[ \t])"),
    ("lower", r"[a-zđ]\d{0,2}\)(?=[^\W\d_])"),
    ("paren", r"\((?:\d{1,2}|[ivx]{1,4}|[a-zđ])\)"),
    ("dash", r"[-–—](?=[ \t]|[^\W\d_])"),
    ("plus", r"\+(?=[ \t]|[^\W\d_])"),
    ("star", r"\*+(?=[ \t]|[^\W\d_])"),
    ("bullet", r"[•·●○◦▪▫■□♦◆➢➤►✓✔§\uf0b7\uf0d8\uf076\uf0a7](?=\s|\w)"),
)
_MARKER: Final = [
    (kind, re.compile(rf"[ \t]*(?P<mark>{form})[ \t]*", re.I if kind == "article" else 0)) for kind, form in _MARKERS
]
_RULE: Final = re.compile(r"[\s\-–—_|=*.•]*\Z")
_ENDS: Final = tuple('.;:!?…”"')


@dataclass(frozen=True, slots=True)
class Paragraph:
    """text[start:end] of the source; what it says begins at `body`, after a number or bullet `mark` of kind `kind`.

    depth : how many marks it stands under; parent : place of the paragraph that it stands under, -1 at the top
    level : of its heading style, 0 for none
    """

    start: int
    end: int
    body: int
    kind: str = ""
    mark: str = ""
    depth: int = 0
    parent: int = -1
    level: int = 0
    children: list[int] = field(default_factory=list, compare=False)


def paragraphs(source: SourceText) -> list[Paragraph]:
    """Paragraphs outside tables, in order, each with what it stands under."""
    levels = {start: level for start, _, level in source.headings}
    lines = list(_lines(source))
    width = _wrap_width(source.text, lines)
    return _nested(list(_joined(source.text, lines, levels=levels, width=width)))


def _lines(source: SourceText) -> Iterator[tuple[int, int]]:
    """Lines that are not blank and not part of a table, without the blanks around them; (-1, -1) for a blank one."""
    inside = sorted(_table_spans(source))
    text, place, table = source.text, 0, 0
    while place <= len(text):
        stop = text.find("\n", place)
        stop = len(text) if stop < 0 else stop
        while table < len(inside) and inside[table][1] <= place:
            table += 1
        if table == len(inside) or stop <= inside[table][0]:
            line = text[place:stop]
            first = place + len(line) - len(line.lstrip())
            last = place + len(line.rstrip())
            yield (first, last) if first < last else (-1, -1)
        else:
            yield -1, -1
        place = stop + 1


def _table_spans(source: SourceText) -> Iterator[tuple[int, int]]:
    for table in source.tables:
        cells = [cell for row in table.rows for cell in row if cell.end > cell.start]
        if cells:
            yield min(cell.start for cell in cells), max(cell.end for cell in cells)


def marker_of(text: str, start: int, end: int) -> tuple[str, str, int]:
    """Kind of the number or bullet at the head of a line, the mark itself, and where the words begin."""
    for kind, pattern in _MARKER:
        if (found := pattern.match(text, start, end)) and (found.end() < end or kind == "article"):
            return kind, found["mark"], found.end()
    return "", "", start


_LEFT_OPEN: Final = re.compile(r"\s(?:[-–]|và|của|cho|với|theo|tại|về|hoặc|các)\Z")
"""No paragraph ends so: "Phòng Pháp chế -" / "Tổng hợp"."""


def _wrap_width(text: str, lines: Sequence[tuple[int, int]]) -> int:
    """Width at which sentences are broken over lines, 0 when a line is a paragraph.

    They are when a good part of the lines goes on in lower case where the line before left off.
    """
    pairs = broken = 0
    for (start, end), (following, last) in pairwise(lines):
        if start < 0 or following < 0:
            continue
        pairs += 1
        goes_on = text[following].islower() and not marker_of(text, following, last)[0]
        broken += goes_on and not text[start:end].endswith(_ENDS)
    if broken < 3 or broken * 5 < pairs:
        return 0
    widths = sorted(end - start for start, end in lines if start >= 0)
    return min(widths[len(widths) * 9 // 10], 120)


def _joined(text: str, lines: Sequence[tuple[int, int]], *, levels: dict[int, int], width: int) -> Iterator[Paragraph]:
    open_: Paragraph | None = None
    before = (0, 0)
    for line in lines:
        start, end = line
        is_blank = start < 0 or _RULE.match(text, start, end) is not None
        kind, mark, body = ("", "", start) if is_blank else marker_of(text, start, end)
        if kind == "dash" and _is_range(text, before, body):
            kind, mark, body = "", "", start
        if (
            open_
            and not is_blank
            and not kind
            and start not in levels
            and _goes_on(text, open_, before, line, width=width)
        ):
            open_ = replace(open_, end=end)
        else:
            if open_:
                yield open_
            open_ = None if is_blank else Paragraph(start, end, body, kind, mark, level=levels.get(start, 0))
        before = line
    if open_:
        yield open_


def _is_range(text: str, before: tuple[int, int], body: int) -> bool:
    """ "2021" at a line's end and "- 2030" at the head of the next are one period, no bullet."""
    return before[0] >= 0 and text[before[0] : before[1]][-1:].isdigit() and text[body].isdigit()


def _goes_on(text: str, paragraph: Paragraph, before: tuple[int, int], line: tuple[int, int], *, width: int) -> bool:
    """Whether a line without a mark belongs to the paragraph of the line before it."""
    above, here = text[before[0] : before[1]], text[line[0] : line[1]]
    if paragraph.level or above.startswith("#") or here.startswith("#"):
        return False
    if above.endswith(_ENDS):
        return width > 0 and here[0].islower()
    if here[0].islower() or _LEFT_OPEN.search(above):
        return True
    if is_shouted(above) != is_shouted(here) and is_shouted(above):
        return False
    return len(above) * 5 >= width * 2 > 0 or (width > 0 and is_shouted(above))


def is_shouted(line: str) -> bool:
    """Written in capitals throughout."""
    letters = [letter for letter in line if letter.isalpha()]
    return bool(letters) and all(letter.isupper() for letter in letters)


def _nested(flat: Sequence[Paragraph]) -> list[Paragraph]:
    """Each paragraph with its depth and parent: marks of one sort stand side by side, a new sort stands below."""
    placed: list[Paragraph] = []
    stack: list[tuple[str, int]] = []
    for place, paragraph in enumerate(flat):
        sort = _sort_of(paragraph)
        if sort:
            stack = stack[: _depth(stack, sort)]
        parent = stack[-1][1] if stack else -1
        placed.append(replace(paragraph, depth=len(stack), parent=parent, children=[]))
        if parent >= 0:
            placed[parent].children.append(place)
        if sort:
            stack.append((sort, place))
    return placed


_PARTS: Final = {"phần": "part", "chương": "chapter", "mục": "section"}
"""What a plan is divided into, the largest first, before the articles of a decision."""
_FIXED: Final = ("part", "chapter", "section", "article", "upper", "roman", "D1", "D2", "D3", "D4", "D5")


def _sort_of(paragraph: Paragraph) -> str:
    """What sort of mark it is; numbers of different length ("1." and "1.1.") are different sorts."""
    if paragraph.kind == "article":
        return _PARTS.get(paragraph.mark.split()[0].lower(), "article")
    if paragraph.kind == "decimal":
        return f"D{len(re.findall(r'[0-9]+', paragraph.mark))}"
    if not paragraph.kind and paragraph.level:
        return f"S{paragraph.level}"
    return paragraph.kind


def _depth(stack: Sequence[tuple[str, int]], sort: str) -> int:
    """How much of the stack a mark stands under: up to its own sort, and "I." never stands under "1."."""
    for depth, (other, _) in enumerate(stack):
        if other == sort:
            return depth
        if sort in _FIXED and (other not in _FIXED or _FIXED.index(other) > _FIXED.index(sort)):
            # A number below a bullet or a letter counts things inside it, unless it is of a higher rank.
            if other[0] == "S" or (other not in _FIXED and sort[0] == "D"):
                continue
            return depth
        if sort[0] == "S" and (other[0] != "S" or other > sort):
            return depth
    return len(stack)
