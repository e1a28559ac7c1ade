"""Nơi nhận of a unit's first report, by what kind of body it is. Later ones take over those of the latest report."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from caicach.kernel.identity.models import Unit
from caicach.registry.organisation.queries import kind_of

_LINES = Path(__file__).parent / "reference" / "par_recipients.csv"
OTHER_KINDS = "*"


@dataclass(frozen=True, slots=True)
class RecipientLine:
    """kind : of the issuing body, "*" for those without lines of their own; line : may name {issuer}, {superior}."""

    kind: str
    line: str
    cites: str
    remark: str


@lru_cache(maxsize=1)
def recipient_lines() -> tuple[RecipientLine, ...]:
    """In the order of the paper."""
    with _LINES.open(encoding="utf-8", newline="") as handle:
        rows = sorted(csv.DictReader(handle), key=lambda row: (row["kind"], int(row["place"])))
    return tuple(RecipientLine(row["kind"], row["line"], row["source"], row["remark"]) for row in rows)


def recipients_of_first_report(*, issuer: Unit) -> str:
    """One a line. A body is not named to itself, and a line about a superior is left out where there is none."""
    kind = kind_of(unit=issuer)
    lines = recipient_lines()
    own = [line for line in lines if line.kind == kind] or [line for line in lines if line.kind == OTHER_KINDS]
    superior = issuer.parent.name if issuer.parent else ""
    names = [
        line.line.format(issuer=issuer.name, superior=superior)
        for line in own
        if superior or "{superior}" not in line.line
    ]
    return "\n".join(name for name in names if name.partition(" (")[0] != issuer.name)
