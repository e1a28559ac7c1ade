"""An approved plan or report proves a product: chosen by who may read it, opened from wherever the product is shown."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from caicach.kernel.audit.models import EntryChange
from caicach.kernel.identity import services as identity
from caicach.kernel.identity.roles import Role
from caicach.kernel.search.records import Reference, records_to_name
from caicach.kernel.usecase.actor import SYSTEM
from caicach.kernel.usecase.errors import NotFound
from caicach.measurement.programme import services
from caicach.measurement.programme.models import Evidence, Plan, ProductState
from caicach.measurement.programme.queries.told import told_of_tasks
from caicach.measurement.reporting import services as reporting
from caicach.measurement.reporting.models import Report
from tests.measurement.programme.task_pages import ClientOf, TaskNamed, page, post, the_product, upload
from tests.ministry import SINCE, Ministry

pytestmark = pytest.mark.django_db
PLAN_NAME = "01/KH-BNV ngày 20/06/2022, Kế hoạch cải cách hành chính năm 2022"
TITLE = "Báo cáo công tác cải cách hành chính 6 tháng đầu năm 2022"
REPORT_NAME = f"01/BC-BNV ngày 20/06/2022, {TITLE}"


@pytest.fixture(autouse=True)
def _monday(at: Any) -> Any:
    with at("2022-06-20 09:00"):
        yield


@pytest.fixture
def report(plan: Plan, ministry: Ministry) -> Report:
    """Approved; a focal point reads no reports."""
    made = reporting.draft_report(actor=ministry.officer, issuer=ministry.units["BNV"], year=2022, period="half_year")
    nothing = {section["key"]: True for section in made.sections if not section["text"]}
    reporting.edit_sections(actor=ministry.officer, report=made, texts={}, left_out=nothing)
    reporting.submit(actor=ministry.officer, report=made)
    approved: Report = reporting.approve(actor=ministry.leader, report=made)
    return approved


@pytest.fixture
def reads_reports(ministry: Ministry) -> None:
    """The focal point audits the ministry too."""
    identity.grant_role(
        actor=SYSTEM,
        account=ministry.accounts["focal"],
        role=Role.AUDITOR.value,
        unit=ministry.units["BNV"],
        valid_from=SINCE,
    )


def reference(record: Plan | Report) -> Reference:
    return Reference(record._meta.label_lower, str(record.pk))


def hand_in_report(task_named: TaskNamed, ministry: Ministry, report: Report) -> Evidence:
    product = the_product(task_named("Số hóa"))
    services.hand_in_product(actor=ministry.focal, product=product, records=[reference(report)])
    return Evidence.objects.get(product=product)


def offered(ministry: Ministry, who: str, words: str = "") -> list[str]:
    return [record.name for record in records_to_name(actor=ministry.actor(who), words=words)]


def test_what_is_approved_is_offered_to_who_may_read_it(plan: Plan, report: Report, ministry: Ministry) -> None:
    assert offered(ministry, "officer") == [PLAN_NAME, REPORT_NAME]
    assert offered(ministry, "focal") == [PLAN_NAME]
    assert offered(ministry, "operator") == [PLAN_NAME]


def test_it_is_found_by_number_or_title_without_accents(plan: Plan, report: Report, ministry: Ministry) -> None:
    assert offered(ministry, "officer", "bao cao cong tac") == [REPORT_NAME]
    assert offered(ministry, "officer", "01/bc") == [REPORT_NAME]
    assert offered(ministry, "officer", "KE hoach 01/kh") == [PLAN_NAME]
    assert offered(ministry, "officer", "khong co") == []


def test_a_draft_is_offered_to_nobody(plan: Plan, ministry: Ministry) -> None:
    reporting.draft_report(actor=ministry.officer, issuer=ministry.units["BNV"], year=2022, period="half_year")

    assert offered(ministry, "officer") == [PLAN_NAME]


def test_the_form_hands_in_what_was_chosen(
    plan: Plan, task_named: TaskNamed, client_of: ClientOf, ministry: Ministry
) -> None:
    task, client = task_named("Số hóa"), client_of("focal")
    form = client.get(reverse("programme:hand_in", args=[the_product(task).pk])).content.decode()
    assert f'<option value="{reference(plan)}">{PLAN_NAME}</option>' in form

    answer = post(client, "hand_in", the_product(task).pk, record=str(reference(plan)))

    assert answer.status_code == 302
    evidence = Evidence.objects.get(product__task=task)
    assert (evidence.paper, evidence.reference) == (PLAN_NAME, reference(plan))
    assert the_product(task).state == ProductState.SUBMITTED


def test_looking_for_a_file_keeps_the_choice(plan: Plan, task_named: TaskNamed, client_of: ClientOf) -> None:
    address = reverse("programme:hand_in", args=[the_product(task_named("Số hóa")).pk])

    form = client_of("focal").post(address, {"tim": "x", "tim-giay": "1", "record": str(reference(plan))})

    assert f'<option value="{reference(plan)}" selected>' in form.content.decode()


def test_what_one_may_not_read_is_taken_neither_by_the_form_nor_by_the_use_case(
    report: Report, task_named: TaskNamed, client_of: ClientOf, ministry: Ministry
) -> None:
    product = the_product(task_named("Số hóa"))

    answer = post(client_of("focal"), "hand_in", product.pk, record=str(reference(report)))
    assert "Chọn một kế hoạch hoặc báo cáo trong danh sách." in answer.content.decode()

    for wrong in (reference(report), Reference("programme.plan", "²"), Reference("programme.task", "1")):
        with pytest.raises(NotFound):
            services.hand_in_product(actor=ministry.focal, product=product, records=[wrong])
    assert not Evidence.objects.exists()


@pytest.mark.usefixtures("reads_reports")
def test_who_may_read_it_opens_it_and_others_see_its_name(
    report: Report, task_named: TaskNamed, client_of: ClientOf, ministry: Ministry
) -> None:
    hand_in_report(task_named, ministry, report)
    task, address = task_named("Số hóa"), reverse("reporting:report", args=[report.pk])

    for_officer = page(client_of("officer"), task, muc="san-pham")
    for_staff = page(client_of("staff"), task, muc="san-pham")

    assert f'href="{address}"' in for_officer
    assert f'href="{address}"' not in for_staff
    assert TITLE in for_staff
    assert client_of("officer").get(address).status_code == 200


@pytest.mark.usefixtures("reads_reports")
def test_the_officer_opens_it_beside_the_decision(
    report: Report, task_named: TaskNamed, client_of: ClientOf, ministry: Ministry
) -> None:
    hand_in_report(task_named, ministry, report)
    product = the_product(task_named("Số hóa"))

    form = client_of("officer").get(reverse("programme:decide_product", args=[product.pk])).content.decode()

    assert f'href="{reverse("reporting:report", args=[report.pk])}" target="_blank"' in form
    assert "Đã duyệt trong hệ thống này." in form


@pytest.mark.usefixtures("reads_reports")
def test_who_takes_it_back_without_the_right_to_read_it_sees_its_name(
    report: Report, task_named: TaskNamed, client_of: ClientOf, ministry: Ministry
) -> None:
    hand_in_report(task_named, ministry, report)
    product = the_product(task_named("Số hóa"))

    shown = client_of("head").get(reverse("programme:withdraw_product", args=[product.pk])).content.decode()

    assert TITLE in shown
    assert "bạn không mở được" in shown
    assert reverse("reporting:report", args=[report.pk]) not in shown


def test_the_same_record_twice_is_one_paper(plan: Plan, task_named: TaskNamed, ministry: Ministry) -> None:
    product = the_product(task_named("Số hóa"))

    services.hand_in_product(actor=ministry.focal, product=product, records=[reference(plan), reference(plan)])
    services.hand_in_product(actor=ministry.focal, product=product, records=[reference(plan)], paper="12/BC-VP")

    assert [evidence.paper for evidence in Evidence.objects.all()] == [PLAN_NAME, "12/BC-VP"]


def test_a_record_proves_beside_an_empty_file(plan: Plan, task_named: TaskNamed, ministry: Ministry) -> None:
    product = the_product(task_named("Số hóa"))

    services.hand_in_product(
        actor=ministry.focal, product=product, attachments=[upload(ministry)], records=[reference(plan)]
    )

    assert Evidence.objects.filter(product=product).count() == 2


@pytest.mark.usefixtures("reads_reports")
def test_the_api_lists_names_and_opens_records(
    plan: Plan, report: Report, task_named: TaskNamed, client_of: ClientOf
) -> None:
    task, client = task_named("Số hóa"), client_of("focal")
    (found,) = client.get("/api/programme/records", {"words": "bao cao"}).json()
    address = reverse("reporting:report", args=[report.pk])
    assert found == {"kind": "reporting.report", "id": str(report.pk), "name": REPORT_NAME, "url": address}

    answer = client.post(
        f"/api/programme/products/{the_product(task).pk}/hand-in",
        {"records": [{"kind": found["kind"], "id": found["id"]}]},
        content_type="application/json",
    )

    assert answer.status_code == 200
    (paper,) = answer.json()["evidence"]
    assert (paper["paper"], paper["record"]["url"]) == (REPORT_NAME, address)
    (product,) = client_of("staff").get(f"/api/programme/tasks/{task.pk}").json()["products"]
    assert product["evidence"][0]["record"] == {"kind": "reporting.report", "id": str(report.pk), "url": None}


def test_a_record_that_is_not_there_is_refused_by_the_api(
    plan: Plan, task_named: TaskNamed, client_of: ClientOf
) -> None:
    answer = client_of("focal").post(
        f"/api/programme/products/{the_product(task_named('Số hóa')).pk}/hand-in",
        {"records": [{"kind": "reporting.report", "id": "9" * 40}]},
        content_type="application/json",
    )

    assert answer.status_code == 404


@pytest.mark.usefixtures("reads_reports")
def test_reports_search_and_journal_call_it_by_its_name(
    report: Report, task_named: TaskNamed, client_of: ClientOf, ministry: Ministry
) -> None:
    evidence = hand_in_report(task_named, ministry, report)
    task, officer = task_named("Số hóa"), client_of("officer")

    told = told_of_tasks(task_ids=[task.pk], by=evidence.at.date())
    assert told[task.pk].products[0].papers == (REPORT_NAME,)
    found = officer.get(reverse("search:find"), {"q": "01/BC-BNV"}).content.decode()
    assert f"{reverse('programme:task', args=[task.pk])}?muc=san-pham" in found
    assert REPORT_NAME in page(officer, task, moc="tat-ca")
    assert REPORT_NAME in officer.get(reverse("programme:task_history", args=[task.pk])).content.decode()
    (change,) = EntryChange.objects.filter(subject_type="programme.evidence", subject_id=str(evidence.pk))
    assert "reporting.report" in str(change.after)


def test_a_reference_is_whole_and_has_a_name(plan: Plan, task_named: TaskNamed, ministry: Ministry) -> None:
    services.hand_in_product(actor=ministry.focal, product=the_product(task_named("Số hóa")), records=[reference(plan)])

    for half in ({"record_id": ""}, {"record_kind": ""}, {"paper": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Evidence.objects.update(**half)
