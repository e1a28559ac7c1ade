"""A second plan for the same year and issuer: allowed, and said everywhere before it counts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from caicach.kernel.jobs import worker
from caicach.kernel.jobs.models import Job
from caicach.measurement.programme import services
from caicach.measurement.programme.models import Plan
from tests.ministry import Ministry

from .conftest import ROWS, proposal

pytestmark = pytest.mark.django_db

ClientOf = Callable[[str], Client]
WARNED = "Bộ Nội vụ đã có kế hoạch khác cho năm 2022"


@pytest.fixture
def second(plan: Plan, ministry: Ministry) -> Plan:
    made: Plan = services.import_plan(
        actor=ministry.officer, issuer=ministry.units["BNV"], proposal=proposal("Việc khác", name="khac.docx")
    )
    return made


def review(client: Client, plan: Plan) -> str:
    return client.get(reverse("programme:review", args=[plan.pk])).content.decode()


def submitted(second: Plan, ministry: Ministry) -> Plan:
    services.paste_rows(
        actor=ministry.officer,
        plan=second,
        replace=list(second.tasks.values_list("pk", flat=True)),
        rows=[{"field": ROWS[0][0], "lead": "VP", "time": "10/12/2022"}],
    )
    second.refresh_from_db()
    done: Plan = services.submit(actor=ministry.officer, plan=second)
    return done


def test_the_head_of_the_draft_names_the_other_plan_with_a_link(
    plan: Plan, second: Plan, ministry: Ministry, client_of: ClientOf
) -> None:
    html = review(client_of("officer"), second)

    assert WARNED in html
    assert f'<a class="cc-link" href="{reverse("programme:plan", args=[plan.pk])}">{escape(plan.title)}</a>' in html


def test_the_leader_reads_it_before_approving_and_may_approve(
    plan: Plan, second: Plan, ministry: Ministry, client_of: ClientOf
) -> None:
    waiting = submitted(second, ministry)

    assert WARNED in review(client_of("leader"), waiting)
    assert services.approve(actor=ministry.leader, plan=waiting).number == "02/KH-BNV"


def test_it_goes_when_the_other_plan_goes(draft: Plan, ministry: Ministry, client_of: ClientOf) -> None:
    second = services.import_plan(
        actor=ministry.officer, issuer=ministry.units["BNV"], proposal=proposal("Việc khác", name="khac.docx")
    )
    assert WARNED in review(client_of("officer"), second)

    services.undo_import(actor=ministry.officer, plan=draft)

    assert WARNED not in review(client_of("officer"), second)


def test_the_first_plan_of_a_year_is_warned_of_nothing(draft: Plan, ministry: Ministry, client_of: ClientOf) -> None:
    assert WARNED not in review(client_of("officer"), draft)


def test_the_name_of_the_other_plan_is_text_and_no_markup(
    plan: Plan, second: Plan, ministry: Ministry, client_of: ClientOf
) -> None:
    Plan.objects.filter(pk=plan.pk).update(title="<img src=x>")

    assert "<img src=x>" not in review(client_of("officer"), second)


def test_the_import_page_names_what_is_there_before_a_file_is_chosen(
    plan: Plan, client_of: ClientOf, at: Callable[[str], object]
) -> None:
    with at("2022-06-20 09:00"):  # type: ignore[attr-defined]
        html = client_of("officer").get(reverse("programme:import")).content.decode()

    assert "Đã có kế hoạch" in html
    assert reverse("programme:plan", args=[plan.pk]) in html


@pytest.mark.django_db(transaction=True)
def test_the_result_of_the_reading_says_it(plan: Plan, ministry: Ministry, client_of: ClientOf) -> None:
    text = "KẾ HOẠCH\nCải cách hành chính năm 2022\nII. NHIỆM VỤ\n1. Cải cách thể chế\na) Rà soát văn bản.\n"
    client_of("officer").post(
        reverse("programme:import"),
        {
            "issuer": ministry.units["BNV"].pk,
            "year": 2022,
            "file": SimpleUploadedFile("khac.txt", text.encode()),
        },
    )
    assert worker.work_once() == 0

    job = Job.objects.get()
    assert f"đã có kế hoạch khác cho năm 2022: “{plan.title}”" in job.words
    assert job.result["warnings"]


def test_the_api_warns_of_it(plan: Plan, second: Plan, ministry: Ministry, client_of: ClientOf) -> None:
    officer = client_of("officer")

    told = officer.get(f"/api/programme/plans/{second.pk}").json()["warnings"]

    assert [(each["code"], each["plan"]) for each in told] == [("another_plan", plan.pk)]
    assert plan.title in told[0]["message"]
    # Who may not see the draft does not learn of it from the approved plan.
    assert client_of("focal").get(f"/api/programme/plans/{plan.pk}").json()["warnings"] == []
    assert [each["plan"] for each in officer.get(f"/api/programme/plans/{plan.pk}").json()["warnings"]] == [second.pk]
