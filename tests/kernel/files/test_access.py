"""Who may see and hold what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from caicach.kernel.files import access, queries, services
from caicach.kernel.files.models import Attachment
from caicach.kernel.usecase.actor import ANONYMOUS, Actor
from caicach.kernel.usecase.errors import NotFound, NotPermitted
from caicach.kernel.usecase.models import OutboxEvent
from tests.ministry import Ministry

pytestmark = pytest.mark.django_db

Send = Callable[..., Attachment]


def of_the_focal_point(ministry: Ministry) -> Callable[[Actor, str], bool]:
    return lambda actor, subject_id: subject_id == "12" and actor.account_id == ministry.accounts["focal"].pk


@pytest.fixture
def task_rule(ministry: Ministry, rules: dict[str, Any]) -> None:
    """Task 12 is the focal point's to change and everyone's to see."""
    access.register_access(
        "programme.plantask",
        may_see=lambda actor, subject_id: subject_id == "12" and actor.is_signed_in,
        may_change=of_the_focal_point(ministry),
    )


def attach(attachment: Attachment, *, actor: Actor, subject_id: str = "12") -> Attachment:
    return services.attach(  # type: ignore[no-any-return]
        actor=actor,
        attachment=attachment,
        subject_type="programme.plantask",
        subject_id=subject_id,
        purpose="evidence",
    )


def test_an_upload_is_its_senders_alone(send: Send, ministry: Ministry) -> None:
    attachment = send()

    assert queries.attachment_to_see(actor=ministry.focal, attachment_id=attachment.pk) == attachment
    for other in (ministry.officer, ministry.leader, ministry.operator, ANONYMOUS):
        with pytest.raises(NotFound):
            queries.attachment_to_see(actor=other, attachment_id=attachment.pk)


def test_someone_who_sends_the_same_content_does_not_come_to_see_the_others(send: Send, ministry: Ministry) -> None:
    attachment = send()
    send(actor=ministry.neighbour)

    with pytest.raises(NotFound):
        queries.attachment_to_see(actor=ministry.neighbour, attachment_id=attachment.pk)


def test_what_is_attached_is_seen_by_the_rule_of_its_record(send: Send, ministry: Ministry, task_rule: None) -> None:
    attachment = attach(send(), actor=ministry.focal)

    assert queries.attachment_to_see(actor=ministry.neighbour, attachment_id=attachment.pk).purpose == "evidence"
    with pytest.raises(NotFound):
        queries.attachment_to_see(actor=ANONYMOUS, attachment_id=attachment.pk)
    assert [event.payload["subject_id"] for event in OutboxEvent.objects.filter(name="files.attached")] == ["12"]


def test_a_record_that_no_room_speaks_for_is_shut(send: Send, ministry: Ministry, task_rule: None, rules: Any) -> None:
    attachment = attach(send(), actor=ministry.focal)
    rules.clear()

    with pytest.raises(NotFound):
        queries.attachment_to_see(actor=ministry.focal, attachment_id=attachment.pk)


def test_only_its_sender_attaches_an_upload_and_only_where_they_may(
    send: Send, ministry: Ministry, task_rule: None
) -> None:
    attachment = send()

    with pytest.raises(NotPermitted):
        attach(attachment, actor=ministry.officer)
    with pytest.raises(NotPermitted):
        attach(attachment, actor=ministry.focal, subject_id="13")
    with pytest.raises(NotPermitted):
        attach(send(actor=ministry.neighbour), actor=ministry.neighbour)


def test_what_is_attached_is_not_attached_again(send: Send, ministry: Ministry, task_rule: None) -> None:
    attachment = attach(send(), actor=ministry.focal)

    with pytest.raises(services.UnableToAttach):
        attach(attachment, actor=ministry.focal)
    with pytest.raises(NotFound):
        queries.own_upload(actor=ministry.focal, attachment_id=attachment.pk)


def test_what_is_detached_is_seen_by_nobody_and_its_content_stays(
    send: Send, ministry: Ministry, task_rule: None
) -> None:
    attachment = attach(send(), actor=ministry.focal)
    with pytest.raises(NotPermitted):
        services.detach(actor=ministry.officer, attachment=attachment)

    services.detach(actor=ministry.focal, attachment=attachment)

    with pytest.raises(NotFound):
        queries.attachment_to_see(actor=ministry.focal, attachment_id=attachment.pk)
    assert list(queries.attachments_at(subject_type="programme.plantask", subject_id="12")) == []
    assert list(queries.damaged_files()) == []


@pytest.mark.parametrize("count", [1, 20])
def test_a_records_files_take_one_query(
    count: int, send: Send, ministry: Ministry, task_rule: None, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        attach(send(name=f"{number}.txt"), actor=ministry.focal)

    with django_assert_num_queries(1):
        held = list(queries.attachments_at(subject_type="programme.plantask", subject_id="12"))
        shown = [(it.name, it.file.kind, str(it.uploaded_by)) for it in held]
    assert shown[0] == ("0.txt", "txt", "Người giữ vai focal")
    assert len(held) == count


@pytest.mark.parametrize("name", ["officer", "neighbour", "leader", "operator", "auditor"])
def test_a_guessed_address_shows_nothing(name: str, send: Send, client_of: Callable[[str], Client]) -> None:
    attachment = send()

    for part in ("", "xem/", "trang/1/"):
        assert client_of(name).get(f"/tep/{attachment.pk}/{part}").status_code == 404
    assert Client().get(f"/tep/{attachment.pk}/").status_code == 302
