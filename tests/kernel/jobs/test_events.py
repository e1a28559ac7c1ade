"""From the outbox to the subscribers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from caicach.kernel.identity.models import Account
from caicach.kernel.jobs import dispatch, events, services
from caicach.kernel.jobs.discovery import discover
from caicach.kernel.jobs.models import Delivery, DeliveryState
from caicach.kernel.jobs.worker import deliver_due
from caicach.kernel.usecase.actor import SYSTEM
from caicach.kernel.usecase.models import OutboxEvent
from tests.registers import last_number

from . import kinds
from .conftest import acting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def only_the_subscribers_of_this_test(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    discover()
    monkeypatch.setattr(events, "_SUBSCRIBERS", {})
    kinds.TOLD.clear()
    yield
    kinds.TOLD.clear()


def marks() -> int:
    return last_number(register="tests.events", year=2026)


def states() -> dict[str, str]:
    return {row.subscriber.rpartition(".")[2]: row.state for row in Delivery.objects.all()}


def test_every_subscriber_of_an_event_is_told_once() -> None:
    events.subscribe("tests.told", kinds.note)
    events.subscribe("tests.told", kinds.mark_once)

    kinds.tell(actor=SYSTEM, number=7)
    deliver_due()
    deliver_due()

    assert kinds.TOLD == [7]
    assert marks() == 1
    assert states() == {"note": DeliveryState.DONE, "mark_once": DeliveryState.DONE}


def test_events_are_told_in_the_order_in_which_they_happened() -> None:
    events.subscribe("tests.told", kinds.note)

    for number in range(5):
        kinds.tell(actor=SYSTEM, number=number)
    deliver_due()

    assert kinds.TOLD == [0, 1, 2, 3, 4]


def test_an_event_that_nobody_listens_to_is_handed_on_all_the_same() -> None:
    kinds.tell(actor=SYSTEM, number=7)

    assert deliver_due() == 1
    assert deliver_due() == 0
    assert OutboxEvent.objects.get().dispatched_at is not None
    assert not Delivery.objects.exists()


def test_one_subscriber_that_fails_neither_repeats_nor_stops_the_others(later: Any) -> None:
    events.subscribe("tests.told", kinds.fail_to_take)
    events.subscribe("tests.told", kinds.note)

    kinds.tell(actor=SYSTEM, number=7)
    kinds.tell(actor=SYSTEM, number=8)
    deliver_due()
    with later(minutes=1):
        deliver_due()

    assert kinds.TOLD == [7, 8]
    assert states() == {"fail_to_take": DeliveryState.WAITING, "note": DeliveryState.DONE}


def test_what_a_failed_subscriber_wrote_is_undone() -> None:
    events.subscribe("tests.told", kinds.fail_to_take)

    kinds.tell(actor=SYSTEM, number=7)
    deliver_due()

    assert marks() == 0
    delivery = Delivery.objects.get()
    assert (delivery.attempts, delivery.error_code) == (1, "jobs.unexpected")
    assert "builtins.ValueError" in delivery.error_detail
    assert "cannot take" not in delivery.error_detail


def test_a_subscriber_that_keeps_failing_is_shown_to_operators_who_can_tell_it_again(
    officer: Account, later: Any
) -> None:
    events.subscribe("tests.told", kinds.fail_to_take)
    kinds.tell(actor=SYSTEM, number=7)

    for hours in range(dispatch.ATTEMPTS):
        with later(hours=2 * hours):
            deliver_due()
    failed = Delivery.objects.get()
    assert (failed.state, failed.attempts) == (DeliveryState.FAILED, dispatch.ATTEMPTS)

    again = services.deliver_again(actor=acting(officer, "operator"), delivery=failed)
    assert (again.state, again.attempts) == (DeliveryState.WAITING, 0)


def test_a_subscriber_that_is_gone_is_not_forgotten_silently() -> None:
    events.subscribe("tests.told", kinds.note)
    kinds.tell(actor=SYSTEM, number=7)
    dispatch.spread_events()
    events._SUBSCRIBERS.clear()

    deliver_due()

    assert Delivery.objects.get().error_code == "jobs.no_such_subscriber"


def test_a_step_taken_once_is_not_taken_again_when_the_event_comes_again() -> None:
    events.subscribe("tests.told", kinds.mark_once)
    kinds.tell(actor=SYSTEM, number=7)
    deliver_due()

    Delivery.objects.update(state=DeliveryState.WAITING)
    deliver_due()

    assert marks() == 1


def test_an_event_must_be_named_as_events_are() -> None:
    with pytest.raises(ValueError):
        events.subscribe("TaskAssigned", kinds.note)


def test_quiet_times_cost_two_queries(django_assert_num_queries: Any) -> None:
    # 1. is any event waiting  2. is any delivery due
    with django_assert_num_queries(2):
        deliver_due()
