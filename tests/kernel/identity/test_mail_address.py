"""The address that a forgotten password is mailed to: only an operator changes it, and the old one is then nobody's."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from caicach.kernel.identity import services
from caicach.kernel.identity.models import Account
from caicach.kernel.usecase.actor import SYSTEM
from tests.ministry import Ministry

from .signing import signed_in, words

pytestmark = pytest.mark.django_db

OLD, NEW = "staff@bnv.example", "staff.moi@bnv.example"


def ask_for_new_password(email: str) -> Any:
    return Client().post(reverse("account_reset_password"), {"email": email})


def links_sent_to(email: str, outbox: list[Any]) -> int:
    return sum("/password/reset/key/" in mail.body for mail in outbox if mail.to == [email])


@pytest.mark.parametrize("act", ["action_add", "action_primary", "action_send", "action_remove"])
@pytest.mark.parametrize("address", [OLD, "ke-la@example.org"])
def test_a_screen_left_open_is_no_way_to_change_it(
    person: Account, mailoutbox: list[Any], act: str, address: str
) -> None:
    """Whoever could would have the next password mailed to themselves, and no journal would tell."""
    client = signed_in("staff")
    client.post(reverse("account_email"), {act: "", "email": address})
    client.post(reverse("account_email"), {"action_primary": "", "email": address})

    ask_for_new_password("ke-la@example.org")

    person.refresh_from_db()
    assert person.email == OLD
    assert links_sent_to("ke-la@example.org", mailoutbox) == 0


def test_the_page_says_the_address_and_who_changes_it(person: Account) -> None:
    page = words(signed_in("staff").get(reverse("account_email")))

    assert OLD in page
    assert 'type="email"' not in page


def test_the_old_address_gets_no_link_once_it_is_corrected(person: Account, mailoutbox: list[Any]) -> None:
    ask_for_new_password(OLD)
    services.edit_account(actor=SYSTEM, account=person, full_name=person.full_name, email=NEW)
    mailoutbox.clear()

    ask_for_new_password(OLD)
    ask_for_new_password(NEW)

    assert links_sent_to(OLD, mailoutbox) == 0
    assert links_sent_to(NEW, mailoutbox) == 1


def test_a_link_sent_before_the_correction_is_void(person: Account, mailoutbox: list[Any]) -> None:
    ask_for_new_password(OLD)
    services.edit_account(actor=SYSTEM, account=person, full_name=person.full_name, email=NEW)
    link = next(line for line in mailoutbox[0].body.splitlines() if line.startswith("http"))

    page = words(Client().get(link, follow=True))

    assert "Liên kết này không còn dùng được" in page


def test_the_answer_does_not_tell_whether_someone_has_this_address(person: Account, ministry: Ministry) -> None:
    services.disable_account(actor=SYSTEM, account=ministry.accounts["head"])
    answers = [ask_for_new_password(email) for email in (OLD, "khong-ai@bnv.example", "head@bnv.example")]

    assert {(answer.status_code, answer["Location"]) for answer in answers} == {
        (302, reverse("account_reset_password_done"))
    }


def test_a_shut_account_is_sent_no_link(ministry: Ministry, mailoutbox: list[Any]) -> None:
    services.disable_account(actor=SYSTEM, account=ministry.accounts["head"])

    ask_for_new_password("head@bnv.example")

    assert links_sent_to("head@bnv.example", mailoutbox) == 0


def test_a_link_works_once(person: Account, mailoutbox: list[Any]) -> None:
    ask_for_new_password(OLD)
    link = next(line for line in mailoutbox[0].body.splitlines() if line.startswith("http"))
    form = {"password1": "con-trau-di-truoc-cai-cay", "password2": "con-trau-di-truoc-cai-cay"}
    first, second = Client(), Client()
    first.post(first.get(link)["Location"], form)

    assert "Liên kết này không còn dùng được" in words(second.get(link, follow=True))
