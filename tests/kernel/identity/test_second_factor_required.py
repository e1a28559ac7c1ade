"""In production nothing opens to staff without a second factor (QUALITY A6); the sample ministry only offers it."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from tests.ministry import Ministry

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client: Client, ministry: Ministry, settings: Any) -> Client:
    settings.SECOND_FACTOR_REQUIRED = True
    client.force_login(ministry.accounts["officer"])
    return client


@pytest.mark.parametrize("name", ["operation:my_work", "programme:plans", "reporting:reports", "home"])
def test_every_page_leads_to_where_a_factor_is_added(officer: Client, name: str) -> None:
    told = officer.get(reverse(name))

    assert (told.status_code, told["Location"]) == (302, reverse("mfa_index") + "?bat-buoc=1")


def test_the_page_says_why_and_the_way_out_stays_open(officer: Client) -> None:
    page = officer.get(reverse("mfa_index"), {"bat-buoc": "1"})

    assert page.status_code == 200
    assert "yếu tố thứ hai" in page.content.decode() or "bằng chứng thứ hai" in page.content.decode()
    assert officer.post(reverse("account_logout")).status_code == 302


def test_the_api_knows_nobody_without_one(officer: Client) -> None:
    assert officer.get("/api/programme/plans").status_code == 401


def test_with_one_the_house_is_open(officer: Client, ministry: Ministry) -> None:
    Authenticator.objects.create(user=ministry.accounts["officer"], type=Authenticator.Type.TOTP, data={})

    assert officer.get(reverse("operation:my_work")).status_code == 200
    assert officer.get("/api/programme/plans").status_code == 200


def test_recovery_codes_alone_are_none(officer: Client, ministry: Ministry) -> None:
    Authenticator.objects.create(user=ministry.accounts["officer"], type=Authenticator.Type.RECOVERY_CODES, data={})

    assert officer.get(reverse("operation:my_work")).status_code == 302
