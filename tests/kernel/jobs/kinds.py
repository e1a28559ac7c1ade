"""Background work and subscribers for the tests. What they leave behind is a number of a register."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import DatabaseError, transaction
from django.utils.translation import gettext_lazy as _

from caicach.kernel.identity.predicates import anyone
from caicach.kernel.jobs.events import Event, once
from caicach.kernel.jobs.models import Job
from caicach.kernel.jobs.registry import JobKind, Outcome, job
from caicach.kernel.jobs.run import Run
from caicach.kernel.jobs.services import enqueue
from caicach.kernel.numbering.services import next_number
from caicach.kernel.usecase.actor import SYSTEM, Actor
from caicach.kernel.usecase.core import UseCase, use_case
from caicach.kernel.usecase.errors import UseCaseError


class PlanIsEmpty(UseCaseError):
    code = "tests.plan_is_empty"


@use_case("tests.ask", permission=anyone)
def ask(uc: UseCase, *, kind: Any, subject: str, key: str, arguments: dict[str, Any]) -> Job:
    return enqueue(kind, actor=uc.actor, subject=subject, key=key, **arguments)


def asked(kind: JobKind, *, actor: Actor = SYSTEM, subject: str = "a plan", key: str = "", **arguments: Any) -> Job:
    """Ask for a job as a room's use case would."""
    return ask(actor=actor, kind=kind, subject=subject, key=key, arguments=arguments)  # type: ignore[no-any-return]


@use_case("tests.leave_a_mark", permission=anyone)
def leave_a_mark(uc: UseCase, *, into: str) -> int:
    number = next_number(uc, register=into, year=2026)
    uc.emit("tests.marked", number=number)
    return number


@use_case("tests.nothing_happens", permission=anyone)
def tell(uc: UseCase, *, number: int) -> None:
    uc.emit("tests.told", number=number)


@job("tests.mark", title=_("Leave a mark"))
def mark(run: Run) -> Outcome:
    number = leave_a_mark(actor=run.actor, into="tests.jobs", idempotency_key=run.key("mark"))
    return Outcome(words=f"mark {number}", url="/marks/", value=number)


FAILURES: dict[str, list[BaseException]] = {}
"""Job id -> what its next attempts raise, first first."""


@job("tests.mark_then_fail", title=_("Leave a mark, then fail"), max_attempts=3)
def mark_then_fail(run: Run) -> None:
    leave_a_mark(actor=run.actor, into="tests.jobs", idempotency_key=run.key("mark"))
    failures = FAILURES.get(run.job_id, [])
    if failures:
        raise failures.pop(0)


@job("tests.refuse", title=_("Refuse"))
def refuse(run: Run) -> None:
    raise PlanIsEmpty("The plan has no tasks.")


@job("tests.run_on", title=_("Run on and on"), time_limit=timedelta(milliseconds=50))
def run_on(run: Run) -> None:
    while True:
        pass


@job("tests.count", title=_("Count"))
def count(run: Run, *, up_to: int) -> None:
    for done in range(up_to):
        run.progress(done=done, total=up_to, words=f"Counting {done}")


@job("tests.tell_in_transaction", title=_("Tell progress inside a transaction"))
def tell_in_transaction(run: Run) -> None:
    with transaction.atomic():
        run.progress(done=1, total=2)


def database_gone() -> DatabaseError:
    return DatabaseError("server closed the connection")


TOLD: list[int] = []


def note(event: Event) -> None:
    TOLD.append(event.payload["number"])


def fail_to_take(event: Event) -> None:
    leave_a_mark(actor=SYSTEM, into="tests.events")
    raise ValueError(f"cannot take {event.payload['number']}")


def mark_once(event: Event) -> None:
    if once(event, "mark"):
        leave_a_mark(actor=SYSTEM, into="tests.events")
