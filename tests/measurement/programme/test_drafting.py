"""Correcting a draft: cells, rows, splits, merges, and taking them back."""

from __future__ import annotations

from datetime import date

import pytest

from caicach.kernel.usecase.errors import EditConflict, NotPermitted
from caicach.measurement.programme import queries, services
from caicach.measurement.programme.models import Plan, PlanTask
from caicach.measurement.programme.naming import UnitNames
from tests.ministry import Ministry

pytestmark = pytest.mark.django_db


def rows(plan: Plan) -> list[PlanTask]:
    return list(plan.tasks.filter(is_dropped=False).select_related("lead"))


def state_of(plan: Plan) -> list[dict[str, str]]:
    return [row.cells for row in queries.draft_rows(plan=plan)]


def test_a_cell_takes_the_unit_by_any_of_its_names_and_the_time_by_its_wording(draft: Plan, ministry: Ministry) -> None:
    first = rows(draft)[0]

    services.edit_task(
        actor=ministry.officer, plan=draft, task_id=first.pk, cells_typed={"lead": "vu tccb", "time": "Quý II/2022"}
    )

    first.refresh_from_db()
    assert first.lead == ministry.units["TCCB"]
    assert first.deadline == date(2022, 6, 30)
    assert (first.is_confirmed, first.doubts) == (True, [])


def test_a_paste_with_one_wrong_unit_stores_nothing_and_names_the_cell(draft: Plan, ministry: Ministry) -> None:
    before = state_of(draft)
    pasted = [{"title": f"Việc {n}", "lead": "Vụ Pháp chế"} for n in range(12)]
    pasted[7]["lead"] = "Vụ Pháp chi"

    with pytest.raises(services.BadCells) as refused:
        services.paste_rows(actor=ministry.officer, plan=draft, rows=pasted)

    (cell,) = refused.value.bad
    assert (cell.row, cell.column, cell.hint) == (7, "lead", "Vụ Pháp chế")
    assert "8" in refused.value.fields["7.lead"][0]
    assert "Vụ Pháp chế" in refused.value.fields["7.lead"][0]
    assert state_of(draft) == before


def test_a_paste_of_500_rows_lands_whole_after_the_chosen_row(draft: Plan, ministry: Ministry) -> None:
    first = rows(draft)[0]

    services.paste_rows(
        actor=ministry.officer,
        plan=draft,
        rows=[{"title": f"Việc {n}", "field": "2", "lead": "VP", "time": "30/06/2022"} for n in range(500)],
        after=first.pk,
    )

    titles = [task.title for task in rows(draft)]
    assert titles[0] == first.title
    assert titles[1:501] == [f"Việc {n}" for n in range(500)]
    assert len(titles) == 503


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("3", "to_chuc_bo_may"),
        ("2. Cải cách thủ tục hành chính", "thu_tuc_hanh_chinh"),
        ("TTHC", "thu_tuc_hanh_chinh"),
        ("Chính quyền số", "chinh_phu_so"),
        ("chuyen doi so", "chinh_phu_so"),
        ("Cải cách tổ chức bộ máy hành chính nhà nước", "to_chuc_bo_may"),
        ("Công tác chỉ đạo, điều hành", "chi_dao_dieu_hanh"),
    ],
)
def test_a_field_is_typed_as_plans_head_it(typed: str, code: str, draft: Plan, ministry: Ministry) -> None:
    task = rows(draft)[0]
    services.edit_task(actor=ministry.officer, plan=draft, task_id=task.pk, cells_typed={"field": typed})

    task.refresh_from_db()
    assert task.field == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({"time": "khi nào tiện"}, "not_a_time"),
        ({"field": "lĩnh vực lạ"}, "no_such_field"),
        ({"title": " "}, "empty"),
        ({"title": "x" * 501}, "too_long"),
        ({"cooperating": "Vụ Pháp chế; Vụ Không Có"}, "no_such_unit"),
    ],
)
def test_a_cell_that_cannot_be_read_is_refused_with_its_reason(
    typed: dict[str, str], code: str, draft: Plan, ministry: Ministry
) -> None:
    with pytest.raises(services.BadCells) as refused:
        services.edit_task(actor=ministry.officer, plan=draft, task_id=rows(draft)[0].pk, cells_typed=typed)

    assert [cell.code for cell in refused.value.bad] == [code]


def test_a_split_gives_two_tasks_that_share_field_and_time(draft: Plan, ministry: Ministry) -> None:
    second = rows(draft)[1]

    new = services.split_task(
        actor=ministry.officer, plan=draft, task_id=second.pk, titles=["Công bố thủ tục", "Số hóa kết quả"]
    )

    assert [task.title for task in rows(draft)] == [
        "Rà soát văn bản",
        "Công bố thủ tục",
        "Số hóa kết quả",
        "Kiểm tra đơn vị",
    ]
    assert new.field == second.field
    assert (new.source_start, new.source_end) == (second.source_start, second.source_end)


def test_a_split_at_a_place_in_the_sentence_parts_the_source_too(draft: Plan, ministry: Ministry) -> None:
    second = rows(draft)[1]
    cut = draft.source.text.index("và số hóa")

    new = services.split_task(
        actor=ministry.officer, plan=draft, task_id=second.pk, titles=["Công bố thủ tục", "Số hóa kết quả"], cut=cut
    )

    second.refresh_from_db()
    assert draft.source.text[second.source_start : second.source_end] == "Công bố thủ tục "
    assert draft.source.text[new.source_start : new.source_end] == "và số hóa kết quả"


def test_a_merge_keeps_the_first_and_can_be_taken_back(draft: Plan, ministry: Ministry) -> None:
    before = state_of(draft)
    ids = [task.pk for task in rows(draft)][:2]

    services.merge_tasks(actor=ministry.officer, plan=draft, task_ids=ids)
    assert [task.title for task in rows(draft)] == [
        "Rà soát văn bản; Công bố thủ tục và số hóa kết quả",
        "Kiểm tra đơn vị",
    ]

    services.undo(actor=ministry.officer, plan=draft)
    assert state_of(draft) == before


def test_a_merge_takes_what_the_first_lacks_from_the_next_that_gives_it(draft: Plan, ministry: Ministry) -> None:
    officer = ministry.officer
    first, second, third = rows(draft)
    PlanTask.objects.filter(pk=first.pk).update(citations=[{"surface": "NQ 76"}], field="", doubts=["field_unsure"])
    PlanTask.objects.filter(pk=second.pk).update(citations=[{"surface": "NQ 76"}, {"surface": "NĐ 61"}])
    cells = {"lead": "VP", "time": "Quý II/2022", "budget": "100 triệu", "field": "2"}
    services.edit_task(actor=officer, plan=draft, task_id=second.pk, cells_typed=cells)
    cells = {"lead": "PC", "time": "Thường xuyên", "cooperating": "VP; TTTT"}
    services.edit_task(actor=officer, plan=draft, task_id=third.pk, cells_typed=cells)

    merged = services.merge_tasks(actor=officer, plan=draft, task_ids=[first.pk, second.pk, third.pk])

    merged.refresh_from_db()
    assert (merged.lead, merged.lead_text) == (ministry.units["VP"], "Văn phòng Bộ")
    assert (merged.deadline, merged.starts_on) == (date(2022, 6, 30), date(2022, 4, 1))
    assert (merged.deadline_text, merged.recurrence) == ("Quý II/2022", "")
    assert (merged.field, merged.budget) == ("thu_tuc_hanh_chinh", "100 triệu")
    assert [citation["surface"] for citation in merged.citations] == ["NQ 76", "NĐ 61"]
    assert [unit.code for unit in merged.cooperating.all()] == ["TTTT"], "the unit that leads does not co-operate"
    assert merged.doubts == []


def test_a_merge_keeps_doubts_of_what_it_took_and_what_nobody_gave(draft: Plan, ministry: Ministry) -> None:
    first, second, _third = rows(draft)
    PlanTask.objects.filter(pk=first.pk).update(field="")
    PlanTask.objects.filter(pk=second.pk).update(doubts=["field_unsure", "shortened"], lead_text="Vụ Lạ")

    merged = services.merge_tasks(actor=ministry.officer, plan=draft, task_ids=[first.pk, second.pk])

    merged.refresh_from_db()
    assert (merged.lead_id, merged.lead_text, merged.deadline) == (None, "Vụ Lạ", None)
    assert set(merged.doubts) == {"no_lead", "no_deadline", "field_unsure", "shortened"}


def test_every_step_can_be_taken_back_in_turn_and_done_again(draft: Plan, ministry: Ministry) -> None:
    officer = ministry.officer
    seen = [state_of(draft)]
    first, second, third = (task.pk for task in rows(draft))
    services.edit_task(actor=officer, plan=draft, task_id=first, cells_typed={"lead": "PC", "cooperating": "VP; TTTT"})
    seen.append(state_of(draft))
    services.split_task(actor=officer, plan=draft, task_id=second, titles=["Một", "Hai"])
    seen.append(state_of(draft))
    services.drop_tasks(actor=officer, plan=draft, task_ids=[third])
    seen.append(state_of(draft))
    services.paste_rows(actor=officer, plan=draft, rows=[{"title": "Việc dán thêm", "time": "Thường xuyên"}])
    seen.append(state_of(draft))

    for expected in reversed(seen[:-1]):
        services.undo(actor=officer, plan=draft)
        assert state_of(draft) == expected
    with pytest.raises(services.NothingToUndo):
        services.undo(actor=officer, plan=draft)
    for expected in seen[1:]:
        services.redo(actor=officer, plan=draft)
        assert state_of(draft) == expected
    with pytest.raises(services.NothingToRedo):
        services.redo(actor=officer, plan=draft)


def test_a_new_change_forgets_what_was_taken_back(draft: Plan, ministry: Ministry) -> None:
    first = rows(draft)[0].pk
    services.edit_task(actor=ministry.officer, plan=draft, task_id=first, cells_typed={"title": "Một"})
    services.undo(actor=ministry.officer, plan=draft)
    services.edit_task(actor=ministry.officer, plan=draft, task_id=first, cells_typed={"title": "Hai"})

    with pytest.raises(services.NothingToRedo):
        services.redo(actor=ministry.officer, plan=draft)


def test_the_second_of_two_officers_sees_what_the_first_changed(draft: Plan, ministry: Ministry) -> None:
    task = rows(draft)[0]
    services.edit_task(
        actor=ministry.officer,
        plan=draft,
        task_id=task.pk,
        cells_typed={"lead": "Vụ Pháp chế"},
        revision=task.revision,
    )

    with pytest.raises(EditConflict) as conflict:
        services.edit_task(
            actor=ministry.officer,
            plan=draft,
            task_id=task.pk,
            cells_typed={"lead": "Văn phòng Bộ"},
            revision=task.revision,
        )

    assert list(conflict.value.changes.values()) == [("Văn phòng Bộ", "Vụ Pháp chế")]
    assert conflict.value.changed_by == ministry.accounts["officer"].full_name
    task.refresh_from_db()
    assert task.lead == ministry.units["PC"]


@pytest.mark.parametrize("who", ["focal", "neighbour", "leader", "auditor", "operator", "staff"])
def test_only_the_reform_officer_edits_a_draft(who: str, draft: Plan, ministry: Ministry) -> None:
    with pytest.raises(NotPermitted):
        services.edit_task(
            actor=ministry.actor(who), plan=draft, task_id=rows(draft)[0].pk, cells_typed={"title": "Khác"}
        )


def test_both_sums_of_the_draft_equal_its_rows(draft: Plan, ministry: Ministry) -> None:
    services.edit_task(
        actor=ministry.officer, plan=draft, task_id=rows(draft)[0].pk, cells_typed={"lead": "VP", "field": "6"}
    )

    sums = queries.draft_sums(plan=draft)

    assert sums.rows == 3
    assert sums.agree
    assert sums.by_unit == {"": 2, "Văn phòng Bộ": 1}


def test_undoing_the_import_leaves_only_the_journal(draft: Plan, ministry: Ministry) -> None:
    services.undo_import(actor=ministry.officer, plan=draft)

    assert not Plan.objects.exists()
    assert not PlanTask.objects.exists()


@pytest.mark.parametrize("rows_in_draft", [1, 50])
def test_the_grid_takes_three_queries_however_long(
    rows_in_draft: int, draft: Plan, ministry: Ministry, django_assert_num_queries
) -> None:
    services.paste_rows(
        actor=ministry.officer,
        plan=draft,
        rows=[{"title": f"Việc {n}", "lead": "VP", "cooperating": "PC"} for n in range(rows_in_draft)],
    )
    # 1. tasks with their lead  2. co-operating units  3. targets
    with django_assert_num_queries(3):
        queries.draft_rows(plan=draft)


def test_a_paste_of_some_columns_confirms_only_what_is_not_doubtful_any_more(draft: Plan, ministry: Ministry) -> None:
    first, second, third = draft.tasks.order_by("position")
    rows = [{"lead": "PC"}, {}, {"lead": "PC", "time": "30/06/2022"}]

    count = services.paste_rows(actor=ministry.officer, plan=draft, rows=rows, replace=[first.pk, second.pk, third.pk])

    after = {task.pk: task for task in draft.tasks.all()}
    assert count == 2
    assert (after[first.pk].lead.code, after[first.pk].is_confirmed) == ("PC", False)  # its deadline is still missing
    assert (after[second.pk].lead, after[second.pk].revision) == (None, second.revision)
    assert (after[third.pk].is_confirmed, after[third.pk].doubts) == (True, [])


def test_a_corrected_cell_confirms_its_row_only_once_nothing_is_missing(draft: Plan, ministry: Ministry) -> None:
    first = rows(draft)[0]  # without lead unit and time

    def after(**cells: str) -> tuple[bool, list[str]]:
        services.edit_task(actor=ministry.officer, plan=draft, task_id=first.pk, cells_typed=cells)
        first.refresh_from_db()
        return first.is_confirmed, first.doubts

    assert after(title="Rà soát văn bản quy phạm") == (False, ["no_lead", "no_deadline"])
    assert after(lead="PC") == (False, ["no_deadline"])
    assert after(time="30/06/2022") == (True, [])


def test_a_lead_and_a_day_answer_what_the_reader_doubted_of_them(draft: Plan, ministry: Ministry) -> None:
    first = rows(draft)[0]
    first.doubts = ["several_leads", "term_start_unknown"]
    first.save(update_fields=["doubts"])

    def after(**cells: str) -> list[str]:
        services.edit_task(actor=ministry.officer, plan=draft, task_id=first.pk, cells_typed=cells)
        first.refresh_from_db()
        return first.doubts

    assert after(lead="PC") == ["term_start_unknown"]
    assert after(time="30/06/2022") == []


def test_a_person_may_say_that_a_row_is_right_as_it_is(draft: Plan, ministry: Ministry) -> None:
    first = rows(draft)[0]

    services.edit_task(
        actor=ministry.officer, plan=draft, task_id=first.pk, cells_typed={"title": "Rà soát"}, confirms=True
    )

    first.refresh_from_db()
    assert first.is_confirmed


def test_a_pasted_row_that_lacks_its_unit_is_not_confirmed(draft: Plan, ministry: Ministry) -> None:
    typed = [
        {"title": "Việc một", "field": "1", "time": "Quý I"},
        {"title": "Việc hai", "field": "1", "lead": "VP", "time": "Quý I"},
    ]

    services.paste_rows(actor=ministry.officer, plan=draft, rows=typed)

    assert dict(draft.tasks.values_list("title", "is_confirmed"))["Việc một"] is False
    assert dict(draft.tasks.values_list("title", "is_confirmed"))["Việc hai"] is True


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("31/02/2022", "Không có ngày “31/02/2022”. Ngày cuối của tháng đó là 28/02/2022."),
        ("trước 31/4/2022", "Không có ngày “trước 31/4/2022”. Ngày cuối của tháng đó là 30/04/2022."),
        ("30/13/2022", "Không có ngày “30/13/2022”. Hãy ghi ngày/tháng/năm, ví dụ 30/06/2022."),
        ("hôm nào đó", "“hôm nào đó” không phải thời gian. Hãy ghi 30/06/2022, Quý II hoặc Thường xuyên."),
    ],
)
def test_a_day_that_no_month_has_is_named(typed: str, said: str, draft: Plan, ministry: Ministry) -> None:
    with pytest.raises(services.BadCells) as refused:
        services.edit_task(actor=ministry.officer, plan=draft, task_id=rows(draft)[0].pk, cells_typed={"time": typed})

    assert refused.value.fields["time"] == [said]


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("Vụ Vũ trụ", ""),
        ("Bộ Quốc phòng", ""),
        ("Văn phòng Chính phủ", ""),
        ("Cục Hàng không", ""),
        ("x", ""),
        ("Vụ Pháp chi", "Vụ Pháp chế"),
        ("pháp chế bộ", "Vụ Pháp chế"),
        ("Vụ Cải cách", "Vụ Cải cách hành chính"),
        ("Trung tâm thông tn", "Trung tâm Thông tin"),
    ],
)
def test_only_a_unit_that_is_near_is_suggested(typed: str, near: str, ministry: Ministry) -> None:
    assert UnitNames.of_year(2022).nearest(typed) == near
