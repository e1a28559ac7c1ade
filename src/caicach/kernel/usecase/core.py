"""`@use_case`: the only way to write.

Either everything (rows, journal entry, events, the result kept for a repeated key) is committed, or nothing is.
A refusal is journalled in a transaction of its own. The permission is a predicate called with the actor and the use
case's own keywords.
"""

from __future__ import annotations

import functools
import logging
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

from django.db import DataError, IntegrityError, transaction
from django.db.models import Model

from caicach.kernel.audit import journal
from caicach.kernel.calendar import clock

from . import changes, keys, outbox, results
from .actor import Actor, as_of_now
from .context import surroundings
from .doubles import double_of, is_double
from .errors import InvalidInput, NotFound, NotPermitted, UseCaseError
from .inputs import InputCheck
from .models import IdempotentResult
from .text import clean, clean_deep

P = ParamSpec("P")
R = TypeVar("R")

log = logging.getLogger(__name__)

_running: ContextVar[UseCase | None] = ContextVar("caicach_running_use_case", default=None)

_NAME: Final = re.compile(r"[a-z_]+\.[a-z_]+")

REGISTRY: dict[str, Any] = {}
"""Every use case by its name `room.verb`, with its `permission`; pages, docs and tests walk it."""


@dataclass(slots=True)
class UseCase:
    """What a use case may ask for and must tell while it runs."""

    name: str
    actor: Actor
    at: datetime
    note: str = ""
    _permission: Callable[[Actor], bool] = lambda _actor: True
    """Whether an actor may do this very act."""
    _author: journal.Author = field(init=False)
    _changes: list[journal.Change] = field(default_factory=list)
    _events: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    _parts: list[UseCase] = field(default_factory=list)
    _leaves_no_entry: bool = False

    def __post_init__(self) -> None:
        self._author = author_of(self.actor)

    @property
    def today(self) -> date:
        return clock.local_date(self.at)

    def hold(self, record: Model) -> None:
        """Brings the record to what the database has now and holds its row to the end of the use case.

        Whoever comes second at the same record waits here and then decides on what the first left. Loaded relations
        stay unless they point elsewhere now. Raises NotFound when the record is gone, NotPermitted when the actor has
        lost the right while waiting.
        """
        self.hold_all([record])

    def hold_all(self, records: Sequence[Model]) -> None:
        """The same for several records of one kind, in one statement: in the order of their ids, whoever else holds
        some of them. The records may not differ in their deferred columns.
        """
        if not records:
            return
        model, deferred = type(records[0]), records[0].get_deferred_fields()
        key = model._meta.pk.attname
        loaded = [column.attname for column in model._meta.concrete_fields if column.attname not in deferred]
        rows = model._base_manager.select_for_update().filter(pk__in=[record.pk for record in records]).order_by("pk")
        now = {row[key]: row for row in rows.values(*loaded)}
        for record in records:
            if record.pk not in now:
                raise NotFound
            for name, value in now[record.pk].items():
                setattr(record, name, value)
        if not self._changes:  # what the use case itself has changed may be what the permission depends on
            self.actor = as_of_now(self.actor, on=self.today)
            self.ask_permission()

    @contextmanager
    def part(self, act: Callable[..., Any], **keywords: Any) -> Iterator[UseCase]:
        """One of many acts that this use case does together: as if `act` were called with the keywords, and journalled
        so, in whose role settled for each by itself. All entries and events are written at once at the end.

        The keywords are held already; a part is for use cases that would otherwise call another in a loop. Raises
        NotPermitted. A refused part, whether here or inside the block, is no part: nothing of it is journalled.
        """

        def permitted(whom: Actor) -> bool:
            allowed: bool = act.permission(whom, **keywords)  # type: ignore[attr-defined]
            return allowed

        one = UseCase(act.use_case_name, self.actor, self.at, _permission=permitted)  # type: ignore[attr-defined]
        one.ask_permission()
        yield one
        self._parts.append(one)

    def acts(self) -> Iterator[UseCase]:
        """As acts called one after the other leave them: the parts, then the whole."""
        for one in self._parts:
            yield from one.acts()
        yield self

    def ask_permission(self) -> None:
        """Raises NotPermitted. In whose role the act is done is settled with it, before anything is changed."""
        if not self._permission(self.actor):
            raise NotPermitted
        self._author = author_of(_in_whose_role(self.actor, self._permission))

    @contextmanager
    def changing(self, *records: Model) -> Iterator[None]:
        """Notes before and after of what the block assigns to the records. Saving stays the block's own work."""
        before = [changes.snapshot(record) for record in records]
        yield
        for record, was in zip(records, before, strict=True):
            self._note(record, before=was, after=changes.snapshot(record))

    def created(self, *records: Model) -> None:
        for record in records:
            self._note(record, before={}, after=changes.snapshot(record))

    def deleting(self, *records: Model) -> None:
        """Called before the deletion, while the record still knows its id."""
        for record in records:
            self._note(record, before=changes.snapshot(record), after={})

    def viewed(self, record: Model) -> None:
        """An export or a look at sensitive data: journalled without values."""
        self._changes.append(
            journal.Change(subject_type=record._meta.label_lower, subject_id=str(record.pk), before={}, after={})
        )

    def leave_no_entry(self) -> None:
        """For what is no act of anyone's: words that are kept again while somebody is still writing them, of which the
        journal has the first keeping and the end. A run that notes a change or emits an event cannot be left out.
        """
        self._leaves_no_entry = True

    @property
    def _is_journalled(self) -> bool:
        """Raises RuntimeError where something would happen that no entry tells."""
        if self._leaves_no_entry and (self._changes or self._events):
            raise RuntimeError(f"{self.name} changed or told something, so it leaves an entry")
        return not self._leaves_no_entry

    def told(self, *known: journal.Change) -> None:
        """Changes that the use case knows from its own before and after: of rows written many at a time."""
        self._changes.extend(known)

    def _note(self, record: Model, *, before: dict[str, Any], after: dict[str, Any]) -> None:
        """Raises InvalidInput for a text that its column has no room for: SQLite would keep it whole."""
        noted = changes.change(record, before=before, after=after)
        if noted is None:
            return
        if too_long := changes.too_long(record, noted.after):
            raise InvalidInput(fields=too_long)
        self._changes.append(noted)

    def forget(self, record: Model) -> None:
        """The record is about to go: a repeated key that led to it does the work anew instead of finding nothing."""
        IdempotentResult.objects.filter(result=results.keep(record)).delete()

    def emit(self, event: str, /, **payload: Any) -> None:
        """An event `room.past_tense` with ids and plain values; delivered after the commit, at least once."""
        self._events.append((event, payload))


def use_case(
    name: str, *, permission: Callable[..., bool]
) -> Callable[[Callable[Concatenate[UseCase, P], R]], Callable[..., R]]:
    """Wrap a function `def verb(uc, *, …)` of a room's services.

    The wrapped function is called with `actor=`, its own keywords, and optionally `idempotency_key=` (a repeat returns
    the first result; other content or another actor with the same key raises KeyReused) and `note=` (a reason for the
    journal).
    """

    def wrap(function: Callable[Concatenate[UseCase, P], R]) -> Callable[..., R]:
        inputs = InputCheck(function)

        @functools.wraps(function)
        def run(*, actor: Actor, idempotency_key: str | None = None, note: str = "", **keywords: Any) -> R:
            keywords = {key: clean_deep(value) for key, value in keywords.items()}
            inputs.check(keywords)

            def begin() -> UseCase:
                def permitted(whom: Actor) -> bool:
                    return permission(whom, **keywords)

                uc = UseCase(name=name, actor=actor, at=clock.now(), note=clean(note), _permission=permitted)
                uc.ask_permission()
                return uc

            def perform(uc: UseCase) -> R:
                return _performed(uc, lambda: function(uc, **keywords))  # type: ignore[call-arg]

            if _running.get() is not None:
                # A savepoint: a caller that goes on after a refusal keeps nothing of what was refused.
                with transaction.atomic():
                    return perform(begin())
            key = keys.Key.of(name, idempotency_key, actor=actor, keywords=keywords) if idempotency_key else None
            try:
                return _outermost(begin, perform, key)
            except InvalidInput:
                raise
            except UseCaseError as error:
                _record_refusal(name, actor, error, keywords)
                raise

        run.use_case_name = name  # type: ignore[attr-defined]
        run.permission = permission  # type: ignore[attr-defined]
        _register(name, run)
        return run

    return wrap


def _register(name: str, run: Any) -> None:
    """The journal, keys and permissions know a use case by its name alone: two of one name are a mistake."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"a use case is named `room.verb`, not {name!r}")
    other = REGISTRY.get(name)
    if other is not None and _origin(other) != _origin(run):
        raise ValueError(f"{name!r} is the name of {other.__module__}.{other.__qualname__} already")
    REGISTRY[name] = run


def _origin(run: Any) -> tuple[str, str]:
    """The same for a module that is read twice: once by its name and once as the program."""
    return run.__wrapped__.__code__.co_filename, run.__qualname__


def _outermost(begin: Callable[[], UseCase], perform: Callable[[UseCase], R], key: keys.Key | None) -> R:
    """The permission is asked before the key: not even what was done before is told to who may not do it any more."""
    try:
        with transaction.atomic():
            uc = begin()
            if key is None:
                return perform(uc)
            claim = keys.claim(key, at=uc.at)
            if isinstance(claim, keys.First):
                return results.restore(claim.kept)
            result = perform(uc)
            claim.leave(result)
            return result
    except DataError as error:
        # PostgreSQL says so of a text longer than its column and of a number beyond its type: of what was typed.
        log.warning("refused by the database, request_id=%s: %s", surroundings().request_id, type(error.__cause__))
        raise InvalidInput from error
    except IntegrityError as error:
        if is_double(error):
            double = double_of(error)
            log.warning("a double, request_id=%s, constraint=%s", surroundings().request_id, double.constraint)
            raise double.refusal() from error
        raise


def _performed(uc: UseCase, work: Callable[[], R]) -> R:
    """What the work gives, once its journal entry and its events stand beside it."""
    token = _running.set(uc)
    try:
        result = work()
    finally:
        _running.reset(token)
    here = surroundings()
    acts = list(uc.acts())
    journal.record_all(
        [journal.Act(act.name, act._author, act._changes, act.note) for act in acts if act._is_journalled],
        outcome=journal.Outcome.DONE,
        at=uc.at,
        request_id=here.request_id,
        via=here.via,
        address=here.address,
    )
    if events := [event for act in acts for event in act._events]:
        outbox.put(events, at=uc.at, request_id=here.request_id)
    return result


def _in_whose_role(actor: Actor, permission: Callable[[Actor], bool]) -> Actor:
    """The actor with those roles alone in which the act is done: own ones where they suffice, else a received one.

    Who stands in for an absent person acts for that person only where the own roles would not do.
    """
    received = [held for held in actor.roles if held.on_behalf_of]
    if not received:
        return actor
    in_own_name = replace(actor, roles=tuple(held for held in actor.roles if not held.on_behalf_of))
    if permission(in_own_name):
        return in_own_name
    for held in received:
        on_behalf = replace(actor, roles=(held,))
        if permission(on_behalf):
            return on_behalf
    return replace(actor, roles=(*received, *in_own_name.roles))


def author_of(actor: Actor) -> journal.Author:
    """As whom the journal names the actor: the role that stands first."""
    held = actor.main_role
    return journal.Author(
        account_id=actor.account_id,
        name=actor.name,
        role=held.role if held else "",
        unit_code=held.unit_code if held else "",
        on_behalf_of=held.on_behalf_of if held else "",
    )


def _record_refusal(name: str, actor: Actor, error: UseCaseError, keywords: dict[str, Any]) -> None:
    records = [value for value in keywords.values() if isinstance(value, Model) and value.pk is not None]
    note_act(name, actor=actor, records=records, note=error.code, outcome=journal.Outcome.REFUSED)


def note_act(
    name: str,
    *,
    actor: Actor,
    records: Sequence[Model] = (),
    note: str = "",
    outcome: journal.Outcome = journal.Outcome.DONE,
) -> None:
    """Journals what changes nothing and must be known all the same: an export, a refusal (QUALITY L1).

    name : `room.verb`, with a title of its own; records : what it was about; note : free of personal data.
    """
    here = surroundings()
    with transaction.atomic():
        journal.record(
            use_case=name,
            outcome=outcome,
            author=author_of(actor),
            at=clock.now(),
            request_id=here.request_id,
            via=here.via,
            address=here.address,
            changes=[
                journal.Change(subject_type=record._meta.label_lower, subject_id=str(record.pk), before={}, after={})
                for record in records
            ],
            note=note,
        )
