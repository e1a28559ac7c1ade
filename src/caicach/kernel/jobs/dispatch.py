"""From the outbox to the subscribers: each event to each of them, at least once, with failures kept apart."""

from __future__ import annotations

import random
from datetime import datetime
from typing import Final

import structlog
from django.db import transaction
from django.db.models import Q

from caicach.kernel.calendar import clock
from caicach.kernel.usecase.context import Surroundings, surrounded
from caicach.kernel.usecase.models import OutboxEvent
from caicach.kernel.usecase.tracing import where_raised

from . import rules
from .events import Event, Handler, subscribers_of
from .instant import true_now
from .models import Delivery, DeliveryState

log = structlog.get_logger("caicach.jobs")

EVENTS_AT_ONCE: Final = 200
ATTEMPTS: Final = 8


def spread_events() -> int:
    """Give each waiting event one delivery a subscriber, in one transaction; how many events were waiting.

    On PostgreSQL ids are committed out of order: what has not been handed on is taken, never "above the last id".
    """
    if not OutboxEvent.objects.filter(dispatched_at=None).exists():
        return 0
    with transaction.atomic():
        waiting = list(
            OutboxEvent.objects.filter(dispatched_at=None)
            .order_by("id")
            .select_for_update(skip_locked=True)[:EVENTS_AT_ONCE]
        )
        at = true_now()
        Delivery.objects.bulk_create(
            Delivery(event=event, subscriber=subscriber, next_attempt_at=at)
            for event in waiting
            for subscriber in subscribers_of(event.name)
        )
        OutboxEvent.objects.filter(pk__in=[event.pk for event in waiting]).update(dispatched_at=clock.now())
    return len(waiting)


def due_deliveries(*, limit: int) -> list[int]:
    """Ids of deliveries whose time has come, oldest event first. One SQL query.

    A first attempt is due at once, also when the computer's clock was set back since it was noted.
    """
    is_time = Q(next_attempt_at__lte=true_now()) | Q(attempts=0)
    return list(
        Delivery.objects.filter(is_time, state=DeliveryState.WAITING)
        .order_by("next_attempt_at", "id")
        .values_list("id", flat=True)[:limit]
    )


def deliver(*, delivery_id: int) -> None:
    """Tell one subscriber of one event; its writes and the note that it was told are committed together."""
    try:
        with transaction.atomic():
            delivery = (
                Delivery.objects.select_for_update(skip_locked=True, of=("self",))
                .select_related("event")
                .filter(pk=delivery_id, state=DeliveryState.WAITING)
                .first()
            )
            if delivery is None:
                return
            _tell(delivery)
            _settle(delivery, DeliveryState.DONE, at=clock.now())
    except Exception as error:  # noqa: BLE001  whatever a room's handler raises is an attempt that failed
        _note_failure(delivery_id, error)


class NoSuchSubscriber(LookupError):
    """The subscriber was renamed or removed while the delivery waited."""


def _tell(delivery: Delivery) -> None:
    event = delivery.event
    handler: Handler | None = subscribers_of(event.name).get(delivery.subscriber)
    if handler is None:
        raise NoSuchSubscriber
    with surrounded(Surroundings(request_id=event.request_id, via="job")):
        handler(Event(event.pk, event.name, event.payload, event.at, event.request_id))


def _settle(delivery: Delivery, state: DeliveryState, *, at: datetime, code: str = "", detail: str = "") -> None:
    delivery.state = state
    delivery.attempts += 1
    delivery.finished_at = at
    delivery.error_code = code
    delivery.error_detail = detail
    delivery.save(update_fields=["state", "attempts", "finished_at", "error_code", "error_detail"])


def _note_failure(delivery_id: int, error: Exception) -> None:
    code = getattr(error, "code", None)
    code = code if isinstance(code, str) else "jobs.unexpected"
    if isinstance(error, NoSuchSubscriber):
        code = "jobs.no_such_subscriber"
    detail = where_raised(error)
    with transaction.atomic():
        delivery = Delivery.objects.select_for_update().filter(pk=delivery_id, state=DeliveryState.WAITING).first()
        if delivery is None:
            return
        log.warning(
            "delivery", id=delivery_id, subscriber=delivery.subscriber, attempt=delivery.attempts + 1, code=code
        )
        if delivery.attempts + 1 >= ATTEMPTS:
            _settle(delivery, DeliveryState.FAILED, at=clock.now(), code=code, detail=detail)
            return
        delivery.attempts += 1
        delivery.error_code = code
        delivery.error_detail = detail
        delivery.next_attempt_at = true_now() + rules.pause_before(
            attempt=delivery.attempts,
            spread=random.random(),  # noqa: S311  spreads load
        )
        delivery.save(update_fields=["attempts", "error_code", "error_detail", "next_attempt_at"])
