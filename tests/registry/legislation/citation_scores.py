"""Scoring found citations against annotated ones: exact spans, and the fields of the spans that match."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from caicach.registry.legislation.citations import find_citations

OWN = Path(__file__).with_name("citations_own.jsonl")
AGREED_FIELDS = ("kind", "number", "date", "issuer", "article", "clause", "point")
FURTHER_FIELDS = ("title", "deictic", "letterhead", "attached", "annex", "part", "chapter", "section")


@dataclass
class Score:
    matched: int = 0
    missed: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)
    fields: int = 0
    wrong_fields: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        return 2 * self.matched / (2 * self.matched + len(self.missed) + len(self.extra))

    @property
    def field_accuracy(self) -> float:
        return 1 - len(self.wrong_fields) / self.fields


def rows(path: Path, *, part: str | None = None) -> list[dict[str, Any]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [row for row in map(json.loads, lines) if part is None or row.get("part") == part]


def score(annotated: Iterable[dict[str, Any]]) -> Score:
    result = Score()
    for row in annotated:
        found = {(c.start, c.end): c.as_json() for c in find_citations(row["text"])}
        wanted = {(c["start"], c["end"]): c for c in row["citations"]}
        result.matched += len(found.keys() & wanted.keys())
        result.missed += [wanted[span]["surface"] for span in wanted.keys() - found.keys()]
        result.extra += [str(found[span]["surface"]) for span in found.keys() - wanted.keys()]
        for span in found.keys() & wanted.keys():
            _score_fields(result, found[span], wanted[span])
    return result


def _score_fields(result: Score, found: dict[str, Any], wanted: dict[str, Any]) -> None:
    for name in (*AGREED_FIELDS, *FURTHER_FIELDS):
        if name not in wanted:
            continue
        result.fields += 1
        if found.get(name) != wanted[name]:
            result.wrong_fields.append(f"{wanted['surface']}: {name} {found.get(name)!r}, not {wanted[name]!r}")
