"""Tasks that stand in the text of a plan and again in the table of its appendix: listed once, as the table has them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from caicach.kernel.search.folding import fold

from .results import ReadTask
from .source import SourceWarning

_SHARED: Final = 0.85
"""Share of the shorter task's words that both must have to be one."""
_SHORTEST: Final = 5


def without_repeats(
    prose: Sequence[ReadTask], listed: Sequence[ReadTask]
) -> tuple[list[ReadTask], list[SourceWarning]]:
    """All tasks in the order of the text; those of the prose that a table's row repeats are left out."""
    if not prose or not listed:
        return sorted([*prose, *listed], key=lambda task: task.start), []
    rows = [frozenset(fold(task.title).split()) for task in listed]
    by_word: dict[str, list[int]] = defaultdict(list)
    for place, words in enumerate(rows):
        for word in words:
            by_word[word].append(place)
    kept = [task for task in prose if not _is_repeated(frozenset(fold(task.title).split()), rows, by_word)]
    repeats = len(prose) - len(kept)
    warnings = [SourceWarning("repeated_in_table", (("count", str(repeats)),))] if repeats else []
    return sorted([*kept, *listed], key=lambda task: task.start), warnings


def _is_repeated(words: frozenset[str], rows: Sequence[frozenset[str]], by_word: dict[str, list[int]]) -> bool:
    if len(words) < _SHORTEST:
        return False
    rarest = sorted(words, key=lambda word: len(by_word.get(word, ())))[:3]
    near = {place for word in rarest for place in by_word.get(word, ())[:200]}
    return any(
        len(rows[place]) >= _SHORTEST and len(words & rows[place]) >= _SHARED * min(len(words), len(rows[place]))
        for place in near
    )
