"""What one writes into the form of an act is kept until it is sent, for its writer alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from caicach.kernel.audit.models import Entry, EntryChange
from caicach.kernel.calendar import clock
from caicach.kernel.identity import services as identity
from caicach.kernel.usecase.actor import ANONYMOUS, SYSTEM
from caicach.kernel.usecase.errors import NotPermitted
from caicach.measurement.programme import services
from caicach.measurement.programme.models import ActDraft, PlanTask, TaskProduct
from tests.ministry import Ministry

pytestmark = pytest.mark.django_db

ClientOf = Callable[[str], Client]
TaskNamed = Callable[[str], PlanTask]
WORDS = "Đã họp với 3 đơn vị; còn chờ số liệu"


@pytest.fixture(autouse=True)
def monday(at: Any) -> Any:
    with at("2022-06-20 09:05"):
        yield


@pytest.fixture
def task(task_named: TaskNamed) -> PlanTask:
    return task_named("Số hóa")


def keep(client: Client, address: str, **words: str) -> Any:
    return client.post(address, words, headers={"X-Autosave": "1"})


def forms_of(task: PlanTask) -> dict[str, dict[str, str]]:
    """Address -> what is typed there."""
    product = TaskProduct.objects.filter(task=task).first()
    assert product is not None
    return {
        reverse("programme:report_progress", args=[task.pk]): {"progress": "45", "text": WORDS},
        reverse("programme:hand_in", args=[product.pk]): {"paper": "2310/BNV-CCHC ngày 17/06"},
        reverse("programme:ask_extension", args=[task.pk]): {"new_deadline": "15/7", "reason": WORDS},
        reverse("programme:comment", args=[task.pk]): {"text": WORDS},
        reverse("programme:answer_task", args=[task.pk]): {"reason": WORDS},
    }


def test_every_form_of_a_unit_comes_back_as_it_was_left(task: PlanTask, client_of: ClientOf) -> None:
    for address, typed in forms_of(task).items():
        answer = keep(client_of("focal"), address, **typed)
        page = client_of("focal").get(address).content.decode()

        assert answer.json() == {"time": "09:05"}
        assert [words for words in typed.values() if words not in page] == [], address
        assert "Bản nháp của bạn, lưu lúc 09:05 ngày 20/06/2022" in page
        assert "Bỏ bản nháp" in page


def chosen(client: Client, address: str) -> list[str]:
    """Values of the ticked radio buttons and chosen options, without those of the draft's own form."""
    page = client.get(address).content.decode()
    tags = re.findall(r"<(?:input|option)[^>]*(?:checked|selected)[^>]*>", page)
    return [found[1] for tag in tags if (found := re.search(r'value="([^"]*)"', tag))]


def test_what_was_chosen_comes_back(task: PlanTask, ministry: Ministry, client_of: ClientOf) -> None:
    answer = reverse("programme:answer_task", args=[task.pk])
    owner = reverse("programme:assign_owner", args=[task.pk])
    reassign = reverse("programme:reassign", args=[task.pk])
    staff = str(ministry.accounts["staff"].pk)

    keep(client_of("focal"), answer, answer="accept", reason=WORDS)
    keep(client_of("head"), owner, owner=staff)
    keep(client_of("officer"), reassign, lead="TTTT", cooperating="", reason=WORDS)

    assert chosen(client_of("focal"), answer) == ["accept"]
    assert chosen(client_of("head"), owner) == [staff]
    assert chosen(client_of("officer"), reassign) == ["TTTT"]


def test_what_the_address_chooses_goes_before_the_draft(task: PlanTask, client_of: ClientOf) -> None:
    answer = reverse("programme:answer_task", args=[task.pk])
    assert chosen(client_of("focal"), answer) == ["return"]
    keep(client_of("focal"), answer, answer="accept", reason=WORDS)

    assert chosen(client_of("focal"), f"{answer}?tra-loi=return") == ["return"]


def test_a_choice_that_is_offered_no_more_does_not_become_another(
    task: PlanTask, ministry: Ministry, client_of: ClientOf
) -> None:
    reassign = reverse("programme:reassign", args=[task.pk])
    keep(client_of("officer"), reassign, lead="TTTT", cooperating="", reason=WORDS)
    identity.end_unit(actor=SYSTEM, unit=ministry.units["TTTT"], valid_to=date(2022, 6, 19))

    assert chosen(client_of("officer"), reassign) == ["VP"]


def test_keeping_a_draft_does_nothing_to_the_task(task: PlanTask, client_of: ClientOf) -> None:
    keep(client_of("focal"), reverse("programme:report_progress", args=[task.pk]), progress="45", text=WORDS)

    task.refresh_from_db()
    assert (task.progress, task.notes.count()) == (0, 0)


def test_a_draft_is_for_its_writer_alone(task: PlanTask, client_of: ClientOf) -> None:
    address = reverse("programme:comment", args=[task.pk])
    keep(client_of("focal"), address, text=WORDS)

    for other in ("head", "officer"):
        assert WORDS not in client_of(other).get(address).content.decode()


def test_the_comment_beside_a_task_comes_back_there(task: PlanTask, client_of: ClientOf) -> None:
    address = reverse("programme:comment", args=[task.pk])
    keep(client_of("focal"), address, text=WORDS)
    page = client_of("focal").get(reverse("programme:task", args=[task.pk])).content.decode()
    dropped = client_of("focal").post(address, {"ban-nhap": "bo", "o": "trang"})

    assert f">{WORDS}</textarea>" in page
    assert "Bỏ bản nháp" in page
    assert dropped.headers["Location"].startswith(reverse("programme:task", args=[task.pk]))
    assert not ActDraft.objects.exists()


def test_sending_ends_the_draft_and_what_comes_late_is_not_kept(task: PlanTask, client_of: ClientOf) -> None:
    address = reverse("programme:report_progress", args=[task.pk])
    keep(client_of("focal"), address, progress="45", text=WORDS, key="once")
    client_of("focal").post(address, {"progress": "45", "text": WORDS, "key": "once", "revision": task.revision})
    keep(client_of("focal"), address, progress="45", text=WORDS, key="once")

    assert task.notes.get().text == WORDS
    assert not ActDraft.objects.exists()


@pytest.mark.parametrize("swap", [{}, {"HX-Request": "true"}], ids=["page", "drawer"])
def test_a_dropped_draft_leaves_the_form_as_it_was(swap: Any, task: PlanTask, client_of: ClientOf) -> None:
    address = reverse("programme:report_progress", args=[task.pk])
    keep(client_of("focal"), address, progress="45", text=WORDS)
    answer = client_of("focal").post(address, {"ban-nhap": "bo"}, headers=swap, follow=True)

    assert answer.status_code == 200
    assert WORDS not in answer.content.decode()
    assert 'value="0"' in answer.content.decode()
    assert not ActDraft.objects.exists()


def test_a_form_emptied_again_leaves_no_draft(task: PlanTask, client_of: ClientOf) -> None:
    address = reverse("programme:report_progress", args=[task.pk])
    keep(client_of("focal"), address, progress="0", text=WORDS)
    keep(client_of("focal"), address, progress="0", text="  ")

    assert not ActDraft.objects.exists()


def test_who_may_not_act_keeps_no_draft(task: PlanTask, client_of: ClientOf) -> None:
    answer = keep(client_of("leader"), reverse("programme:report_progress", args=[task.pk]), text=WORDS)

    assert answer.status_code == 403
    assert not ActDraft.objects.exists()


def test_after_thirty_days_it_is_gone(task: PlanTask, client_of: ClientOf, at: Any) -> None:
    address = reverse("programme:comment", args=[task.pk])
    keep(client_of("focal"), address, text=WORDS)
    ActDraft.objects.update(saved_at=clock.now() - timedelta(days=30))

    assert WORDS not in client_of("focal").get(address).content.decode()
    assert services.sweep_act_drafts(actor=SYSTEM) == 1
    assert not ActDraft.objects.exists()


def test_the_oldest_goes_where_someone_keeps_too_many(task: PlanTask, ministry: Ministry) -> None:
    for number in range(202):
        services.keep_act_draft(actor=ministry.focal, address=f"/ke-hoach/{number}/", words={"text": WORDS})

    kept = set(ActDraft.objects.values_list("address", flat=True))
    assert len(kept) == 200
    assert "/ke-hoach/201/" in kept


def test_the_journal_does_not_hold_what_nobody_has_said_yet(task: PlanTask, client_of: ClientOf) -> None:
    keep(client_of("focal"), reverse("programme:comment", args=[task.pk]), text=WORDS)

    entry = Entry.objects.filter(use_case="programme.keep_act_draft").get()
    assert WORDS not in str([vars(change) for change in EntryChange.objects.filter(entry=entry)])


def test_the_journal_has_the_beginning_and_the_end_of_a_draft(task: PlanTask, client_of: ClientOf) -> None:
    address = reverse("programme:comment", args=[task.pk])
    for words in ("Đã", "Đã họp", WORDS):
        keep(client_of("focal"), address, text=words)
    client_of("focal").post(address, {"ban-nhap": "bo"})

    assert ActDraft.objects.count() == 0
    told = Entry.objects.filter(use_case__endswith="_act_draft").order_by("id").values_list("use_case", flat=True)
    assert list(told) == ["programme.keep_act_draft", "programme.drop_act_draft"]


def test_a_refused_keeping_is_journalled_each_time(task: PlanTask) -> None:
    for _time in range(2):
        with pytest.raises(NotPermitted):
            services.keep_act_draft(actor=ANONYMOUS, address="/x/", words={"text": WORDS})

    assert Entry.objects.filter(use_case="programme.keep_act_draft", outcome="refused").count() == 2
