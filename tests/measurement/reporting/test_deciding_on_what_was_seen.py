"""Who sends, approves or returns a report does so with the words on the page, not with those written since."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.urls import reverse

from caicach.kernel.usecase.actor import Actor
from caicach.measurement.programme.models import Plan
from caicach.measurement.reporting import services
from caicach.measurement.reporting.models import Report
from tests.measurement.programme.conftest import other_officer
from tests.measurement.programme.test_deciding_on_what_was_seen import SIGNED, ClientOf, forms_to, words
from tests.ministry import Ministry

__all__ = ["other_officer"]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_june_2022(at: Any, plan: Plan) -> Any:
    Plan.objects.filter(pk=plan.pk).update(decision_date="2021-12-31")
    with at("2022-06-20 09:00"):
        yield


@pytest.fixture
def drafted(ministry: Ministry) -> Report:
    report: Report = services.draft_report(
        actor=ministry.officer, issuer=ministry.units["BNV"], year=2022, period="half_year"
    )
    empty = {section["key"]: "Đã đọc." for section in report.sections if not section["text"].strip()}
    edited: Report = services.edit_sections(actor=ministry.officer, report=report, texts=empty, recipients="Bộ Nội vụ")
    return edited


@pytest.fixture
def submitted(drafted: Report, ministry: Ministry) -> Report:
    sent: Report = services.submit(actor=ministry.officer, report=drafted)
    return sent


def write_unseen_words(report: Report, officer: Actor) -> None:
    texts = {report.sections[0]["key"]: "Chưa ai đọc."}
    services.edit_sections(actor=officer, report=report, texts=texts, recipients="Bộ Tài chính")


def change_and_submit(report: Report, officer: Actor) -> None:
    services.withdraw(actor=officer, report=report)
    write_unseen_words(report, officer)
    services.submit(actor=officer, report=report)


def test_the_leader_reads_what_changed_before_a_report_is_approved_and_approves_by_one_click(
    submitted: Report, ministry: Ministry, other_officer: Actor, client_of: ClientOf
) -> None:
    leader, address = client_of("leader"), reverse("reporting:approve", args=[submitted.pk])
    was = submitted.sections[0]["text"]
    (old,) = forms_to(leader.get(reverse("reporting:report", args=[submitted.pk])), address)
    change_and_submit(submitted, other_officer)

    told = leader.post(address, {**old, **SIGNED})

    submitted.refresh_from_db()
    assert (told.status_code, submitted.state, submitted.number) == (409, "submitted", "")
    page = words(told)
    assert "Chưa quyết định: Trần Thị Bình đã sửa nội dung này sau khi bạn mở" in page
    for told_word in (was[:20], "Chưa ai đọc.", "Bộ Tài chính", "Nguyễn Văn An"):
        assert told_word in page
    again, dialog = forms_to(told, address)
    assert (again["signed_as"], dialog["signed_as"]) == (SIGNED["signed_as"], SIGNED["signed_as"])

    assert leader.post(address, again).status_code == 302
    submitted.refresh_from_db()
    assert (submitted.state, submitted.signer_name) == ("approved", "Nguyễn Văn An")


def test_a_report_is_returned_for_what_was_read_in_it(
    submitted: Report, other_officer: Actor, client_of: ClientOf
) -> None:
    leader, address = client_of("leader"), reverse("reporting:return", args=[submitted.pk])
    (old,) = forms_to(leader.get(reverse("reporting:report", args=[submitted.pk])), address)
    change_and_submit(submitted, other_officer)

    told = leader.post(address, {**old, "reason": "Thiếu số liệu"})

    submitted.refresh_from_db()
    assert (told.status_code, submitted.state) == (409, "submitted")
    again, dialog = forms_to(told, address)
    assert (again["reason"], dialog["reason"]) == ("Thiếu số liệu", "Thiếu số liệu")
    assert leader.post(address, again).status_code == 302
    submitted.refresh_from_db()
    assert (submitted.state, submitted.returned_reason) == ("draft", "Thiếu số liệu")


def test_an_officer_sends_no_words_that_another_wrote_meanwhile(
    drafted: Report, other_officer: Actor, client_of: ClientOf
) -> None:
    officer, address = client_of("officer"), reverse("reporting:submit", args=[drafted.pk])
    (old,) = forms_to(officer.get(reverse("reporting:report", args=[drafted.pk])), address)
    write_unseen_words(drafted, other_officer)

    told = officer.post(address, old)

    drafted.refresh_from_db()
    assert (told.status_code, drafted.state) == (409, "draft")
    assert "Chưa ai đọc." in words(told)
    again, _dialog = forms_to(told, address)
    assert officer.post(address, again).status_code == 302
    drafted.refresh_from_db()
    assert drafted.state == "submitted"


def test_figures_taken_anew_are_told_too(submitted: Report, other_officer: Actor, client_of: ClientOf, at: Any) -> None:
    seen = submitted.revision
    services.withdraw(actor=other_officer, report=submitted)
    with at("2022-06-21 10:30"):
        services.refresh_figures(actor=other_officer, report=submitted)
        services.submit(actor=other_officer, report=submitted)
        address = reverse("reporting:approve", args=[submitted.pk])
        told = client_of("leader").post(address, {**SIGNED, "revision": seen})

    assert told.status_code == 409
    assert "10:30" in words(told)


def test_over_the_api_a_report_is_decided_on_by_its_revision(
    submitted: Report, other_officer: Actor, client_of: ClientOf
) -> None:
    leader, path = client_of("leader"), f"/api/reporting/reports/{submitted.pk}"
    seen = leader.get(path).json()["revision"]
    change_and_submit(submitted, other_officer)

    def send(who: str, act: str, **body: Any) -> Any:
        return client_of(who).post(f"{path}/{act}", json.dumps(body), content_type="application/json")

    for act, more in (("approve", SIGNED), ("return", {"reason": "Thiếu"})):
        refused = send("leader", act, revision=seen, **more)
        assert (refused.status_code, refused.json()["code"]) == (409, "usecase.edit_conflict")
        assert refused.json()["changed_by"] == "Trần Thị Bình"
        assert ["Bộ Nội vụ", "Bộ Tài chính"] in refused.json()["changes"].values()
    assert send("leader", "return", revision=seen + 1, reason="Thiếu").status_code == 200
    assert send("officer", "submit", revision=seen).status_code == 409
    assert send("officer", "submit", revision=seen + 1).status_code == 200
    assert send("leader", "approve", revision=seen + 1, **SIGNED).status_code == 200


# --- words that are replaced ---


def test_words_written_meanwhile_are_read_before_they_are_replaced(
    drafted: Report, other_officer: Actor, client_of: ClientOf
) -> None:
    officer, address = client_of("officer"), reverse("reporting:refresh", args=[drafted.pk])
    key = drafted.sections[0]["key"]
    (old,) = forms_to(officer.get(reverse("reporting:report", args=[drafted.pk])), address)
    write_unseen_words(drafted, other_officer)

    told = officer.post(address, {**old, "replace": key, "with_words": "1"})

    drafted.refresh_from_db()
    assert (told.status_code, drafted.sections[0]["text"]) == (409, "Chưa ai đọc.")
    page = words(told)
    assert f"Sẽ thay bằng dự thảo mới: {drafted.sections[0]['title']}" in page
    assert "Chưa ai đọc." in page
    again, _dialog = forms_to(told, address)
    assert (again["replace"], again["with_words"]) == (key, "1")
    assert f'value="{key}" checked' in told.content.decode()

    assert officer.post(address, again).status_code == 302
    drafted.refresh_from_db()
    assert drafted.sections[0]["text"] == drafted.sections[0]["drafted"] != "Chưa ai đọc."


def test_figures_alone_are_taken_anew_whoever_wrote_meanwhile(
    drafted: Report, other_officer: Actor, client_of: ClientOf
) -> None:
    officer, address = client_of("officer"), reverse("reporting:refresh", args=[drafted.pk])
    (old,) = forms_to(officer.get(reverse("reporting:report", args=[drafted.pk])), address)
    write_unseen_words(drafted, other_officer)

    assert officer.post(address, {**old, "with_words": "1"}).status_code == 302
    drafted.refresh_from_db()
    assert drafted.sections[0]["text"] == "Chưa ai đọc."


def test_over_the_api_words_are_replaced_by_the_revision(
    drafted: Report, other_officer: Actor, client_of: ClientOf
) -> None:
    officer, path = client_of("officer"), f"/api/reporting/reports/{drafted.pk}"
    seen = officer.get(path).json()["revision"]
    write_unseen_words(drafted, other_officer)

    def refresh(**body: Any) -> Any:
        return officer.post(f"{path}/refresh", json.dumps(body), content_type="application/json")

    replace = [drafted.sections[0]["key"]]
    refused = refresh(replace=replace, revision=seen)
    assert (refused.status_code, refused.json()["changed_by"]) == (409, "Trần Thị Bình")
    assert ["Bộ Nội vụ", "Bộ Tài chính"] in refused.json()["changes"].values()
    assert refresh(revision=seen).status_code == 200
    now = officer.get(path).json()["revision"]
    assert refresh(replace=replace, revision=now).status_code == 200
