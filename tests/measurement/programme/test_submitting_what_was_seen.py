"""Who submits a draft sends what stood on the page and what was changed from it, not what another officer did since."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from caicach.kernel.usecase.actor import Actor
from caicach.kernel.usecase.errors import ChangedSinceSeen
from caicach.measurement.programme import services
from caicach.measurement.programme.models import Plan
from tests.ministry import Ministry

from .test_deciding_on_what_was_seen import ClientOf, compared, forms_to, send, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_june_2022(at: Callable[[str], Any]) -> Any:
    with at("2022-06-01 09:00"):
        yield


@pytest.fixture
def complete(draft: Plan, ministry: Ministry) -> Plan:
    ids = list(draft.tasks.values_list("pk", flat=True))
    row = {"field": "the_che", "lead": "VP", "time": "10/06/2022"}
    services.paste_rows(actor=ministry.officer, plan=draft, replace=ids, rows=[row] * len(ids))
    draft.refresh_from_db()
    return draft


def edit(plan: Plan, officer: Actor, place: int, **cells: str) -> None:
    task = plan.tasks.order_by("position")[place]
    services.edit_task(actor=officer, plan=plan, task_id=task.pk, cells_typed=cells)


def test_the_officer_reads_what_another_changed_and_submits_by_one_click(
    complete: Plan, ministry: Ministry, other_officer: Actor, client_of: ClientOf
) -> None:
    officer, address = client_of("officer"), reverse("programme:submit", args=[complete.pk])
    (old,) = forms_to(officer.get(reverse("programme:review", args=[complete.pk])), address)
    edit(complete, ministry.officer, 0, title="Tôi tự sửa")
    edit(complete, other_officer, 1, title="Việc chưa ai đọc", lead="TTTT")
    services.describe_plan(actor=other_officer, plan=complete, values={"decision_number": "77/QĐ-BNV"})

    told = officer.post(address, old)

    complete.refresh_from_db()
    assert (told.status_code, complete.state) == (409, "draft")
    assert "Chưa quyết định: Trần Thị Bình đã sửa nội dung này sau khi bạn mở" in words(told)
    second = complete.tasks.order_by("position")[1]
    name = second.number or "Việc chưa ai đọc"
    assert compared(told) == {
        "Số quyết định": ("1368/QĐ-BNV", "77/QĐ-BNV"),
        f"Nhiệm vụ {name}, Nhiệm vụ": ("Công bố thủ tục và số hóa kết quả", "Việc chưa ai đọc"),
        f"Nhiệm vụ {name}, Đơn vị chủ trì": ("Văn phòng Bộ", "Trung tâm Thông tin"),
    }
    again, _dialog = forms_to(told, address)
    assert officer.post(address, again).status_code == 302
    complete.refresh_from_db()
    assert complete.state == "submitted"


def test_own_changes_since_the_page_was_opened_count_as_seen(
    complete: Plan, ministry: Ministry, client_of: ClientOf
) -> None:
    officer, address = client_of("officer"), reverse("programme:submit", args=[complete.pk])
    (old,) = forms_to(officer.get(reverse("programme:review", args=[complete.pk])), address)
    edit(complete, ministry.officer, 0, title="Tôi tự sửa")
    services.describe_plan(actor=ministry.officer, plan=complete, values={"decision_number": "77/QĐ-BNV"})

    assert officer.post(address, old).status_code == 302
    complete.refresh_from_db()
    assert complete.state == "submitted"


def test_a_pane_that_was_swapped_does_not_make_others_changes_seen(
    complete: Plan, ministry: Ministry, other_officer: Actor, client_of: ClientOf
) -> None:
    officer, review = client_of("officer"), reverse("programme:review", args=[complete.pk])
    edit(complete, other_officer, 1, title="Việc chưa ai đọc")

    swap = officer.get(review, headers={"HX-Request": "true", "HX-Target": "review-tasks"})

    assert 'name="revision"' not in swap.content.decode().partition('id="submit-words"')[2].partition("</div>")[0]


def test_a_field_that_both_changed_and_a_row_that_another_added_are_told_whole(
    complete: Plan, ministry: Ministry, other_officer: Actor
) -> None:
    seen = complete.revision
    edit(complete, other_officer, 0, title="Của người khác", product="Báo cáo")
    edit(complete, ministry.officer, 0, title="Của tôi, sau đó")
    row = {"title": "Thêm vào", "field": "the_che", "lead": "PC", "time": "10/06/2022"}
    services.paste_rows(actor=other_officer, plan=complete, rows=[row])

    with pytest.raises(ChangedSinceSeen) as told:
        services.submit(actor=ministry.officer, plan=complete, revision=seen)

    first = complete.tasks.order_by("position")[0]
    assert told.value.changes == {
        f"Nhiệm vụ {first.number or first.title}, Nhiệm vụ": ("Rà soát văn bản", "Của tôi, sau đó"),
        f"Nhiệm vụ {first.number or first.title}, Sản phẩm": ("để trống", "Báo cáo"),
        "Nhiệm vụ Thêm vào, thêm mới": ("", "Thêm vào"),
    }


def test_without_a_revision_nothing_is_asked(complete: Plan, ministry: Ministry, other_officer: Actor) -> None:
    edit(complete, other_officer, 0, title="Của người khác")

    assert services.submit(actor=ministry.officer, plan=complete).state == "submitted"


def test_over_the_api_the_revision_is_that_of_the_plan(
    complete: Plan, ministry: Ministry, other_officer: Actor, client_of: ClientOf
) -> None:
    officer, path = client_of("officer"), f"/plans/{complete.pk}"
    seen = officer.get(f"/api/programme{path}").json()["revision"]
    edit(complete, other_officer, 1, title="Việc chưa ai đọc")

    refused = send(officer, f"{path}/submit", {"revision": seen})

    assert (refused.status_code, refused.json()["code"]) == (409, "usecase.edit_conflict")
    assert refused.json()["changed_by"] == "Trần Thị Bình"
    now = officer.get(f"/api/programme{path}").json()["revision"]
    assert send(officer, f"{path}/submit", {"revision": now}).json()["state"] == "submitted"
