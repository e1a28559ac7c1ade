"""The history of a task and of its plan tells what was done to them while the plan was a draft."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from caicach.kernel.audit import journal
from caicach.kernel.usecase.actor import Actor
from caicach.measurement.programme import drafts, services
from caicach.measurement.programme.models import DraftStep, Plan, PlanTask
from caicach.measurement.programme.services.stepping import tasks_of
from tests.measurement.programme.conftest import approved_by_leader, proposal
from tests.measurement.programme.task_pages import ClientOf
from tests.ministry import Ministry

pytestmark = pytest.mark.django_db


def words(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def history(client_of: ClientOf, name: str, pk: int) -> str:
    page = client_of("officer").get(reverse(f"programme:{name}", args=[pk])).content.decode()
    thread = page[page.index("cc-thread timeline") :]
    return words(thread[thread.index(">") + 1 : thread.index("</ol>")])


def first_of(plan: Plan) -> PlanTask:
    return plan.tasks.get(position=0)


def approve(plan: Plan, ministry: Ministry) -> None:
    """Once what is still missing in the rows is filled in. Only tasks that count have a page."""
    open_rows = [task.pk for task in plan.tasks.filter(is_dropped=False, lead=None)]
    if open_rows:
        typed = {"lead": "VP", "time": "30/06/2022"}
        services.set_cells(actor=ministry.officer, plan=plan, task_ids=open_rows, cells_typed=typed)
    rows = list(plan.tasks.filter(is_dropped=False).values_list("pk", flat=True))
    services.set_cells(actor=ministry.officer, plan=plan, task_ids=rows, cells_typed={"field": "1"})
    plan.refresh_from_db()
    services.submit(actor=ministry.officer, plan=plan)
    services.approve(actor=ministry.leader, plan=plan)


def set_lead_and_time(actor: Actor, plan: Plan, task: PlanTask) -> None:
    services.set_cells(actor=actor, plan=plan, task_ids=[task.pk], cells_typed={"lead": "PC", "time": "10/06/2022"})


def test_a_task_tells_who_gave_it_lead_and_deadline_and_that_it_was_approved(
    draft: Plan, ministry: Ministry, client_of: ClientOf
) -> None:
    task = first_of(draft)
    set_lead_and_time(ministry.officer, draft, task)
    services.edit_task(actor=ministry.officer, plan=draft, task_id=task.pk, cells_typed={"lead": "VP"})
    approve(draft, ministry)

    told = history(client_of, "task_history", task.pk)

    assert "Gán giá trị cho nhiều nhiệm vụ" in told
    assert ministry.officer.name in told
    assert "Đơn vị chủ trì: Vụ Pháp chế thành Văn phòng Bộ" in told
    assert "Hạn: 10/06/2022" in told
    assert "Duyệt kế hoạch" in told


def test_a_paste_a_split_a_merge_and_what_was_taken_back_are_told_of_each_task(
    draft: Plan, ministry: Ministry, client_of: ClientOf
) -> None:
    officer, (first, second, third) = ministry.officer, list(draft.tasks.values_list("pk", flat=True))
    services.paste_rows(actor=officer, plan=draft, rows=[{"title": "Tên dán từ Excel"}], replace=[second])
    services.undo(actor=officer, plan=draft)
    services.split_task(actor=officer, plan=draft, task_id=first, titles=["Nửa đầu", "Nửa sau"])
    services.drop_tasks(actor=officer, plan=draft, task_ids=[second])
    services.restore_tasks(actor=officer, plan=draft, task_ids=[second])
    services.merge_tasks(actor=officer, plan=draft, task_ids=[first, third])
    approve(draft, ministry)

    of_first, of_second = (history(client_of, "task_history", pk) for pk in (first, second))

    assert "thành Nửa đầu" in of_first
    assert "Nửa đầu; Kiểm tra đơn vị" in of_first
    assert "Tên dán từ Excel" not in of_first
    assert "thành Tên dán từ Excel" in of_second
    assert "Tên dán từ Excel thành" in of_second
    assert "Đã bỏ: không thành có" in of_second


def test_the_plan_tells_each_step_of_its_draft_and_which_tasks_it_was_about(
    draft: Plan, ministry: Ministry, client_of: ClientOf
) -> None:
    task = first_of(draft)
    set_lead_and_time(ministry.officer, draft, task)
    services.paste_rows(actor=ministry.officer, plan=draft, rows=[{"title": f"Việc dán {n}"} for n in range(7)])
    services.undo(actor=ministry.officer, plan=draft)
    services.edit_task(actor=ministry.officer, plan=draft, task_id=task.pk, cells_typed={"title": "Tên mới"})

    told = history(client_of, "plan_history", draft.pk)

    assert f"Nhiệm vụ: {task.number} {task.title}" in told
    assert "Việc dán 4; 2 nhiệm vụ khác" in told  # its step is forgotten by now
    assert told.count("Việc dán 4; 2 nhiệm vụ khác") == 2


def test_a_step_from_before_the_journal_named_tasks_is_told_from_its_rows(
    draft: Plan, ministry: Ministry, client_of: ClientOf
) -> None:
    task, other = list(draft.tasks.order_by("position")[:2])
    (shot,) = drafts.remembered(tasks_of(draft, [task.pk]))
    old_step(draft, before=[shot], after=[{**shot, "lead_id": ministry.units["PC"].pk, "deadline": "2022-06-10"}])
    PlanTask.objects.filter(pk=task.pk).update(lead=ministry.units["PC"], deadline="2022-06-10")
    approve(draft, ministry)

    told = history(client_of, "task_history", task.pk)
    of_plan = history(client_of, "plan_history", draft.pk)

    assert "Đơn vị chủ trì: Vụ Pháp chế" in told
    assert "Hạn: 10/06/2022" in told
    assert "Nguyễn Thị Hòa" in told
    assert "Vụ Pháp chế" not in history(client_of, "task_history", other.pk)
    assert f"Nhiệm vụ: {task.number} {task.title}" in of_plan


def old_step(plan: Plan, *, before: list[drafts.Snapshot], after: list[drafts.Snapshot]) -> None:
    """As it was kept and journalled then: the step with all its rows, nothing of the tasks or the plan."""
    at = datetime(2022, 3, 1, 2, tzinfo=UTC)
    step = DraftStep.objects.create(plan=plan, act="set", before=before, after=after, at=at)
    rows = {"act": "set", "before": before, "after": after, "is_undone": False}
    journal.record(
        use_case="programme.set_cells",
        outcome=journal.Outcome.DONE,
        author=journal.Author(7, "Nguyễn Thị Hòa", "reform_officer", "BNV", ""),
        at=at,
        request_id="5f0c",
        via="page",
        address="",
        changes=[journal.Change("programme.draftstep", str(step.pk), {}, rows)],
    )


# --- why the deadline is that day -------------------------------------------------------------------------------------


def why(client_of: ClientOf, task: PlanTask) -> str:
    return client_of("officer").get(reverse("programme:why_deadline", args=[task.pk])).content.decode()


def test_a_deadline_that_a_person_gave_is_not_said_to_stand_in_the_plan(
    draft: Plan, ministry: Ministry, client_of: ClientOf
) -> None:
    task = first_of(draft)
    PlanTask.objects.filter(pk=task.pk).update(source_start=0, source_end=10)
    services.set_cells(actor=ministry.officer, plan=draft, task_ids=[task.pk], cells_typed={"lead": "VP"})
    services.edit_task(actor=ministry.officer, plan=draft, task_id=task.pk, cells_typed={"time": "10/06/2022"})
    services.set_cells(actor=ministry.officer, plan=draft, task_ids=[task.pk], cells_typed={"lead": "VP"})
    approve(draft, ministry)

    page = why(client_of, task)

    assert f"{ministry.officer.name} ghi “10/06/2022” khi rà soát kế hoạch, ngày " in page
    assert "Văn bản gốc không nêu hạn này." in page
    assert reverse("programme:task_history", args=[task.pk]) in page
    assert "Kế hoạch ghi" not in page
    assert "#viec-" not in page


def test_a_deadline_that_the_sentence_says_leads_to_it_even_where_a_person_typed_it_again(
    draft: Plan, ministry: Ministry, client_of: ClientOf
) -> None:
    task = first_of(draft)
    PlanTask.objects.filter(pk=task.pk).update(
        source_start=0, source_end=10, text="Rà soát văn bản, hoàn thành trước 10/06/2022"
    )
    set_lead_and_time(ministry.officer, draft, task)
    approve(draft, ministry)

    page = why(client_of, task)

    assert "Kế hoạch ghi “10/06/2022”" in page
    assert f"#viec-{task.pk}" in page


def test_the_half_of_a_split_task_tells_who_gave_the_whole_its_time(
    draft: Plan, ministry: Ministry, client_of: ClientOf
) -> None:
    task = first_of(draft)
    services.edit_task(
        actor=ministry.officer, plan=draft, task_id=task.pk, cells_typed={"lead": "VP", "time": "10/06/2022"}
    )
    half = services.split_task(actor=ministry.officer, plan=draft, task_id=task.pk, titles=["Đầu", "Sau"])
    approve(draft, ministry)

    assert f"{ministry.officer.name} ghi “10/06/2022”" in why(client_of, half)


def test_a_task_tells_the_units_that_support_it_from_its_import_on(ministry: Ministry, client_of: ClientOf) -> None:
    read = replace(proposal("Rà soát văn bản").tasks[0], cooperating=(ministry.units["TTTT"].pk,))
    asked = replace(proposal("Rà soát văn bản"), tasks=(read,))
    plan = services.import_plan(actor=ministry.officer, issuer=ministry.units["BNV"], proposal=asked)
    task = first_of(plan)
    approve(plan, ministry)

    told = history(client_of, "task_history", task.pk)

    assert "Đơn vị phối hợp: Trung tâm Thông tin" in told


def test_a_task_tells_who_changed_only_the_units_that_support_it(
    plan: Plan, ministry: Ministry, client_of: ClientOf
) -> None:
    task = PlanTask.objects.select_related("plan").get(plan=plan, title__contains="Số hóa")
    asked = services.ask_to_reassign(
        actor=ministry.officer, task=task, lead="VP", cooperating="TTTT; PC", reason="Thêm đơn vị"
    )
    services.decide_amendment(actor=ministry.leader, amendment=asked, is_approved=True)

    told = history(client_of, "task_history", task.pk)

    assert "Đơn vị phối hợp: Vụ Pháp chế, Trung tâm Thông tin" in told


def test_an_added_task_tells_the_units_that_support_it(plan: Plan, ministry: Ministry, client_of: ClientOf) -> None:
    cells = {"title": "Kiểm tra", "field": "1", "lead": "VP", "time": "30/06/2022", "cooperating": "PC"}
    asked = services.ask_to_add_task(actor=ministry.officer, plan=plan, cells_typed=cells, reason="Kết luận số 5")
    added = approved_by_leader(ministry, asked)

    assert "Đơn vị phối hợp: Vụ Pháp chế" in history(client_of, "task_history", added.pk)
