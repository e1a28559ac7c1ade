"""The text of a plan cut into pieces for the page: what belongs to which task, what is a citation. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Span:
    """A task's clause: code points of the text."""

    task_id: int
    start: int
    end: int
    number: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one paragraph: of one task (0 for none), inside a citation or not. `ends_task`: the task's last."""

    text: str
    task_id: int = 0
    is_citation: bool = False
    marks: tuple[tuple[int, str], ...] = ()
    """Id and number of each task whose clause ends with this piece: the page shows them there. Two after a split."""


@dataclass(slots=True)
class Paragraph:
    """`level` over 0 is a heading."""

    pieces: list[Piece] = field(default_factory=list)
    level: int = 0
    page: int = 0
    """The page of the file that begins with this paragraph, 0 for none."""

    @property
    def is_row(self) -> bool:
        """A row of a table: its cells stand in the text with tabs between them."""
        return any("\t" in piece.text for piece in self.pieces)

    @property
    def cells(self) -> list[list[Piece]]:
        found: list[list[Piece]] = [[]]
        for piece in self.pieces:
            *before, last = piece.text.split("\t")
            for part in before:
                found[-1].append(replace(piece, text=part, marks=()))
                found.append([])
            found[-1].append(replace(piece, text=last))
        return found


def paragraphs_of(
    text: str,
    *,
    tasks: Sequence[Span],
    citations: Sequence[tuple[int, int]],
    headings: Sequence[tuple[int, int, int]] = (),
    pages: Sequence[int] = (),
) -> list[Paragraph]:
    """Non-empty paragraphs in order. Linear in the length of the text and the number of spans."""
    task_at = _Spans([(span.start, span.end) for span in tasks])
    cited = _Spans(citations)
    levels = {start: level for start, _end, level in headings}
    ending: dict[int, list[Span]] = {}
    for each in tasks:
        ending.setdefault(min(each.end, len(text)), []).append(each)
    edges = sorted({0, len(text), *(e for s in tasks for e in (s.start, s.end)), *(e for s in citations for e in s)})
    result: list[Paragraph] = []
    page_starts = {start: number for number, start in enumerate(pages, start=1)}
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        if line.strip():
            paragraph = Paragraph(level=levels.get(start, 0), page=page_starts.get(start, 0))
            for left, right in _cuts(edges, start, end):
                owner = task_at.at(left)
                span = tasks[owner] if owner is not None else None
                paragraph.pieces.append(
                    Piece(
                        text=text[left:right],
                        task_id=span.task_id if span else 0,
                        is_citation=cited.at(left) is not None,
                        marks=tuple((one.task_id, one.number) for one in ending.get(right, ())) if span else (),
                    )
                )
            result.append(paragraph)
        start = end + 1
    return result


class _Spans:
    """Which span holds a place. Of spans that overlap, the one that begins last."""

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        self._order = sorted(range(len(spans)), key=lambda place: spans[place])
        self._starts = [spans[place][0] for place in self._order]
        self._spans = spans

    def at(self, place: int) -> int | None:
        index = bisect_right(self._starts, place) - 1
        # Spans hardly ever overlap; after a split or merge two may, so a few before are asked too.
        for candidate in range(index, max(index - 4, -1), -1):
            original = self._order[candidate]
            if self._spans[original][0] <= place < self._spans[original][1]:
                return original
        return None


def _cuts(edges: Sequence[int], start: int, end: int) -> list[tuple[int, int]]:
    inside = edges[bisect_right(edges, start) : bisect_right(edges, end - 1)]
    places = [start, *inside, end]
    return list(pairwise(places))


def place_of_second(text: str, start: int | None, title: str) -> int | None:
    """Where the second task of a split begins in the plan's text, by its first words; None when they stand nowhere.

    text : the clause; start : its place in the plan's text.
    """
    if start is None:
        return None
    words = title.split()
    for count in range(min(len(words), 6), 1, -1):
        found = text.lower().find(" ".join(words[:count]).lower())
        if found > 0:
            return start + found
    return None
