"""The whole journal as people read it: of what each entry tells, in words, with a way to the record."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from caicach.kernel.identity.models import Account
from caicach.measurement.programme.models import Plan, PlanTask
from tests.measurement.programme.conftest import client_of, plan, task_named

__all__ = ["client_of", "plan", "task_named"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def journal(plan: Plan, client_of: Callable[[str], Client]) -> str:
    return client_of("operator").get(reverse("operation:journal")).content.decode()


def test_entries_name_their_record_and_lead_to_it(journal: str, plan: Plan) -> None:
    assert f'<a class="cc-link" href="{reverse("programme:plan_history", args=[plan.pk])}">{plan.title}</a>' in journal
    account = Account.objects.get(username="officer")
    assert f'href="{reverse("operation:account", args=[account.pk])}">{account.full_name}</a>' in journal


def test_columns_that_are_the_product_s_own_are_not_told(journal: str) -> None:
    for name in ("Approved by", "Submitted by", "Prepared by", "Revision", "Search text", "Soon from", "Position"):
        assert name not in journal


def test_years_stand_together(journal: str) -> None:
    assert "2.022" not in journal


def test_acts_are_chosen_by_their_words(journal: str, plan: Plan) -> None:
    assert '<option value="programme.approve">Duyệt kế hoạch</option>' in journal


def test_a_record_that_is_gone_has_no_name(
    plan: Plan, client_of: Callable[[str], Client], task_named: Callable[[str], PlanTask]
) -> None:
    PlanTask.objects.filter(plan=plan).delete()

    assert client_of("operator").get(reverse("operation:journal")).status_code == 200
