"""Who is told what, once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.utils.translation import override

from caicach.kernel.identity.models import Account
from caicach.kernel.identity.services import disable_account
from caicach.kernel.notifications import queries, services
from caicach.kernel.notifications.kinds import NoticeKind, register_kind
from caicach.kernel.notifications.models import Mail, Notice
from caicach.kernel.usecase.actor import ANONYMOUS, SYSTEM
from caicach.kernel.usecase.errors import InvalidInput, NotFound, NotPermitted
from tests.ministry import Ministry

pytestmark = pytest.mark.django_db

Tell = Callable[..., int]
TODAY = date(2022, 6, 20)


def seen_by(ministry: Ministry, name: str, *, only_unread: bool = False) -> list[queries.SeenNotice]:
    return queries.notices(actor=ministry.actor(name), today=TODAY, only_unread=only_unread, before=None, limit=50)


def test_each_person_is_told_and_nobody_else(tell: Tell, ministry: Ministry) -> None:
    assert tell("focal", "head") == 2

    assert [seen.words for seen in seen_by(ministry, "focal")] == ["Xong: Kế hoạch năm 2022"]
    assert queries.unread_count(ministry.head) == 1
    assert queries.unread_count(ministry.neighbour) == 0
    assert queries.unread_count(ANONYMOUS) == 0


def test_the_same_key_tells_a_person_once(tell: Tell, ministry: Ministry) -> None:
    assert tell("focal", key="task:12:assigned") == 1
    assert tell("focal", "head", key="task:12:assigned") == 1
    assert tell("focal", key="task:13:assigned") == 1

    assert queries.unread_count(ministry.focal) == 2
    assert queries.unread_count(ministry.head) == 1


def test_without_a_key_every_telling_counts(tell: Tell, ministry: Ministry) -> None:
    tell("focal")
    tell("focal")

    assert queries.unread_count(ministry.focal) == 2


def test_who_left_is_not_told(tell: Tell, ministry: Ministry) -> None:
    disable_account(actor=ministry.operator, account=ministry.accounts["focal"])

    assert tell("focal") == 0


def test_words_are_the_readers(tell: Tell, ministry: Ministry) -> None:
    tell("focal")

    with override("en"):
        assert seen_by(ministry, "focal")[0].words == "Done: Kế hoạch năm 2022"
    with override("vi"):
        assert seen_by(ministry, "focal")[0].words == "Xong: Kế hoạch năm 2022"


@pytest.mark.parametrize("url", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
def test_a_notice_leads_nowhere_but_here(url: str, tell: Tell) -> None:
    with pytest.raises(InvalidInput):
        tell("focal", url=url)
    assert not Notice.objects.exists()


@pytest.mark.parametrize("params", [{}, {"other": 1}], ids=["none", "another"])
def test_words_without_their_values_are_refused_at_once_and_not_when_they_are_read(
    params: dict[str, Any], tell: Tell
) -> None:
    with pytest.raises(InvalidInput):
        tell("focal", params=params)


def test_words_follow_their_number(tell: Tell, ministry: Ministry) -> None:
    words = {"message": "%(count)d notice waits for you", "plural": "%(count)d notices wait for you"}
    tell("focal", params={"count": 1}, **words)
    tell("focal", params={"count": 5}, **words)

    with override("en"):
        assert [seen.words for seen in seen_by(ministry, "focal")] == [
            "5 notices wait for you",
            "1 notice waits for you",
        ]


def test_people_do_not_tell_people_in_the_systems_name(ministry: Ministry, declared: dict[str, NoticeKind]) -> None:
    with pytest.raises(NotPermitted):
        services.notify(
            actor=ministry.officer, kind=declared["tests.late"], accounts=[1], message="Done: %(subject)s", url="/"
        )


def test_reading_one_leaves_the_others_unread(tell: Tell, ministry: Ministry) -> None:
    tell("focal")
    tell("focal", kind="tests.late")
    notice = Notice.objects.get(kind="tests.late")

    services.mark_read(actor=ministry.focal, notice=notice)

    assert [seen.notice.kind for seen in seen_by(ministry, "focal", only_unread=True)] == ["tests.assigned"]


def test_nobody_reads_for_another(tell: Tell, ministry: Ministry) -> None:
    tell("focal")
    notice = Notice.objects.get()

    with pytest.raises(NotPermitted):
        services.mark_read(actor=ministry.head, notice=notice)
    with pytest.raises(NotFound):
        queries.notice_of(actor=ministry.head, notice_id=notice.pk)


def test_reading_all_reads_ones_own(tell: Tell, ministry: Ministry) -> None:
    tell("focal", "head")
    tell("focal")

    assert services.mark_all_read(actor=ministry.focal) == 2
    assert queries.unread_count(ministry.focal) == 0
    assert queries.unread_count(ministry.head) == 1
    with pytest.raises(NotPermitted):
        services.mark_all_read(actor=SYSTEM)


def test_urgent_ones_stand_above_all_pages_until_they_are_read(tell: Tell, ministry: Ministry) -> None:
    tell("focal")
    tell("focal", kind="tests.late")

    assert [seen.notice.kind for seen in queries.urgent(actor=ministry.focal)] == ["tests.late"]
    services.mark_all_read(actor=ministry.focal)
    assert queries.urgent(actor=ministry.focal) == []


def test_a_choice_holds_for_what_comes_after(tell: Tell, ministry: Ministry) -> None:
    tell("focal")
    services.choose_mail(actor=ministry.focal, choices={"tests.assigned": "NONE", "tests.late": "DIGEST"})
    tell("focal")
    tell("focal", "head", kind="tests.late")

    ways = Notice.objects.filter(account=ministry.accounts["focal"]).order_by("created_at", "kind")
    assert [notice.mail for notice in ways] == [Mail.DIGEST, Mail.NONE, Mail.DIGEST]
    assert Notice.objects.get(account=ministry.accounts["head"]).mail == Mail.NOW
    chosen = {it.kind.code: it.mail for it in queries.chosen_kinds(actor=ministry.focal)}
    assert chosen == {"tests.assigned": "NONE", "tests.late": "DIGEST", "tests.seen": "NONE"}


@pytest.mark.parametrize("choices", [{"tests.unknown": "NOW"}, {"tests.late": "PIGEON"}], ids=["kind", "way"])
def test_what_cannot_be_chosen_is_refused(choices: dict[str, str], ministry: Ministry) -> None:
    with pytest.raises(InvalidInput):
        services.choose_mail(actor=ministry.focal, choices=choices)


def test_nobody_is_asked_about_kinds_that_cannot_concern_them(ministry: Ministry) -> None:
    register_kind(NoticeKind("tests.failed", "Máy chủ có lỗi", meant_for=lambda actor: actor.holds("operator")))

    assert "tests.failed" in {it.kind.code for it in queries.chosen_kinds(actor=ministry.operator)}
    assert "tests.failed" not in {it.kind.code for it in queries.chosen_kinds(actor=ministry.focal)}


def test_without_an_address_nothing_goes_by_mail(tell: Tell, ministry: Ministry) -> None:
    Account.objects.filter(username="focal").update(email="")
    tell("focal", kind="tests.late")

    assert Notice.objects.get().mail == Mail.NONE


def test_a_kind_is_named_as_kinds_are() -> None:
    with pytest.raises(ValueError):
        register_kind(NoticeKind("Late", "Việc quá hạn"))


@pytest.mark.parametrize("people", [1, 8])
def test_telling_many_takes_as_many_statements_as_telling_one(
    people: int, tell: Tell, django_assert_max_num_queries: Any
) -> None:
    names = ["focal", "head", "officer", "leader", "staff", "neighbour", "auditor", "operator"][:people]
    # savepoint, people, choices, insert, what was new, release; and the journal's entry
    with django_assert_max_num_queries(12):
        tell(*names)


@pytest.mark.parametrize("told", [1, 40])
def test_the_list_takes_one_query_however_long(
    told: int, tell: Tell, ministry: Ministry, django_assert_num_queries: Any
) -> None:
    for number in range(told):
        tell("focal", deadline=date(2022, 7, 1 + number % 20))
    focal = ministry.focal

    with django_assert_num_queries(1):
        queries.notices(actor=focal, today=TODAY, only_unread=False, before=None, limit=50)
