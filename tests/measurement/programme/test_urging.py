"""Urging from where a number of late tasks opens: who would get what, and back to the same list."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from caicach.kernel.identity import services as identity
from caicach.kernel.identity.models import Account
from caicach.kernel.identity.roles import Role
from caicach.kernel.jobs import worker
from caicach.kernel.jobs.models import Job, JobState
from caicach.kernel.notifications.models import Notice
from caicach.kernel.notifications.queries import words_of
from caicach.kernel.usecase.actor import SYSTEM
from caicach.kernel.usecase.models import OutboxEvent
from caicach.measurement.programme import services
from caicach.measurement.programme.models import Plan, PlanTask, Urging
from tests.ministry import SINCE, Ministry

from .conftest import proposal

pytestmark = pytest.mark.django_db

TaskNamed = Callable[[str], PlanTask]
ClientOf = Callable[[str], Client]


@pytest.fixture(autouse=True)
def monday(at: Any) -> Any:
    with at("2022-06-20 09:00"):
        yield


def plan_of_one_task(ministry: Ministry, *, title: str, issuer: str, lead: str) -> Plan:
    made = services.import_plan(
        actor=ministry.officer,
        issuer=ministry.units[issuer],
        proposal=replace(proposal(f"Việc của {title}", name=f"{title}.docx"), title=title),
    )
    services.paste_rows(
        actor=ministry.officer,
        plan=made,
        replace=list(made.tasks.values_list("pk", flat=True)),
        rows=[{"field": "chinh_phu_so", "lead": lead, "time": "17/06/2022"}],
    )
    made.refresh_from_db()
    services.submit(actor=ministry.officer, plan=made)
    approved: Plan = services.approve(actor=ministry.leader, plan=made)
    return approved


@pytest.fixture
def digital(ministry: Ministry) -> Plan:
    """A second approved plan, with one task of the Office."""
    return plan_of_one_task(ministry, title="Kế hoạch chuyển đổi số năm 2022", issuer="BNV", lead="VP")


def late_list(plan: Plan) -> str:
    return f"{reverse('programme:tasks')}?plan={plan.pk}&state=overdue"


def preview(client: Client, *tasks: PlanTask, back: str = "") -> str:
    answer = client.get(reverse("programme:urge"), {"chon": [task.pk for task in tasks], "ve": back})
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def letters_in(html: str) -> list[str]:
    return re.findall(r'<section class="mt-4".*?</section>', html)


def test_the_list_that_a_late_number_opens_lets_the_officer_urge(plan: Plan, client_of: ClientOf) -> None:
    officer = client_of("officer")
    overview = officer.get(reverse("programme:dashboard") + "?nam=2022").content.decode()
    assert late_list(plan).replace("&", "&amp;") in overview

    html = officer.get(late_list(plan)).content.decode()

    assert html.count('name="chon"') == 2  # the two that are late
    assert f'action="{reverse("programme:urge")}"' in html
    assert f'name="ve" value="{late_list(plan)}"'.replace("&", "&amp;") in html


def work_to_the_end() -> None:
    """A worker that a slow machine took for dead leaves its work to the next one."""
    assert worker.work_once() == 0
    if Job.objects.filter(state__in=[JobState.WAITING, JobState.RUNNING]).exists():
        worker.work_once()


@pytest.mark.django_db(transaction=True)
def test_the_words_of_the_letter_are_read_before_it_goes_out(
    ministry: Ministry, task_named: TaskNamed, client_of: ClientOf, mailoutbox: Any
) -> None:
    tasks = [task_named("Số hóa"), task_named("Công khai")]
    before = unescape(
        client_of("officer").get(reverse("programme:urge"), {"chon": [t.pk for t in tasks]}).content.decode()
    )

    services.urge(actor=ministry.officer, plan=tasks[0].plan, task_ids=[task.pk for task in tasks])
    assert worker.work_once() == 0

    told = Notice.objects.get(account=ministry.accounts["head"], kind="programme.urged")
    (mail,) = [mail for mail in mailoutbox if mail.to == [ministry.accounts["head"].email]]
    assert f"<strong>{words_of(told)}</strong>" in before
    assert told.about in before
    assert f"<strong>{mail.subject}</strong>" in before
    assert f'<p class="cc-letter-body">{mail.body}</p>' in before
    late, continuous = tasks
    assert f"- {late.number} {late.title} (hạn {late.deadline:%d/%m/%Y})\n" in mail.body
    assert f"- {continuous.number} {continuous.title}\n" in mail.body


@pytest.mark.django_db(transaction=True)
def test_a_letter_leads_to_its_tasks_and_to_no_others(
    plan: Plan, ministry: Ministry, task_named: TaskNamed, client_of: ClientOf, mailoutbox: Any
) -> None:
    tasks = [task_named("Số hóa"), task_named("Công khai")]
    services.urge(actor=ministry.officer, plan=plan, task_ids=[task.pk for task in tasks])
    work_to_the_end()

    told = Notice.objects.get(account=ministry.accounts["head"], kind="programme.urged")
    html = client_of("head").get(told.url).content.decode()

    shown = set(re.findall(r'href="/ke-hoach/nhiem-vu/(\d+)/"', html))
    assert shown == {str(task.pk) for task in tasks}
    assert "Nhiệm vụ trong thư: 2" in html
    assert mailoutbox
    assert "chưa đọc" not in "".join(mail.body for mail in mailoutbox)


@pytest.mark.parametrize("who", ["leader", "focal", "head", "staff", "auditor"])
def test_nobody_else_is_offered_to_urge(who: str, plan: Plan, client_of: ClientOf) -> None:
    html = client_of(who).get(late_list(plan)).content.decode()

    assert reverse("programme:urge") not in html


def test_the_page_of_a_unit_urges_it_about_all_that_is_late(
    plan: Plan, task_named: TaskNamed, client_of: ClientOf
) -> None:
    address = f"{reverse('programme:dashboard')}?nam=2022&don-vi=VP"
    late = task_named("Số hóa")
    PlanTask.objects.bulk_create(
        PlanTask(plan=plan, title=f"Việc {n}", number=f"X{n}", lead=late.lead, field=late.field, deadline=late.deadline)
        for n in range(60)
    )
    officer = client_of("officer")

    way = re.search(rf'href="({reverse("programme:urge")}[^"]+)"', officer.get(address).content.decode())
    assert way is not None
    html = officer.get(unescape(way[1])).content.decode()

    assert len(re.findall(r'name="chon" value="\d+"', html)) == 61
    assert task_named("IPv6").title not in html
    assert reverse("programme:urge") not in client_of("leader").get(address).content.decode()


def test_late_tasks_beyond_one_sending_are_told_and_led_on_to(
    plan: Plan, task_named: TaskNamed, client_of: ClientOf, monkeypatch: Any
) -> None:
    monkeypatch.setattr(services, "MOST_AT_ONCE", 1)
    officer = client_of("officer")

    first = officer.get(reverse("programme:urge"), {"qua-han": "1"}).content.decode()
    assert "1 trên 2 nhiệm vụ quá hạn" in first
    assert task_named("Số hóa").title in first, "the longest late first"


def test_of_all_late_tasks_those_that_wait_for_the_officer_are_not_urged_about(
    ministry: Ministry, task_named: TaskNamed, client_of: ClientOf
) -> None:
    services.return_task(actor=ministry.focal, task=task_named("Số hóa"), reason="Không đúng chức năng")

    html = client_of("officer").get(reverse("programme:urge"), {"qua-han": "1"}).content.decode()

    assert task_named("IPv6").title in html
    assert task_named("Số hóa").title not in html


def test_urging_starts_from_my_work_about_one_task_or_all(
    plan: Plan, task_named: TaskNamed, client_of: ClientOf
) -> None:
    officer, address, home = client_of("officer"), reverse("programme:urge"), "/viec-cua-toi/"
    late = task_named("IPv6")
    before = officer.get(home).content.decode()
    assert f'href="{address}?chon={late.pk}&amp;ve=%2Fviec-cua-toi%2F"' in before
    assert f'href="{address}?qua-han=1&amp;ve=%2Fviec-cua-toi%2F"' in before
    assert "2 nhiệm vụ quá hạn đang chờ 2 đơn vị" in before
    assert address not in client_of("focal").get(home).content.decode()

    answer = officer.post(address, {"chon": [late.pk], "ve": home})

    assert answer.headers["Location"] == home
    after = officer.get(home).content.decode()
    assert "đã đôn đốc hôm nay" in after
    assert f"{address}?chon={late.pk}&" not in after


def test_before_sending_one_reads_who_gets_which_tasks(
    ministry: Ministry, task_named: TaskNamed, client_of: ClientOf
) -> None:
    office, centre = task_named("Số hóa"), task_named("IPv6")
    services.assign_owner(actor=ministry.focal, task=task_named("Công khai"), owner=ministry.accounts["staff"])

    html = preview(client_of("officer"), office, task_named("Công khai"), centre)

    assert "Đôn đốc 2 đơn vị?" in html
    assert "tất cả 3 nhiệm vụ" in html
    letters = letters_in(html)
    of_office = next(letter for letter in letters if "Văn phòng Bộ" in letter)
    of_centre = next(letter for letter in letters if "Trung tâm Thông tin" in letter)
    for name in ("head", "focal"):
        assert f"Người giữ vai {name}" in of_office
    assert f"chỉ nhiệm vụ {task_named('Công khai').number}" in of_office  # the person in charge of one
    assert office.title in of_office
    assert centre.title not in of_office
    assert "Người giữ vai neighbour" in of_centre
    assert not Urging.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_whom_the_preview_names_is_told_and_nobody_else(
    ministry: Ministry, task_named: TaskNamed, client_of: ClientOf
) -> None:
    tasks = [task_named("Số hóa"), task_named("Công khai"), task_named("IPv6"), task_named("Góp ý")]
    services.assign_owner(actor=ministry.focal, task=tasks[1], owner=ministry.accounts["staff"])
    html = preview(client_of("officer"), *tasks)
    OutboxEvent.objects.all().delete()

    client_of("officer").post(reverse("programme:urge"), {"chon": [task.pk for task in tasks], "key": "k1"})
    assert worker.work_once() == 0

    told = set(Notice.objects.values_list("account__full_name", flat=True))
    assert told == {name for name in Account.objects.values_list("full_name", flat=True) if f"{name}" in _readers(html)}
    assert "Vụ Pháp chế" in html  # nobody works there yet, and the preview says so
    assert "Đơn vị này chưa có ai nhận thư" in html


def _readers(html: str) -> str:
    return " ".join(re.findall(r"Người nhận:.*?</p>", html))


def test_a_unit_with_late_tasks_of_two_plans_gets_a_letter_for_each(
    plan: Plan, digital: Plan, task_named: TaskNamed, client_of: ClientOf
) -> None:
    officer, tasks = client_of("officer"), [task_named("Số hóa"), digital.tasks.get()]
    html = preview(officer, *tasks)

    letters = letters_in(html)
    assert [(len(re.findall(r"<h3[^>]*>Văn phòng Bộ", each)), each.count("<li>")) for each in letters] == [
        (1, 1),
        (1, 1),
    ]
    assert plan.title in letters[0]
    assert digital.title in letters[1]
    assert "Đôn đốc 1 đơn vị?" in html
    assert "mỗi kế hoạch một thư" in html
    assert "Gửi 2 thư đôn đốc" in html
    OutboxEvent.objects.all().delete()

    answer = officer.post(
        reverse("programme:urge"), {"chon": [task.pk for task in tasks], "ve": late_list(plan)}, follow=True
    )

    told = OutboxEvent.objects.filter(name="programme.unit_urged")
    assert {event.payload["plan"] for event in told} == {plan.pk, digital.pk}
    assert len(told) == 2
    assert json.dumps("Đã gửi 2 thư đôn đốc.") in answer.content.decode()


def test_letters_of_one_plan_do_not_name_it(plan: Plan, task_named: TaskNamed, client_of: ClientOf) -> None:
    html = preview(client_of("officer"), task_named("Số hóa"), task_named("IPv6"))

    assert "mỗi kế hoạch một thư" not in html
    assert len(letters_in(html)) == 2
    assert not [letter for letter in letters_in(html) if plan.title in letter]


def test_when_one_plan_is_refused_one_reads_what_went_out_and_what_not(
    plan: Plan, digital: Plan, ministry: Ministry, task_named: TaskNamed, client_of: ClientOf
) -> None:
    """Between the preview and the sending the last chosen task of the second plan was finished."""
    finished = digital.tasks.select_related("plan").get()
    product = finished.products.get()
    services.hand_in_product(actor=ministry.focal, product=product, paper="15/BC-VP")
    services.accept_product(actor=ministry.officer, product=product)
    sent = {"chon": [finished.pk, task_named("Số hóa").pk], "ve": late_list(plan), "key": "k1"}

    html = client_of("officer").post(reverse("programme:urge"), sent, follow=True).content.decode()

    assert Urging.objects.get().plan == plan
    assert json.dumps("Đã gửi 1 thư đôn đốc.") in html
    assert (
        json.dumps(
            "Không gửi thư nào của “Kế hoạch chuyển đổi số năm 2022”. "
            "Không có nhiệm vụ đã chọn nào cần đôn đốc: đã xong, đã dừng, đang chờ nghiệm thu, đã trả lại, "
            "chưa có đơn vị chủ trì, hoặc hôm nay đã đôn đốc."
        )
        in html
    )


def test_a_chosen_task_about_which_others_urge_is_left_out_and_said(
    plan: Plan, ministry: Ministry, task_named: TaskNamed, client_of: ClientOf
) -> None:
    """The focal point of the Office steers the Office's own plan, and is offered to take on tasks of the ministry's."""
    identity.grant_role(
        actor=SYSTEM,
        account=ministry.accounts["focal"],
        role=Role.REFORM_OFFICER.value,
        unit=ministry.units["VP"],
        valid_from=SINCE,
    )
    own = plan_of_one_task(ministry, title="Kế hoạch của Văn phòng", issuer="VP", lead="VP").tasks.get()
    foreign, focal = task_named("Số hóa"), client_of("focal")

    html = preview(focal, own, foreign)

    assert "Gửi 1 thư đôn đốc" in html
    assert f"Kế hoạch do người khác đôn đốc: {foreign.number} {foreign.title}" in html
    assert f'name="chon" value="{foreign.pk}"' not in html
    assert focal.get(reverse("programme:urge"), {"chon": foreign.pk}).status_code == 403
    assert focal.post(reverse("programme:urge"), {"chon": [own.pk, foreign.pk]}).status_code == 403
    assert not Urging.objects.exists()


def test_what_is_finished_is_left_out_and_said(ministry: Ministry, task_named: TaskNamed, client_of: ClientOf) -> None:
    done, late = task_named("Số hóa"), task_named("IPv6")
    product = done.products.get()
    services.hand_in_product(actor=ministry.focal, product=product, paper="15/BC-VP")
    services.accept_product(actor=ministry.officer, product=product)

    html = preview(client_of("officer"), done, late)

    assert "Đôn đốc 1 đơn vị?" in html
    assert "Không gửi về 1 nhiệm vụ đã chọn" in html
    assert f'name="chon" value="{done.pk}"' not in html


def test_after_sending_one_is_back_at_the_same_filter(
    plan: Plan, task_named: TaskNamed, client_of: ClientOf, at: Any
) -> None:
    officer = client_of("officer")
    sent = {"chon": [task_named("Số hóa").pk, task_named("IPv6").pk], "ve": late_list(plan), "key": "k1"}

    answer = officer.post(reverse("programme:urge"), sent)
    officer.post(reverse("programme:urge"), sent)

    assert answer.headers["Location"] == late_list(plan)
    assert Urging.objects.count() == 2  # sending twice what is one act urges once
    with at("2022-06-21 08:00"):
        again = preview(client_of("officer"), task_named("Số hóa"))
    assert "đã đôn đốc, nhắc gần nhất ngày 20/06/2022" in again


def test_one_is_never_led_off_to_a_foreign_site(plan: Plan, task_named: TaskNamed, client_of: ClientOf) -> None:
    answer = client_of("officer").post(
        reverse("programme:urge"), {"chon": [task_named("IPv6").pk], "ve": "https://example.com/", "key": "k"}
    )

    assert answer.headers["Location"] == reverse("programme:tasks")


def test_the_preview_costs_the_same_for_many_tasks(
    plan: Plan, client_of: ClientOf, django_assert_max_num_queries: Any
) -> None:
    from caicach.measurement.programme.queries.urging import letters

    tasks = list(plan.tasks.select_related("lead"))
    with django_assert_max_num_queries(8):
        letters(tasks, today=plan.approved_at.date())


def test_what_was_handed_in_waits_for_no_unit(task_named: TaskNamed, ministry: Ministry, client_of: ClientOf) -> None:
    task = task_named("Số hóa")
    product = task.products.get()
    services.hand_in_product(actor=ministry.focal, product=product, paper="Công văn số 15/VP ngày 01/6/2022")

    shown = preview(client_of("officer"), task, task_named("IPv6"))

    assert len(letters_in(shown)) == 1
    assert "Số hóa" not in letters_in(shown)[0]
    assert "đang chờ nghiệm thu" in shown
    with pytest.raises(services.NothingToUrge):
        services.urge(actor=ministry.officer, plan=task.plan, task_ids=[task.pk])


def test_nobody_is_urged_about_one_task_twice_a_day(
    task_named: TaskNamed, ministry: Ministry, client_of: ClientOf, at: Any
) -> None:
    task = task_named("IPv6")
    services.urge(actor=ministry.officer, plan=task.plan, task_ids=[task.pk])

    assert letters_in(preview(client_of("officer"), task)) == []
    with pytest.raises(services.NothingToUrge):
        services.urge(actor=ministry.officer, plan=task.plan, task_ids=[task.pk])
    with at("2022-06-21 08:00"):
        assert services.urge(actor=ministry.officer, plan=task.plan, task_ids=[task.pk]) == 1
