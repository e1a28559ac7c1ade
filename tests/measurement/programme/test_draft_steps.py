"""Taking steps of a draft back: the order stays, no revision comes twice, another's step is never taken by chance."""

from __future__ import annotations

import pytest

from caicach.kernel.usecase.actor import Actor
from caicach.kernel.usecase.errors import EditConflict
from caicach.measurement.programme import queries, services
from caicach.measurement.programme.models import DraftStep, Plan, PlanTask
from tests.ministry import Ministry

pytestmark = pytest.mark.django_db


def titles(plan: Plan) -> list[str]:
    return list(plan.tasks.filter(is_dropped=False).values_list("title", flat=True))


def first_of(plan: Plan) -> PlanTask:
    return plan.tasks.get(position=0)


def retitle(actor: Actor, task: PlanTask, title: str) -> None:
    services.edit_task(actor=actor, plan=task.plan, task_id=task.pk, cells_typed={"title": title})


# --- revisions ------------------------------------------------------------------------------------------------------


def test_no_stale_edit_is_taken_after_others_undid_and_edited_anew(
    draft: Plan, ministry: Ministry, other_officer: Actor
) -> None:
    retitle(other_officer, first_of(draft), "Lần một")
    retitle(other_officer, first_of(draft), "Lần hai")
    seen = first_of(draft).revision
    for _time in range(2):
        services.undo(actor=other_officer, plan=draft)
    retitle(other_officer, first_of(draft), "Của người khác, một")
    retitle(other_officer, first_of(draft), "Của người khác, hai")

    with pytest.raises(EditConflict):
        services.edit_task(
            actor=ministry.officer,
            plan=draft,
            task_id=first_of(draft).pk,
            cells_typed={"title": "Ghi đè"},
            revision=seen,
        )
    assert first_of(draft).title == "Của người khác, hai"


def test_no_act_gives_a_row_a_revision_that_it_had_before(draft: Plan, ministry: Ministry) -> None:
    officer = ministry.officer
    first, second, third = draft.tasks.values_list("pk", flat=True)
    acts = [
        lambda: services.edit_task(actor=officer, plan=draft, task_id=first, cells_typed={"lead": "VP"}),
        lambda: services.merge_tasks(actor=officer, plan=draft, task_ids=[first, second]),
        lambda: services.undo(actor=officer, plan=draft),
        lambda: services.undo(actor=officer, plan=draft),
        lambda: services.redo(actor=officer, plan=draft),
        lambda: services.drop_tasks(actor=officer, plan=draft, task_ids=[first, third]),
        lambda: services.restore_tasks(actor=officer, plan=draft, task_ids=[first, third]),
        lambda: services.paste_rows(
            actor=officer, plan=draft, replace=[first], rows=[{"title": "Dán"}, {"title": "x"}]
        ),
        lambda: services.undo(actor=officer, plan=draft),
        lambda: services.redo(actor=officer, plan=draft),
        lambda: services.set_cells(actor=officer, plan=draft, task_ids=[first], cells_typed={"lead": "PC"}),
    ]
    revisions: dict[int, list[int]] = {}

    for act in acts:
        act()
        for pk, revision in draft.tasks.values_list("pk", "revision"):
            past = revisions.setdefault(pk, [])
            if not past or past[-1] != revision:
                past.append(revision)

    assert len(revisions) == 4
    for past in revisions.values():
        assert past == sorted(set(past))


def test_a_row_that_was_taken_back_and_done_again_is_not_the_one_that_was_seen(
    draft: Plan, ministry: Ministry, other_officer: Actor
) -> None:
    services.paste_rows(actor=ministry.officer, plan=draft, rows=[{"title": "Việc dán"}])
    pasted = draft.tasks.get(title="Việc dán")
    services.undo(actor=ministry.officer, plan=draft)
    services.redo(actor=ministry.officer, plan=draft)
    retitle(ministry.officer, draft.tasks.get(pk=pasted.pk), "Việc dán, đã sửa")

    with pytest.raises(EditConflict):
        services.edit_task(
            actor=other_officer,
            plan=draft,
            task_id=pasted.pk,
            cells_typed={"title": "Ghi đè"},
            revision=pasted.revision,
        )


# --- order ------------------------------------------------------------------------------------------------------------


def test_undo_keeps_the_order_of_rows_that_others_moved_meanwhile(draft: Plan, ministry: Ministry) -> None:
    officer = ministry.officer
    before = titles(draft)
    first, _second, third = draft.tasks.values_list("pk", flat=True)
    services.edit_task(actor=officer, plan=draft, task_id=third, cells_typed={"lead": "VP"})
    services.paste_rows(actor=officer, plan=draft, rows=[{"title": f"Dán {n}"} for n in range(3)], after=first)

    services.undo(actor=officer, plan=draft)
    services.undo(actor=officer, plan=draft)
    assert titles(draft) == before

    services.redo(actor=officer, plan=draft)
    services.redo(actor=officer, plan=draft)
    assert titles(draft) == [before[0], "Dán 0", "Dán 1", "Dán 2", *before[1:]]


def test_rows_added_by_several_steps_come_back_where_they_stood(draft: Plan, ministry: Ministry) -> None:
    officer = ministry.officer
    first, second, third = draft.tasks.values_list("pk", flat=True)
    orders = [titles(draft)]
    for act in (
        lambda: services.paste_rows(actor=officer, plan=draft, rows=[{"title": "A1"}, {"title": "A2"}]),
        lambda: services.split_task(actor=officer, plan=draft, task_id=second, titles=["Nửa đầu", "Nửa sau"]),
        lambda: services.paste_rows(actor=officer, plan=draft, rows=[{"title": "B1"}, {"title": "B2"}], after=first),
        lambda: services.paste_rows(
            actor=officer, plan=draft, rows=[{"title": "C0"}, {"title": "C1"}], replace=[third]
        ),
    ):
        act()
        orders.append(titles(draft))

    for expected in reversed(orders[:-1]):
        services.undo(actor=officer, plan=draft)
        assert titles(draft) == expected
    for expected in orders[1:]:
        services.redo(actor=officer, plan=draft)
        assert titles(draft) == expected
    places = list(draft.tasks.values_list("position", flat=True))
    assert len(set(places)) == len(places)


# --- another person's step ---


def test_the_last_step_of_another_is_not_taken_back_unseen(
    draft: Plan, ministry: Ministry, other_officer: Actor
) -> None:
    retitle(other_officer, first_of(draft), "Của chị Bình")

    with pytest.raises(services.StepOfAnother) as refused:
        services.undo(actor=ministry.officer, plan=draft)

    assert "Trần Thị Bình" in refused.value.message
    assert "Rà soát văn bản" in refused.value.message
    assert first_of(draft).title == "Của chị Bình"
    services.undo(actor=ministry.officer, plan=draft, step=refused.value.step)
    assert first_of(draft).title == "Rà soát văn bản"


def test_what_another_took_back_is_not_done_again_unseen(draft: Plan, ministry: Ministry, other_officer: Actor) -> None:
    retitle(other_officer, first_of(draft), "Của chị Bình")
    services.undo(actor=other_officer, plan=draft)

    with pytest.raises(services.StepOfAnother) as refused:
        services.redo(actor=ministry.officer, plan=draft)

    services.redo(actor=ministry.officer, plan=draft, step=refused.value.step)
    assert first_of(draft).title == "Của chị Bình"


def test_undo_takes_back_only_the_step_that_was_seen(draft: Plan, ministry: Ministry, other_officer: Actor) -> None:
    retitle(ministry.officer, first_of(draft), "Của tôi")
    mine = DraftStep.objects.get().pk
    retitle(other_officer, first_of(draft), "Của chị Bình")

    with pytest.raises(services.StepMovedOn) as refused:
        services.undo(actor=ministry.officer, plan=draft, step=mine)

    assert "Trần Thị Bình" in refused.value.message
    assert first_of(draft).title == "Của chị Bình"


def test_ones_own_last_step_needs_no_number(draft: Plan, ministry: Ministry, other_officer: Actor) -> None:
    retitle(other_officer, first_of(draft), "Của chị Bình")
    retitle(ministry.officer, first_of(draft), "Của tôi")

    services.undo(actor=ministry.officer, plan=draft)

    assert first_of(draft).title == "Của chị Bình"


def test_every_kind_of_step_is_called_by_its_name(draft: Plan, ministry: Ministry) -> None:
    officer = ministry.officer
    first, second, third = draft.tasks.values_list("pk", flat=True)
    services.edit_task(actor=officer, plan=draft, task_id=first, cells_typed={"title": "Tên mới"})
    services.paste_rows(actor=officer, plan=draft, rows=[{"title": "Một"}, {"title": "Hai"}])
    services.split_task(actor=officer, plan=draft, task_id=second, titles=["Nửa đầu", "Nửa sau"])
    services.set_cells(actor=officer, plan=draft, task_ids=[first, second], cells_typed={"lead": "VP"})
    services.confirm_tasks(actor=officer, plan=draft, task_ids=[third])
    services.merge_tasks(actor=officer, plan=draft, task_ids=[first, second])
    services.drop_tasks(actor=officer, plan=draft, task_ids=[third])
    services.restore_tasks(actor=officer, plan=draft, task_ids=[third])

    said = [step.what for step in reversed(queries.draft_steps(plan=draft, limit=50))]

    assert [step.act for step in queries.draft_steps(plan=draft, limit=50)][::-1] == [
        "edit", "paste", "split", "set", "confirm", "merge", "drop", "restore"
    ]  # fmt: skip
    assert "Rà soát văn bản" in said[0]  # as it was called before
    assert "2" in said[1]
    assert "Công bố thủ tục và số hóa kết quả" in said[2]
    assert len(set(said)) == len(said)
    assert queries.last_step(plan=draft).what == said[-1]
    assert queries.undone_step(plan=draft) is None
