"""One person asking without end is told to wait, so that the others are answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from caicach.measurement.programme.models import Plan
from caicach.measurement.reporting import services as reporting
from tests.measurement.programme.conftest import client_of, plan
from tests.ministry import Ministry

__all__ = ["client_of", "plan"]

pytestmark = pytest.mark.django_db

ClientOf = Callable[[str], Client]
At = Callable[[str], Any]
WAIT = "Bạn vừa yêu cầu việc này quá nhiều lần. Chờ 40 giây rồi tiếp tục."


@pytest.fixture(autouse=True)
def _two_a_minute(settings: Any, at: At) -> Iterator[None]:
    settings.RATE_LIMITS = dict.fromkeys(settings.RATE_LIMITS, (2, 60))
    cache.clear()
    with at("2022-06-20 09:00:20"):
        yield
    cache.clear()


def addresses(plan: Plan) -> dict[str, str]:
    return {
        "search": reverse("search:find") + "?q=so",
        "a list as a file": reverse("programme:tasks") + "?tai=csv",
        "a plan as a paper": reverse("programme:plan_word", args=[plan.pk, 1]),
        "the API": f"/api/programme/plans/{plan.pk}",
    }


@pytest.mark.parametrize("what", ["search", "a list as a file", "a plan as a paper", "the API"])
def test_the_third_time_in_a_minute_one_is_told_how_long_to_wait(
    what: str, plan: Plan, client_of: ClientOf, at: At
) -> None:
    address, officer = addresses(plan)[what], client_of("officer")

    answers = [officer.get(address) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2]["Retry-After"] == "40"
    told = answers[2].json()["detail"] if what == "the API" else answers[2].content.decode()
    assert WAIT in told
    assert client_of("leader").get(address).status_code == 200
    with at("2022-06-20 09:01:00"):
        assert officer.get(address).status_code == 200


def test_looking_at_a_list_is_no_export(plan: Plan, client_of: ClientOf, ministry: Ministry) -> None:
    officer = client_of("officer")

    assert {officer.get(reverse("programme:tasks")).status_code for _ in range(5)} == {200}


def test_nothing_is_limited_where_the_operator_sets_none(settings: Any, plan: Plan, client_of: ClientOf) -> None:
    settings.RATE_LIMITS = dict.fromkeys(settings.RATE_LIMITS, (0, 60))
    officer = client_of("officer")

    assert {officer.get(addresses(plan)["search"]).status_code for _ in range(5)} == {200}


def test_a_report_counts_as_an_export_on_its_page_and_over_the_api_alike(
    settings: Any, plan: Plan, ministry: Ministry, client_of: ClientOf
) -> None:
    settings.RATE_LIMITS = {**dict.fromkeys(settings.RATE_LIMITS, (0, 60)), "export": (2, 60)}
    Plan.objects.filter(pk=plan.pk).update(decision_date="2021-12-31")
    report = reporting.draft_report(actor=ministry.officer, issuer=ministry.units["BNV"], year=2022, period="half_year")
    officer, paper = client_of("officer"), f"/api/reporting/reports/{report.pk}/paper"

    assert officer.get(reverse("reporting:download", args=[report.pk, "xlsx"])).status_code == 200
    assert officer.get(f"{paper}.xlsx").status_code == 200

    refused = officer.get(f"{paper}.docx")
    assert (refused.status_code, refused["Retry-After"]) == (429, "40")
    assert officer.get(reverse("reporting:download", args=[report.pk, "pdf"])).status_code == 429
    assert officer.get(f"/api/reporting/reports/{report.pk}").status_code == 200
