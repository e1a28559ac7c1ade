"""Each entry about a report holds the sections that it changed, and the history tells them under their heads."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from caicach.kernel.audit.models import EntryChange
from caicach.kernel.usecase.actor import Actor
from caicach.kernel.usecase.errors import ChangedSinceSeen
from caicach.measurement.programme.models import Plan
from caicach.measurement.reporting import services
from caicach.measurement.reporting.models import Report
from tests.measurement.programme.conftest import other_officer
from tests.ministry import Ministry

__all__ = ["other_officer"]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_june_2022(at: Any, plan: Plan) -> Any:
    Plan.objects.filter(pk=plan.pk).update(decision_date="2021-12-31")
    with at("2022-06-20 09:00"):
        yield


@pytest.fixture
def report(ministry: Ministry) -> Report:
    drafted: Report = services.draft_report(
        actor=ministry.officer, issuer=ministry.units["BNV"], year=2022, period="half_year"
    )
    return drafted


def write(report: Report, actor: Actor, **texts: str) -> None:
    services.edit_sections(actor=actor, report=report, texts=texts)


def noted(use_case: str) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """What each entry of the use case says of sections: (before, after)."""
    changes = EntryChange.objects.filter(entry__use_case=use_case, subject_type="reporting.report").order_by("id")
    pairs = [(json.loads(change.before), json.loads(change.after)) for change in changes]
    return [pair for pair in pairs if any(name.startswith("sections") for side in pair for name in side)]


def test_an_entry_holds_the_section_that_was_changed_and_no_other(report: Report, ministry: Ministry) -> None:
    was = next(section for section in report.sections if section["key"] == "the_che")["text"]

    write(report, ministry.officer, the_che="Đã sửa.")

    ((before, after),) = noted("reporting.edit_sections")
    assert list(before) == list(after) == ["sections:the_che"]
    assert (before["sections:the_che"]["text"], after["sections:the_che"]["text"]) == (was, "Đã sửa.")
    assert "drafted" not in after["sections:the_che"]


def test_a_new_report_is_noted_whole(report: Report) -> None:
    told = noted("reporting.draft_report")

    assert [before for before, _after in told] == [{}] * len(report.sections)
    assert [list(after) for _before, after in told] == [[f"sections:{section['key']}"] for section in report.sections]
    first = told[0][1][f"sections:{report.sections[0]['key']}"]
    assert first["drafted"] == first["text"]


def test_what_says_the_same_as_before_is_not_noted(report: Report, ministry: Ministry) -> None:
    services.edit_sections(actor=ministry.officer, report=report, texts={}, recipients="Bộ Tài chính")
    services.refresh_figures(actor=ministry.officer, report=report, with_words=True)

    assert noted("reporting.edit_sections") == noted("reporting.refresh_figures") == []


def test_two_changes_of_different_sections_are_told_as_one(
    report: Report, ministry: Ministry, other_officer: Actor
) -> None:
    seen, texts = report.revision, {section["key"]: section["text"] for section in report.sections}
    write(report, other_officer, the_che="Một.")
    write(report, other_officer, tai_chinh_cong="Hai.")
    write(report, other_officer, the_che="Ba.")

    with pytest.raises(ChangedSinceSeen) as told:
        services.submit(actor=ministry.officer, report=report, revision=seen)

    assert told.value.changes == {
        "Cải cách thể chế": (texts["the_che"], "Ba."),
        "Cải cách tài chính công": (texts["tai_chinh_cong"], "Hai."),
    }


def test_a_section_left_out_on_purpose_is_told_in_words(
    report: Report, ministry: Ministry, client_of: Callable[[str], Client]
) -> None:
    services.edit_sections(actor=ministry.officer, report=report, texts={"the_che": ""}, left_out={"the_che": True})

    page = client_of("officer").get(reverse("reporting:history", args=[report.pk])).content.decode()

    assert "Cải cách thể chế" in page
    assert "Kỳ này không có" in page


def test_the_operator_s_journal_shows_no_raw_words(
    report: Report, ministry: Ministry, client_of: Callable[[str], Client]
) -> None:
    write(report, ministry.officer, the_che="Đã sửa.")

    page = client_of("operator").get(reverse("operation:journal")).content.decode()

    assert "sections:" not in page
