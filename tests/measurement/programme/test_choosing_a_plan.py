"""Several approved plans in one year: each person begins with the one that concerns them and can look at others."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from caicach.kernel.identity import queries as identity
from caicach.kernel.identity import services as identity_services
from caicach.kernel.identity.roles import Role
from caicach.kernel.usecase.actor import SYSTEM, Actor
from caicach.measurement.programme import queries, services, work
from caicach.measurement.programme.models import Plan, PlanTask
from caicach.measurement.programme.queries.plans import STRANGE, nearness
from tests.ministry import SINCE, Ministry

from .conftest import proposal

pytestmark = pytest.mark.django_db

ClientOf = Callable[[str], Client]
TODAY = date(2022, 6, 20)


@pytest.fixture(autouse=True)
def monday(at: Any) -> Any:
    with at(f"{TODAY} 09:00"):
        yield


def person(ministry: Ministry, name: str, role: Role, code: str) -> Actor:
    account = identity_services.create_account(actor=SYSTEM, username=name, full_name=f"Người {name}")
    identity_services.grant_role(
        actor=SYSTEM, account=account, role=role.value, unit=ministry.units[code], valid_from=SINCE
    )
    ministry.accounts[name] = account
    return identity.actor_of(account=account, on=TODAY)


def approved(ministry: Ministry, issuer: str, *, title: str, time: str, year: int = 2022) -> Plan:
    """With one task, which the Office leads."""
    n = Plan.objects.count()
    officer = person(ministry, f"officer-{n}", Role.REFORM_OFFICER, issuer)
    leader = person(ministry, f"leader-{n}", Role.LEADER, issuer)
    made = services.import_plan(
        actor=officer, issuer=ministry.units[issuer], proposal=proposal(f"Việc của {title}", name=f"{title}.docx")
    )
    ids = list(made.tasks.values_list("pk", flat=True))
    services.paste_rows(actor=officer, plan=made, replace=ids, rows=[{"field": "the_che", "lead": "VP", "time": time}])
    Plan.objects.filter(pk=made.pk).update(title=title, year=year)
    made.refresh_from_db()
    services.submit(actor=officer, plan=made)
    done: Plan = services.approve(actor=leader, plan=made)
    return done


@pytest.fixture
def ministry_plan(plan: Plan) -> Plan:
    Plan.objects.filter(pk=plan.pk).update(title="Kế hoạch của Bộ", approved_at="2022-01-05T08:00:00+07:00")
    plan.refresh_from_db()
    return plan


@pytest.fixture
def office_plan(ministry_plan: Plan, ministry: Ministry) -> Plan:
    """Approved after the ministry's, by the Office's own leader."""
    return approved(ministry, "VP", title="Kế hoạch của Văn phòng", time="10/12/2022")


def overview(client: Client, **query: Any) -> str:
    answer = client.get(reverse("programme:dashboard"), query)
    assert answer.status_code == 200
    return answer.content.decode()


def shown_plan(html: str) -> str:
    found = re.search(r'<a href="(/ke-hoach/\d+/)">', html)
    assert found is not None
    return found[1]


def address_of(plan: Plan) -> str:
    return reverse("programme:plan", args=[plan.pk])


# --- which plan comes first ---


@pytest.mark.parametrize("who", ["leader", "officer", "neighbour", "auditor"])
def test_a_plan_of_another_unit_is_not_taken_for_one_s_own(
    who: str, ministry_plan: Plan, office_plan: Plan, client_of: ClientOf
) -> None:
    assert shown_plan(overview(client_of(who))) == address_of(ministry_plan)


@pytest.mark.parametrize("who", ["head", "focal", "staff"])
def test_who_works_in_a_unit_with_a_plan_of_its_own_begins_with_that(
    who: str, office_plan: Plan, client_of: ClientOf
) -> None:
    assert shown_plan(overview(client_of(who))) == address_of(office_plan)


def test_of_two_plans_of_one_issuer_the_first_comes_first(
    ministry_plan: Plan, ministry: Ministry, client_of: ClientOf
) -> None:
    second = approved(ministry, "BNV", title="Kế hoạch bổ sung", time="31/12/2022")
    html = overview(client_of("leader"))

    assert shown_plan(html) == address_of(ministry_plan)
    assert "2 nhiệm vụ quá hạn" in html
    assert f"ke-hoach={second.pk}" in html


def test_who_has_no_plan_above_sees_what_stands_beneath(ministry: Ministry, client_of: ClientOf) -> None:
    made = approved(ministry, "VP", title="Kế hoạch của Văn phòng", time="10/12/2022")

    assert shown_plan(overview(client_of("leader"))) == address_of(made)


def test_a_plan_next_door_alone_is_no_plan_of_one_s_own_but_opens_when_chosen(
    ministry: Ministry, client_of: ClientOf
) -> None:
    made = approved(ministry, "VP", title="Kế hoạch của Văn phòng", time="10/12/2022")

    html = overview(client_of("neighbour"))
    assert "Chưa có kế hoạch nào của đơn vị bạn hoặc của cấp trên được duyệt" in html
    assert work.figures_card(ministry.neighbour, TODAY) is None
    assert shown_plan(overview(client_of("neighbour"), **{"ke-hoach": made.pk})) == address_of(made)


def test_a_year_without_a_plan_shows_the_latest(ministry_plan: Plan, client_of: ClientOf) -> None:
    assert shown_plan(overview(client_of("leader"), nam=2025)) == address_of(ministry_plan)


def test_a_stand_in_begins_with_the_plan_of_the_own_unit(
    office_plan: Plan, ministry_plan: Plan, ministry: Ministry, client_of: ClientOf
) -> None:
    identity_services.delegate(
        actor=SYSTEM,
        giver=ministry.accounts["head"],
        receiver=ministry.accounts["neighbour"],
        valid_from=TODAY,
        valid_to=date(2022, 6, 25),
    )

    assert shown_plan(overview(client_of("neighbour"))) == address_of(ministry_plan)


@pytest.mark.parametrize(
    ("issuer", "expected"),
    [("/1/", (0, 2, 2)), ("/1/5/", (0, 1, 3)), ("/1/5/7/", (0, 0, 4)), ("/1/5/7/9/", (1, 5, 0)), ("/1/50/", STRANGE)],
    ids=["the ministry", "the unit above", "the own unit", "a group beneath", "the unit next door"],
)
def test_the_nearest_issuer_upwards_comes_first(issuer: str, expected: tuple[int, int, int]) -> None:
    assert nearness(issuer, ["/1/5/7/"]) == expected


# --- choosing another ---


def test_the_page_offers_every_plan_of_the_year_and_says_which_is_shown(
    ministry_plan: Plan, office_plan: Plan, client_of: ClientOf
) -> None:
    html = overview(client_of("leader"))

    assert "Kế hoạch năm 2022 (2)" in html
    menu = html[html.index("Kế hoạch năm 2022 (2)") :]
    assert re.search(rf'href="[^"]*nam=2022&amp;ke-hoach={ministry_plan.pk}" aria-current="true"', menu)
    assert f'href="{reverse("programme:dashboard")}?nam=2022&amp;ke-hoach={office_plan.pk}"' in menu
    assert "Bộ Nội vụ ban hành" in html


def test_one_plan_leaves_nothing_to_choose(ministry_plan: Plan, client_of: ClientOf) -> None:
    html = overview(client_of("leader"))

    assert "ke-hoach=" not in html
    assert "Kế hoạch năm 2022 (" not in html


def test_every_figure_of_the_chosen_plan_opens_its_rows(
    ministry_plan: Plan, office_plan: Plan, client_of: ClientOf
) -> None:
    client = client_of("leader")
    html = overview(client, **{"ke-hoach": office_plan.pk})

    assert shown_plan(html) == address_of(office_plan)
    figures = re.findall(r'<a class="cc-fig[^"]*" href="(/ke-hoach/nhiem-vu/\?[^"]+)"[^>]*>(\d+)(?:/(\d+))?</a>', html)
    assert figures
    for address, number, of in figures:
        assert f"plan={office_plan.pk}&amp;" in address
        rows = client.get(address.replace("&amp;", "&")).content.decode().count("<tr data-row")
        assert rows == int(of or number), address


def test_every_link_of_the_page_stays_with_the_chosen_plan(
    ministry_plan: Plan, office_plan: Plan, client_of: ClientOf
) -> None:
    client = client_of("leader")
    chosen = f"ke-hoach={office_plan.pk}"
    html = overview(client, **{"ke-hoach": office_plan.pk})

    for more in ("don-vi=VP", "xem=bang-so", "vi-sao=qua-han"):
        address = next(link for link in re.findall(r'href="([^"]+)"', html) if more in link)
        assert chosen in address
        assert shown_plan(client.get(address.replace("&amp;", "&")).content.decode()) == address_of(office_plan)
    unit_page = overview(client, **{"ke-hoach": office_plan.pk, "don-vi": "VP"})
    assert f'href="{reverse("programme:dashboard")}?nam=2022&amp;{chosen}"' in unit_page  # all units


def test_the_page_of_a_unit_shows_its_tasks_of_the_chosen_plan_alone(
    ministry_plan: Plan, office_plan: Plan, client_of: ClientOf
) -> None:
    own, wide = (overview(client_of("head"), **{"ke-hoach": plan.pk}) for plan in (office_plan, ministry_plan))

    assert "Việc của Kế hoạch của Văn phòng" in own
    assert "Số hóa kết quả giải quyết thủ tục" not in own
    assert "Số hóa kết quả giải quyết thủ tục" in wide
    assert "Việc của Kế hoạch của Văn phòng" not in wide


@pytest.mark.parametrize("asked", ["draft", "9" * 30, "999999"])
def test_what_is_no_approved_plan_is_not_shown(
    asked: str, ministry_plan: Plan, ministry: Ministry, client_of: ClientOf
) -> None:
    draft = services.import_plan(
        actor=ministry.officer, issuer=ministry.units["BNV"], proposal=proposal("Việc mới", name="moi.docx")
    )
    answer = client_of("leader").get(
        reverse("programme:dashboard"), {"ke-hoach": draft.pk if asked == "draft" else asked}
    )

    # A number that no id can be is no choice at all.
    assert answer.status_code == (200 if len(asked) == 30 else 404)


def test_the_card_in_my_work_leads_to_the_plan_it_counts(
    ministry_plan: Plan, office_plan: Plan, ministry: Ministry, client_of: ClientOf
) -> None:
    card = work.figures_card(ministry.officer, TODAY)
    html = client_of("focal").get("/viec-cua-toi/").content.decode()

    assert card is not None
    assert card["figures"]["progress"].assigned == 5
    assert card["dashboard_url"].endswith(f"?nam=2022&ke-hoach={ministry_plan.pk}")
    assert "Kế hoạch 2022 của Văn phòng Bộ" in html
    assert "Năm này còn 1 kế hoạch khác" in html
    assert f"nam=2022&amp;ke-hoach={office_plan.pk}" in html


def numbers_beside(html: str, plan: Plan) -> list[tuple[str, int]]:
    """(address, number) of the plan's line on the card."""
    (line,) = re.findall(rf'<li><a class="cc-link" href="{address_of(plan)}">.*?</li>', html, re.DOTALL)
    return [
        (unescape(href), int(number)) for href, number in re.findall(r'cc-fig[^"]*" href="([^"]+)">(\d+)</a>', line)
    ]


@pytest.mark.parametrize(("who", "numbers"), [("leader", [0, 1]), ("head", [0, 2, 1])])
def test_the_card_has_every_plan_of_the_year_and_each_number_opens_its_rows(
    who: str, numbers: list[int], ministry_plan: Plan, office_plan: Plan, client_of: ClientOf
) -> None:
    client = client_of(who)
    html = client.get("/viec-cua-toi/").content.decode()
    nearest, other = (ministry_plan, office_plan) if who == "leader" else (office_plan, ministry_plan)

    found = numbers_beside(html, other)

    assert f"Chỉ tính kế hoạch này: {nearest.title}" in html
    assert [number for _href, number in found] == numbers
    for href, number in found:
        assert client.get(href).content.decode().count("<tr data-row") == number


def test_who_has_tasks_in_another_plan_than_the_nearest_sees_how_that_one_stands(
    ministry_plan: Plan, office_plan: Plan, ministry: Ministry
) -> None:
    PlanTask.objects.filter(plan=office_plan).update(lead=ministry.units["PC"])

    card = work.figures_card(ministry.focal, TODAY)

    assert card is not None
    assert (card["plan"], card["figures"]["progress"].assigned, card["lines"]) == (ministry_plan, 2, [])
    assert card["dashboard_url"].endswith(f"ke-hoach={ministry_plan.pk}")


@pytest.mark.parametrize("more", [0, 8])
def test_the_choice_takes_two_queries_however_many_plans(
    more: int, ministry_plan: Plan, office_plan: Plan, ministry: Ministry, django_assert_num_queries: Any
) -> None:
    for n in range(more):
        office_plan.pk, office_plan.number = None, f"{n + 10}/KH-VP"
        office_plan.save()

    leader = ministry.leader

    # 1. the places of the own units  2. approved plans with their issuers
    with django_assert_num_queries(2):
        choice = queries.plan_choice(actor=leader, year=2022)
    assert choice is not None
    assert (choice.plan, len(choice.of_year)) == (ministry_plan, more + 2)


# --- what of a plan is open ---


def test_an_approved_plan_of_another_unit_is_read_by_all_its_tasks_open_to_few(
    office_plan: Plan, ministry: Ministry, client_of: ClientOf
) -> None:
    """A plan is a paper of the house; what is told on the page of a task is not."""
    neighbour, task = client_of("neighbour"), office_plan.tasks.get()

    assert neighbour.get(address_of(office_plan)).status_code == 200
    assert neighbour.get(reverse("programme:plan_pdf", args=[office_plan.pk, 1])).status_code == 200
    assert neighbour.get(reverse("programme:task", args=[task.pk])).status_code == 404
    assert not queries.visible_tasks(actor=ministry.neighbour).filter(plan=office_plan).exists()
