from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from caicach.kernel.audit.models import Entry, EntryChange, PersonalValue
from caicach.kernel.calendar import clock
from caicach.kernel.identity import services
from caicach.kernel.identity.models import Account, Delegation, RoleAssignment
from caicach.kernel.identity.roles import Role
from caicach.kernel.usecase.actor import SYSTEM
from caicach.kernel.usecase.models import OutboxEvent
from tests.ministry import PASSWORD, Ministry

from .conftest import ClientOf

pytestmark = pytest.mark.django_db

NEW_PERSON = {"full_name": "Nguyễn Thị Bình", "username": "nguyen.thi.binh", "email": ""}


def words(response: Any) -> str:
    return str(response.content.decode())


def password_on(page: str) -> str:
    found = re.search(r'id="password-once">([a-z0-9-]+)<', page)
    assert found is not None
    return found.group(1)


def address(name: str, account: Account, *more: int) -> str:
    return reverse(f"operation:{name}", args=[account.pk, *more])


# --- the list and the page -------------------------------------------------------------------------------------------


def test_the_list_names_people_with_the_roles_they_hold(client_of: ClientOf) -> None:
    page = words(client_of("operator").get(reverse("operation:accounts")))

    assert "Người giữ vai officer" in page
    assert "Chuyên viên cải cách hành chính, Bộ Nội vụ; Công chức đơn vị, Vụ Cải cách hành chính" in page


@pytest.mark.parametrize(
    ("asked", "found", "left_out"),
    [
        ("words=nguoi giu vai HEAD", "vai head", "vai focal"),
        ("role=focal_point", "vai neighbour", "vai head"),
        ("state=shut", "vai staff", "vai head"),
    ],
)
def test_the_list_is_narrowed(client_of: ClientOf, ministry: Ministry, asked: str, found: str, left_out: str) -> None:
    services.disable_account(actor=SYSTEM, account=ministry.accounts["staff"])

    page = words(client_of("operator").get(reverse("operation:accounts") + "?" + asked))

    assert found in page
    assert left_out not in page


def test_a_unit_s_people_are_those_of_its_subtree(client_of: ClientOf, ministry: Ministry) -> None:
    page = words(client_of("operator").get(f"{reverse('operation:accounts')}?unit={ministry.units['VP'].pk}"))

    assert "vai head" in page
    assert "vai neighbour" not in page


def test_an_auditor_reads_and_changes_nothing(client_of: ClientOf, ministry: Ministry) -> None:
    client = client_of("auditor")
    account = ministry.accounts["staff"]

    page = words(client.get(address("account", account)))

    assert "Công chức đơn vị" in page
    assert "Giao vai trò" not in page
    assert client.get(reverse("operation:create_account")).status_code == 403
    assert client.post(address("shut_account", account)).status_code == 403


@pytest.mark.parametrize("name", ["leader", "officer", "head", "focal", "staff"])
def test_others_have_no_business_here(client_of: ClientOf, ministry: Ministry, name: str) -> None:
    client = client_of(name)

    assert client.get(reverse("operation:accounts")).status_code == 403
    assert client.get(address("account", ministry.accounts["staff"])).status_code == 403


def test_a_page_for_nobody_is_not_found(client_of: ClientOf) -> None:
    assert client_of("operator").get(reverse("operation:account", args=[999_999])).status_code == 404


@pytest.mark.parametrize("more_roles", [0, 4])
def test_the_page_takes_as_many_queries_however_much_a_person_holds(
    client_of: ClientOf, ministry: Ministry, django_assert_max_num_queries: Any, more_roles: int
) -> None:
    account = ministry.accounts["staff"]
    for code in ("CCHC", "TCCB", "PC", "TTTT")[:more_roles]:
        services.grant_role(
            actor=SYSTEM, account=account, role=Role.STAFF, unit=ministry.units[code], valid_from=date(2022, 1, 1)
        )
    client = client_of("operator")

    # session, account, actor (3), then the page's seven, the shell's
    with django_assert_max_num_queries(16):
        client.get(address("account", account))


# --- making an account, passwords ------------------------------------------------------------------------------------


def test_a_new_account_signs_in_with_the_password_shown_once_and_chooses_its_own(client_of: ClientOf) -> None:
    made = client_of("operator").post(reverse("operation:create_account"), NEW_PERSON)
    password = password_on(words(made))
    person = Client()

    person.post(reverse("account_login"), {"login": "nguyen.thi.binh", "password": password})
    sent_on = person.get(reverse("operation:my_work"))
    own = "ba-con-cho-vang-ngoi-can"
    person.post(reverse("account_change_password"), {"oldpassword": password, "password1": own, "password2": own})

    assert sent_on.status_code == 302
    assert sent_on["Location"] == reverse("account_change_password")
    assert person.get(reverse("operation:my_work")).status_code == 200
    assert Account.objects.get(username="nguyen.thi.binh").check_password(own)


def test_a_temporary_password_opens_the_api_to_nobody(client_of: ClientOf, ministry: Ministry) -> None:
    account = ministry.accounts["focal"]
    services.give_new_password(actor=SYSTEM, account=account, password=PASSWORD)

    answer = client_of("focal").get("/api/programme/plans")

    assert answer.status_code == 401


def test_a_page_that_showed_a_password_is_not_kept_by_the_browser(client_of: ClientOf) -> None:
    made = client_of("operator").post(reverse("operation:create_account"), NEW_PERSON)

    assert "no-store" in made["Cache-Control"]


def test_the_journal_holds_no_password_and_no_hash_of_one(client_of: ClientOf, ministry: Ministry) -> None:
    password = password_on(words(client_of("operator").post(reverse("operation:create_account"), NEW_PERSON)))
    services.give_new_password(actor=SYSTEM, account=ministry.accounts["staff"], password=PASSWORD)

    kept = "".join(
        [
            *(f"{change.before}{change.after}" for change in EntryChange.objects.all()),
            *(f"{value.field}{value.before}{value.after}" for value in PersonalValue.objects.all()),
        ]
    )

    assert password not in kept
    assert "argon2" not in kept
    assert '"password"' not in kept


def test_a_sign_in_name_is_given_once_upper_and_lower_case_alike(client_of: ClientOf) -> None:
    client = client_of("operator")
    client.post(reverse("operation:create_account"), NEW_PERSON)

    again = client.post(reverse("operation:create_account"), {**NEW_PERSON, "username": "Nguyen.Thi.BINH"})

    assert again.status_code == 422
    assert "Tên đăng nhập Nguyen.Thi.BINH đã có người dùng" in words(again)
    assert Account.objects.filter(username__iexact="nguyen.thi.binh").count() == 1


def test_a_new_password_ends_the_sessions_opened_with_the_old_one(client_of: ClientOf, ministry: Ministry) -> None:
    person = client_of("staff")
    assert person.get(reverse("operation:my_work")).status_code == 200

    client_of("operator").post(address("give_new_password", ministry.accounts["staff"]))

    assert person.get(reverse("operation:my_work")).status_code == 302


def test_giving_rights_asks_for_the_password_again_and_then_goes_on(client_of: ClientOf, ministry: Ministry) -> None:
    services.give_new_password(actor=SYSTEM, account=ministry.accounts["operator"], password=PASSWORD)
    Account.objects.filter(username="operator").update(password_is_temporary=False)
    ministry.accounts["operator"].refresh_from_db()
    client = client_of("operator", proved=False)
    account = ministry.accounts["staff"]
    form = {"role": "auditor", "unit": ministry.units["BNV"].pk, "valid_from": "01/06/2022", "last_day": ""}

    asked = client.post(address("grant_role", account), form)
    before = account.assignments.filter(role="auditor").count()
    client.post(asked["Location"], {"password": PASSWORD})

    assert "reauthenticate" in asked["Location"]
    assert before == 0
    assert account.assignments.filter(role="auditor").count() == 1


# --- shutting, opening, sessions -------------------------------------------------------------------------------------


def test_a_shut_account_is_out_at_the_next_click_and_may_come_back(client_of: ClientOf, ministry: Ministry) -> None:
    person, operator, account = client_of("staff"), client_of("operator"), ministry.accounts["staff"]

    operator.post(address("shut_account", account))
    out = person.get(reverse("operation:my_work"))
    operator.post(address("open_account", account))

    assert out.status_code == 302
    account.refresh_from_db()
    assert account.is_active


def test_nobody_shuts_their_own_account(client_of: ClientOf, ministry: Ministry) -> None:
    answer = client_of("operator").post(address("shut_account", ministry.accounts["operator"]))

    assert "Người vận hành khác phải khóa giúp" in words(answer)
    ministry.accounts["operator"].refresh_from_db()
    assert ministry.accounts["operator"].is_active


def test_the_last_operator_keeps_the_role(client_of: ClientOf, ministry: Ministry) -> None:
    account = ministry.accounts["operator"]
    role = account.assignments.get()

    answer = client_of("operator").post(address("end_role", account, role.pk), {"last_day": "19/06/2022"})

    assert "người vận hành cuối cùng" in words(answer)
    role.refresh_from_db()
    assert role.valid_to is None


def test_signing_out_everywhere_ends_each_session(client_of: ClientOf, ministry: Ministry) -> None:
    account = ministry.accounts["staff"]
    account.set_password(PASSWORD)
    account.save()
    first, second = Client(), Client()
    for client in (first, second):
        client.post(reverse("account_login"), {"login": "staff", "password": PASSWORD})
        assert client.get(reverse("operation:my_work")).status_code == 200

    operator = client_of("operator")
    before = words(operator.get(address("account", account)))
    operator.post(address("end_sessions", account))

    assert before.count("Từ 127.0.0.1") == 2
    assert first.get(reverse("operation:my_work")).status_code == 302
    assert second.get(reverse("operation:my_work")).status_code == 302


# --- roles and stand-ins ---------------------------------------------------------------------------------------------


def test_a_role_is_given_for_a_period_named_by_its_last_day(client_of: ClientOf, ministry: Ministry) -> None:
    account = ministry.accounts["staff"]
    form = {
        "role": "unit_head",
        "unit": ministry.units["PC"].pk,
        "valid_from": "01/07/2022",
        "last_day": "31/12/2022",
    }

    client_of("operator").post(address("grant_role", account), form)

    held = account.assignments.get(role="unit_head")
    assert (held.valid_from, held.valid_to) == (date(2022, 7, 1), date(2023, 1, 1))


def test_who_signs_is_given_the_office_that_stands_above_the_signature(client_of: ClientOf, ministry: Ministry) -> None:
    account, operator = ministry.accounts["staff"], client_of("operator")
    form = {"role": "leader", "unit": ministry.units["BNV"].pk, "office": "Thứ trưởng", "valid_from": "01/06/2022"}

    operator.post(address("grant_role", account), form)

    assert account.assignments.get(role="leader").office == "Thứ trưởng"
    assert "Thứ trưởng" in operator.get(address("account", account)).content.decode()


def test_nobody_gives_a_role_to_themselves(client_of: ClientOf, ministry: Ministry) -> None:
    form = {"role": "leader", "unit": ministry.units["BNV"].pk, "valid_from": "01/07/2022", "last_day": ""}

    answer = client_of("operator").post(address("grant_role", ministry.accounts["operator"]), form)

    assert "Không ai tự giao vai trò cho mình" in words(answer)
    assert not ministry.accounts["operator"].assignments.filter(role="leader").exists()


def test_a_role_that_ended_yesterday_is_gone_at_the_next_click(client_of: ClientOf, ministry: Ministry) -> None:
    person = client_of("auditor")
    role = ministry.accounts["auditor"].assignments.get()
    assert person.get(reverse("operation:accounts")).status_code == 200

    yesterday = clock.today() - timedelta(days=1)
    client_of("operator").post(
        address("end_role", ministry.accounts["auditor"], role.pk), {"last_day": f"{yesterday:%d/%m/%Y}"}
    )

    assert person.get(reverse("operation:accounts")).status_code == 403


def test_a_role_given_by_mistake_leaves_only_its_trace_in_the_journal(client_of: ClientOf, ministry: Ministry) -> None:
    account = ministry.accounts["staff"]
    today = clock.today()
    role = services.grant_role(
        actor=SYSTEM, account=account, role=Role.LEADER, unit=ministry.units["BNV"], valid_from=today
    )

    client_of("operator").post(
        address("end_role", account, role.pk), {"last_day": f"{today - timedelta(days=1):%d/%m/%Y}"}
    )

    assert not RoleAssignment.objects.filter(pk=role.pk).exists()
    assert Entry.objects.filter(use_case="identity.end_role", outcome="done").count() == 1


def test_a_role_of_someone_else_is_not_found_at_this_account(client_of: ClientOf, ministry: Ministry) -> None:
    role = ministry.accounts["head"].assignments.get()

    answer = client_of("operator").get(address("end_role", ministry.accounts["staff"], role.pk))

    assert answer.status_code == 404


def test_an_operator_names_and_ends_a_stand_in(client_of: ClientOf, ministry: Ministry) -> None:
    client, account = client_of("operator"), ministry.accounts["head"]
    form = {
        "receiver": ministry.accounts["staff"].pk,
        "valid_from": "20/06/2032",
        "last_day": "24/06/2032",
        "reason": "Đi công tác",
    }

    client.post(address("name_stand_in", account), form)
    delegation = Delegation.objects.get()
    told = OutboxEvent.objects.filter(name="identity.delegated").count()
    client.post(address("end_stand_in", account, delegation.pk))

    assert delegation.last_day == date(2032, 6, 24)
    assert told == 1
    assert not Delegation.objects.exists()


def test_the_history_tells_who_did_what_to_the_account(client_of: ClientOf, ministry: Ministry) -> None:
    account = ministry.accounts["staff"]
    client = client_of("operator")
    client.post(address("edit_account", account), {"full_name": "Trần Văn Đức", "email": "duc@bnv.example"})

    page = words(client.get(address("account_history", account)))

    assert "Đã sửa tài khoản" in page
    assert "Họ và tên: Người giữ vai staff thành Trần Văn Đức" in page
    assert "Người giữ vai operator" in page
