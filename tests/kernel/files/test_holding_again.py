"""A file that is in the system already is held at another record, without being sent again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from caicach.kernel.files import access, queries, services
from caicach.kernel.files.models import Attachment, StoredFile
from caicach.kernel.usecase.errors import NotFound, NotPermitted
from tests.ministry import Ministry

pytestmark = pytest.mark.django_db

Send = Callable[..., Attachment]


@pytest.fixture(autouse=True)
def two_records(ministry: Ministry, rules: dict[str, Any]) -> None:
    """Record 1 is seen by the focal point and the neighbour; record 2 is the neighbour's own."""
    focal, neighbour = ministry.accounts["focal"].pk, ministry.accounts["neighbour"].pk
    access.register_access(
        "tests.record",
        may_see=lambda actor, pk: actor.account_id in ({focal, neighbour} if pk == "1" else {neighbour}),
        may_change=lambda actor, pk: actor.account_id == (focal if pk == "1" else neighbour),
    )


def held_first(send: Send, ministry: Ministry) -> Attachment:
    attached: Attachment = services.attach(
        actor=ministry.focal, attachment=send(), subject_type="tests.record", subject_id="1", purpose="evidence"
    )
    return attached


def hold(attachment: Attachment, *, actor: Any, subject_id: str = "2") -> Attachment:
    held: Attachment = services.hold_again(
        actor=actor, attachment=attachment, subject_type="tests.record", subject_id=subject_id, purpose="evidence"
    )
    return held


def test_the_same_content_stands_at_both_records_by_the_rules_of_each(send: Send, ministry: Ministry) -> None:
    first = held_first(send, ministry)

    again = hold(first, actor=ministry.neighbour)

    assert (again.file_id, again.name, again.pk == first.pk) == (first.file_id, first.name, False)
    assert StoredFile.objects.count() == 1
    assert queries.attachment_to_see(actor=ministry.neighbour, attachment_id=again.pk) == again
    with pytest.raises(NotFound):
        queries.attachment_to_see(actor=ministry.focal, attachment_id=again.pk)


def test_who_may_not_see_the_file_cannot_hold_it(send: Send, ministry: Ministry) -> None:
    own = hold(held_first(send, ministry), actor=ministry.neighbour)

    with pytest.raises(NotPermitted):
        hold(own, actor=ministry.focal, subject_id="1")


def test_who_may_not_change_the_record_cannot_hold_it_there(send: Send, ministry: Ministry) -> None:
    first = held_first(send, ministry)

    with pytest.raises(NotPermitted):
        hold(first, actor=ministry.focal)
    with pytest.raises(NotPermitted):
        hold(first, actor=ministry.officer)


def test_what_was_taken_off_its_record_cannot_be_held_again(send: Send, ministry: Ministry) -> None:
    first = held_first(send, ministry)
    gone = services.detach(actor=ministry.focal, attachment=first)

    with pytest.raises(NotPermitted):
        hold(gone, actor=ministry.neighbour)


def test_held_twice_at_one_record_it_is_one_row(send: Send, ministry: Ministry) -> None:
    first = held_first(send, ministry)

    assert hold(first, actor=ministry.neighbour) == hold(first, actor=ministry.neighbour)
    assert Attachment.objects.filter(subject_id="2").count() == 1
