"""Who decides signs what stood on the page: where it changed meanwhile, nothing is decided until that was seen."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from caicach.kernel.usecase.actor import Actor
from caicach.kernel.usecase.errors import ChangedSinceSeen
from caicach.measurement.programme import services
from caicach.measurement.programme.models import Amendment, ExtensionRequest, Plan, PlanTask, TaskProduct
from tests.ministry import Ministry

pytestmark = pytest.mark.django_db

ClientOf = Callable[[str], Client]
Named = Callable[[str], PlanTask]
SIGNED = {"signed_as": "KT. BỘ TRƯỞNG\nTHỨ TRƯỞNG", "signer_name": "Nguyễn Văn An"}


@pytest.fixture(autouse=True)
def _in_june_2022(at: Callable[[str], Any]) -> Any:
    with at("2022-06-01 09:00"):
        yield


def words(answer: HttpResponse) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def compared(answer: HttpResponse) -> dict[str, tuple[str, str]]:
    """What the page sets side by side: label -> (when it was opened, now)."""
    page = re.sub(r'<span class="visually-hidden">.*?</span>', "", answer.content.decode(), flags=re.S)
    (table,) = re.findall(r'<table class="cc-compare".*?</table>', page, re.S)
    rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S) for row in re.findall(r"<tr>.*?</tr>", table, re.S)]
    plain = [[" ".join(html.unescape(re.sub(r"<[^>]+>", "", cell)).split()) for cell in row] for row in rows[1:]]
    return {label: (before, now) for label, before, now in plain}


def forms_to(answer: HttpResponse, address: str) -> list[dict[str, str]]:
    """What each form of the page that posts there carries without being typed, and texts that it holds."""
    page = answer.content.decode()
    forms = [form for form in re.findall(r"<form[^>]*>.*?</form>", page, re.S) if f'action="{address}"' in form]
    return [{**_hidden(form), **_texts(form)} for form in forms]


def _hidden(form: str) -> dict[str, str]:
    tags = re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", form)
    values = [(re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)) for tag in tags]
    return {name[1]: html.unescape(value[1]) if value else "" for name, value in values if name}


def _texts(form: str) -> dict[str, str]:
    found = re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.S)
    return {name: html.unescape(text).strip("\n") for name, text in found}


def send(client: Client, path: str, body: dict[str, Any]) -> Any:
    return client.post(f"/api/programme{path}", json.dumps(body), content_type="application/json")


# --- the plan ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def submitted(draft: Plan, ministry: Ministry) -> Plan:
    ids = list(draft.tasks.values_list("pk", flat=True))
    row = {"field": "the_che", "lead": "VP", "time": "10/06/2022"}
    services.paste_rows(actor=ministry.officer, plan=draft, replace=ids, rows=[row] * len(ids))
    return submit(draft, ministry)


def submit(plan: Plan, ministry: Ministry) -> Plan:
    plan.refresh_from_db()
    sent: Plan = services.submit(actor=ministry.officer, plan=plan)
    return sent


def change_and_submit(plan: Plan, ministry: Ministry) -> None:
    """What the officer does while the leader has the page open."""
    services.return_draft(actor=ministry.officer, plan=plan, reason="Sửa thêm")
    first, second, third = plan.tasks.order_by("position").values_list("pk", flat=True)
    cells = {"title": "Việc chưa ai đọc", "lead": "TTTT"}
    services.edit_task(actor=ministry.officer, plan=plan, task_id=first, cells_typed=cells)
    services.drop_tasks(actor=ministry.officer, plan=plan, task_ids=[second])
    services.split_task(actor=ministry.officer, plan=plan, task_id=third, titles=["Kiểm tra I", "Kiểm tra II"])
    services.describe_plan(actor=ministry.officer, plan=plan, values={"decision_number": "77/QĐ-BNV"})
    submit(plan, ministry)


def test_the_leader_reads_what_changed_before_a_plan_is_approved_and_approves_by_one_click(
    submitted: Plan, ministry: Ministry, client_of: ClientOf
) -> None:
    leader, review = client_of("leader"), reverse("programme:review", args=[submitted.pk])
    address = reverse("programme:approve", args=[submitted.pk])
    (old,) = forms_to(leader.get(review), address)
    change_and_submit(submitted, ministry)

    told = leader.post(address, {**old, **SIGNED})

    submitted.refresh_from_db()
    assert (told.status_code, submitted.state) == (409, "submitted")
    page = words(told)
    assert f"Chưa quyết định: {ministry.officer.name} đã sửa nội dung này sau khi bạn mở" in page
    assert "Nguyễn Văn An" in page
    assert compared(told) == {
        "Số quyết định": ("1368/QĐ-BNV", "77/QĐ-BNV"),
        "Nhiệm vụ 1.1, Nhiệm vụ": ("Rà soát văn bản", "Việc chưa ai đọc"),
        "Nhiệm vụ 1.1, Đơn vị chủ trì": ("Văn phòng Bộ", "Trung tâm Thông tin"),
        "Nhiệm vụ 1.2, Đã bỏ": ("không", "có"),
        "Nhiệm vụ 1.3, Nhiệm vụ": ("Kiểm tra đơn vị", "Kiểm tra I"),
        "Nhiệm vụ 1.4, thêm mới": ("Chưa có", "Kiểm tra II"),
    }
    again, dialog = forms_to(told, address)
    assert (again["signed_as"], again["signer_name"]) == (SIGNED["signed_as"], SIGNED["signer_name"])
    assert dialog["signed_as"] == SIGNED["signed_as"]

    assert leader.post(address, again).status_code == 302
    submitted.refresh_from_db()
    assert submitted.state == "approved"
    assert submitted.versions.get().signer_name == "Nguyễn Văn An"


def test_a_plan_is_returned_for_what_was_read_in_it(submitted: Plan, ministry: Ministry, client_of: ClientOf) -> None:
    leader, review = client_of("leader"), reverse("programme:review", args=[submitted.pk])
    address = reverse("programme:return_draft", args=[submitted.pk])
    (old,) = forms_to(leader.get(review), address)
    change_and_submit(submitted, ministry)

    told = leader.post(address, {**old, "reason": "Thiếu sản phẩm"})

    submitted.refresh_from_db()
    assert (told.status_code, submitted.state) == (409, "submitted")
    again, dialog = forms_to(told, address)
    assert (again["reason"], dialog["reason"]) == ("Thiếu sản phẩm", "Thiếu sản phẩm")
    assert leader.post(address, again).status_code == 302
    submitted.refresh_from_db()
    assert (submitted.state, submitted.returned_reason) == ("draft", "Thiếu sản phẩm")


def test_a_plan_that_came_back_and_went_again_unchanged_is_approved_from_the_old_page(
    submitted: Plan, ministry: Ministry
) -> None:
    seen = submitted.revision
    services.return_draft(actor=ministry.officer, plan=submitted, reason="Hỏi lại")
    submit(submitted, ministry)

    assert services.approve(actor=ministry.leader, plan=submitted, revision=seen).state == "approved"


def test_what_was_changed_and_taken_back_is_told_as_nothing_that_differs(
    submitted: Plan, ministry: Ministry, client_of: ClientOf
) -> None:
    seen = submitted.revision
    services.return_draft(actor=ministry.officer, plan=submitted, reason="Sửa thêm")
    first = submitted.tasks.order_by("position")[0]
    services.edit_task(actor=ministry.officer, plan=submitted, task_id=first.pk, cells_typed={"title": "Khác"})
    submitted.refresh_from_db()
    services.undo(actor=ministry.officer, plan=submitted)
    submit(submitted, ministry)
    address = reverse("programme:approve", args=[submitted.pk])

    told = client_of("leader").post(address, {"revision": seen, **SIGNED})

    assert told.status_code == 409
    assert "không có gì khác với những gì bạn đã xem" in words(told)


def test_who_changed_the_draft_is_told_not_who_sent_it(
    submitted: Plan, ministry: Ministry, other_officer: Actor
) -> None:
    seen = submitted.revision
    services.return_draft(actor=ministry.officer, plan=submitted, reason="Sửa thêm")
    first = submitted.tasks.order_by("position")[0]
    services.edit_task(actor=other_officer, plan=submitted, task_id=first.pk, cells_typed={"lead": "PC"})
    submit(submitted, ministry)

    with pytest.raises(ChangedSinceSeen) as told:
        services.approve(actor=ministry.leader, plan=submitted, revision=seen)

    assert told.value.changed_by == "Trần Thị Bình"
    assert told.value.changes == {f"Nhiệm vụ {first.number}, Đơn vị chủ trì": ("Văn phòng Bộ", "Vụ Pháp chế")}


def test_over_the_api_a_plan_names_its_revision_and_is_decided_on_by_it(
    submitted: Plan, ministry: Ministry, client_of: ClientOf
) -> None:
    leader, path = client_of("leader"), f"/plans/{submitted.pk}"
    seen = leader.get(f"/api/programme{path}").json()["revision"]
    change_and_submit(submitted, ministry)

    returned = send(leader, f"{path}/return", {"reason": "Thiếu", "revision": seen})
    approved = send(leader, f"{path}/approve", {**SIGNED, "revision": seen})

    for refused in (returned, approved):
        assert (refused.status_code, refused.json()["code"]) == (409, "usecase.edit_conflict")
        assert refused.json()["changed_by"] == ministry.officer.name
        assert ["1368/QĐ-BNV", "77/QĐ-BNV"] in refused.json()["changes"].values()
    now = leader.get(f"/api/programme{path}").json()["revision"]
    assert send(leader, f"{path}/approve", {**SIGNED, "revision": now}).json()["state"] == "approved"


# --- a product --------------------------------------------------------------------------------------------------------


@pytest.fixture
def product(task_named: Named, ministry: Ministry) -> TaskProduct:
    made: TaskProduct = task_named("Số hóa").products.get()
    services.hand_in_product(actor=ministry.focal, product=made, paper="12/BC-VP")
    return made


def hand_in_another(product: TaskProduct, ministry: Ministry) -> None:
    services.withdraw_product(actor=ministry.focal, product=product)
    services.hand_in_product(actor=ministry.focal, product=product, paper="99/KHAC")


@pytest.mark.parametrize("decision", ["accept", "refuse"])
def test_the_officer_decides_on_the_papers_that_were_on_the_page(
    product: TaskProduct, ministry: Ministry, client_of: ClientOf, decision: str
) -> None:
    officer, address = client_of("officer"), reverse("programme:decide_product", args=[product.pk])
    (old,) = forms_to(officer.get(address), address)
    hand_in_another(product, ministry)

    told = officer.post(address, {**old, "decision": decision, "remark": "Xem rồi"})

    product.refresh_from_db()
    assert (told.status_code, product.state) == (200, "submitted")
    assert compared(told) == {"Minh chứng": ("12/BC-VP", "99/KHAC")}
    assert ministry.focal.name in words(told)
    (again,) = forms_to(told, address)
    assert again["remark"] == "Xem rồi"
    assert officer.post(address, {**again, "decision": decision}).status_code == 302
    product.refresh_from_db()
    assert (product.state, product.remark) == (f"{decision}ed".replace("refuseed", "refused"), "Xem rồi")


def test_a_unit_takes_back_the_papers_that_were_on_the_page(
    product: TaskProduct, ministry: Ministry, client_of: ClientOf
) -> None:
    focal, address = client_of("focal"), reverse("programme:withdraw_product", args=[product.pk])
    (old,) = forms_to(focal.get(address), address)
    services.hand_in_product(actor=ministry.head, product=product, paper="13/BC-VP")

    told = focal.post(address, old)

    product.refresh_from_db()
    assert product.state == "submitted"
    assert compared(told) == {"Minh chứng": ("12/BC-VP", "12/BC-VP; 13/BC-VP")}
    (again,) = forms_to(told, address)
    assert focal.post(address, again).status_code == 302
    product.refresh_from_db()
    assert product.state == "missing"


def test_over_the_api_papers_seen_are_named_by_their_ids(
    product: TaskProduct, ministry: Ministry, client_of: ClientOf
) -> None:
    officer = client_of("officer")
    shown = officer.get(f"/api/programme/tasks/{product.task_id}").json()["products"][0]
    papers = [paper["id"] for paper in shown["evidence"]]
    hand_in_another(product, ministry)

    for act, client in (("accept", officer), ("refuse", officer), ("withdraw", client_of("focal"))):
        refused = send(client, f"/products/{product.pk}/{act}", {"remark": "Xem rồi", "papers": papers})
        assert (refused.status_code, refused.json()["code"]) == (409, "usecase.edit_conflict")
        assert list(refused.json()["changes"].values()) == [["12/BC-VP", "99/KHAC"]]
    now = list(product.evidence.values_list("pk", flat=True))
    assert send(officer, f"/products/{product.pk}/accept", {"papers": now}).status_code == 200


def test_papers_of_other_products_are_not_told(
    product: TaskProduct, task_named: Named, ministry: Ministry, client_of: ClientOf
) -> None:
    others = task_named("IPv6").products.get()
    services.hand_in_product(actor=ministry.neighbour, product=others, paper="7/MẬT")
    there = others.evidence.get().pk
    services.withdraw_product(actor=ministry.neighbour, product=others)
    services.hand_in_product(actor=ministry.neighbour, product=others, paper="8/MẬT")
    papers = [there, others.evidence.get().pk]

    refused = send(client_of("focal"), f"/products/{product.pk}/withdraw", {"papers": papers})

    assert refused.status_code == 409
    assert "MẬT" not in refused.content.decode()


# --- a later deadline -------------------------------------------------------------------------------------------------


@pytest.fixture
def asked(task_named: Named, ministry: Ministry) -> ExtensionRequest:
    made: ExtensionRequest = services.ask_extension(
        actor=ministry.focal, task=task_named("Số hóa"), new_deadline=date(2022, 6, 17), reason="Một tuần"
    )
    return made


def ask_for_another(asked: ExtensionRequest, officer: Actor, ministry: Ministry) -> ExtensionRequest:
    services.decide_extension(actor=officer, request=asked, is_granted=False, remark="Không")
    task = PlanTask.objects.select_related("plan").get(pk=asked.task_id)
    made: ExtensionRequest = services.ask_extension(
        actor=ministry.focal, task=task, new_deadline=date(2022, 12, 31), reason="Nửa năm"
    )
    return made


def test_the_officer_grants_the_day_that_was_on_the_page(
    asked: ExtensionRequest, other_officer: Actor, ministry: Ministry, client_of: ClientOf
) -> None:
    officer, address = client_of("officer"), reverse("programme:decide_extension", args=[asked.task_id])
    (old,) = forms_to(officer.get(address), address)
    ask_for_another(asked, other_officer, ministry)

    told = officer.post(address, {**old, "decision": "grant", "remark": "Đồng ý"})

    task = PlanTask.objects.get(pk=asked.task_id)
    assert (told.status_code, task.deadline) == (200, date(2022, 6, 10))
    assert compared(told) == {"Hạn mới": ("17/06/2022", "31/12/2022"), "Lý do": ("Một tuần", "Nửa năm")}
    (again,) = forms_to(told, address)
    assert again["remark"] == "Đồng ý"
    assert officer.post(address, {**again, "decision": "grant"}).status_code == 302
    task.refresh_from_db()
    assert task.deadline == date(2022, 12, 31)


def test_over_the_api_a_request_is_granted_by_its_id(
    asked: ExtensionRequest, other_officer: Actor, ministry: Ministry, client_of: ClientOf
) -> None:
    later = ask_for_another(asked, other_officer, ministry)
    path, granted = f"/tasks/{asked.task_id}/extensions/decide", {"is_granted": True}

    refused = send(client_of("officer"), path, {**granted, "request": asked.pk})

    assert (refused.status_code, refused.json()["code"]) == (409, "usecase.edit_conflict")
    assert ["17/06/2022", "31/12/2022"] in refused.json()["changes"].values()
    assert send(client_of("officer"), path, {**granted, "request": later.pk}).json()["state"] == "granted"


# --- a change of the plan, an answer ----------------------------------------------------------------------------------


@pytest.fixture
def stopping(task_named: Named, ministry: Ministry) -> Amendment:
    made: Amendment = services.ask_to_cancel_task(
        actor=ministry.officer, task=task_named("Số hóa"), decision="512/QĐ-BNV"
    )
    return made


def test_the_leader_reads_what_became_of_a_task_before_it_is_stopped(
    stopping: Amendment, ministry: Ministry, client_of: ClientOf
) -> None:
    leader, address = client_of("leader"), reverse("programme:amendment", args=[stopping.pk])
    old = _hidden(leader.get(address).content.decode())
    services.report_progress(actor=ministry.focal, task=_fresh(stopping), progress=90, text="Sắp xong")

    told = leader.post(address, {**old, "decision": "approve", "remark": "Theo đề nghị"})

    stopping.refresh_from_db()
    assert stopping.is_waiting
    assert f"{ministry.focal.name} đã sửa nhiệm vụ này sau khi bạn mở" in words(told)
    assert "90" in words(told)
    again = {**_hidden(told.content.decode()), **_texts(told.content.decode())}
    assert again["remark"] == "Theo đề nghị"
    assert leader.post(address, {**again, "decision": "approve"}).status_code == 302
    stopping.refresh_from_db()
    assert stopping.state == "approved"


def _fresh(amendment: Amendment) -> PlanTask:
    return PlanTask.objects.select_related("plan").get(pk=amendment.task_id)


@pytest.mark.parametrize("is_approved", [True, False])
def test_over_the_api_a_change_is_decided_on_by_the_revision_of_its_task(
    stopping: Amendment, ministry: Ministry, client_of: ClientOf, is_approved: bool
) -> None:
    task = _fresh(stopping)
    services.report_progress(actor=ministry.focal, task=task, progress=90, text="Sắp xong")
    path, decided = f"/amendments/{stopping.pk}/decide", {"is_approved": is_approved, "remark": "Đã xem"}

    refused = send(client_of("leader"), path, {**decided, "revision": task.revision - 1})

    assert (refused.status_code, refused.json()["code"]) == (409, "usecase.edit_conflict")
    assert send(client_of("leader"), path, {**decided, "revision": task.revision}).status_code == 200


def test_over_the_api_a_unit_answers_the_task_that_it_saw(
    task_named: Named, ministry: Ministry, client_of: ClientOf
) -> None:
    task = task_named("Số hóa")
    focal, officer, path = client_of("focal"), client_of("officer"), f"/tasks/{task.pk}"
    seen = focal.get(f"/api/programme{path}").json()["revision"]
    services.assign_owner(actor=ministry.head, task=task, owner=ministry.accounts["staff"])

    assert send(focal, f"{path}/accept", {"revision": seen}).status_code == 409
    assert send(focal, f"{path}/return", {"reason": "Không đúng", "revision": seen}).status_code == 409
    returned = send(focal, f"{path}/return", {"reason": "Không đúng", "revision": seen + 1})
    assert returned.status_code == 200
    kept = {"reason": "Đúng chức năng"}
    assert send(officer, f"{path}/keep", {**kept, "revision": seen + 1}).status_code == 409
    assert send(officer, f"{path}/keep", {**kept, "revision": returned.json()["revision"]}).status_code == 200
    assert send(focal, f"{path}/accept", {"revision": seen + 3}).status_code == 200
