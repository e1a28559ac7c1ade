"""The plan over HTTP: from the file to the task that is done, as the pages do it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from caicach.kernel.calendar import clock
from caicach.measurement.programme.models import (
    Amendment,
    AmendmentKind,
    AmendmentState,
    Plan,
    PlanTask,
    ProgressNote,
)
from tests.ministry import Ministry

pytestmark = pytest.mark.django_db

ClientOf = Callable[[str], Client]
Named = Callable[[str], PlanTask]
PLANS, TASKS = "/api/programme/plans", "/api/programme/tasks"


@pytest.fixture(autouse=True)
def _in_june_2022(at: Callable[[str], Any], settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.FILES_DIR = tmp_path / "files"
    with at("2022-06-20 09:00"):
        yield


def send(client: Client, path: str, body: dict[str, Any] | None = None, *, key: str = "", method: str = "POST") -> Any:
    headers = {"Idempotency-Key": key} if key else {}
    return client.generic(method, path, json.dumps(body or {}), content_type="application/json", headers=headers)


def test_a_file_is_uploaded_and_its_reading_is_started(client_of: ClientOf, ministry: Ministry) -> None:
    officer = client_of("officer")
    text = SimpleUploadedFile("ke-hoach.txt", "KẾ HOẠCH\nCải cách hành chính năm 2022\n".encode())
    uploaded = officer.post("/api/files", {"file": text})
    assert uploaded.status_code == 201

    started = send(officer, "/api/programme/imports", {"issuer": "BNV", "file": uploaded.json()["id"]}, key="một-lần")
    again = send(officer, "/api/programme/imports", {"issuer": "BNV", "file": uploaded.json()["id"]}, key="một-lần")

    assert (started.status_code, started.json()) == (202, again.json())
    job = officer.get(f"/api/jobs/{started.json()['job']}").json()
    assert (job["state"], job["subject"]) == ("WAITING", "ke-hoach.txt")
    assert client_of("focal").get(f"/api/jobs/{started.json()['job']}").status_code == 404
    assert send(officer, f"/api/jobs/{started.json()['job']}/cancel").json()["state"] == "CANCELLED"


def test_an_upload_without_a_file_names_the_field(client_of: ClientOf) -> None:
    answer = client_of("officer").post("/api/files", {})

    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["file"])


def test_a_draft_is_corrected_and_approved(draft: Plan, client_of: ClientOf) -> None:
    officer, leader = client_of("officer"), client_of("leader")
    address = f"{PLANS}/{draft.pk}"
    first, second, third = draft.tasks.values_list("pk", flat=True)

    edited = send(
        officer, f"{address}/draft/tasks/{first}", {"cells": {"lead": "VP", "time": "15/06/2022"}}, method="PATCH"
    )
    assert edited.status_code == 200
    refused = send(officer, f"{address}/draft/tasks/{second}", {"cells": {"time": "ngày 31/02/2022"}}, method="PATCH")
    assert refused.status_code == 422
    assert refused.json()["errors"]
    rows = [{"lead": "PC", "time": "quý III"}, {"lead": "TTTT", "time": "Thường xuyên"}]
    assert send(officer, f"{address}/draft/rows", {"rows": rows, "replace": [second, third]}).json() == {"count": 2}
    assert send(officer, f"{address}/draft/drop", {"tasks": [third]}).status_code == 200
    assert send(officer, f"{address}/draft/undo").status_code == 200
    assert send(officer, f"{address}/submit").json()["state"] == "submitted"
    assert send(officer, f"{address}/approve").status_code == 403
    assert send(leader, f"{address}/approve").json()["number"] == "01/KH-BNV"
    assert send(officer, f"{address}/draft/undo").json()["code"] == "programme.draft_closed"


def test_an_import_is_undone(draft: Plan, client_of: ClientOf) -> None:
    officer = client_of("officer")

    assert send(client_of("leader"), f"{PLANS}/{draft.pk}/draft", method="DELETE").status_code == 403
    assert send(officer, f"{PLANS}/{draft.pk}/draft", method="DELETE").status_code == 204
    assert officer.get(f"{PLANS}/{draft.pk}").status_code == 404


def test_naming_a_person_does_not_tell_which_accounts_there_are(task_named: Named, client_of: ClientOf) -> None:
    address = f"{TASKS}/{task_named('Số hóa').pk}/owner"

    def told(who: str, name: str) -> tuple[int, dict[str, list[str]]]:
        answer = send(client_of(who), address, {"username": name}, method="PUT")
        return answer.status_code, answer.json()["errors"]

    assert told("staff", "operator") == told("staff", "khong-co") == (403, {})
    assert told("focal", "operator") == told("focal", "khong-co")
    assert told("focal", "operator")[0] == 422


def test_a_task_is_done_with_a_paper(task_named: Named, client_of: ClientOf) -> None:
    officer, focal = client_of("officer"), client_of("focal")
    task = f"{TASKS}/{task_named('Số hóa').pk}"
    assert send(focal, f"{task}/accept").json()["response"] == "accepted"
    assert send(focal, f"{task}/owner", {"username": "staff"}, method="PUT").status_code == 200
    assert send(focal, f"{task}/comments", {"text": "Đang chờ số liệu của Bộ phận Một cửa."}).status_code == 201
    assert send(focal, f"{task}/progress", {"progress": 60, "text": "Đã số hóa 60%"}).status_code == 201
    product = focal.get(task).json()["products"][0]["id"]
    address = f"/api/programme/products/{product}"
    assert send(focal, f"{address}/hand-in", {}).json()["code"] == "programme.evidence_missing"
    assert send(focal, f"{address}/hand-in", {"paper": "Báo cáo số 15/BC-VP"}).json()["state"] == "submitted"
    assert send(officer, f"{address}/accept").json()["state"] == "accepted"
    assert officer.get(task).json()["state"] == "done_late"


def test_progress_sent_again_with_its_key_is_noted_once(task_named: Named, client_of: ClientOf) -> None:
    focal, task = client_of("focal"), task_named("Số hóa")
    for _time in range(3):
        sent = send(focal, f"{TASKS}/{task.pk}/progress", {"progress": 30}, key="mat-mang")
        assert sent.status_code == 201

    assert ProgressNote.objects.filter(task=task).count() == 1


def test_a_comment_takes_eleven_statements(
    task_named: Named, client_of: ClientOf, django_assert_num_queries: Any
) -> None:
    """What it costs is held against a bare endpoint: see docs/performance.md."""
    focal, address = client_of("focal"), f"{TASKS}/{task_named('Số hóa').pk}/comments"
    assert send(focal, address, {"text": "Đã nhận việc."}, key="mot").status_code == 201

    # 1. session  2. account, roles and their reach  3. the task  4. begin  5. the key  6. the comment
    # 7. the journal's entry  8. its change  9. the event  10. the key's answer  11. commit
    with django_assert_num_queries(11):
        assert send(focal, address, {"text": "Đã gửi văn bản."}, key="hai").status_code == 201


def test_progress_on_a_task_that_changed_meanwhile_is_refused(task_named: Named, client_of: ClientOf) -> None:
    focal, task = client_of("focal"), task_named("Số hóa")
    send(focal, f"{TASKS}/{task.pk}/progress", {"progress": 30, "revision": task.revision})

    late = send(focal, f"{TASKS}/{task.pk}/progress", {"progress": 40, "revision": task.revision})

    assert (late.status_code, late.json()["code"]) == (409, "usecase.edit_conflict")


def test_more_time_is_asked_and_granted(task_named: Named, client_of: ClientOf) -> None:
    task = f"{TASKS}/{task_named('Số hóa').pk}/extensions"
    asked = send(client_of("focal"), task, {"new_deadline": "2022-07-29", "reason": "Chờ kinh phí"})
    assert (asked.status_code, asked.json()["old_deadline"]) == (201, "2022-06-10")

    granted = send(client_of("officer"), f"{task}/decide", {"is_granted": True})

    assert granted.json()["state"] == "granted"


def test_another_unit_takes_a_task_over_and_is_given_one_more_product(task_named: Named, client_of: ClientOf) -> None:
    officer, leader, task = client_of("officer"), client_of("leader"), f"{TASKS}/{task_named('Góp ý').pk}"
    asked = send(officer, f"{task}/reassign", {"lead": "TCCB", "reason": "Đúng chức năng"})
    assert (asked.status_code, asked.json()["state"]) == (202, "asked")
    lead = {"name": "lead", "before": "Vụ Pháp chế", "after": "Vụ Tổ chức cán bộ"}
    assert lead in asked.json()["changes"]
    assert officer.get(task).json()["lead"]["code"] == "PC"

    address = f"/api/programme/amendments/{asked.json()['id']}"
    assert send(officer, f"{address}/decide", {"is_approved": True}).status_code == 403
    decided = send(leader, f"{address}/decide", {"is_approved": True})

    assert (decided.json()["state"], decided.json()["version"]) == ("approved", 2)
    assert officer.get(task).json()["lead"]["code"] == "TCCB"
    assert send(leader, f"{address}/decide", {"is_approved": True}).json()["code"] == "programme.unable_to_amend"
    assert send(officer, f"{task}/products", {"name": "Công văn góp ý"}).status_code == 201


def test_a_change_is_returned_taken_back_and_found(plan: Plan, task_named: Named, client_of: ClientOf) -> None:
    officer, leader, task = client_of("officer"), client_of("leader"), f"{TASKS}/{task_named('Góp ý').pk}"
    cells = {"title": "Việc mới", "field": "7", "lead": "VP", "time": "15/07/2022"}
    added = send(officer, f"{PLANS}/{plan.pk}/tasks", {"cells": cells, "reason": "Kết luận 12/TB-BNV"}, key="một")
    again = send(officer, f"{PLANS}/{plan.pk}/tasks", {"cells": cells, "reason": "Kết luận 12/TB-BNV"}, key="một")
    stop = send(officer, f"{task}/cancel", {"decision": "QĐ 12/QĐ-BNV"}).json()
    assert added.json() == again.json()
    assert (added.status_code, added.json()["task_id"]) == (202, None)

    returned = send(leader, f"/api/programme/amendments/{added.json()['id']}/decide", {"is_approved": False})
    assert list(returned.json()["errors"]) == ["remark"]
    body = {"is_approved": False, "remark": "Chờ kết luận chính thức"}
    assert send(leader, f"/api/programme/amendments/{added.json()['id']}/decide", body).json()["state"] == "refused"
    assert send(leader, f"/api/programme/amendments/{stop['id']}/withdraw").status_code == 403
    assert send(officer, f"/api/programme/amendments/{stop['id']}/withdraw").json()["state"] == "withdrawn"

    listed = officer.get(f"{PLANS}/{plan.pk}/amendments").json()
    assert [one["state"] for one in listed["amendments"]] == ["withdrawn", "refused"]
    assert officer.get(f"{PLANS}/{plan.pk}/amendments", {"state": "asked"}).json() == {"amendments": [], "next": None}
    assert client_of("neighbour").get(f"/api/programme/amendments/{stop['id']}").status_code == 404
    assert officer.get(f"{PLANS}/{plan.pk}").json()["version"] == 1
    assert officer.get(task).json()["state"] != "cancelled"


def test_tasks_are_listed_page_by_page_and_counted(plan: Plan, client_of: ClientOf) -> None:
    officer = client_of("officer")
    page = officer.get(TASKS, {"plan": plan.pk, "state": "overdue"}).json()
    standing = officer.get(f"{PLANS}/{plan.pk}/standing").json()

    assert len(page["tasks"]) == standing["counts"]["overdue"] == 2
    assert page["next"] is None


def walked(client: Client, address: str, name: str) -> list[int]:
    """Ids of a list, page after page."""
    page = client.get(address).json()
    ids = [one["id"] for one in page[name]]
    while page["next"] is not None:
        page = client.get(address, {"after": page["next"]}).json()
        ids += [one["id"] for one in page[name]]
    return ids


def test_plans_and_changes_of_a_plan_are_listed_page_by_page(
    plan: Plan, ministry: Ministry, client_of: ClientOf
) -> None:
    officer = client_of("officer")
    made = Plan.objects.bulk_create(
        Plan(issuer=plan.issuer, year=2000 + number % 30, title=f"Kế hoạch {number}", created_at=clock.now())
        for number in range(101)
    )
    asked = Amendment.objects.bulk_create(
        Amendment(
            plan=plan,
            kind=AmendmentKind.CANCEL_TASK,
            task=plan.tasks.first(),
            change={"decision": "12/QĐ-BNV"},
            state=AmendmentState.WITHDRAWN,
            asked_by=ministry.accounts["officer"],
            asked_at=clock.now(),
            reason=f"Kết luận {number}",
        )
        for number in range(100)
    )

    assert walked(officer, PLANS, "plans") == [one.pk for one in (*reversed(made), plan)]
    assert walked(officer, f"{PLANS}/{plan.pk}/amendments", "amendments") == [one.pk for one in reversed(asked)]


def test_the_neighbour_neither_sees_nor_changes_the_task(task_named: Named, client_of: ClientOf) -> None:
    neighbour, task = client_of("neighbour"), f"{TASKS}/{task_named('Số hóa').pk}"

    assert send(neighbour, f"{task}/progress", {"progress": 10}).status_code in (403, 404)
    assert not ProgressNote.objects.exists()
