"""What happens to a task after approval: answers, progress, products, extensions, cancelling, urging."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.urls import reverse

from caicach.kernel.calendar.clock import local_date
from caicach.kernel.identity import services as identity
from caicach.kernel.usecase.actor import SYSTEM, Actor
from caicach.kernel.usecase.errors import InvalidInput, NotFound, NotPermitted
from caicach.kernel.usecase.models import OutboxEvent
from caicach.measurement.programme import queries, services
from caicach.measurement.programme.models import Plan, PlanTask, ProductState, TaskResponse, Urging
from caicach.measurement.programme.rules import TaskState
from caicach.measurement.programme.services.following import NotWaitingForAnswer
from tests.ministry import PEOPLE, Ministry

from .conftest import approved_by_leader

pytestmark = pytest.mark.django_db
TaskNamed = Callable[[str], PlanTask]


def state_of(task: PlanTask, today: date) -> str:
    return queries.with_state(PlanTask.objects.filter(pk=task.pk), today=today).get().state


def hand_in(task: PlanTask, ministry: Ministry, at, moment: str) -> None:
    with at(moment):
        services.hand_in_product(
            actor=ministry.focal, product=task.products.select_related("task__plan").get(), paper="Báo cáo 15/BC-VP"
        )


def accept(task: PlanTask, ministry: Ministry, at, moment: str) -> None:
    with at(moment):
        services.accept_product(actor=ministry.officer, product=task.products.select_related("task__plan").get())


def test_a_task_is_done_when_its_product_is_accepted_and_not_when_the_unit_says_so(
    task_named: TaskNamed, ministry: Ministry, at
) -> None:
    task = task_named("Số hóa")
    services.report_progress(actor=ministry.focal, task=task, progress=100, text="Xong")
    assert state_of(task, date(2022, 6, 9)) != TaskState.DONE_ON_TIME

    hand_in(task, ministry, at, "2022-06-09 16:00")
    accept(task, ministry, at, "2022-06-13 08:00")

    task.refresh_from_db()
    assert task.done_on == date(2022, 6, 9)
    assert state_of(task, date(2022, 6, 20)) == TaskState.DONE_ON_TIME


def test_a_product_handed_in_late_makes_the_task_done_late(task_named: TaskNamed, ministry: Ministry, at) -> None:
    task = task_named("Số hóa")

    hand_in(task, ministry, at, "2022-06-14 09:00")
    accept(task, ministry, at, "2022-06-14 10:00")

    assert state_of(task, date(2022, 6, 20)) == TaskState.DONE_LATE


def test_a_product_without_evidence_is_refused(task_named: TaskNamed, ministry: Ministry) -> None:
    product = task_named("Số hóa").products.select_related("task__plan").get()

    with pytest.raises(services.EvidenceMissing):
        services.hand_in_product(actor=ministry.focal, product=product)


def test_a_refused_product_goes_back_with_a_remark_and_can_come_again(
    task_named: TaskNamed, ministry: Ministry, at
) -> None:
    task = task_named("Số hóa")
    hand_in(task, ministry, at, "2022-06-09 16:00")
    product = task.products.select_related("task__plan").get()

    with pytest.raises(InvalidInput):
        services.refuse_product(actor=ministry.officer, product=product, remark="")
    services.refuse_product(actor=ministry.officer, product=product, remark="Thiếu chữ ký")
    product.refresh_from_db()
    assert product.state == ProductState.REFUSED

    hand_in(task, ministry, at, "2022-06-10 09:00")
    accept(task, ministry, at, "2022-06-15 09:00")
    task.refresh_from_db()
    assert task.done_on == date(2022, 6, 10)


def test_nobody_accepts_what_they_handed_in(task_named: TaskNamed, ministry: Ministry, at) -> None:
    task = task_named("Số hóa")
    hand_in(task, ministry, at, "2022-06-09 16:00")

    for who in ("focal", "head", "neighbour", "leader"):
        with pytest.raises(NotPermitted):
            services.accept_product(actor=ministry.actor(who), product=task.products.select_related("task__plan").get())


def test_the_unit_next_door_can_do_nothing(task_named: TaskNamed, ministry: Ministry) -> None:
    task = task_named("Số hóa")

    for act in (
        lambda who: services.report_progress(actor=who, task=task, progress=50),
        lambda who: services.accept_task(actor=who, task=task),
        lambda who: services.return_task(actor=who, task=task, reason="Không phải việc của chúng tôi"),
        lambda who: services.ask_extension(actor=who, task=task, new_deadline=date(2022, 7, 1), reason="Chờ"),
        lambda who: services.comment(actor=who, task=task, text="Xin chào"),
    ):
        with pytest.raises(NotPermitted):
            act(ministry.neighbour)


def test_an_extension_keeps_the_old_date_and_changes_the_rate(task_named: TaskNamed, ministry: Ministry, at) -> None:
    task = task_named("Số hóa")
    with at("2022-06-08 09:00"):
        request = services.ask_extension(
            actor=ministry.focal, task=task, new_deadline=date(2022, 7, 15), reason="Chờ hệ thống quốc gia"
        )
    assert state_of(task, date(2022, 6, 20)) == TaskState.OVERDUE

    with at("2022-06-20 09:00"):
        services.decide_extension(actor=ministry.officer, request=request, is_granted=True)

    task.refresh_from_db()
    assert (task.deadline, task.first_deadline) == (date(2022, 7, 15), date(2022, 6, 10))
    assert (request.old_deadline, request.new_deadline) == (date(2022, 6, 10), date(2022, 7, 15))
    assert state_of(task, date(2022, 6, 20)) in (TaskState.NOT_STARTED, TaskState.ON_TIME)


@pytest.mark.parametrize("day", [date(2022, 6, 10), date(2022, 5, 1)])
def test_an_extension_must_be_later(day: date, task_named: TaskNamed, ministry: Ministry) -> None:
    with pytest.raises(InvalidInput) as refused:
        services.ask_extension(actor=ministry.focal, task=task_named("Số hóa"), new_deadline=day, reason="Chờ")

    assert "10/06/2022" in refused.value.fields["new_deadline"][0]


def test_a_day_that_passed_while_the_request_waited_is_not_granted(
    task_named: TaskNamed, ministry: Ministry, at
) -> None:
    task = task_named("Số hóa")
    with at("2022-06-08 09:00"):
        request = services.ask_extension(
            actor=ministry.focal, task=task, new_deadline=date(2022, 6, 17), reason="Chờ hệ thống quốc gia"
        )

    with at("2022-06-20 09:00"):
        with pytest.raises(services.UnableToExtend, match="17/06/2022 đã qua"):
            services.decide_extension(actor=ministry.officer, request=request, is_granted=True)
        services.decide_extension(
            actor=ministry.officer, request=request, is_granted=False, remark="Ngày đề nghị đã qua"
        )

    task.refresh_from_db()
    assert task.deadline == date(2022, 6, 10)


@pytest.mark.parametrize("end", ["done", "stopped"])
def test_a_request_is_closed_with_its_task(end: str, task_named: TaskNamed, ministry: Ministry, at) -> None:
    task = task_named("Số hóa")
    with at("2022-06-08 09:00"):
        request = services.ask_extension(
            actor=ministry.focal, task=task, new_deadline=date(2022, 7, 15), reason="Chờ hệ thống quốc gia"
        )
    if end == "done":
        hand_in(task, ministry, at, "2022-06-09 09:00")
        accept(task, ministry, at, "2022-06-13 08:00")
    else:
        with at("2022-06-09 09:00"):
            asked = services.ask_to_cancel_task(actor=ministry.officer, task=task, decision="512/QĐ-BNV")
            approved_by_leader(ministry, asked)

    request.refresh_from_db()
    task.refresh_from_db()
    assert request.state == "refused"
    assert "trước khi đề nghị được trả lời" in request.remark
    assert request.decided_at is not None
    assert task.deadline == date(2022, 6, 10)


def test_taking_a_task_on_twice_keeps_the_first_day(task_named: TaskNamed, ministry: Ministry, at) -> None:
    task = task_named("Số hóa")
    with at("2022-06-01 09:00"):
        services.accept_task(actor=ministry.focal, task=task)

    with at("2022-06-05 09:00"), pytest.raises(NotWaitingForAnswer):
        services.accept_task(actor=ministry.focal, task=PlanTask.objects.select_related("plan").get(pk=task.pk))

    task.refresh_from_db()
    assert local_date(task.answered_at) == date(2022, 6, 1)


def test_a_task_is_returned_once(task_named: TaskNamed, ministry: Ministry) -> None:
    task = task_named("Số hóa")
    services.return_task(actor=ministry.focal, task=task, reason="Thuộc Trung tâm Thông tin")

    with pytest.raises(NotWaitingForAnswer):
        services.return_task(actor=ministry.head, task=task, reason="Lý do khác")

    task.refresh_from_db()
    assert task.response_reason == "Thuộc Trung tâm Thông tin"


@pytest.mark.parametrize("decision", ["accept", "refuse"])
def test_a_return_is_answered_before_the_product_is_looked_at(
    decision: str, task_named: TaskNamed, ministry: Ministry, client_of, at
) -> None:
    task = task_named("Số hóa")
    hand_in(task, ministry, at, "2022-06-01 09:00")
    with at("2022-06-01 10:00"):
        services.return_task(
            actor=ministry.focal, task=PlanTask.objects.select_related("plan").get(pk=task.pk), reason="Việc của TTTT"
        )
    product = task.products.select_related("task__plan").get()
    act = {
        "accept": lambda: services.accept_product(actor=ministry.officer, product=product),
        "refuse": lambda: services.refuse_product(actor=ministry.officer, product=product, remark="Thiếu chữ ký"),
    }[decision]

    with pytest.raises(services.ReturnNotAnswered):
        act()
    address = reverse("programme:decide_product", args=[product.pk])
    assert f'"{address}' not in client_of("officer").get(reverse("programme:task", args=[task.pk])).content.decode()

    task.refresh_from_db()
    services.keep_with_unit(actor=ministry.officer, task=task, reason="Đúng chức năng")
    product = task.products.select_related("task__plan").get()
    act()


def test_more_papers_keep_the_day_on_which_it_was_handed_in(task_named: TaskNamed, ministry: Ministry, at) -> None:
    task = task_named("Số hóa")  # due on 10/06/2022
    hand_in(task, ministry, at, "2022-06-08 09:00")

    hand_in(task, ministry, at, "2022-06-14 09:00")
    accept(task, ministry, at, "2022-06-15 09:00")

    task.refresh_from_db()
    assert (task.done_on, state_of(task, date(2022, 6, 20))) == (date(2022, 6, 8), TaskState.DONE_ON_TIME)
    assert task.products.get().evidence.count() == 2


def test_what_was_refused_is_handed_in_on_the_new_day(task_named: TaskNamed, ministry: Ministry, at) -> None:
    task = task_named("Số hóa")
    hand_in(task, ministry, at, "2022-06-08 09:00")
    with at("2022-06-09 09:00"):
        services.refuse_product(
            actor=ministry.officer, product=task.products.select_related("task__plan").get(), remark="Thiếu chữ ký"
        )

    hand_in(task, ministry, at, "2022-06-14 09:00")

    assert state_of(task, date(2022, 6, 20)) == TaskState.OVERDUE
    accept(task, ministry, at, "2022-06-15 09:00")
    assert state_of(task, date(2022, 6, 20)) == TaskState.DONE_LATE


def test_a_second_request_waits_for_the_answer_to_the_first(task_named: TaskNamed, ministry: Ministry, at) -> None:
    task = task_named("Số hóa")
    ask = {"actor": ministry.focal, "task": task, "new_deadline": date(2022, 7, 15), "reason": "Chờ"}
    with at("2022-06-07 09:00"):
        request = services.ask_extension(**ask)
        with pytest.raises(services.UnableToExtend):
            services.ask_extension(**ask)

    services.decide_extension(actor=ministry.officer, request=request, is_granted=False, remark="Không có lý do mới")
    task.refresh_from_db()
    assert task.deadline == date(2022, 6, 10)
    with pytest.raises(services.UnableToExtend):
        services.decide_extension(actor=ministry.officer, request=request, is_granted=True)


def test_a_cancelled_task_is_in_no_rate_and_takes_no_more_work(
    task_named: TaskNamed, plan: Plan, ministry: Ministry, at
) -> None:
    task = task_named("Số hóa")
    with at("2022-06-20 09:00"):
        asked = services.ask_to_cancel_task(
            actor=ministry.officer, task=task, decision="Quyết định 600/QĐ-BNV ngày 17/06/2022"
        )
        task = approved_by_leader(ministry, asked)

    progress = queries.standing(plan.tasks.all(), today=date(2022, 6, 20)).progress
    assert progress.assigned == 4
    with pytest.raises(services.TaskNotOpen):
        services.report_progress(actor=ministry.focal, task=task, progress=10)


def test_a_person_of_the_unit_is_put_in_charge_and_may_report(task_named: TaskNamed, ministry: Ministry) -> None:
    task = task_named("Số hóa")
    with pytest.raises(InvalidInput):
        services.assign_owner(actor=ministry.head, task=task, owner=ministry.accounts["neighbour"])

    services.assign_owner(actor=ministry.head, task=task, owner=ministry.accounts["staff"])
    services.report_progress(actor=ministry.staff, task=task, progress=40, text="Đã quét 4.000 hồ sơ")

    task.refresh_from_db()
    assert (task.progress, task.response) == (40, TaskResponse.ACCEPTED)


def test_lower_progress_needs_a_word(task_named: TaskNamed, ministry: Ministry) -> None:
    task = task_named("Số hóa")
    services.report_progress(actor=ministry.focal, task=task, progress=40)

    with pytest.raises(InvalidInput):
        services.report_progress(actor=ministry.focal, task=task, progress=30)


def test_urging_sends_each_unit_one_letter_with_all_its_tasks(plan: Plan, ministry: Ministry) -> None:
    ids = list(plan.tasks.values_list("pk", flat=True))

    units = services.urge(actor=ministry.officer, plan=plan, task_ids=ids)

    letters = OutboxEvent.objects.filter(name="programme.unit_urged")
    assert units == letters.count() == 3
    assert sorted(len(letter.payload["tasks"]) for letter in letters) == [1, 2, 2]
    assert Urging.objects.count() == 5


def test_the_computed_state_is_the_same_in_sql_and_in_the_rule(plan: Plan, ministry: Ministry, at) -> None:
    from caicach.measurement.programme import rules

    task = plan.tasks.first()
    hand_in(PlanTask.objects.select_related("plan").get(pk=task.pk), ministry, at, "2022-06-14 09:00")
    accept(PlanTask.objects.select_related("plan").get(pk=task.pk), ministry, at, "2022-06-14 10:00")

    for today in (date(2022, 1, 1), date(2022, 6, 10), date(2022, 6, 16), date(2022, 6, 24), date(2022, 12, 16)):
        for row in queries.with_state(plan.tasks.all(), today=today):
            dates = rules.TaskDates(row.deadline, row.soon_from, row.progress, row.done_on, row.cancelled_on)
            assert row.state == rules.task_state(dates, today=today)
        counted = queries.standing(plan.tasks.all(), today=today).progress
        expected = rules.progress(
            [
                rules.TaskDates(row.deadline, row.soon_from, row.progress, row.done_on, row.cancelled_on)
                for row in plan.tasks.all()
            ],
            today=today,
        )
        assert counted == expected


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("officer", 5),
        ("leader", 5),
        ("auditor", 5),
        ("focal", 2),
        ("head", 2),
        ("staff", 2),
        ("neighbour", 1),
        ("operator", 0),
    ],
)
def test_everyone_sees_their_own_tasks_and_no_other(who: str, seen: int, plan: Plan, ministry: Ministry) -> None:
    assert queries.visible_tasks(actor=ministry.actor(who)).count() == seen


@pytest.mark.parametrize("who", PEOPLE)
def test_who_may_act_on_a_task_is_exactly_who_sees_it_in_lists(
    who: str, plan: Plan, task_named: TaskNamed, ministry: Ministry
) -> None:
    task_named("IPv6").cooperating.add(ministry.units["PC"], ministry.units["VP"])
    PlanTask.objects.filter(title__contains="Luật").update(owner=ministry.accounts["staff"])
    PlanTask.objects.filter(title__contains="Số hóa").update(owner=ministry.accounts["staff"])
    PlanTask.objects.filter(title__contains="Công khai").update(is_dropped=True)
    actor = ministry.actor(who)

    for find in (queries.task_to_act_on, queries.task_to_speak_on):
        opened = {task for task in plan.tasks.all() if opens(actor, task, find)}
        assert set(queries.visible_tasks(actor=actor)) == opened


def opens(actor: Actor, task: PlanTask, find: Callable[..., PlanTask] = queries.task_to_act_on) -> bool:
    try:
        return find(actor=actor, pk=task.pk) == task
    except NotFound:
        return False


def test_a_draft_has_no_task_to_act_on(draft: Plan, ministry: Ministry) -> None:
    for find in (queries.task_to_act_on, queries.task_to_speak_on):
        assert not any(opens(ministry.officer, task, find) for task in draft.tasks.all())


@pytest.mark.parametrize("role", ["staff", "auditor"])
def test_who_moves_above_the_unit_is_in_charge_of_its_tasks_no_more(
    role: str, task_named: TaskNamed, ministry: Ministry, at
) -> None:
    """A role that reaches the unit from above makes nobody its member."""
    task = task_named("Số hóa")
    person = ministry.accounts["staff"]
    services.assign_owner(actor=ministry.head, task=task, owner=person)
    identity.end_role(actor=SYSTEM, assignment=person.assignments.get(), valid_to=date(2022, 6, 1))
    identity.grant_role(
        actor=SYSTEM, account=person, role=role, unit=ministry.units["BNV"], valid_from=date(2022, 6, 1)
    )

    with pytest.raises(NotPermitted):
        services.report_progress(actor=ministry.staff, task=task, progress=20)


def test_who_leaves_the_unit_is_in_charge_of_its_tasks_no_more(task_named: TaskNamed, ministry: Ministry, at) -> None:
    """The task still names the person until the unit names another."""
    task = task_named("Số hóa")
    person = ministry.accounts["staff"]
    services.assign_owner(actor=ministry.head, task=task, owner=person)
    services.report_progress(actor=ministry.staff, task=task, progress=10)
    identity.end_role(actor=SYSTEM, assignment=person.assignments.get(), valid_to=date(2022, 6, 1))
    identity.grant_role(
        actor=SYSTEM, account=person, role="staff", unit=ministry.units["TTTT"], valid_from=date(2022, 6, 1)
    )

    with pytest.raises(NotPermitted):
        services.report_progress(actor=ministry.staff, task=task, progress=20)
    with pytest.raises(NotPermitted):
        services.comment(actor=ministry.staff, task=task, text="Tôi vẫn theo dõi.")
    assert not opens(ministry.staff, task)
    assert task not in queries.visible_tasks(actor=ministry.staff)
