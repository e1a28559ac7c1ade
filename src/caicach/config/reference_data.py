"""Reference lists that every installation has, loaded idempotently from the rooms' `reference/` folders."""

from __future__ import annotations

import csv
from importlib.resources import files

from caicach.kernel.usecase.actor import SYSTEM


def rows_of(package: str, name: str) -> list[dict[str, str]]:
    with (files(package) / "reference" / name).open(encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


def load() -> None:
    from caicach.measurement.programme import services as programme
    from caicach.measurement.programme.models import NationalTarget
    from caicach.measurement.programme.services.importing import differs

    rows = rows_of("caicach.measurement.programme", "nq76_targets.csv")
    known = {target.code: target for target in NationalTarget.objects.all()}
    # Asked first: each start that changes nothing would leave an entry in the journal.
    if any(row["code"] not in known or differs(known[row["code"]], row) for row in rows):
        programme.load_national_targets(actor=SYSTEM, rows=rows)
