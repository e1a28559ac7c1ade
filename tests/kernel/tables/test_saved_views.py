"""A list kept as one wants to see it again: one's own, or shared with one's unit; renamed, opened first, removed."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from caicach.kernel.audit.models import Entry
from caicach.kernel.identity import services as identity
from caicach.kernel.identity.models import RoleAssignment
from caicach.kernel.identity.roles import Role
from caicach.kernel.tables import queries, services
from caicach.kernel.tables.models import SavedView
from caicach.kernel.usecase.actor import SYSTEM
from caicach.kernel.usecase.errors import InvalidInput, NotPermitted
from caicach.measurement.programme.models import Plan
from tests.ministry import Ministry

from .reading import Seen, follow, see

pytestmark = pytest.mark.django_db

TASKS = "nhiem-vu"
LATE = "state=overdue&xep=-deadline"
ClientOf = Callable[[str], Client]


def keep(ministry: Ministry, who: str, name: str, query: str = LATE, **given: Any) -> SavedView:
    view: SavedView = services.save_view(actor=ministry.actor(who), list_key=TASKS, name=name, query=query, **given)
    return view


def names_for(ministry: Ministry, who: str, *, on: date = date(2022, 6, 20)) -> list[str]:
    return [view.name for view in queries.views_of(actor=ministry.actor(who, on=on), list_key=TASKS)]


def send(client: Client, act: str, /, *args: int, **fields: Any) -> Any:
    return client.post(reverse(f"tables:{act}", args=args), fields)


def chips(seen: Seen) -> list[str]:
    return seen.words("//nav[@aria-label='Cách xem']//a")


def test_a_kept_view_opens_the_same_rows_again(officer: Client, plan: Plan, ministry: Ministry, tasks_url: str) -> None:
    shown = see(officer, f"{tasks_url}?{LATE}&cot=title,due")

    answer = send(
        officer, "save_view", list_key=TASKS, name=" Việc trễ ", query=f"{LATE}&cot=title,due", path=tasks_url
    )
    again = follow(officer, tasks_url, see(officer, tasks_url).href_of("Việc trễ"))

    assert answer.url == f"{tasks_url}?{LATE}&cot=title,due"
    assert again.rows == shown.rows
    assert again.heads == ["Nhiệm vụ", "Hạn"]
    assert chips(again) == ["Tất cả", "Việc trễ"]


def test_a_view_is_its_keeper_s_own(plan: Plan, ministry: Ministry, client_of: ClientOf, tasks_url: str) -> None:
    keep(ministry, "officer", "Việc trễ")

    assert chips(see(client_of("leader"), tasks_url)) == ["Tất cả"]
    assert names_for(ministry, "officer") == ["Việc trễ"]


def test_a_view_of_another_list_stays_there(officer: Client, plan: Plan, ministry: Ministry) -> None:
    keep(ministry, "officer", "Việc trễ")

    assert chips(see(officer, reverse("programme:plans"))) == ["Tất cả"]


def test_the_same_name_again_replaces_the_view(ministry: Ministry, plan: Plan) -> None:
    first = keep(ministry, "officer", "Việc trễ")

    again = keep(ministry, "officer", "Việc trễ", "state=due_soon")

    assert (again.pk, again.query) == (first.pk, "state=due_soon")
    assert names_for(ministry, "officer") == ["Việc trễ"]


def test_two_people_may_use_one_name(ministry: Ministry, plan: Plan) -> None:
    keep(ministry, "officer", "Việc trễ")
    keep(ministry, "leader", "Việc trễ", "field=the_che")

    assert SavedView.objects.get(owner=ministry.accounts["officer"]).query == LATE


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, "\u200b"])
def test_a_view_needs_a_name(officer: Client, ministry: Ministry, plan: Plan, name: str) -> None:
    kept = keep(ministry, "officer", "Việc trễ")

    assert send(officer, "save_view", list_key=TASKS, name=name, query="").status_code == 422
    assert send(officer, "rename_view", kept.pk, name=name).status_code == 422
    assert names_for(ministry, "officer") == ["Việc trễ"]


@pytest.mark.parametrize("list_key", ["", "x" * 61, "khong.co"])
def test_a_list_that_cannot_be_is_refused(officer: Client, plan: Plan, list_key: str) -> None:
    assert send(officer, "save_view", list_key=list_key, name="Việc trễ", query="").status_code == 422


def test_the_views_of_every_list_of_the_product_can_be_kept(ministry: Ministry, plan: Plan) -> None:
    for key in ("nhiem-vu", "ke-hoach", "bao-cao", "tai-khoan"):
        services.save_view(actor=ministry.actor("operator"), list_key=key, name="Của tôi", query="")


def test_that_another_view_opens_first_now_is_journalled_of_both(ministry: Ministry, plan: Plan) -> None:
    before = keep(ministry, "officer", "Việc trễ", is_default=True)

    now = keep(ministry, "officer", "Sắp đến hạn", "state=due_soon", is_default=True)

    told = Entry.objects.filter(use_case="tables.save_view").latest("pk").changes
    assert json.loads(told.get(subject_id=str(before.pk)).after) == {"is_default": False}
    assert json.loads(told.get(subject_id=str(now.pk)).after)["is_default"] is True
    assert SavedView.objects.get(is_default=True) == now


def test_a_view_too_long_for_an_address_is_refused(officer: Client, plan: Plan) -> None:
    assert send(officer, "save_view", list_key=TASKS, name="Dài", query="words=" + "x" * 2000).status_code == 422


def test_fifty_views_are_enough_but_one_of_them_can_be_replaced(ministry: Ministry, plan: Plan) -> None:
    for number in range(50):
        keep(ministry, "officer", f"{number}")

    with pytest.raises(InvalidInput, match="50"):
        keep(ministry, "officer", "một nữa")
    keep(ministry, "officer", "0", "state=due_soon")


def test_a_view_is_renamed_and_shows_the_same(officer: Client, plan: Plan, ministry: Ministry, tasks_url: str) -> None:
    view = keep(ministry, "officer", "Việc trễ")

    answer = send(officer, "rename_view", view.pk, name="Quá hạn", path=tasks_url)

    assert answer.url == f"{tasks_url}?{LATE}"
    assert chips(see(officer, tasks_url)) == ["Tất cả", "Quá hạn"]
    assert Entry.objects.filter(use_case="tables.rename_view").count() == 1


def test_a_name_in_use_is_not_given_twice(officer: Client, plan: Plan, ministry: Ministry) -> None:
    keep(ministry, "officer", "Việc trễ")
    other = keep(ministry, "officer", "Sắp đến hạn", "state=due_soon")

    answer = send(officer, "rename_view", other.pk, name="Việc trễ")

    assert answer.status_code == 422
    assert "Bạn đã có cách xem mang tên này. Hãy chọn tên khác." in answer.content.decode()
    assert send(officer, "rename_view", other.pk, name="Sắp đến hạn").status_code == 302
    assert names_for(ministry, "officer") == ["Sắp đến hạn", "Việc trễ"]


def test_a_removed_view_is_gone_and_the_list_stays(
    officer: Client, plan: Plan, ministry: Ministry, tasks_url: str
) -> None:
    view = keep(ministry, "officer", "Việc trễ")

    send(officer, "remove_view", view.pk, path=tasks_url)

    assert chips(see(officer, tasks_url)) == ["Tất cả"]
    assert len(see(officer, tasks_url).rows) == 5


@pytest.mark.parametrize("act", ["rename_view", "remove_view"])
def test_no_one_changes_the_view_of_another_even_when_it_is_shared(
    client_of: ClientOf, plan: Plan, ministry: Ministry, act: str
) -> None:
    view = keep(ministry, "head", "Việc trễ", unit=ministry.units["VP"])

    assert send(client_of("focal"), act, view.pk, name="Của tôi").status_code == 404
    for service, more in ((services.rename_view, {"name": "Của tôi"}), (services.remove_view, {})):
        with pytest.raises(NotPermitted):
            service(actor=ministry.focal, view=view, **more)
    assert names_for(ministry, "focal") == ["Việc trễ"]


def test_a_shared_view_is_seen_in_the_unit_after_one_s_own_and_nowhere_else(ministry: Ministry, plan: Plan) -> None:
    keep(ministry, "head", "A chung", unit=ministry.units["VP"])
    keep(ministry, "focal", "B riêng", "state=due_soon")

    assert names_for(ministry, "focal") == ["B riêng", "A chung"]
    assert names_for(ministry, "staff") == ["A chung"]
    assert names_for(ministry, "neighbour") == []


def test_a_view_is_shared_with_one_s_own_unit_only(ministry: Ministry, plan: Plan) -> None:
    with pytest.raises(InvalidInput):
        keep(ministry, "head", "Việc trễ", unit=ministry.units["TTTT"])


def test_who_leaves_a_unit_no_longer_finds_its_views_and_keeps_the_own(ministry: Ministry, plan: Plan) -> None:
    keep(ministry, "head", "Chung", unit=ministry.units["VP"])
    keep(ministry, "focal", "Riêng")
    role = RoleAssignment.objects.get(account=ministry.accounts["focal"])
    identity.end_role(actor=SYSTEM, assignment=role, valid_to=date(2022, 6, 21))
    identity.grant_role(
        actor=SYSTEM,
        account=ministry.accounts["focal"],
        role=Role.FOCAL_POINT.value,
        unit=ministry.units["PC"],
        valid_from=date(2022, 6, 21),
    )

    assert names_for(ministry, "focal") == ["Riêng", "Chung"]
    assert names_for(ministry, "focal", on=date(2022, 6, 21)) == ["Riêng"]


def test_a_shared_view_shows_nobody_more_than_they_may_see(
    client_of: ClientOf, plan: Plan, ministry: Ministry, tasks_url: str
) -> None:
    keep(ministry, "officer", "Thể chế", "field=the_che", unit=ministry.units["BNV"])

    everything = follow(client_of("leader"), tasks_url, see(client_of("leader"), tasks_url).href_of("Thể chế"))

    assert len(everything.rows) == 2
    assert see(client_of("neighbour"), f"{tasks_url}?field=the_che").rows == []


def test_the_view_that_opens_a_list_can_be_left_for_everything(
    officer: Client, plan: Plan, ministry: Ministry, tasks_url: str
) -> None:
    keep(ministry, "officer", "Việc trễ", is_default=True)

    opened = see(officer, tasks_url)
    everything = follow(officer, tasks_url, opened.href_of("Tất cả"))
    cleared = follow(officer, tasks_url, opened.href_of("Xóa hết"))
    without = follow(officer, tasks_url, follow(officer, tasks_url, "?state=overdue").href_of("Trạng thái: Quá hạn"))

    assert [len(seen.rows) for seen in (opened, everything, cleared, without)] == [2, 5, 5, 5]
    assert everything.notes == ""


def test_one_view_opens_a_list(ministry: Ministry, plan: Plan, officer: Client, tasks_url: str) -> None:
    keep(ministry, "officer", "Việc trễ", is_default=True)
    keep(ministry, "officer", "Thể chế", "field=the_che", is_default=True)

    assert see(officer, tasks_url).applied == ["Lĩnh vực: Cải cách thể chế"]


def test_a_file_holds_what_the_opening_view_shows(
    ministry: Ministry, plan: Plan, officer: Client, tasks_url: str
) -> None:
    keep(ministry, "officer", "Việc trễ", is_default=True)

    address = see(officer, tasks_url).href_of("CSV")

    assert officer.get(tasks_url + address).content.decode().count("\r\n") == 3


def test_a_view_with_a_filter_that_is_no_more_still_opens_and_says_so(
    officer: Client, plan: Plan, ministry: Ministry, tasks_url: str
) -> None:
    keep(ministry, "officer", "Cũ", "linh_vuc=1&xep=cu&cot=cu", is_default=True)

    seen = see(officer, tasks_url)

    assert seen.status == 200
    for name in ("linh_vuc", "cu"):
        assert f"“{name}”" in seen.notes


@pytest.mark.parametrize("path", ["//xa.example/", "https://xa.example/", "javascript:alert(1)", ""])
def test_keeping_a_view_never_leads_out_of_the_house(officer: Client, plan: Plan, path: str) -> None:
    answer = send(officer, "save_view", list_key=TASKS, name="Việc trễ", query="a=1", path=path)

    assert answer.url.startswith("/?") or answer.url == "?a=1"
