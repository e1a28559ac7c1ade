"""The head of a draft, and what its targets serve: corrected by hand, by two people, through page and API."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from caicach.kernel.usecase.actor import Actor
from caicach.kernel.usecase.errors import EditConflict, InvalidInput, NotFound
from caicach.measurement.programme import services
from caicach.measurement.programme.models import NationalTarget, Plan
from tests.ministry import Ministry

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client: Client, ministry: Ministry) -> Client:
    client.force_login(ministry.accounts["officer"])
    return client


@pytest.fixture
def national(db: None) -> NationalTarget:
    return NationalTarget.objects.create(
        code="T-1", field="the_che", year=2022, subject="Tỷ lệ số hóa", operator=">=", value="60", unit="%", source="y"
    )


def sent(page: str, **changed: str) -> dict[str, str]:
    """The form as the page showed it, with what a person changed."""
    start = page.index('name="seen"')
    seen = page[start : page.index(">", start)].partition('value="')[2].partition('"')[0].replace("&quot;", '"')
    shown = {name: value or "" for name, value in json.loads(seen).items()}
    if shown["decision_date"]:
        shown["decision_date"] = date.fromisoformat(shown["decision_date"]).strftime("%d/%m/%Y")
    return {**shown, **changed, "seen": seen}


def test_what_the_reader_could_not_find_is_typed(officer: Client, draft: Plan) -> None:
    address = reverse("programme:describe", args=[draft.pk])
    form = sent(officer.get(address).content.decode(), decision_number="1368/QĐ-BNV", decision_date="31/12/2021")

    answer = officer.post(address, form)

    assert answer.url == reverse("programme:review", args=[draft.pk])
    draft.refresh_from_db()
    assert (draft.decision_number, draft.decision_date) == ("1368/QĐ-BNV", date(2021, 12, 31))
    assert "1368/QĐ-BNV" in officer.get(answer.url).content.decode()


def test_an_empty_title_is_refused_beside_its_field(officer: Client, draft: Plan) -> None:
    address = reverse("programme:describe", args=[draft.pk])

    answer = officer.post(address, sent(officer.get(address).content.decode(), title=" "))

    assert answer.status_code == 200
    assert 'aria-invalid="true"' in answer.content.decode()


def test_the_second_to_change_the_title_sees_the_first_and_then_means_it(
    officer: Client, draft: Plan, other_officer: Actor
) -> None:
    address = reverse("programme:describe", args=[draft.pk])
    mine = sent(officer.get(address).content.decode(), title="Kế hoạch của tôi")
    services.describe_plan(actor=other_officer, plan=draft, values={"title": "Kế hoạch của người khác"})

    refused = officer.post(address, mine).content.decode()
    draft.refresh_from_db()
    assert "Kế hoạch của người khác" in refused
    assert draft.title == "Kế hoạch của người khác"
    officer.post(address, sent(refused, title="Kế hoạch của tôi"))

    draft.refresh_from_db()
    assert draft.title == "Kế hoạch của tôi"


def test_a_change_of_another_field_is_no_conflict(draft: Plan, ministry: Ministry, other_officer: Actor) -> None:
    seen = {"title": draft.title, "decision_number": draft.decision_number}
    services.describe_plan(actor=other_officer, plan=draft, values={"decision_number": "7/QĐ-BNV"}, seen=seen)

    services.describe_plan(actor=ministry.actor("officer"), plan=draft, values={"title": "Tên mới"}, seen=seen)
    with pytest.raises(EditConflict):
        services.describe_plan(
            actor=ministry.actor("officer"), plan=draft, values={"decision_number": "8/QĐ-BNV"}, seen=seen
        )


@pytest.mark.parametrize(
    "values",
    [{"title": ""}, {"title": "x" * 501}, {"decision_number": "x" * 81}, {"state": "approved"}, {"year": 2023}],
)
def test_what_does_not_fit_is_refused(values: dict[str, object], draft: Plan, ministry: Ministry) -> None:
    with pytest.raises(InvalidInput):
        services.describe_plan(actor=ministry.actor("officer"), plan=draft, values=values)


def test_an_approved_plan_keeps_its_head(plan: Plan, ministry: Ministry) -> None:
    with pytest.raises(services.DraftClosed):
        services.describe_plan(actor=ministry.actor("officer"), plan=plan, values={"title": "Tên mới"})


def test_programs_change_the_head_too(officer: Client, draft: Plan) -> None:
    answer = officer.patch(
        f"/api/programme/plans/{draft.pk}/draft", {"decision_date": "2021-12-31"}, content_type="application/json"
    )

    assert answer.json()["decision_date"] == "2021-12-31"
    assert answer.json()["title"] == draft.title


# --- targets ---


def test_a_link_is_taken_away_and_the_tasks_own_number_stays(
    draft: Plan, ministry: Ministry, national: NationalTarget
) -> None:
    actor = ministry.actor("officer")
    own, bare = draft.tasks.order_by("position")[:2]
    own.targets.create(subject="Số hóa kết quả", value=60, unit="%")
    for task in (own, bare):
        services.link_target(actor=actor, plan=draft, task_id=task.pk, national=national)
        services.unlink_target(actor=actor, plan=draft, task_id=task.pk, national=national)

    assert own.targets.get().national is None
    assert not bare.targets.exists()
    services.undo(actor=actor, plan=draft)
    assert bare.targets.get().national == national


def test_a_link_that_is_not_there_cannot_be_taken_away(
    draft: Plan, ministry: Ministry, national: NationalTarget
) -> None:
    task = draft.tasks.first()
    assert task is not None
    task.targets.create(subject="Số hóa kết quả", value=60, unit="%")

    with pytest.raises(NotFound):
        services.unlink_target(actor=ministry.actor("officer"), plan=draft, task_id=task.pk, national=national)


def test_the_third_step_links_and_unlinks(officer: Client, draft: Plan, national: NationalTarget) -> None:
    address = reverse("programme:review_targets", args=[draft.pk])
    task = draft.tasks.first()
    assert task is not None
    officer.post(address, {"chon": task.pk, "target": national.code})
    assert 'name="unlink"' in officer.get(address).content.decode()

    officer.post(address, {"chon": task.pk, "target": national.code, "unlink": "1"})

    assert not task.targets.exists()


# --- submitting ---


def test_an_unfinished_plan_comes_back_to_what_it_lacks(officer: Client, draft: Plan) -> None:
    answer = officer.post(reverse("programme:submit", args=[draft.pk]), follow=True)

    assert answer.redirect_chain == [(f"{reverse('programme:review', args=[draft.pk])}?xem=con-thieu", 302)]
    page = answer.content.decode()
    assert page.count("data-grid-row=") == 3
    assert "3 nhiệm vụ còn thiếu lĩnh vực, đơn vị chủ trì hoặc thời hạn" in page


# --- what the open row keeps by itself ---


def test_typing_is_kept_without_confirming_and_only_once(officer: Client, draft: Plan) -> None:
    address = reverse("programme:review_autosave", args=[draft.pk])
    task = draft.tasks.first()
    assert task is not None
    form = {"chon": task.pk, "revision": task.revision, "title": task.title, "field": "1", "product": "Báo cáo"}

    kept = officer.post(address, form).json()
    again = officer.post(address, form | {"revision": kept["revision"]}).json()

    task.refresh_from_db()
    assert (task.product, task.is_confirmed, task.revision) == ("Báo cáo", False, kept["revision"])
    assert again["revision"] == kept["revision"]
    assert draft.steps.count() == 1


def test_typing_over_what_another_changed_is_refused(officer: Client, draft: Plan, other_officer: Actor) -> None:
    task = draft.tasks.first()
    assert task is not None
    services.edit_task(actor=other_officer, plan=draft, task_id=task.pk, cells_typed={"product": "Báo cáo khác"})

    answer = officer.post(
        reverse("programme:review_autosave", args=[draft.pk]),
        {"chon": task.pk, "revision": task.revision, "product": "Báo cáo"},
    )

    assert answer.status_code == 409
    task.refresh_from_db()
    assert task.product == "Báo cáo khác"


@pytest.mark.parametrize("half", ["30", "30/06", "30/06/20", "30/06/202"])
def test_a_day_that_is_half_written_is_no_deadline_yet(half: str, officer: Client, draft: Plan) -> None:
    task = draft.tasks.first()
    assert task is not None
    task.doubts = ["no_deadline"]
    task.save()
    form = {"chon": task.pk, "revision": task.revision, "title": "Tên mới", "time": half, "lead": "phap"}

    kept = officer.post(reverse("programme:review_autosave", args=[draft.pk]), form)

    task.refresh_from_db()
    assert kept.status_code == 200
    assert (task.title, task.deadline, task.lead, task.doubts) == ("Tên mới", None, None, ["no_deadline"])


def test_what_is_kept_by_itself_answers_no_doubt(officer: Client, draft: Plan) -> None:
    task = draft.tasks.first()
    assert task is not None
    task.doubts = ["no_lead"]
    task.save()

    officer.post(
        reverse("programme:review_autosave", args=[draft.pk]),
        {"chon": task.pk, "revision": task.revision, "lead": "Vụ Pháp chế"},
    )

    task.refresh_from_db()
    assert task.lead is not None
    assert (task.doubts, task.is_confirmed) == (["no_lead"], False)


@pytest.mark.parametrize("seen", ["", "[]", '"x"', '{"decision_date": 5}', '{"title": null}'])
def test_a_spoilt_memory_of_the_page_overwrites_nothing(seen: str, officer: Client, draft: Plan) -> None:
    before = draft.title

    answer = officer.post(reverse("programme:describe", args=[draft.pk]), {"title": "Tên mới", "seen": seen})

    draft.refresh_from_db()
    assert answer.status_code == 200
    assert draft.title == before


def test_a_number_of_ones_own_with_the_same_name_outlives_the_link(
    draft: Plan, ministry: Ministry, national: NationalTarget
) -> None:
    actor = ministry.actor("officer")
    task = draft.tasks.first()
    assert task is not None
    task.targets.create(subject=national.subject, value=80, unit="%")

    services.link_target(actor=actor, plan=draft, task_id=task.pk, national=national)
    services.unlink_target(actor=actor, plan=draft, task_id=task.pk, national=national)

    assert task.targets.get().value == 80


@pytest.mark.parametrize("day", [date(2030, 12, 31), date(2019, 12, 31)])
def test_a_decision_of_another_time_is_a_slip_of_the_pen(day: date, draft: Plan, ministry: Ministry) -> None:
    with pytest.raises(InvalidInput):
        services.describe_plan(actor=ministry.actor("officer"), plan=draft, values={"decision_date": day})


# --- cells ---


def test_nobody_co_operates_with_oneself(draft: Plan, ministry: Ministry) -> None:
    task = draft.tasks.first()
    assert task is not None

    services.edit_task(
        actor=ministry.actor("officer"),
        plan=draft,
        task_id=task.pk,
        cells_typed={"lead": "Vụ Pháp chế", "cooperating": "Vụ Pháp chế; Văn phòng Bộ"},
    )

    assert [unit.name for unit in task.cooperating.all()] == ["Văn phòng Bộ"]


@pytest.mark.parametrize(("typed", "day"), [("quy iii", date(2022, 9, 30)), ("QUÝ 4", date(2022, 12, 31))])
def test_a_quarter_is_understood_without_accents(typed: str, day: date, draft: Plan, ministry: Ministry) -> None:
    task = draft.tasks.first()
    assert task is not None

    services.edit_task(actor=ministry.actor("officer"), plan=draft, task_id=task.pk, cells_typed={"time": typed})

    task.refresh_from_db()
    assert task.deadline == day


@pytest.mark.parametrize(
    ("seen", "status"), [({"title": "Tên đã đọc"}, 409), ({"decision_number": ""}, 200), (None, 200)]
)
def test_a_program_says_what_it_saw(seen: object, status: int, officer: Client, draft: Plan) -> None:
    body = {"title": "Tên mới"} | ({} if seen is None else {"seen": seen})

    answer = officer.patch(f"/api/programme/plans/{draft.pk}/draft", body, content_type="application/json")

    assert answer.status_code == status


def test_a_program_that_changes_nothing_is_told_so(officer: Client, draft: Plan) -> None:
    answer = officer.patch(f"/api/programme/plans/{draft.pk}/draft", {}, content_type="application/json")

    assert answer.status_code == 422
    draft.refresh_from_db()
    assert draft.revision == 0
