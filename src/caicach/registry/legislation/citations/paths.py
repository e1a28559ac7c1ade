"""Joining atoms into unit paths, each of which names one place in a document."""

from __future__ import annotations

import re
from dataclasses import dataclass

from caicach.registry.legislation.citations.model import FIELD_OF_LEVEL, Level
from caicach.registry.legislation.citations.spelling import DASH
from caicach.registry.legislation.citations.units import Atom


@dataclass(frozen=True, slots=True)
class Path:
    """Atoms that together name one place in a document, with the values of each level."""

    start: int
    end: int
    values: dict[Level, str]

    def as_fields(self) -> dict[str, str]:
        return {FIELD_OF_LEVEL[level]: value for level, value in self.values.items()}


_Step = tuple[Atom, str | None]  # an atom and how it hangs on the one before

_JOIN = "join"  # blank, "của", "thuộc": one path
_COMMA = "comma"
_DASHED = "dash"
_COORDINATE = "and"
_RANGE = "range"

_CONJUNCTION = r"(?:và/hoặc|và|hoặc|hay|cùng\s+với|cũng\s+như|cùng)"
_OF = r"(?:của|thuộc|tại|trong|ở)"
_GLUES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        (_RANGE, r"\s{1,3}(?:đến|tới)\s{1,3}(?:hết\s{1,3})?"),
        (_JOIN, rf"\s{{0,3}}(?:{_OF}\s{{1,3}})?(?:(?:các|những)\s{{1,3}})?"),
        (_DASHED, rf"\s{{0,3}}[{DASH}]\s{{0,3}}"),
        (_COMMA, r"\s{0,3},\s{0,3}(?:(?:các|từ)\s{1,3})?"),
        (_JOIN, rf"\s{{0,3}},\s{{0,3}}{_OF}\s{{1,3}}"),
        (_JOIN, r"\s{0,3}\(\s{0,2}(?:các\s{1,3})?"),
        (
            _COORDINATE,
            rf"(?:\s{{0,3}}[;,]\s{{0,3}}(?:{_CONJUNCTION}\s{{1,3}})?|\s{{1,3}}{_CONJUNCTION}\s{{1,3}})"
            r"(?:(?:quy\s+định\s+)?(?:tại|theo|của)\s{1,3})?(?:(?:các|từ)\s{1,3})?",
        ),
    )
)
MAX_GLUE = 40


def glue(text: str, start: int, end: int) -> str | None:
    """How two atoms with `text[start:end]` between them hang together; None when they do not."""
    if end - start > MAX_GLUE or text.count("\n", start, end) > 1:
        return None
    for name, pattern in _GLUES:
        if pattern.fullmatch(text, start, end):
            return name
    return None


def paths_of(atoms: list[Atom], glues: list[str]) -> list[Path]:
    """The paths in a chain of atoms; `glues[i]` stands between atoms i and i + 1.

    "khoản 1, khoản 2 Điều 5, Điều 7" is two paths: clauses 1,2 of article 5, and article 7. A path that lacks its
    larger levels takes them from the next one: "điểm a khoản 1 và điểm b khoản 2 Điều 5".
    """
    groups: list[list[_Step]] = [[(atoms[0], None)]]
    levels = {atoms[0].level}  # of the last group
    for how, atom in zip(glues, atoms[1:], strict=True):
        if _belongs(levels, groups[-1][-1][0].level, atom.level, how):
            groups[-1].append((atom, how))
            levels.add(atom.level)
        else:
            groups.append([(atom, how)])
            levels = {atom.level}
    groups = [part for group in groups for part in _apart(group)]
    _fold_descending(groups)
    paths = [_path(group) for group in groups]
    for left, right in zip(reversed(paths[:-1]), reversed(paths[1:]), strict=True):
        _inherit(left, right)
    return paths


def _belongs(levels: set[Level], last: Level, level: Level, how: str) -> bool:
    """Whether a unit goes on with a path of these levels: a list of its only level, a larger or a smaller unit."""
    if levels == {level}:
        return how != _JOIN
    if how in (_RANGE, _COORDINATE) or level in levels:
        return False
    if level > max(levels):
        return not (how == _COMMA and last >= Level.ARTICLE and level == Level.ANNEX)
    return how == _JOIN or (how == _DASHED and level < min(levels))


def _apart(group: list[_Step]) -> list[list[_Step]]:
    """ "Điều 5 và Điều 6" are two whole paths, "khoản 1 và khoản 2 Điều 5" is a list inside one article."""
    if len({atom.level for atom, _ in group}) > 1:
        return [group]
    parts = [[group[0]]]
    for step in group[1:]:
        if step[1] in (_RANGE, _DASHED):
            parts[-1].append(step)
        else:
            parts.append([step])
    return parts


def _path(group: list[_Step]) -> Path:
    values: dict[Level, str] = {}
    for atom, how in group:
        mark = "-" if how in (_RANGE, _DASHED) else ","
        values[atom.level] = f"{values[atom.level]}{mark}{atom.value}" if atom.level in values else atom.value
    return Path(group[0][0].start, group[-1][0].end, values)


def _fold_descending(groups: list[list[_Step]]) -> None:
    """ "Điều 5, khoản 2, điểm a" is one path written from the large to the small."""
    while len(groups) > 1 and groups[-1][0][1] in (_COMMA, _DASHED):
        small, large = groups[-1], groups[-2]
        top = max(atom.level for atom, _ in small)
        if top >= Level.ARTICLE or top >= min(atom.level for atom, _ in large):
            return
        large.extend(small)
        groups.pop()


def _inherit(path: Path, following: Path) -> None:
    top = max(path.values)
    if top >= Level.ARTICLE:
        return
    for level, value in following.values.items():
        if level > top:
            path.values.setdefault(level, value)
