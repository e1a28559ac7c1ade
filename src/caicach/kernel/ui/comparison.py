"""Which words changed between two texts."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass

_WORDS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True, slots=True)
class Part:
    text: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    before: list[Part]
    after: list[Part]


def compare(before: str, after: str) -> Comparison:
    """Runs of words, each marked changed or not; joined again they give the texts. An empty text has no parts."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    was: list[Part] = []
    now: list[Part] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        was += _parts("".join(old[a:b]), changed=kind != "equal")
        now += _parts("".join(new[c:d]), changed=kind != "equal")
    return Comparison(was, now)


def _parts(text: str, *, changed: bool) -> list[Part]:
    """One run; the spaces at the ends of a changed one are plain, so that only words are marked."""
    core = text.strip() if changed else text
    before, _, after = text.partition(core) if core else (text, "", "")
    runs = [Part(before, False), Part(core, changed), Part(after, False)]
    return [run for run in runs if run.text]
