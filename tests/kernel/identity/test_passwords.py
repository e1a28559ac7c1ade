"""Which passwords are taken, and that a person gets in with what they chose (QUALITY A5)."""

from __future__ import annotations

import unicodedata

import pytest
from django.contrib.auth.hashers import get_hasher
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from caicach.config import settings as product
from caicach.kernel.identity.models import Account
from caicach.kernel.identity.passwords import fresh_password
from tests.ministry import PASSWORD

from .signing import is_in, sign_in, signed_in, words

ACCENTED = "Đường về quê rợp bóng tre"


def refusals(password: str, account: Account | None = None) -> list[str]:
    try:
        validate_password(password, account)
    except ValidationError as error:
        return [found.code for found in error.error_list]
    return []


@pytest.mark.parametrize(
    ("password", "refusal"),
    [
        ("muoi-mot-chu", None),
        ("muoi-mot-ch", "password_too_short"),
        ("x4 " * 42 + "xy", None),
        ("x4 " * 43, "too_long"),
        ("            ", None),
        ("con trâu đi trước cái cày", None),
        ("🌾🌾🌾🌾🌾🌾🌾🌾🌾🌾🌾🌾", None),
        ("password1234", "password_too_common"),
        ("caicach-2022", "house_word"),
        ("Bo-Noi-Vu-2022", "house_word"),
        ("bo noi vu lam viec o day tu lau roi", None),
        ("matkhau!!!!!", "house_word"),
    ],
)
def test_a_password_is_taken_by_length_and_by_how_easy_it_is_to_guess(password: str, refusal: str | None) -> None:
    assert refusals(password) == ([refusal] if refusal else [])


def test_ones_own_name_is_easy_to_guess() -> None:
    account = Account(username="nguyen.thi.binh", full_name="Nguyễn Thị Bình", email="binh.nt@bnv.example")

    assert refusals("nguyen.thi.binh", account) == ["password_too_similar"]
    assert refusals("Nguyễn Thị Bình", account) == ["password_too_similar"]


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(categories=["L", "M", "N", "P", "S", "Zs"]), min_size=12, max_size=128))
def test_no_mixture_of_characters_is_asked_for(password: str) -> None:
    assert set(refusals(password)) <= {"password_too_common", "house_word"}


def test_a_password_made_here_is_taken_and_never_made_twice() -> None:
    made = {fresh_password() for _ in range(200)}

    assert len(made) == 200
    assert {tuple(refusals(password)) for password in made} == {()}


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_password_with_marks_lets_in_from_whatever_keyboard_it_is_typed(person: Account, form: str) -> None:
    """Some systems send an accented letter as one character, others as a letter and its marks."""
    client = signed_in("staff")
    chosen = unicodedata.normalize(form, ACCENTED)
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": chosen, "password2": chosen})

    for typed in ("NFC", "NFD"):
        browser = Client()
        sign_in(browser, "staff", unicodedata.normalize(typed, ACCENTED))
        assert is_in(browser), f"chosen as {form}, typed as {typed}"


@pytest.mark.django_db
def test_blanks_at_both_ends_belong_to_the_password(person: Account) -> None:
    client = signed_in("staff")
    chosen = "  hai dau co khoang trong  "
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": chosen, "password2": chosen})
    with_blanks, without = Client(), Client()

    sign_in(with_blanks, "staff", chosen)
    sign_in(without, "staff", chosen.strip())

    assert is_in(with_blanks)
    assert not is_in(without)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=12, max_size=40))
def test_what_was_set_fits_and_another_does_not(password: str) -> None:
    account = Account(username="x")
    account.set_password(password)

    assert account.check_password(password)
    assert account.check_password(unicodedata.normalize("NFD", password))
    assert not account.check_password(password + "x")


def test_the_hash_is_argon2id_with_as_much_work_as_django_advises(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = product.PASSWORD_HASHERS
    account = Account(username="x")
    account.set_password(PASSWORD)

    summary = get_hasher().safe_summary(account.password)

    assert account.password.startswith("argon2$argon2id$")
    assert summary["memory cost"] >= 64 * 1024


@pytest.mark.django_db
def test_characters_that_nobody_sees_do_not_make_a_password_longer(person: Account) -> None:
    client = signed_in("staff")
    chosen = "ngan" + "\u200b" * 20

    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": chosen, "password2": chosen})

    person.refresh_from_db()
    assert person.check_password(PASSWORD)


@pytest.mark.django_db
def test_changing_it_asks_for_the_old_one(person: Account) -> None:
    client = signed_in("staff")
    new = "con-trau-di-truoc-cai-cay"

    answer = client.post(
        reverse("account_change_password"), {"oldpassword": "khong-phai-cai-cu", "password1": new, "password2": new}
    )

    assert 'aria-invalid="true"' in words(answer)
    person.refresh_from_db()
    assert person.check_password(PASSWORD)
