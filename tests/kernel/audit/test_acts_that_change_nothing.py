"""The journal also tells what changed nothing: who took records out of the house, who was refused a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from caicach.kernel.audit.models import Entry, Outcome
from caicach.kernel.audit.queries import history_of
from caicach.measurement.programme.models import Plan
from tests.measurement.programme.conftest import client_of, plan
from tests.ministry import Ministry

__all__ = ["client_of", "plan"]
pytestmark = pytest.mark.django_db

ClientOf = Callable[[str], Client]


def latest() -> Any:
    entry = Entry.objects.order_by("-pk").first()
    return entry and (entry.use_case, entry.outcome, entry.note)


@pytest.mark.parametrize(("name", "ending"), [("plan_pdf", "pdf"), ("plan_word", "docx")])
def test_who_took_a_plan_out_stands_in_its_history(plan: Plan, client_of: ClientOf, name: str, ending: str) -> None:
    assert client_of("auditor").get(reverse(f"programme:{name}", args=[plan.pk, 1])).status_code == 200

    (line, *_) = history_of("programme.plan", str(plan.pk), limit=1)
    assert (line.use_case, line.note) == ("programme.take_out_plan", ending)
    assert line.author.role == "auditor"


@pytest.mark.parametrize(
    ("who", "page", "note"),
    [
        ("operator", "operation:accounts", "tai-khoan"),
        ("auditor", "programme:plans", "ke-hoach"),
        ("focal", "programme:tasks", "nhiem-vu"),
    ],
)
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_who_took_a_list_out_stands_in_the_journal(
    plan: Plan, client_of: ClientOf, who: str, page: str, note: str, ending: str
) -> None:
    assert client_of(who).get(reverse(page), {"tai": ending}).status_code == 200

    assert latest() == ("tables.take_out", Outcome.DONE, f"{note} {ending}")


def test_a_list_that_is_only_read_leaves_no_entry(plan: Plan, client_of: ClientOf) -> None:
    before = Entry.objects.count()

    assert client_of("focal").get(reverse("programme:tasks")).status_code == 200

    assert Entry.objects.count() == before


def test_a_refused_page_is_told_with_its_name_and_nothing_typed(ministry: Ministry, client_of: ClientOf) -> None:
    assert client_of("staff").get(reverse("operation:accounts"), {"q": "Nguyễn"}).status_code == 403

    assert latest() == ("identity.open_page", Outcome.REFUSED, "operation:accounts")


def test_who_is_not_signed_in_leaves_no_entry(client: Client, db: None) -> None:
    before = Entry.objects.count()

    assert client.get(reverse("operation:accounts")).status_code == 302

    assert Entry.objects.count() == before
