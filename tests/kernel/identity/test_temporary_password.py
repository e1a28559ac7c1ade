"""A password that someone else knows opens nothing but the page where one chooses one's own."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from caicach.kernel.identity import services
from caicach.kernel.identity.models import Account
from caicach.kernel.usecase.actor import SYSTEM
from tests.ministry import Ministry

from .signing import is_in, sign_in, words

pytestmark = pytest.mark.django_db

TEMPORARY = "giay-cua-quan-tri-vien"
OWN = "con-trau-di-truoc-cai-cay"


@pytest.fixture
def newcomer(ministry: Ministry) -> Client:
    services.give_new_password(actor=SYSTEM, account=ministry.accounts["operator"], password=TEMPORARY)
    client = Client()
    sign_in(client, "operator", TEMPORARY)
    return client


def choose(client: Client, password: str) -> object:
    form = {"oldpassword": TEMPORARY, "password1": password, "password2": password}
    return client.post(reverse("account_change_password"), form)


@pytest.mark.parametrize(
    "name",
    [
        "home",
        "operation:accounts",
        "operation:create_account",
        "operation:journal",
        "identity:absence",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "usersessions_list",
        "account_reauthenticate",
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_page_leads_to_choosing_ones_own(newcomer: Client, name: str, method: str) -> None:
    answer = getattr(newcomer, method)(reverse(name))

    assert answer.status_code == 302
    assert answer["Location"] == reverse("account_change_password")


def test_once_it_is_chosen_everything_opens(newcomer: Client) -> None:
    choose(newcomer, OWN)

    assert is_in(newcomer)
    assert newcomer.get(reverse("operation:accounts")).status_code == 200


def test_the_temporary_one_is_not_chosen_again(newcomer: Client) -> None:
    """It would stay known to whoever gave it."""
    answer = choose(newcomer, TEMPORARY)

    assert "người khác đã biết" in words(answer)
    assert not is_in(newcomer)


def test_a_weak_one_is_not_chosen_either(newcomer: Client) -> None:
    choose(newcomer, "matkhau2022")

    assert not is_in(newcomer)


def test_the_page_can_be_read_in_the_other_language_first(newcomer: Client) -> None:
    answer = newcomer.post(
        reverse("identity:set_language"), {"language": "en", "next": reverse("account_change_password")}
    )

    assert answer.status_code == 302
    assert "Change password" in words(newcomer.get(answer["Location"]))


def test_one_may_sign_out_instead(newcomer: Client) -> None:
    newcomer.post(reverse("account_logout"))

    assert "_auth_user_id" not in newcomer.session


def test_the_link_in_the_mail_leads_to_ones_own_as_well(newcomer: Client, mailoutbox: list) -> None:
    account = Account.objects.get(username="operator")
    elsewhere = Client()
    elsewhere.post(reverse("account_reset_password"), {"email": account.email})
    link = next(line for line in mailoutbox[0].body.splitlines() if line.startswith("http"))
    form = elsewhere.get(link)["Location"]
    refused = elsewhere.post(form, {"password1": TEMPORARY, "password2": TEMPORARY})
    elsewhere.post(form, {"password1": OWN, "password2": OWN})

    sign_in(elsewhere, "operator", OWN)

    assert "người khác đã biết" in words(refused)
    assert is_in(elsewhere)
