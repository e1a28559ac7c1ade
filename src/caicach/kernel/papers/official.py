"""The official paper as PDF/A-2b, by `templates/papers/nd30.typ`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from . import model, rules
from .typesetting import pdf

TEMPLATE: Final = "papers/nd30.typ"


def official_pdf(paper: model.OfficialPaper, *, made_at: datetime) -> bytes:
    """PDF/A-2b of the paper in the layout of NĐ 30/2020/NĐ-CP, Phụ lục I; always in Vietnamese.

    Raises what `typesetting.pdf` does; ValueError for a table row with more cells than columns.
    """
    return pdf(TEMPLATE, _content(paper), title=paper.title, made_at=made_at, author=paper.issuer)


def _content(paper: model.OfficialPaper) -> dict[str, Any]:
    return {
        "words": {
            "nation": rules.NATION,
            "motto": rules.MOTTO,
            "addressees": rules.ADDRESSEES,
            "recipients": rules.RECIPIENTS,
            "draft": rules.DRAFT,
        },
        "issuer": paper.issuer,
        "issuer_above": paper.issuer_above,
        "number_line": rules.number_line(paper.document_number),
        "place_and_date": rules.place_and_date(place=paper.place, day=paper.day),
        "kind": paper.kind,
        "subject": paper.subject,
        "letter_subject": rules.letter_subject(paper.subject),
        "addressees": rules.listed(paper.addressees) if len(paper.addressees) > 1 else paper.addressees,
        "recipients": rules.listed(paper.recipients),
        "signer": paper.signer and {"authority": paper.signer.authority, "name": paper.signer.name},
        "urgency": paper.urgency or "",
        "drafter_mark": paper.drafter_mark,
        "contact": paper.contact,
        "draft": paper.draft,
        "note": paper.note,
        "attached_to": paper.attached_to,
        "blocks": _blocks(paper.blocks),
        "annexes": [
            {
                "label": paper.annex_label(index),
                "title": annex.title,
                "subject": annex.subject,
                "headed": annex.headed,
                "landscape": annex.landscape,
                "blocks": _blocks(annex.blocks),
            }
            for index, annex in enumerate(paper.annexes)
        ],
    }


def _blocks(blocks: Sequence[model.Block]) -> list[dict[str, Any]]:
    """What the template prints, with heading levels as PDF/UA wants them under the paper's own title (level 1)."""
    headings = [block for block in blocks if isinstance(block, model.Heading | model.Chapter)]
    ranks = [block.level + 1 if isinstance(block, model.Heading) else 1 for block in headings]
    levels = iter(rules.consecutive(ranks, first=2))
    return [
        _block(block) | ({"level": next(levels)} if isinstance(block, model.Heading | model.Chapter) else {})
        for block in blocks
    ]


def _block(block: model.Block) -> dict[str, Any]:
    match block:
        case model.Heading():
            return {"type": "heading", "look": block.level, "label": block.label, "title": block.title}
        case model.Chapter():
            return {"type": "chapter", "label": block.label, "title": block.title}
        case model.Centred():
            return {"type": "centred", "text": block.text}
        case model.Grounds():
            return {"type": "grounds", "texts": rules.listed(block.texts)}
        case model.Article():
            return {
                "type": "article",
                "label": rules.article_label(block.number),
                "title": block.title,
                "text": _inline(block.text),
            }
        case model.Paragraph():
            return {"type": "paragraph", "text": _inline(block.text)}
        case model.Listing():
            lines = [{"label": label, "text": _inline(text)} for label, text in block.labelled()]
            return {"type": "listing", "lines": lines}
        case model.Table():
            return {"type": "table", "caption": block.caption, "unit": block.unit, **table_content(block)}


def table_content(table: model.Table) -> dict[str, Any]:
    """Columns, header groups and rows as `ruled-table` in base.typ prints them."""
    return {
        "columns": [{"title": c.title, "width": c.width, "align": c.align} for c in table.columns],
        "groups": [{"title": title, "span": span} for title, span in table.header_groups()],
        "rows": [
            {"kind": row.kind, "cells": [_inline(cell) for cell in row.padded(len(table.columns))]}
            for row in table.rows
        ],
    }


def _inline(text: model.Inline) -> Any:
    if isinstance(text, str):
        return text
    return [{"text": run.text, "bold": run.bold, "italic": run.italic} for run in text]
