"""Language, appearance and single-key shortcuts: one's own, and remembered."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from caicach.kernel.identity.models import Account
from tests.ministry import Ministry

from .signing import A_PAGE, signed_in, words

pytestmark = pytest.mark.django_db


def choose(client: Client, what: str, **chosen: str) -> object:
    return client.post(reverse(f"identity:{what}"), {"next": reverse(A_PAGE), **chosen})


def shown(client: Client) -> str:
    return words(client.get(reverse(A_PAGE)))


@pytest.mark.parametrize("theme", ["light", "dark", "auto"])
def test_the_appearance_is_that_of_every_page_and_of_the_next_browser(person: Account, theme: str) -> None:
    client = signed_in("staff")

    choose(client, "set_theme", theme=theme)

    assert f'data-theme="{theme}"' in shown(client)
    assert f'data-theme="{theme}"' in shown(signed_in("staff"))


def test_the_language_is_that_of_every_page_and_of_the_next_browser(person: Account) -> None:
    client = signed_in("staff")
    before = shown(client)

    choose(client, "set_language", language="en")

    assert '<html lang="vi"' in before
    assert '<html lang="en"' in shown(client)
    assert '<html lang="en"' in shown(signed_in("staff"))


def test_before_signing_in_the_browser_remembers_the_language(db: None) -> None:
    client = Client()

    client.post(reverse("identity:set_language"), {"language": "en", "next": reverse("account_login")})

    assert "Sign in" in words(client.get(reverse("account_login")))
    assert "Đăng nhập" in words(Client().get(reverse("account_login")))


def test_single_keys_are_switched_off_and_on_again(person: Account) -> None:
    client = signed_in("staff")
    choose(client, "set_single_keys", single_keys="0")
    off = shown(client)
    choose(client, "set_single_keys", single_keys="1")

    assert 'data-single-keys="off"' in off
    assert 'data-single-keys="off"' not in shown(client)


def test_what_there_is_not_is_not_chosen(person: Account) -> None:
    client = signed_in("staff")

    choose(client, "set_theme", theme="rực rỡ")
    choose(client, "set_language", language="../../etc/passwd")

    person.refresh_from_db()
    assert (person.theme, person.language) == ("auto", "vi")


def test_the_choice_of_one_is_not_that_of_another(person: Account, ministry: Ministry) -> None:
    choose(signed_in("staff"), "set_theme", theme="dark")
    other = Client()
    other.force_login(ministry.accounts["head"])

    assert 'data-theme="auto"' in shown(other)


@pytest.mark.parametrize("what", ["set_theme", "set_single_keys", "set_language"])
@pytest.mark.parametrize("target", ["https://example.org/", "//example.org", "\\\\example.org", "javascript:alert(1)"])
def test_one_comes_back_to_this_house_alone(person: Account, what: str, target: str) -> None:
    answer = signed_in("staff").post(reverse(f"identity:{what}"), {"theme": "dark", "next": target})

    assert answer["Location"] == "/"


@pytest.mark.parametrize("what", ["set_theme", "set_single_keys"])
def test_nobody_s_settings_are_nowhere(db: None, what: str) -> None:
    answer = Client().post(reverse(f"identity:{what}"), {"theme": "dark"})

    assert answer["Location"].startswith(reverse("account_login"))
