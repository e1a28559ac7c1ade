"""How a reading compares with what a careful person lists, by the overlap of clauses in the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from caicach.measurement.programme.reading import ReadTask


@dataclass(frozen=True)
class Listed:
    """A task of the list: its clause is text[start:end]. `is_needed` is False for one that a reader may leave out."""

    start: int
    end: int
    fields: tuple[str, ...]
    title: str
    is_needed: bool = True


@dataclass
class Comparison:
    """`matched` pairs each listed task with the one read at its place."""

    matched: dict[Listed, ReadTask] = field(default_factory=dict)
    missed: list[Listed] = field(default_factory=list)
    invented: list[ReadTask] = field(default_factory=list)
    doubled: list[ReadTask] = field(default_factory=list)

    @property
    def precision(self) -> float:
        read = len(self.matched) + len(self.invented) + len(self.doubled)
        return len(self.matched) / read if read else 1.0

    @property
    def recall(self) -> float:
        needed = sum(task.is_needed for task in self.matched)
        return needed / (needed + len(self.missed)) if needed + len(self.missed) else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @property
    def wrong_fields(self) -> list[ReadTask]:
        return [read for listed, read in self.matched.items() if read.field.value not in listed.fields]

    def difference(self) -> str:
        """In words, for the message of a failing test."""
        lines = [f"missed: {task.title}" for task in self.missed]
        lines += [f"invented: {task.title}" for task in self.invented]
        lines += [f"doubled: {task.title}" for task in self.doubled]
        lines += [f"wrong field {task.field.value}: {task.title}" for task in self.wrong_fields]
        return "\n".join(lines)


def compare(read: Sequence[ReadTask], listed: Sequence[Listed]) -> Comparison:
    """Each task read is laid to the listed one that it overlaps most, by at least half of the shorter."""
    found = Comparison()
    for task in read:
        best = max(listed, key=lambda it: _overlap(task, it), default=None)
        if best is None or _overlap(task, best) * 2 < min(task.end - task.start, best.end - best.start):
            found.invented.append(task)
        elif best in found.matched:
            found.doubled.append(task)
        else:
            found.matched[best] = task
    found.missed = [task for task in listed if task.is_needed and task not in found.matched]
    return found


def _overlap(task: ReadTask, listed: Listed) -> int:
    return max(0, min(task.end, listed.end) - max(task.start, listed.start))


def place_of(words: str, text: str) -> tuple[int, int]:
    """Where words stand in a text, whatever blanks and line breaks are between them."""
    match = re.search(r"\s+".join(re.escape(word) for word in words.split()), text)
    assert match, f"not in the text: {words}"
    return match.start(), match.end()
