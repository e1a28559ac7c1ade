"""What a large change of a draft asks of the database: not more with each row."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from caicach.kernel.audit.models import Entry
from caicach.measurement.programme import queries, services
from caicach.measurement.programme.models import Plan
from tests.ministry import Ministry

pytestmark = pytest.mark.django_db

ROWS = 500
BATCHES = 120
"""SQLite takes 999 values a statement, so 500 rows of 40 columns need some twenty; far from one or more a row."""


def queries_of(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        act()
    return len(captured)


def pasted(rows: int) -> list[dict[str, str]]:
    return [
        {
            "number": f"{n}",
            "field": "2",
            "title": f"Việc {n}",
            "product": "Báo cáo",
            "lead": "VP",
            "cooperating": "Vụ Pháp chế; Trung tâm Thông tin",
            "time": "30/06/2022",
            "budget": "100 triệu đồng",
        }
        for n in range(rows)
    ]


def test_500_rows_are_pasted_over_and_taken_back_in_few_statements(draft: Plan, ministry: Ministry) -> None:
    officer = ministry.officer
    asked = {
        "paste": queries_of(lambda: services.paste_rows(actor=officer, plan=draft, rows=pasted(ROWS))),
    }
    ids = list(draft.tasks.filter(title__startswith="Việc").values_list("pk", flat=True))
    over = [{**row, "title": f"{row['title']} đè", "cooperating": "PC"} for row in pasted(ROWS)]
    asked |= {
        "paste over": queries_of(lambda: services.paste_rows(actor=officer, plan=draft, rows=over, replace=ids)),
        "set": queries_of(
            lambda: services.set_cells(actor=officer, plan=draft, task_ids=ids, cells_typed={"lead": "PC"})
        ),
        "confirm": queries_of(lambda: services.confirm_tasks(actor=officer, plan=draft, task_ids=ids)),
        "undo confirm": queries_of(lambda: services.undo(actor=officer, plan=draft)),
        "undo set": queries_of(lambda: services.undo(actor=officer, plan=draft)),
        "undo paste over": queries_of(lambda: services.undo(actor=officer, plan=draft)),
        "undo paste": queries_of(lambda: services.undo(actor=officer, plan=draft)),
        "redo paste": queries_of(lambda: services.redo(actor=officer, plan=draft)),
        "redo paste over": queries_of(lambda: services.redo(actor=officer, plan=draft)),
    }

    assert {name: count for name, count in asked.items() if count > BATCHES} == {}
    row = next(row for row in queries.draft_rows(plan=draft) if row.task.number == "7")
    assert (row.cells["title"], row.cells["cooperating"]) == ("Việc 7 đè", "Vụ Pháp chế")
    assert [entry.use_case for entry in Entry.objects.order_by("-id")[:2]] == ["programme.redo", "programme.redo"]


def test_ten_times_the_rows_are_not_ten_times_the_statements(draft: Plan, ministry: Ministry) -> None:
    few = queries_of(lambda: services.paste_rows(actor=ministry.officer, plan=draft, rows=pasted(20)))
    many = queries_of(lambda: services.paste_rows(actor=ministry.officer, plan=draft, rows=pasted(200)))

    assert many < 2 * few


def test_the_page_asks_the_same_after_a_large_step(draft: Plan, ministry: Ministry, client_of) -> None:
    officer = client_of("officer")
    address = f"/ke-hoach/{draft.pk}/ra/"
    officer.get(address)
    services.paste_rows(actor=ministry.officer, plan=draft, rows=pasted(1))
    small = queries_of(lambda: officer.get(address))
    services.paste_rows(actor=ministry.officer, plan=draft, rows=pasted(90))

    assert queries_of(lambda: officer.get(address)) == small
