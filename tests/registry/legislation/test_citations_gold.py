"""The extractor against annotated sentences: real ones where they lie beside the checkout, and our own."""

from __future__ import annotations

import pytest

from tests.registry.legislation.citation_scores import OWN, rows, score
from tests.shared import SHARED, needs_shared


@needs_shared
def test_the_development_set_of_real_sentences_is_read_well() -> None:
    assert SHARED is not None
    result = score(rows(SHARED / "data" / "citations.dev.jsonl"))

    assert result.f1 >= 0.98, (result.missed, result.extra)
    assert result.field_accuracy >= 0.98, result.wrong_fields


@pytest.mark.parametrize("part", ["development", "held-out"])
def test_our_own_sentences_are_read_well(part: str) -> None:
    result = score(rows(OWN, part=part))

    assert result.f1 >= 0.98, (result.missed, result.extra)
    assert result.field_accuracy >= 0.98, result.wrong_fields


def test_our_own_annotations_are_what_they_say() -> None:
    for row in rows(OWN):
        for citation in row["citations"]:
            assert row["text"][citation["start"] : citation["end"]] == citation["surface"]


@needs_shared
def test_every_numbered_citation_of_the_real_plan_is_found() -> None:
    from caicach.registry.legislation.citations import find_citations
    from tests.shared import shared_text

    found = find_citations(shared_text("ke-hoach-cchc-2022.txt"))

    assert len(found) == 24
    assert {c.number for c in found} >= {"1368/QĐ-BNV", "76/NQ-CP", "10-NQ/BCSĐ", "01/2015/TTLT-BNV-BTC", "28/QĐ-TTg"}
    assert all(c.number for c in found)
