"""Two officers at one draft: the second is told who changed the row and what, whatever either of them did to it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from caicach.kernel.usecase.actor import Actor
from caicach.kernel.usecase.errors import EditConflict
from caicach.measurement.programme import services
from caicach.measurement.programme.models import NationalTarget, Plan, PlanTask
from tests.ministry import Ministry

pytestmark = pytest.mark.django_db

Act = Callable[[Actor, Plan, PlanTask], object]


def seen(task: PlanTask) -> dict[int, int]:
    return {task.pk: task.revision}


def others(plan: Plan, task: PlanTask) -> list[int]:
    return list(plan.tasks.exclude(pk=task.pk).values_list("pk", flat=True)[:1])


def national() -> NationalTarget:
    target, _made = NationalTarget.objects.get_or_create(
        code="TEST-1",
        defaults={
            "field": "the_che",
            "year": 2022,
            "subject": "Đúng hạn",
            "operator": ">=",
            "value": "95",
            "source": "x",
        },
    )
    return target


ACTS: dict[str, Act] = {
    "merge": lambda who, plan, task: services.merge_tasks(
        actor=who, plan=plan, task_ids=[task.pk, *others(plan, task)], seen=seen(task)
    ),
    "split": lambda who, plan, task: services.split_task(
        actor=who, plan=plan, task_id=task.pk, titles=["Một", "Hai"], revision=task.revision
    ),
    "drop": lambda who, plan, task: services.drop_tasks(actor=who, plan=plan, task_ids=[task.pk], seen=seen(task)),
    "confirm": lambda who, plan, task: services.confirm_tasks(
        actor=who, plan=plan, task_ids=[task.pk], seen=seen(task)
    ),
    "set": lambda who, plan, task: services.set_cells(
        actor=who, plan=plan, task_ids=[task.pk], cells_typed={"time": "Quý I"}, seen=seen(task)
    ),
    "paste": lambda who, plan, task: services.paste_rows(
        actor=who, plan=plan, rows=[{"title": "Dán đè"}], replace=[task.pk], seen=seen(task)
    ),
    "link": lambda who, plan, task: services.link_target(
        actor=who, plan=plan, task_id=task.pk, national=national(), revision=task.revision
    ),
    "edit": lambda who, plan, task: services.edit_task(
        actor=who, plan=plan, task_id=task.pk, cells_typed={"title": "Của tôi"}, revision=task.revision
    ),
}


def edited(who: Actor, plan: Plan, task: PlanTask) -> None:
    services.edit_task(actor=who, plan=plan, task_id=task.pk, cells_typed={"lead": "PC"}, revision=task.revision)


@pytest.mark.parametrize("act", ACTS)
def test_an_act_on_a_row_that_the_other_has_just_changed_is_refused_with_the_change(
    act: str, draft: Plan, ministry: Ministry, other_officer: Actor
) -> None:
    task = draft.tasks.get(position=1)
    edited(other_officer, draft, task)
    services.edit_task(  # what oneself did since to another row names nobody else
        actor=ministry.officer, plan=draft, task_id=draft.tasks.get(position=2).pk, cells_typed={"title": "Việc khác"}
    )
    before = list(draft.tasks.values())

    with pytest.raises(EditConflict) as told:
        ACTS[act](ministry.officer, draft, task)

    assert told.value.changed_by == "Trần Thị Bình"
    assert ("", "Vụ Pháp chế") in told.value.changes.values()
    assert list(draft.tasks.values()) == before


def test_the_refusal_knows_what_one_typed_from_what_one_saw(
    draft: Plan, ministry: Ministry, other_officer: Actor
) -> None:
    task = draft.tasks.get(position=1)
    services.edit_task(
        actor=other_officer, plan=draft, task_id=task.pk, cells_typed={"title": "Của người khác", "lead": "PC"}
    )

    with pytest.raises(EditConflict) as told:
        ACTS["edit"](ministry.officer, draft, task)

    assert told.value.changes["Nhiệm vụ"] == ("Của tôi", "Của người khác")
    assert told.value.typed == {"Nhiệm vụ"}
    assert told.value.changes.keys() > told.value.typed


@pytest.mark.parametrize("act", ACTS)
def test_after_any_act_of_the_other_an_edit_of_the_row_is_refused_with_the_name(
    act: str, draft: Plan, ministry: Ministry, other_officer: Actor
) -> None:
    task = draft.tasks.get(position=1)
    ACTS[act](other_officer, draft, task)

    with pytest.raises(EditConflict) as told:
        services.edit_task(
            actor=ministry.officer, plan=draft, task_id=task.pk, cells_typed={"lead": "VP"}, revision=task.revision
        )

    assert told.value.changed_by == "Trần Thị Bình"
    assert told.value.changes


def test_what_the_other_took_back_does_not_stand_in_the_way(
    draft: Plan, ministry: Ministry, other_officer: Actor
) -> None:
    task = draft.tasks.get(position=1)
    edited(other_officer, draft, task)
    services.undo(actor=other_officer, plan=draft)

    services.edit_task(
        actor=ministry.officer, plan=draft, task_id=task.pk, cells_typed={"lead": "VP"}, revision=task.revision
    )

    task.refresh_from_db()
    assert task.lead == ministry.units["VP"]


def test_who_took_a_step_back_is_named_not_who_had_made_it(
    draft: Plan, ministry: Ministry, other_officer: Actor
) -> None:
    first = draft.tasks.get(position=0)
    edited(ministry.officer, draft, first)
    first.refresh_from_db()
    services.undo(actor=other_officer, plan=draft, step=draft.steps.get().pk)

    with pytest.raises(EditConflict) as told:
        services.drop_tasks(actor=ministry.officer, plan=draft, task_ids=[first.pk], seen=seen(first))

    assert told.value.changed_by == "Trần Thị Bình"
    assert ("Vụ Pháp chế", "") in told.value.changes.values()


def test_of_several_rows_each_change_names_its_row(draft: Plan, ministry: Ministry, other_officer: Actor) -> None:
    one, two, _three = draft.tasks.all()
    for task in (one, two):
        edited(other_officer, draft, task)

    with pytest.raises(EditConflict) as told:
        services.confirm_tasks(
            actor=ministry.officer, plan=draft, task_ids=[one.pk, two.pk], seen=seen(one) | seen(two)
        )

    assert [label for label in told.value.changes if "1.1" in label]
    assert [label for label in told.value.changes if "1.2" in label]


@pytest.mark.parametrize("act", sorted(ACTS))
def test_a_dropped_task_is_put_back_before_anything_else_is_done_with_it(
    act: str, draft: Plan, ministry: Ministry
) -> None:
    task = draft.tasks.get(position=1)
    services.drop_tasks(actor=ministry.officer, plan=draft, task_ids=[task.pk])
    task.refresh_from_db()
    before = list(draft.tasks.values())

    with pytest.raises(services.TaskDropped) as refused:
        ACTS[act](ministry.officer, draft, task)

    assert "1.2" in refused.value.message
    assert list(draft.tasks.values()) == before


def test_a_merge_sent_twice_joins_the_tasks_once(draft: Plan, ministry: Ministry) -> None:
    ids = list(draft.tasks.values_list("pk", flat=True))[:2]
    services.merge_tasks(actor=ministry.officer, plan=draft, task_ids=ids, idempotency_key="one")
    once = draft.tasks.get(pk=ids[0]).title

    services.merge_tasks(actor=ministry.officer, plan=draft, task_ids=ids, idempotency_key="one")
    with pytest.raises(services.TaskDropped):
        services.merge_tasks(actor=ministry.officer, plan=draft, task_ids=ids)

    assert draft.tasks.get(pk=ids[0]).title == once == "Rà soát văn bản; Công bố thủ tục và số hóa kết quả"


def test_an_undo_sent_twice_with_its_key_takes_one_step_back(draft: Plan, ministry: Ministry) -> None:
    for pk in draft.tasks.values_list("pk", flat=True):
        services.edit_task(actor=ministry.officer, plan=draft, task_id=pk, cells_typed={"lead": "VP"})

    for _time in range(2):
        services.undo(actor=ministry.officer, plan=draft, idempotency_key="one")

    assert draft.tasks.filter(lead=None).count() == 1
