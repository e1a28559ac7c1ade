"""Who stands in for an absent person is told what that person is told, and does what that person may do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.utils.translation import override

from caicach.kernel.identity import services as identity
from caicach.kernel.identity.models import RoleAssignment
from caicach.kernel.identity.roles import Role
from caicach.kernel.jobs.worker import deliver_due
from caicach.kernel.notifications import queries as notices
from caicach.kernel.notifications.models import Notice
from caicach.kernel.usecase.actor import SYSTEM, Actor
from caicach.measurement.programme import access, queries, recipients, services, work
from caicach.measurement.programme.models import Plan, PlanTask
from tests.ministry import SINCE, Ministry

pytestmark = pytest.mark.django_db

TaskNamed = Callable[[str], PlanTask]
TODAY = date(2022, 6, 20)


@pytest.fixture(autouse=True)
def monday(at: Any) -> Iterator[None]:
    with at("2022-06-20 09:00"):
        yield


def stands_in_for(ministry: Ministry, giver: str) -> int:
    """A colleague of the office acts for that person this week, and is known as "colleague"."""
    account = identity.create_account(
        actor=SYSTEM, username="colleague", full_name="Đồng nghiệp", email="d@bnv.example"
    )
    identity.grant_role(
        actor=SYSTEM, account=account, role=Role.STAFF.value, unit=ministry.units["PC"], valid_from=SINCE
    )
    identity.delegate(
        actor=SYSTEM,
        giver=ministry.accounts[giver],
        receiver=account,
        valid_from=TODAY,
        valid_to=date(2022, 6, 25),
        reason="Nghỉ ốm",
    )
    ministry.accounts["colleague"] = account
    return account.pk


def heard(ministry: Ministry, who: str) -> list[str]:
    while deliver_due():
        pass
    with override("vi"):
        return [notices.words_of(one) for one in Notice.objects.filter(account=ministry.accounts[who]).order_by("pk")]


@pytest.fixture
def in_charge(task_named: TaskNamed, ministry: Ministry) -> PlanTask:
    """A task that one of the office's staff is in charge of."""
    services.assign_owner(actor=ministry.head, task=task_named("Số hóa"), owner=ministry.accounts["staff"])
    return task_named("Số hóa")


def test_a_plan_reaches_the_leader_and_who_acts_for_the_leader(draft: Plan, ministry: Ministry) -> None:
    colleague, leader = stands_in_for(ministry, "leader"), ministry.accounts["leader"].pk
    ids = list(draft.tasks.values_list("pk", flat=True))
    rows = [{"field": "the_che", "lead": "VP", "time": "30/09/2022"}] * len(ids)
    services.paste_rows(actor=ministry.officer, plan=draft, replace=ids, rows=rows)
    draft.refresh_from_db()
    services.submit(actor=ministry.officer, plan=draft)
    while deliver_due():
        pass

    told = Notice.objects.filter(kind="programme.plan_submitted")
    assert set(told.values_list("account", flat=True)) == {colleague, leader}
    assert not any("ốm" in f"{notice.params} {notice.about}" for notice in told)


def test_only_while_the_person_is_away(plan: Plan, ministry: Ministry) -> None:
    colleague = stands_in_for(ministry, "leader")

    days = {day: colleague in recipients.leaders(plan, on=date(2022, 6, day)) for day in (19, 20, 24, 25)}

    assert days == {19: False, 20: True, 24: True, 25: False}


def test_letters_reach_whoever_acts_for_head_or_person_in_charge(in_charge: PlanTask, ministry: Ministry) -> None:
    colleague = stands_in_for(ministry, "staff")
    unit, staff = in_charge.lead, ministry.accounts["staff"].pk
    assert unit is not None

    (_whole_unit, (own, tasks)) = recipients.of_letter(unit, [in_charge], on=TODAY)

    assert (own, tasks) == ({staff, colleague}, [in_charge])
    assert set(recipients.answering_for([in_charge], on=TODAY)) == {staff, colleague}
    assert {staff, colleague} <= recipients.workers_on(in_charge, on=TODAY)


def test_who_acts_for_the_head_is_told_of_what_is_late(plan: Plan, ministry: Ministry) -> None:
    colleague = stands_in_for(ministry, "head")

    assert recipients.heads_of(ministry.units["VP"], on=TODAY) == {ministry.accounts["head"].pk, colleague}


def test_who_left_the_unit_has_no_stand_in_there(in_charge: PlanTask, ministry: Ministry) -> None:
    colleague = stands_in_for(ministry, "staff")
    RoleAssignment.objects.filter(account=ministry.accounts["staff"]).update(valid_to=TODAY)

    assert colleague not in recipients.workers_on(in_charge, on=TODAY)
    assert colleague not in recipients.answering_for([in_charge], on=TODAY)
    assert not access.is_in_charge(ministry.actor("colleague"), in_charge)


@pytest.mark.parametrize("people", [1, 6])
def test_asking_for_them_takes_two_queries(
    people: int, in_charge: PlanTask, ministry: Ministry, django_assert_num_queries: Any
) -> None:
    for number in range(people):
        account = identity.create_account(actor=SYSTEM, username=f"p{number}", full_name=f"Người {number}")
        identity.grant_role(
            actor=SYSTEM, account=account, role=Role.UNIT_HEAD.value, unit=ministry.units["VP"], valid_from=SINCE
        )
        identity.delegate(
            actor=SYSTEM,
            giver=account,
            receiver=ministry.accounts["neighbour"],
            valid_from=TODAY,
            valid_to=date(2022, 7, 1),
        )

    with django_assert_num_queries(2):
        recipients.answering_for([in_charge], on=TODAY)
    with django_assert_num_queries(2):
        recipients.of_letters([in_charge], on=TODAY)


# --- acting ---


def test_who_acts_for_the_person_in_charge_does_that_work(in_charge: PlanTask, ministry: Ministry) -> None:
    stands_in_for(ministry, "staff")
    colleague = ministry.actor("colleague")

    services.report_progress(actor=colleague, task=in_charge, progress=30, text="Đã số hóa ba phần mười")

    assert in_charge.notes.get().by == ministry.accounts["colleague"]
    rows = [(item.title, item.group_key) for item in work.items(colleague, TODAY)]
    assert rows == [(in_charge.title, work.LEAD)]
    assert work.count(colleague, TODAY) == 1


def test_the_journal_names_both(in_charge: PlanTask, ministry: Ministry) -> None:
    from caicach.kernel.audit import queries as journal

    stands_in_for(ministry, "staff")
    services.report_progress(actor=ministry.actor("colleague"), task=in_charge, progress=30)

    author = journal.history_of("programme.plantask", str(in_charge.pk), limit=1)[0].author
    assert (author.name, author.on_behalf_of) == ("Đồng nghiệp", ministry.accounts["staff"].full_name)


def test_it_is_over_when_the_person_is_back(in_charge: PlanTask, ministry: Ministry) -> None:
    stands_in_for(ministry, "staff")
    back = ministry.actor("colleague", on=date(2022, 6, 25))

    assert not access.can_report(back, task=in_charge)
    assert not queries.visible_tasks(actor=back).filter(pk=in_charge.pk).exists()


def test_each_task_and_all_at_once_are_asked_alike(in_charge: PlanTask, plan: Plan, ministry: Ministry) -> None:
    stands_in_for(ministry, "staff")
    people: list[Actor] = [ministry.actor(name) for name in ministry.accounts]

    for actor in people:
        at_once = set(PlanTask.objects.filter(access.in_charge(actor)).values_list("pk", flat=True))
        assert at_once == {task.pk for task in plan.tasks.all() if access.is_in_charge(actor, task)}


def test_naming_a_person_tells_the_stand_in_in_words_of_their_own(task_named: TaskNamed, ministry: Ministry) -> None:
    stands_in_for(ministry, "staff")

    services.assign_owner(actor=ministry.head, task=task_named("Số hóa"), owner=ministry.accounts["staff"])

    assert "Bạn phụ trách nhiệm vụ này" in heard(ministry, "staff")
    told = heard(ministry, "colleague")
    assert "Bạn làm thay người phụ trách nhiệm vụ này" in told
    assert "Bạn phụ trách nhiệm vụ này" not in told
