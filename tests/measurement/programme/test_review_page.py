"""The review of a draft by its page: every act answers with the pane as it is now, refusals leave it as it was."""

from __future__ import annotations

import html
import json
import re

import pytest
from django.test import Client
from django.urls import reverse

from caicach.config.reference_data import rows_of
from caicach.kernel.usecase.actor import SYSTEM, Actor
from caicach.measurement.programme import services as programme
from caicach.measurement.programme.models import NationalTarget, Plan, PlanState, PlanTask, TaskTarget
from tests.ministry import Ministry

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client: Client, ministry: Ministry) -> Client:
    client.force_login(ministry.accounts["officer"])
    return client


def act(client: Client, plan: Plan, name: str, *, swap: bool = True, **fields: object):
    headers = {"HX-Request": "true", "HX-Target": "review-tasks"} if swap else {}
    return client.post(reverse("programme:review_change", args=[plan.pk]), {"act": name, **fields}, headers=headers)


def ids(plan: Plan) -> list[int]:
    return list(plan.tasks.filter(is_dropped=False).values_list("pk", flat=True))


def test_the_page_shows_the_text_beside_the_tasks(officer: Client, draft: Plan) -> None:
    page = officer.get(reverse("programme:review", args=[draft.pk])).content.decode()

    assert page.count("data-grid-row=") == 3
    assert page.count('data-task="') == 3
    assert "Kế hoạch cải cách hành chính năm 2022" in page


def test_an_open_row_says_why_it_needs_a_look(officer: Client, draft: Plan) -> None:
    page = officer.get(reverse("programme:review", args=[draft.pk]), {"viec": ids(draft)[0]}).content.decode()

    assert 'id="cell-lead"' in page


def test_an_edited_cell_comes_back_with_the_counts(officer: Client, draft: Plan) -> None:
    first = ids(draft)[0]

    answer = act(officer, draft, "edit", chon=first, lead="Văn phòng Bộ", revision=0)

    body = answer.content.decode()
    assert answer.status_code == 200
    assert "Văn phòng Bộ" in body
    assert 'hx-swap-oob="innerHTML:#review-counts"' in body
    assert draft.tasks.get(pk=first).lead.code == "VP"


def test_a_wrong_cell_is_refused_in_words_and_the_row_stays(officer: Client, draft: Plan) -> None:
    answer = act(officer, draft, "edit", chon=ids(draft)[0], lead="Vụ Không Có")

    assert answer.status_code == 422
    assert "Vụ Không Có" in answer.content.decode()
    assert draft.tasks.filter(lead=None).count() == 3


def test_a_paste_names_its_bad_cell_and_stores_nothing(officer: Client, draft: Plan) -> None:
    rows = "Nhiệm vụ\tChủ trì\nViệc một\tVụ Pháp chế\nViệc hai\tVụ Pháp chi"

    refused = act(officer, draft, "paste", pasted=rows, where="end")
    taken = act(officer, draft, "paste", pasted=rows.replace("chi", "chế"), where="end")

    assert refused.status_code == 422
    assert "Vụ Pháp chi" in refused.content.decode()
    assert taken.status_code == 200
    assert draft.tasks.count() == 5


def as_it_stands(draft: Plan) -> list[tuple[object, ...]]:
    return list(draft.tasks.order_by("position", "pk").values_list("title", "is_dropped", "is_confirmed"))


@pytest.mark.parametrize("name", ["confirm", "drop", "merge"])
def test_acts_work_on_the_chosen_tasks_and_go_back_and_forth(name: str, officer: Client, draft: Plan) -> None:
    before = as_it_stands(draft)

    assert act(officer, draft, name, chon=ids(draft)[:2]).status_code == 200
    done = as_it_stands(draft)
    act(officer, draft, "undo")
    taken_back = as_it_stands(draft)
    act(officer, draft, "redo")

    assert done != before
    assert taken_back == before
    assert as_it_stands(draft) == done


def test_a_dropped_task_is_brought_back(officer: Client, draft: Plan) -> None:
    before = as_it_stands(draft)
    first = ids(draft)[:1]
    act(officer, draft, "drop", chon=first)

    act(officer, draft, "restore", chon=first)

    assert as_it_stands(draft) == before


def test_without_script_the_act_leads_back_to_the_page(officer: Client, draft: Plan) -> None:
    answer = act(officer, draft, "confirm", swap=False, chon=ids(draft)[0])

    assert answer.status_code == 302
    assert answer.url.startswith(reverse("programme:review", args=[draft.pk]))


def test_an_unknown_act_is_nothing(officer: Client, draft: Plan) -> None:
    assert act(officer, draft, "explode").status_code == 404


@pytest.mark.parametrize("who", ["focal", "neighbour", "auditor", "operator"])
def test_a_draft_is_hidden_from_others(who: str, client: Client, draft: Plan, ministry: Ministry) -> None:
    client.force_login(ministry.accounts[who])

    assert client.get(reverse("programme:review", args=[draft.pk])).status_code in (403, 404)


def test_the_plan_goes_its_way_by_the_pages(client: Client, draft: Plan, ministry: Ministry) -> None:
    client.force_login(ministry.accounts["officer"])
    for task in ids(draft):
        act(client, draft, "edit", chon=task, lead="Vụ Pháp chế", time="Quý III", field="1")
    client.post(reverse("programme:submit", args=[draft.pk]))
    draft.refresh_from_db()
    assert draft.state == PlanState.SUBMITTED

    client.force_login(ministry.accounts["leader"])
    answer = client.post(reverse("programme:approve", args=[draft.pk]))
    draft.refresh_from_db()
    assert draft.state == PlanState.APPROVED
    assert answer.url == reverse("programme:plan", args=[draft.pk])
    assert client.get(answer.url).status_code == 200


@pytest.mark.parametrize("name", ["plans", "tasks", "dashboard"])
@pytest.mark.parametrize("who", ["officer", "leader", "focal", "auditor"])
def test_every_list_opens(name: str, who: str, client: Client, plan: Plan, ministry: Ministry) -> None:
    client.force_login(ministry.accounts[who])

    assert client.get(reverse(f"programme:{name}")).status_code == 200


def test_why_and_source_open_as_a_page_and_as_a_fragment(officer: Client, plan: Plan) -> None:
    for name in ("why_rates", "review_source", "plan"):
        address = reverse(f"programme:{name}", args=[plan.pk])
        assert officer.get(address).status_code == 200
        assert officer.get(address, headers={"HX-Request": "true"}).status_code == 200
    for ending in ("xlsx", "csv", "pdf"):
        assert officer.get(reverse("programme:tasks"), {"tai": ending}).status_code == 200


def test_ids_over_a_thousand_stay_whole_in_fields_and_addresses(officer: Client, draft: Plan) -> None:

    big = PlanTask(id=1_234_567, plan=draft, title="Việc có số lớn", position=99)
    big.save()

    page = officer.get(reverse("programme:review", args=[draft.pk])).content.decode()

    assert 'value="1234567"' in page
    assert "1.234.567" not in page


# --- what addresses and forms may hold ---

STRANGE_NUMBERS = ["²", "٣", "-1", "1.5", "9" * 30, "9" * 5000, "abc", ""]


@pytest.mark.parametrize("value", STRANGE_NUMBERS, ids=lambda value: value[:8] or "empty")
@pytest.mark.parametrize("name", ["trang", "viec"])
def test_a_number_in_the_address_that_is_none_shows_the_first_page(
    name: str, value: str, officer: Client, draft: Plan
) -> None:
    answer = officer.get(reverse("programme:review", args=[draft.pk]), {name: value})

    assert answer.status_code == 200
    assert answer.content.decode().count("data-grid-row=") == 3


@pytest.mark.parametrize("value", STRANGE_NUMBERS, ids=lambda value: value[:8] or "empty")
@pytest.mark.parametrize("name", ["edit", "set", "split", "merge", "confirm", "drop", "restore", "link"])
def test_a_chosen_task_that_is_no_number_is_refused_in_words(
    name: str, value: str, officer: Client, draft: Plan
) -> None:
    NationalTarget.objects.create(
        code="T-1", field="the_che", year=2022, subject="x", operator=">=", value="1", source="y"
    )
    answer = act(
        officer, draft, name, chon=value, lead="VP", first="a", second="b", target="T-1", view=f"trang={value}"
    )

    assert answer.status_code == 422
    assert "Hãy chọn nhiệm vụ trước" in answer.content.decode()


@pytest.mark.parametrize("value", STRANGE_NUMBERS, ids=lambda value: value[:8] or "empty")
def test_other_strange_numbers_of_a_form_are_no_error_of_ours(value: str, officer: Client, draft: Plan) -> None:
    first = ids(draft)[0]

    for name in ("undo", "redo", "paste", "confirm"):
        answer = act(
            officer,
            draft,
            name,
            chon=first if name == "confirm" else value,
            revision=value,
            seen=f"{value}:{value}",
            undo_step=value,
            redo_step=value,
            pasted="Việc\tmới",
            where="after",
            open=value,
            view=f"trang={value}&viec={value}",
        )
        assert answer.status_code in (200, 409, 422)


@pytest.mark.parametrize("value", [10**30, -1])
def test_the_api_refuses_numbers_that_no_task_has(value: int, officer: Client, draft: Plan) -> None:
    draft_address = f"/api/programme/plans/{draft.pk}/draft"
    bodies = {
        "confirm": {"tasks": [value]},
        "merge": {"tasks": [value, value]},
        "rows": {"rows": [{"title": "x"}], "replace": [value]},
        "set": {"tasks": [1], "cells": {"lead": "VP"}, "seen": {str(value): 1}},
        f"undo?step={value}": {},
    }
    for end, body in bodies.items():
        answer = officer.post(f"{draft_address}/{end}", body, content_type="application/json")
        assert answer.status_code == 422, end


# --- sent twice, and another officer's step ---


def fields_of(body: str, name: str, *, within: str) -> list[str]:
    """Values of the hidden fields `name` in the form that follows the mark."""
    form = body[body.index(within) :]
    return re.findall(rf'name="{name}" value="([^"]*)"', form[: form.index("</form>")])


def review_page(client: Client, plan: Plan, **query: object) -> str:
    return html.unescape(client.get(reverse("programme:review", args=[plan.pk]), query).content.decode())


def test_a_merge_sent_twice_from_one_page_merges_once(officer: Client, draft: Plan) -> None:
    (key,) = fields_of(review_page(officer, draft), "key", within='id="review-form"')
    two = ids(draft)[:2]

    answers = [act(officer, draft, "merge", chon=two, key=key) for _time in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert draft.steps.count() == 1
    assert draft.tasks.get(pk=two[0]).title == "Rà soát văn bản; Công bố thủ tục và số hóa kết quả"


@pytest.mark.parametrize("name", ["undo", "redo", "confirm", "drop", "restore", "link", "set"])
def test_every_act_sent_twice_from_one_page_is_one_step(name: str, officer: Client, draft: Plan) -> None:
    NationalTarget.objects.create(
        code="T-1", field="the_che", year=2022, subject="x", operator=">=", value="1", source="y"
    )
    for task in ids(draft):
        act(officer, draft, "confirm", chon=task)
    if name == "redo":
        act(officer, draft, "undo")
        act(officer, draft, "undo")
    if name == "restore":
        act(officer, draft, "drop", chon=ids(draft)[0])
    task = draft.tasks.first()
    steps = list(draft.steps.values_list("pk", "is_undone"))

    for _time in range(2):
        assert act(officer, draft, name, chon=task.pk, key="k", target="T-1", lead="VP").status_code == 200

    assert len(set(draft.steps.values_list("pk", "is_undone")) ^ set(steps)) == (2 if name in ("undo", "redo") else 1)


@pytest.mark.parametrize("form", ["review-form", "paste-rows", "split-task", "set-cells", "undo-import"])
def test_every_form_of_the_page_carries_a_key(form: str, officer: Client, draft: Plan) -> None:
    assert fields_of(review_page(officer, draft), "key", within=f'id="{form}"')


def test_ones_own_step_is_undone_by_one_press(officer: Client, draft: Plan) -> None:
    act(officer, draft, "confirm", chon=ids(draft)[0])

    page = review_page(officer, draft)

    assert 'id="undo-step"' not in page
    assert "xác nhận “1.1 Rà soát văn bản”" in page
    (step,) = fields_of(page, "undo_step", within='id="review-form"')
    assert act(officer, draft, "undo", undo_step=step).status_code == 200


def test_the_step_of_another_names_the_person_and_asks_first(
    officer: Client, draft: Plan, other_officer: Actor, client_of
) -> None:
    act(client_of("other_officer"), draft, "confirm", chon=ids(draft)[0])

    unseen = act(officer, draft, "undo")
    page = review_page(officer, draft)
    (step,) = fields_of(page, "undo_step", within='id="undo-step"')
    dialog = page[page.index('id="undo-step"') :]

    assert unseen.status_code == 409
    assert "Trần Thị Bình" in html.unescape(unseen.content.decode())
    assert "Hoàn tác bước của Trần Thị Bình" in page
    assert "Trần Thị Bình" in dialog[: dialog.index("</form>")]
    assert act(officer, draft, "undo", undo_step=step).status_code == 200
    assert not draft.tasks.filter(is_confirmed=True).exists()


def test_the_step_that_came_in_between_is_not_taken_back(
    officer: Client, draft: Plan, other_officer: Actor, client_of
) -> None:
    act(officer, draft, "confirm", chon=ids(draft)[0])
    (seen,) = fields_of(review_page(officer, draft), "undo_step", within='id="review-form"')
    act(client_of("other_officer"), draft, "drop", chon=ids(draft)[1])

    answer = act(officer, draft, "undo", undo_step=seen)

    assert answer.status_code == 409
    assert "Trần Thị Bình" in html.unescape(answer.content.decode())
    assert draft.tasks.filter(is_dropped=True).count() == 1


def test_the_api_says_whose_step_it_is_and_takes_it_back_by_its_number(
    officer: Client, draft: Plan, other_officer: Actor, client_of
) -> None:
    act(client_of("other_officer"), draft, "confirm", chon=ids(draft)[0])
    address = f"/api/programme/plans/{draft.pk}/draft"

    (step,) = officer.get(f"{address}/steps").json()
    refused = officer.post(f"{address}/undo")
    taken_back = officer.post(f"{address}/undo?step={step['id']}")

    assert (step["by"], step["act"], step["is_undone"]) == ("Trần Thị Bình", "confirm", False)
    assert "Rà soát văn bản" in step["what"]
    assert (refused.status_code, refused.json()["code"]) == (409, "programme.step_of_another")
    assert "Trần Thị Bình" in refused.json()["detail"]
    assert taken_back.json() == {**step, "is_undone": True}


@pytest.mark.parametrize("name", ["merge", "split", "drop", "set", "confirm"])
def test_an_act_on_a_row_that_another_changed_tells_what(
    name: str, officer: Client, draft: Plan, other_officer: Actor, client_of
) -> None:
    two = ids(draft)[:2]
    seen = re.findall(r'name="seen" value="([^"]*)" form="review-form"', review_page(officer, draft))
    act(client_of("other_officer"), draft, "edit", chon=two[0], lead="Vụ Pháp chế")

    answer = act(officer, draft, name, chon=two, seen=seen, first="a", second="b", time="Quý I")

    words = html.unescape(answer.content.decode())
    assert answer.status_code == 409
    assert "Trần Thị Bình" in words
    assert "Vụ Pháp chế" in words
    assert draft.steps.count() == 1


# --- one value for many rows ---


def test_many_rows_get_one_value_by_the_page(officer: Client, draft: Plan) -> None:
    chosen = ids(draft)[:2]

    answer = act(officer, draft, "set", chon=chosen, lead="Vụ Pháp chế", time="", field="")

    assert answer.status_code == 200
    assert draft.tasks.filter(lead__code="PC").count() == 2
    act(officer, draft, "undo")
    assert draft.tasks.filter(lead=None).count() == 3


def test_many_rows_get_one_value_by_the_api(officer: Client, draft: Plan) -> None:
    body = {"tasks": ids(draft), "cells": {"time": "Quý II", "field": "3"}}
    address = f"/api/programme/plans/{draft.pk}/draft/set"

    answers = [
        officer.post(address, body, content_type="application/json", headers={"Idempotency-Key": "k"})
        for _time in range(2)
    ]

    assert [answer.json() for answer in answers] == [{"count": 3}] * 2
    assert draft.tasks.filter(field="to_chuc_bo_may", deadline="2022-06-30").count() == 3
    assert draft.steps.count() == 1


def test_a_dropped_row_cannot_be_edited_in_its_place(officer: Client, draft: Plan) -> None:
    first = ids(draft)[0]
    act(officer, draft, "drop", chon=first)

    page = review_page(officer, draft, xem="da-bo", viec=first)

    assert "Rà soát văn bản" in page
    assert 'id="cell-lead"' not in page
    assert act(officer, draft, "edit", chon=first, lead="VP").status_code == 409


def test_deadlines_that_are_past_are_said_before_the_plan_is_submitted_and_approved(
    client: Client, draft: Plan, ministry: Ministry, at
) -> None:
    client.force_login(ministry.accounts["officer"])
    review = reverse("programme:review", args=[draft.pk])
    with at("2022-06-20 09:00"):
        for task in ids(draft):
            act(client, draft, "edit", chon=task, lead="Vụ Pháp chế", time="15/06/2022", field="1")
        officers = html.unescape(client.get(review).content.decode())
        shown = client.get(review, {"xem": "da-qua-han"}).content.decode()
        client.post(reverse("programme:submit", args=[draft.pk]))
        client.force_login(ministry.accounts["leader"])
        leaders = html.unescape(client.get(review).content.decode())

    for page in (officers, leaders):
        assert "3 nhiệm vụ có thời hạn đã qua" in page
    assert shown.count("data-grid-row=") == 3


def test_what_tasks_without_a_product_owe_is_said_before_the_plan_is_submitted(
    client: Client, draft: Plan, ministry: Ministry
) -> None:
    client.force_login(ministry.accounts["officer"])
    first, *others = ids(draft)
    for task in (first, *others):
        act(client, draft, "edit", chon=task, lead="Vụ Pháp chế", time="Quý IV", field="1")
    act(client, draft, "edit", chon=first, product="Quyết định")

    page = html.unescape(client.get(reverse("programme:review", args=[draft.pk])).content.decode())

    assert "2 nhiệm vụ không nêu sản phẩm: đơn vị sẽ phải nộp “Báo cáo kết quả thực hiện”" in page


def test_who_returned_a_plan_reads_the_own_reason_again_when_it_comes_back(
    client: Client, draft: Plan, ministry: Ministry
) -> None:
    client.force_login(ministry.accounts["officer"])
    for task in ids(draft):
        act(client, draft, "edit", chon=task, lead="Vụ Pháp chế", time="Quý IV", field="1")
    client.post(reverse("programme:submit", args=[draft.pk]))
    client.force_login(ministry.accounts["leader"])
    client.post(reverse("programme:return_draft", args=[draft.pk]), {"reason": "Bổ sung sản phẩm"})
    client.force_login(ministry.accounts["officer"])
    assert "Bổ sung sản phẩm" in client.get(reverse("programme:review", args=[draft.pk])).content.decode()

    client.post(reverse("programme:submit", args=[draft.pk]))
    client.force_login(ministry.accounts["leader"])

    page = html.unescape(client.get(reverse("programme:review", args=[draft.pk])).content.decode())
    assert "Bổ sung sản phẩm" in page
    assert reverse("programme:plan_history", args=[draft.pk]) in page


def test_a_deadline_of_another_year_is_said_and_holds_nothing_up(officer: Client, draft: Plan) -> None:
    first, second, _third = ids(draft)
    act(officer, draft, "edit", chon=first, time="30/06/2021")

    answer = act(officer, draft, "edit", chon=second, time="30/06/2022")

    assert answer.content.decode().count("Hạn thuộc năm 2021, kế hoạch là năm 2022") == 1
    assert f"{draft.tasks.get(pk=first).deadline:%d/%m/%Y}" == "30/06/2021"


def test_saving_the_open_row_says_that_it_is_right_a_cell_does_not(officer: Client, draft: Plan) -> None:
    first, second, _third = ids(draft)
    page = officer.get(reverse("programme:review", args=[draft.pk]), {"viec": first}).content.decode()
    assert 'name="confirms" value="1"' in page

    act(officer, draft, "edit", chon=first, title="Rà soát", confirms="1")
    act(officer, draft, "edit", chon=second, title="Công bố")

    assert dict(draft.tasks.filter(pk__in=[first, second]).values_list("pk", "is_confirmed")) == {
        first: True,
        second: False,
    }


def test_a_later_step_does_not_call_the_tasks_checked_while_some_lack_something(
    officer: Client, draft: Plan, ministry: Ministry
) -> None:
    address = reverse("programme:review_targets", args=[draft.pk])
    page = officer.get(address).content.decode()
    assert "còn 3 việc thiếu" in page

    act(officer, draft, "set", chon=ids(draft), lead="VP", time="30/06/2022")

    assert "việc thiếu" not in officer.get(address).content.decode()


def test_who_approves_reads_which_number_is_which(client: Client, draft: Plan, ministry: Ministry) -> None:
    client.force_login(ministry.accounts["officer"])
    act(client, draft, "set", chon=ids(draft), lead="VP", time="30/06/2022")
    client.post(reverse("programme:submit", args=[draft.pk]))
    client.force_login(ministry.accounts["leader"])

    page = client.get(reverse("programme:review", args=[draft.pk])).content.decode()

    assert "1368/QĐ-BNV là số của quyết định ban hành kế hoạch" in page
    assert "dạng 01/KH-BNV" in page


def test_a_refused_paste_over_rows_names_their_tasks(officer: Client, draft: Plan) -> None:
    chosen = ids(draft)
    draft.tasks.filter(pk=chosen[1]).update(number="2.7")

    answer = act(
        officer, draft, "paste", pasted="Chủ trì\tThời hạn\nVP\tQuý I\nVụ Vũ trụ\tQuý I", where="replace", chon=chosen
    )

    assert (
        "Dòng 2 (nhiệm vụ 2.7), cột Đơn vị chủ trì: không có đơn vị “Vụ Vũ trụ”. Hãy chọn trong danh sách."
        in html.unescape(answer.content.decode())
    )


def test_after_a_split_the_text_leads_to_both_halves(officer: Client, draft: Plan) -> None:
    task = draft.tasks.get(title="Công bố thủ tục và số hóa kết quả")
    act(officer, draft, "split", chon=task.pk, first="Công bố thủ tục", second="Số hóa kết quả")

    page = officer.get(reverse("programme:review", args=[draft.pk])).content.decode()

    for half in draft.tasks.filter(title__in=["Công bố thủ tục", "Số hóa kết quả"]):
        assert f'data-choose="{half.pk}"' in page


def test_numbers_left_out_and_targets_not_linked_are_said_before_the_plan_is_submitted(
    officer: Client, draft: Plan
) -> None:
    act(officer, draft, "set", chon=ids(draft), lead="VP", time="30/06/2022")
    for task, number in zip(ids(draft), ("1.1", "1.2", "1.5"), strict=True):
        act(officer, draft, "edit", chon=task, number=number)

    page = html.unescape(officer.get(reverse("programme:review", args=[draft.pk])).content.decode())

    assert "Số thứ tự bị bỏ trống: 1.3, 1.4." in page
    assert "Chưa nhiệm vụ nào gắn với chỉ tiêu quốc gia." in page

    TaskTarget.objects.create(task_id=ids(draft)[0], subject="Hồ sơ số hóa", value=80, unit="%")
    page = html.unescape(officer.get(reverse("programme:review", args=[draft.pk])).content.decode())
    assert "1 chỉ tiêu của kế hoạch chưa gắn với chỉ tiêu quốc gia." in page


def test_the_way_of_a_submitted_plan_does_not_tick_targets_that_nobody_linked(officer: Client, draft: Plan) -> None:
    act(officer, draft, "set", chon=ids(draft), lead="VP", time="30/06/2022")
    officer.post(reverse("programme:submit", args=[draft.pk]))
    address = reverse("programme:review", args=[draft.pk])

    assert "chưa gắn chỉ tiêu nào" in officer.get(address).content.decode()

    rows = rows_of("caicach.measurement.programme", "nq76_targets.csv")
    programme.load_national_targets(actor=SYSTEM, rows=rows)
    national = NationalTarget.objects.order_by("pk").first()
    TaskTarget.objects.create(task_id=ids(draft)[0], subject="Hồ sơ số hóa", value=80, unit="%", national=national)
    assert "chưa gắn chỉ tiêu nào" not in officer.get(address).content.decode()


def test_a_confirmed_row_that_lacks_something_shows_both(officer: Client, draft: Plan) -> None:
    first = ids(draft)[0]
    act(officer, draft, "confirm", chon=first)

    row = officer.get(reverse("programme:review", args=[draft.pk])).content.decode()
    state = row.partition(f'data-grid-row="{first}"')[2].partition('class="cc-review-state"')[2].partition("</td>")[0]

    assert ("Đã xác nhận" in state, "Còn thiếu" in state) == (True, True)


def test_merging_one_task_says_that_it_takes_two(officer: Client, draft: Plan) -> None:
    refused = act(officer, draft, "merge", chon=ids(draft)[:1])

    assert refused.status_code == 422
    assert "Chọn ít nhất hai nhiệm vụ để gộp." in refused.content.decode()
    assert "Có chỗ cần sửa" not in refused.content.decode()


@pytest.mark.parametrize(("chosen", "told"), [(3, "2 nhiệm vụ đã chọn ở cuối được giữ nguyên"), (1, None)])
def test_a_paste_of_fewer_rows_than_chosen_says_what_it_left_alone(
    officer: Client, draft: Plan, chosen: int, told: str | None
) -> None:
    rows = "Chủ trì\tThời hạn\nVăn phòng Bộ\tQuý I"

    answer = act(officer, draft, "paste", pasted=rows, where="replace", chon=ids(draft)[:chosen])

    assert answer.status_code == 200
    said = json.loads(answer.headers["HX-Trigger"])["cc:announce"]
    assert (told or "Đã nhận 1 dòng.") in said
    assert ("giữ nguyên" in said) == bool(told)
