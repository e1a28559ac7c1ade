"""The list of titles of laws that is shipped with the product."""

from __future__ import annotations

import csv

from caicach.registry.legislation.citations import find_citations
from caicach.registry.legislation.citations.titles import REFERENCE


def listed() -> list[dict[str, str]]:
    with REFERENCE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_title_has_a_source() -> None:
    assert all(row["source"] for row in listed())


def test_no_title_is_listed_twice() -> None:
    names = [(row["kind"], row["title"]) for row in listed()]

    assert len(names) == len(set(names))


def test_every_listed_title_is_found_whole_in_a_sentence() -> None:
    for row in listed():
        [citation] = find_citations(f"theo quy định của {row['kind']} {row['title']} và pháp luật có liên quan")
        assert citation.title == row["title"]
