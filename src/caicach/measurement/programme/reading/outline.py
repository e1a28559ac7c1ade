"""What each paragraph stands under: the section of the plan, the field of reform, and which paragraphs are headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import Final

from caicach.kernel.calendar.reference import reference_rows

from .fields import ReformField, head_at
from .layout import Paragraph, is_shouted
from .lexicon import REFERENCE, Phrases, VerbKind, verb_at, verb_phrase_at
from .subjects import orders_at, unit_types
from .words import Word, flattened, word_set, words_of


class Section(StrEnum):
    """What part of a plan a paragraph belongs to. `none` is prose before any heading, `articles` are a decision's."""

    NONE = "none"
    PREAMBLE = "preamble"
    ARTICLES = "articles"
    PURPOSE = "purpose"
    OBJECTIVE = "objective"
    RESULTS = "results"
    TASKS = "tasks"
    SOLUTIONS = "solutions"
    BUDGET = "budget"
    ORGANISATION = "organisation"
    END = "end"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a paragraph stands.

    field : that of the nearest heading, None before any; is_heading : the paragraph is a heading itself, no duty
    above : the paragraphs that are headings over it, the nearest last
    """

    section: Section = Section.NONE
    field: ReformField | None = None
    is_heading: bool = False
    above: tuple[int, ...] = ()


_DEEPEST: Final = 6
"""Headings over a paragraph that are remembered."""
_LONGEST_HEADING: Final = 24
_LONGEST_MATTER: Final = 5
_LONGEST_REST: Final = 12
_HIGH_MARKS: Final = frozenset({"roman", "upper", "decimal"})
_PARTS: Final = frozenset({"roman", "upper", "article"})
_BULLETS: Final = frozenset({"dash", "plus", "bullet", "star"})
_BEFORE_A_SECTION: Final = word_set("về các một số những phần nội dung :")
_AFTER_A_REQUIREMENT: Final = frozenset({",", "và", "-", "chung", "cụ", "của", "đối", ":", ";"})
_AFTER_EVALUATION: Final = word_set("chung kết tình thực khái công của năm")
_APPENDIX: Final = ("phụ", "lục")


@cache
def _section_heads() -> Phrases[Section]:
    rows = reference_rows(REFERENCE / "sections.csv", columns=("section", "head"))
    return Phrases((row["head"], Section(row["section"])) for row in rows)


def outline(text: str, low: str, paragraphs: Sequence[Paragraph]) -> list[Standing]:
    """The standing of each paragraph, in their order."""
    words = [_head_words(low, paragraph) for paragraph in paragraphs]
    root = Standing(Section.PREAMBLE if _is_structured(low, paragraphs) else Section.NONE)
    enumerated = _enumerated_fields(paragraphs, words)
    standings: list[Standing] = []
    latest: dict[int, Standing] = {}
    for place, paragraph in enumerate(paragraphs):
        over = latest.get(paragraph.parent)
        if over is None:
            over = standings[paragraph.parent] if paragraph.parent >= 0 else root
        if place in enumerated:
            standings.append(Standing(over.section, enumerated[place], True, over.above))
            continue
        if paragraph.parent in enumerated:
            over = replace(over, field=None)
        standing = _standing(text, place, paragraph, words[place], over)
        standings.append(standing)
        if standing.is_heading and not paragraph.kind:
            for ancestor in _reach(paragraphs, paragraph):
                latest[ancestor] = standing
    return standings


def _reach(paragraphs: Sequence[Paragraph], heading: Paragraph) -> list[int]:
    """Under which paragraphs a heading without a number rules what follows: up to the part of the plan it stands in."""
    reach = [heading.parent]
    while reach[-1] >= 0 and paragraphs[reach[-1]].kind not in _PARTS:
        reach.append(paragraphs[reach[-1]].parent)
    return reach


def _standing(text: str, place: int, paragraph: Paragraph, words: Sequence[Word], over: Standing) -> Standing:
    above = (*over.above[1 - _DEEPEST :], place)
    section = _section_of(text, paragraph, words)
    if section is not None:
        field = None if over.section is Section.OBJECTIVE or section is not Section.TASKS else over.field
        return Standing(section, field or _field_in(words), True, above)
    field = _field_of(text, paragraph, words)
    if field is not None:
        inside = over.section if over.section in _WITH_FIELDS else Section.TASKS
        return Standing(inside, field, True, above)
    labelled = _labelled_section(words)
    if labelled is not None:
        return replace(over, section=labelled, is_heading=False)
    if paragraph.kind == "article":
        return _of_article(text, paragraph, words, over, above)
    if tuple(word.low for word in words[:2]) == _APPENDIX:
        return Standing(Section.TASKS, None, True, above)
    standing = replace(over, is_heading=False)
    if over.section is Section.PREAMBLE and paragraph.kind in _HIGH_MARKS:
        standing = replace(standing, section=Section.TASKS)
    if over.section is Section.NONE and _is_caption(text, paragraph, words):
        return replace(standing, is_heading=True)
    if _is_title(text, paragraph, words):
        return replace(standing, is_heading=True, above=above)
    return standing


def _of_article(
    text: str, paragraph: Paragraph, words: Sequence[Word], over: Standing, above: tuple[int, ...]
) -> Standing:
    """The articles of a decision; a part or section of the plan ("Mục 3. Nhân lực") stands in what it is a part of."""
    is_article = text[paragraph.start : paragraph.body].strip().lower().startswith("điều")
    if is_article or over.section in {Section.NONE, Section.PREAMBLE, Section.ARTICLES}:
        return Standing(Section.ARTICLES)
    return replace(over, field=None, is_heading=not words or _is_short(text, paragraph, words), above=above)


_WITH_FIELDS: Final = frozenset({Section.OBJECTIVE, Section.TASKS, Section.SOLUTIONS, Section.RESULTS})


def _head_words(low: str, paragraph: Paragraph) -> list[Word]:
    """The first words of a paragraph: as many as a heading may have, and some more to see that it is longer."""
    return flattened(words_of(low, paragraph.body, min(paragraph.end, paragraph.body + 300)))[: _LONGEST_HEADING + 6]


_LETTERHEAD: Final = re.compile(r"cộng\s+hòa\s+xã\s+hội\s+chủ\s+nghĩa", re.IGNORECASE)


def _is_structured(low: str, paragraphs: Sequence[Paragraph]) -> bool:
    """Laid out as a plan is, with numbers or a letterhead; otherwise it is prose, such as the news of a plan."""
    marks = sum(paragraph.kind in _HIGH_MARKS or paragraph.kind == "article" for paragraph in paragraphs)
    return (
        marks >= 3 or any(paragraph.kind == "roman" for paragraph in paragraphs) or bool(_LETTERHEAD.search(low[:3000]))
    )


def _is_caption(text: str, paragraph: Paragraph, words: Sequence[Word]) -> bool:
    """In news, a line that ends without a full stop: a title, a caption, a name. A text cut off at its end is none."""
    is_last = not text[paragraph.end :].strip()
    return (
        not paragraph.kind
        and not is_last
        and len(words) <= _LONGEST_HEADING + 5
        and text[paragraph.end - 1] not in ".;:!?…,"
    )


def _enumerated_fields(paragraphs: Sequence[Paragraph], words: Sequence[Sequence[Word]]) -> dict[int, ReformField]:
    """Items that do no more than name the fields of the plan, three or more in a row: "- Cải cách thể chế;"."""
    found: dict[int, ReformField] = {}
    run: dict[int, ReformField] = {}
    for place, paragraph in enumerate(paragraphs):
        named = head_at(words[place], 0) if paragraph.kind and not paragraph.children else None
        if named is None and paragraph.kind and not paragraph.children and len(words[place]) <= 12:
            named = head_at(words[place], 1)
        if named is not None and len(words[place]) - named[0] <= 10:
            run[place] = named[1]
            continue
        if len(set(run.values())) >= 3:
            found |= run
        run = {}
    return found | run if len(set(run.values())) >= 3 else found


def _is_short(text: str, paragraph: Paragraph, words: Sequence[Word]) -> bool:
    return len(words) <= _LONGEST_HEADING and text[paragraph.end - 1] not in ".;,"


def _stands_out(text: str, paragraph: Paragraph) -> bool:
    return paragraph.level > 0 or is_shouted(text[paragraph.body : paragraph.end])


def _section_of(text: str, paragraph: Paragraph, words: Sequence[Word]) -> Section | None:
    """The section that a paragraph opens as its heading."""
    found = _section_head_at(words)
    if found is None:
        return None
    end, section = found
    rest = [word.low for word in words[end:] if word.low not in ":."]
    if section is Section.END:
        return section
    if not (_is_short(text, paragraph, words) and _fits(section, words[:end], rest)):
        return None
    if not rest or _stands_out(text, paragraph):
        return section
    if len(rest) > _LONGEST_REST or any(word.low == ":" for word in words[end : len(words) - 1]):
        return None
    is_plain = paragraph.kind in _BULLETS or not paragraph.kind
    return section if paragraph.children or (is_plain and not paragraph.kind and len(rest) <= 8) else None


def _section_head_at(words: Sequence[Word]) -> tuple[int, Section] | None:
    here = 0
    while here <= 4:
        if found := _section_heads().at(words, here):
            return here + found[0], found[1]
        if here >= len(words) or words[here].low not in _BEFORE_A_SECTION:
            return None
        here += 1
    return None


def _fits(section: Section, head: Sequence[Word], rest: Sequence[str]) -> bool:
    """Whether the words after a head leave it a heading: "yêu cầu các đơn vị ..." and "đánh giá cán bộ" are orders."""
    if not rest:
        return True
    if head[-1].low == "cứ":
        return False
    if head[-1].low == "cầu":
        return rest[0] in _AFTER_A_REQUIREMENT
    if section is Section.RESULTS and head[-1].low == "giá":
        return rest[0] in _AFTER_EVALUATION
    return True


def _labelled_section(words: Sequence[Word]) -> Section | None:
    """The section named at the head of a paragraph that goes on after a colon: "Mục đích: ..."."""
    found = _section_head_at(words)
    if found is None or found[1] not in {Section.PURPOSE, Section.OBJECTIVE}:
        return None
    end = found[0]
    colon = next((place for place in range(end, min(end + 8, len(words))) if words[place].low == ":"), None)
    return found[1] if colon is not None and colon + 1 < len(words) else None


def _field_of(text: str, paragraph: Paragraph, words: Sequence[Word]) -> ReformField | None:
    """The field that a paragraph opens as its heading."""
    found = head_at(words, 0)
    if found is None or not _is_short(text, paragraph, words):
        return None
    end, field = found
    rest = [word for word in words[end:] if word.low not in ":."]
    if not rest or _stands_out(text, paragraph):
        return field
    if len(rest) > _LONGEST_REST or any(word.low == ":" for word in words[end : len(words) - 1]):
        return None
    if paragraph.children or paragraph.kind in _HIGH_MARKS:
        return field
    return field if not paragraph.kind and not _is_duty(words) else None


def _is_duty(words: Sequence[Word]) -> bool:
    phrase = verb_phrase_at(words, 0)
    return phrase is not None and len(words) - phrase.end > _LONGEST_REST


def _field_in(words: Sequence[Word]) -> ReformField | None:
    """The field named inside the heading of a section: "II. Nhiệm vụ cải cách thủ tục hành chính"."""
    found = next((found for place in range(len(words)) if (found := head_at(words, place))), None)
    return found[1] if found else None


def _is_title(text: str, paragraph: Paragraph, words: Sequence[Word]) -> bool:
    """A heading of no section or field: the name of the paper, of a unit, of a group."""
    if text[paragraph.start] == "#" or _stands_out(text, paragraph):
        return True
    if not _is_short(text, paragraph, words) or not words:
        return False
    if paragraph.children and (_orders_a_unit(text, paragraph, words) or _names_a_matter(text, paragraph, words)):
        return True
    return bool(paragraph.children) and verb_phrase_at(words, 0) is None and paragraph.kind not in _BULLETS


def _names_a_matter(text: str, paragraph: Paragraph, words: Sequence[Word]) -> bool:
    """ "b) Thi hành pháp luật:" over its items: a verb that is as often a noun, and hardly a word more."""
    phrase = verb_phrase_at(words, 0)
    return (
        phrase is not None
        and phrase.main.kind is VerbKind.BOTH
        and not phrase.has_starter
        and paragraph.kind not in _BULLETS
        and len(words) <= _LONGEST_MATTER
        and text[paragraph.body : paragraph.end].rstrip().endswith(":")
    )


def _orders_a_unit(text: str, paragraph: Paragraph, words: Sequence[Word]) -> bool:
    """ "2. Giao Sở Nội vụ:" over the items that say what."""
    order = orders_at(words, 0)
    if not order or not text[paragraph.body : paragraph.end].rstrip().endswith(":"):
        return False
    return unit_types().at(words, order) is not None and not any(
        verb_at(words, place) for place in range(order + 1, len(words)) if text[words[place].start].islower()
    )
