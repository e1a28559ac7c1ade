"""The numbers of a draft after its tasks were split, merged, dropped and pasted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from caicach.measurement.programme import services
from caicach.measurement.programme.models import Plan, PlanState
from caicach.measurement.programme.services.drafting import DraftClosed
from tests.ministry import Ministry

pytestmark = pytest.mark.django_db


def numbers(plan: Plan) -> list[str]:
    return list(plan.tasks.filter(is_dropped=False).order_by("position").values_list("number", flat=True))


def test_every_field_counts_from_one_in_the_order_of_the_rows(draft: Plan, ministry: Ministry) -> None:
    first, second, third = draft.tasks.values_list("pk", flat=True)
    services.split_task(actor=ministry.officer, plan=draft, task_id=first, titles=["Nửa đầu", "Nửa sau"])
    services.edit_task(actor=ministry.officer, plan=draft, task_id=third, cells_typed={"field": "2"})
    services.drop_tasks(actor=ministry.officer, plan=draft, task_ids=[second])
    services.paste_rows(actor=ministry.officer, plan=draft, rows=[{"title": "Chưa rõ lĩnh vực", "number": "x"}])

    changed = services.renumber_tasks(actor=ministry.officer, plan=draft)

    assert numbers(draft) == ["1.1", "1.2", "2.1", ""]  # without a field it has none yet
    assert changed == 3
    services.undo(actor=ministry.officer, plan=draft)
    assert numbers(draft) == ["1.1", "", "1.3", "x"]


def test_numbers_that_are_right_are_no_step(draft: Plan, ministry: Ministry) -> None:
    assert services.renumber_tasks(actor=ministry.officer, plan=draft) == 0
    assert not draft.steps.exists()


def test_a_plan_that_is_no_draft_keeps_its_numbers(draft: Plan, ministry: Ministry) -> None:
    Plan.objects.filter(pk=draft.pk).update(state=PlanState.SUBMITTED)

    with pytest.raises(DraftClosed):
        services.renumber_tasks(actor=ministry.officer, plan=draft)


def test_programs_renumber_too(draft: Plan, client_of: Callable[[str], Client]) -> None:
    draft.tasks.filter(position=0).update(number="9.9")

    answer = client_of("officer").post(f"/api/programme/plans/{draft.pk}/draft/renumber")

    assert (answer.status_code, answer.json()) == (200, {"count": 1})
    assert numbers(draft) == ["1.1", "1.2", "1.3"]
