"""How the sections of a report stand under its heads, and which of them are still empty. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from caicach.kernel.papers.rules import roman

from .wording import PARTS

Section = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """A section where it stands. head : of the part that begins with it, "" otherwise; label : "II." or "1."."""

    section: Section
    label: str
    head: str = ""
    is_within: bool = False
    """Under the head of a part, with others."""

    @property
    def title(self) -> str:
        return f"{self.label} {self.section['title']}"


def outline(sections: Sequence[Section]) -> list[Place]:
    """I, II, III … and 1, 2, 3 … within a part; the numbers close up over what is not given.

    Reports drafted before there were parts keep their one row of numbers.
    """
    if not any("drafted" in section for section in sections):
        return [Place(section, f"{number}.") for number, section in enumerate(sections, start=1)]
    part_of = {key: head for head, keys in PARTS for key in keys}
    places: list[Place] = []
    number, within, current = 0, 0, ""
    for section in sections:
        part = part_of.get(section["key"], "")
        if not part or part != current:
            number, within = number + 1, 0
        head = f"{roman(number)}. {part}" if part and part != current else ""
        within += bool(part)
        label = f"{within}." if part else f"{roman(number)}."
        places.append(Place(section, label, head, is_within=bool(part)))
        current = part
    return places


def printed(sections: Iterable[Section]) -> list[Section]:
    """Those that go on paper: without what was left out on purpose."""
    return [section for section in sections if section["text"].strip() or not section.get("is_none")]


def unwritten(sections: Iterable[Section]) -> list[Section]:
    """Empty, and not left out on purpose: the report cannot be submitted yet."""
    return [section for section in sections if not section["text"].strip() and not section.get("is_none")]


def was_edited(section: Section) -> bool:
    """Whether a person changed what was drafted; of a report from before that was noted, always."""
    return section["text"] != section.get("drafted") or bool(section.get("is_none"))
