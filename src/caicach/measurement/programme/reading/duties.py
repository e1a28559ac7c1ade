"""From the paragraphs of a plan to its duties: which sentences order something, and each clause that does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from .fields import ReformField
from .labels import Labelled
from .layout import Paragraph
from .outline import Section, Standing
from .paragraph import Duty, ParagraphReader, Prose, Spans
from .units import UnitMatcher
from .words import squeezed

_SKIPPED: Final = frozenset({Section.PREAMBLE, Section.PURPOSE, Section.RESULTS, Section.END})


def duties_of(
    text: str,
    low: str,
    paragraphs: Sequence[Paragraph],
    standings: Sequence[Standing],
    *,
    cited: Spans,
    units: UnitMatcher | None,
    plan_year: int | None,
    advance: Callable[[int], None] | None = None,
) -> tuple[list[Duty], list[ReformField]]:
    """The duties in the order of the text, and the fields that the text names without a heading of their own."""
    found: list[Duty] = []
    named: list[ReformField] = []
    prose = Prose()
    skipped = _captions(low, paragraphs)
    is_plan = any(standing.section not in {Section.NONE, Section.END} for standing in standings)
    cited_from = 0
    for place, (paragraph, standing) in enumerate(zip(paragraphs, standings, strict=True)):
        if advance is not None:
            advance(paragraph.end)
        while cited_from < len(cited) and cited[cited_from][1] <= paragraph.start:
            cited_from += 1
        if standing.is_heading:
            prose = Prose()
            if standing.field is not None:
                named.append(standing.field)
            continue
        if standing.section in _SKIPPED or place in skipped:
            continue
        reader = ParagraphReader(text, low, paragraph, standing, place, prose, plan_year, is_plan=is_plan)
        duties = reader.read(_inside(cited, cited_from, paragraph), _names_in(text, paragraph, units))
        named.extend(reader.named)
        _hang_labels(found, duties, reader.labelled)
        found.extend(duties)
    return found, named


def _names_in(text: str, paragraph: Paragraph, units: UnitMatcher | None) -> list[tuple[int, int]]:
    if units is None:
        return []
    found = units.find(text[paragraph.body : paragraph.end])
    return [(paragraph.body + start, paragraph.body + end) for start, end, _unit in found]


def _inside(cited: Spans, cited_from: int, paragraph: Paragraph) -> list[tuple[int, int]]:
    inside: list[tuple[int, int]] = []
    for place in range(cited_from, len(cited)):
        start, end = cited[place]
        if start >= paragraph.end:
            break
        if start >= paragraph.body and end <= paragraph.end:
            inside.append((start, end))
    return inside


def _captions(low: str, paragraphs: Sequence[Paragraph]) -> set[int]:
    """Places of paragraphs without a full stop that another repeats and goes on with: captions and teasers."""
    by_head: dict[str, list[int]] = {}
    lines = [squeezed(low[paragraph.body : paragraph.end]) for paragraph in paragraphs]
    for place, words in enumerate(lines):
        by_head.setdefault(words[:40], []).append(place)
    captions: set[int] = set()
    for places in by_head.values():
        if len(places) < 2 or len(places) > 20:
            continue
        for place in places:
            words = lines[place]
            is_open = len(words) >= 40 and words[-1] not in ".;:!?" and not paragraphs[place].kind
            if is_open and any(
                other != place and len(lines[other]) > len(words) and lines[other].startswith(words) for other in places
            ):
                captions.add(place)
    return captions


def _hang_labels(found: Sequence[Duty], duties: Sequence[Duty], labelled: Sequence[Labelled]) -> None:
    """Labels belong to the duties of their paragraph, or of the last one that had any."""
    if not labelled:
        return
    holders = duties or _last_paragraph(found)
    for duty in holders:
        duty.labelled.extend(labelled)


def _last_paragraph(found: Sequence[Duty]) -> list[Duty]:
    last: list[Duty] = []
    for duty in reversed(found):
        if duty.paragraph != found[-1].paragraph:
            break
        last.append(duty)
    return last
