"""The same field, lead unit or time for many rows of a draft: one step, taken back as one."""

from __future__ import annotations

from datetime import date

import pytest

from caicach.kernel.usecase.errors import InvalidInput
from caicach.measurement.programme import services
from caicach.measurement.programme.models import Plan
from tests.ministry import Ministry

pytestmark = pytest.mark.django_db


def test_the_chosen_rows_get_the_values_and_one_undo_takes_them_all_back(draft: Plan, ministry: Ministry) -> None:
    first, second, third = draft.tasks.values_list("pk", flat=True)
    before = list(draft.tasks.values("field", "lead", "deadline", "doubts", "is_confirmed"))

    count = services.set_cells(
        actor=ministry.officer,
        plan=draft,
        task_ids=[first, third],
        cells_typed={"lead": "vu tccb", "time": "Quý II", "field": "6"},
    )

    assert count == 2
    for task in draft.tasks.filter(pk__in=[first, third]):
        assert (task.lead, task.deadline, task.field) == (
            ministry.units["TCCB"],
            date(2022, 6, 30),
            "chinh_phu_so",
        )
    assert draft.tasks.get(pk=second).lead is None
    services.undo(actor=ministry.officer, plan=draft)
    assert list(draft.tasks.values("field", "lead", "deadline", "doubts", "is_confirmed")) == before


def test_a_row_counts_as_checked_only_when_nothing_else_in_it_was_doubtful(draft: Plan, ministry: Ministry) -> None:
    task = draft.tasks.first()
    services.set_cells(actor=ministry.officer, plan=draft, task_ids=[task.pk], cells_typed={"lead": "PC"})
    task.refresh_from_db()
    assert (task.doubts, task.is_confirmed) == (["no_deadline"], False)

    services.set_cells(actor=ministry.officer, plan=draft, task_ids=[task.pk], cells_typed={"time": "Thường xuyên"})
    task.refresh_from_db()
    assert (task.doubts, task.is_confirmed) == ([], True)


def test_a_value_that_cannot_be_read_changes_no_row(draft: Plan, ministry: Ministry) -> None:
    ids = list(draft.tasks.values_list("pk", flat=True))

    with pytest.raises(services.BadCells) as refused:
        services.set_cells(actor=ministry.officer, plan=draft, task_ids=ids, cells_typed={"lead": "Vụ Pháp chi"})

    ((field, (sentence,)),) = refused.value.fields.items()
    assert field == "lead"
    assert "Vụ Pháp chế" in sentence
    assert "Dòng" not in sentence
    assert not draft.steps.exists()


@pytest.mark.parametrize("typed", [{}, {"title": "Tên chung"}, {"lead": "PC", "budget": "10"}])
def test_only_field_lead_and_time_are_given_to_many(typed: dict[str, str], draft: Plan, ministry: Ministry) -> None:
    with pytest.raises(InvalidInput):
        services.set_cells(actor=ministry.officer, plan=draft, task_ids=[draft.tasks.first().pk], cells_typed=typed)
