"""`caicach account create`: the first account, and any other, from the command line."""

from __future__ import annotations

import io
from datetime import date

import pytest

from caicach.kernel.audit.models import Entry
from caicach.kernel.identity import cli, services
from caicach.kernel.identity.models import Account
from caicach.kernel.usecase.actor import SYSTEM
from caicach.kernel.usecase.errors import UseCaseError
from tests.ministry import PASSWORD, Ministry

from .signing import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(PASSWORD + "\n"))


def create(*words: str) -> int:
    return cli.main(["create", *words])


def test_the_first_operator_is_made_with_the_password_from_input(
    ministry: Ministry, typed: None, capsys: pytest.CaptureFixture[str]
) -> None:
    code = create("quan.tri", "--name", "Phạm Văn Quản", "--role", "operator", "--unit", "BNV")

    told = capsys.readouterr()
    assert code == 0
    assert "quan.tri" in told.out
    assert PASSWORD not in told.out + told.err
    assert signed_in("quan.tri").get("/van-hanh/tai-khoan/").status_code == 200


def test_it_leaves_its_trace_in_the_journal(ministry: Ministry, typed: None) -> None:
    create("quan.tri", "--role", "operator", "--unit", "BNV")

    last = Entry.objects.order_by("-id").values_list("use_case", flat=True)[:2]
    assert list(last) == ["identity.grant_role", "identity.create_account"]


@pytest.mark.parametrize(
    "words",
    [("nguoi-moi", "--role", "operator"), ("nguoi-moi", "--role", "operator", "--unit", "KHONG-CO"), ("OPERATOR",)],
    ids=["a role without a unit", "an unknown unit", "a name that is taken"],
)
def test_what_cannot_be_is_said_and_nothing_is_made(ministry: Ministry, typed: None, words: tuple[str, ...]) -> None:
    before = Account.objects.count()

    with pytest.raises(UseCaseError):
        create(*words)

    assert Account.objects.count() == before


@pytest.mark.parametrize("password", ["ngan", "matkhau2022", ""])
def test_a_weak_password_is_refused_here_too(
    ministry: Ministry, monkeypatch: pytest.MonkeyPatch, password: str
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(password + "\n"))

    with pytest.raises(UseCaseError):
        create("nguoi-moi")

    assert not Account.objects.filter(username="nguoi-moi").exists()


def test_an_account_and_its_role_are_made_together_or_not_at_all(ministry: Ministry, typed: None) -> None:
    """A unit that has ended takes no role any more."""
    services.end_unit(actor=SYSTEM, unit=ministry.units["PC"], valid_to=date(2022, 7, 1))

    with pytest.raises(UseCaseError):
        create("nguoi-moi", "--role", "staff", "--unit", "PC")

    assert not Account.objects.filter(username="nguoi-moi").exists()
