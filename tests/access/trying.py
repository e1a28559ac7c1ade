"""Sending one person to one door and back, leaving nothing behind."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.db.models import Max
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import reverse

from caicach.kernel.audit.models import Entry, EntryChange, Outcome

from .bodies import BODIES
from .walking import Operation
from .world import Record, World

SIGN_IN: Final = "in"
"""What a page answers to someone not signed in: not a status, for a redirect elsewhere is a success."""
FORM_BACK: Final = "form"
"""A page answers 200 to a form that it did not take: it comes back and says why."""
REFUSALS: Final = frozenset({SIGN_IN, FORM_BACK, "401", "403", "404", "409", "422"})


@dataclass(frozen=True, slots=True)
class Answer:
    """status : as a word of the table; text : the body without what differs from one request to the next;
    done : the use cases that the journal then held as done; changed : whether one of them changed a record.
    """

    status: str
    text: str
    done: tuple[str, ...]
    changed: bool

    def tells_the_same_as(self, other: Answer) -> bool:
        return (self.status, self.text) == (other.status, other.text)


class _Undo(Exception):
    pass


def answer(world: World, client: Client, operation: Operation, record: Record) -> Answer:
    """What is said; all that was written is taken back: rows, files and cookies."""
    found: list[Answer] = []
    try:
        with _files_as_they_were(), _cookies_as_they_were(client), transaction.atomic():
            found.append(_answer(world, client, operation, record))
            raise _Undo
    except _Undo:
        return found[0]


@contextmanager
def _files_as_they_were() -> Iterator[None]:
    """A content reaches the disk before the rows that speak of it: undoing these leaves it there."""
    before = set(_files())
    try:
        yield
    finally:
        for path in set(_files()) - before:
            path.unlink()


def _files() -> Iterator[Path]:
    return (path for path in Path(settings.FILES_DIR).rglob("*") if path.is_file())


@contextmanager
def _cookies_as_they_were(client: Client) -> Iterator[None]:
    before = copy.deepcopy(client.cookies)
    try:
        yield
    finally:
        client.cookies = before


def _answer(world: World, client: Client, operation: Operation, record: Record) -> Answer:
    values = {name: record[name] for name in operation.parameters}
    address = operation.path.format(**values) if operation.is_api else reverse(operation.name, kwargs=values)
    last = Entry.objects.aggregate(last=Max("pk"))["last"]
    response = _sent(world, client, operation, address)
    content = b"".join(response.streaming_content) if response.streaming else response.content
    done = tuple(Entry.objects.filter(pk__gt=last, outcome=Outcome.DONE).values_list("use_case", flat=True))
    # What was only looked at or taken out is journalled without values.
    changes = EntryChange.objects.filter(entry_id__gt=last).exclude(before="{}", after="{}")
    return Answer(
        status=_status(response, operation, done),
        text=_without_what_changes(content.decode(errors="replace"), address),
        done=done,
        changed=bool(done) and changes.exists(),
    )


def _sent(world: World, client: Client, operation: Operation, address: str) -> Any:
    body = BODIES.get(operation.label, lambda _world: {})(world)
    client.raise_request_exception = False
    if operation.method == "GET":
        return client.get(address, body)
    if operation.is_api and not any(isinstance(value, File) for value in body.values()):
        return client.generic(operation.method, address, json.dumps(body), content_type="application/json")
    return client.post(address, body)


def _status(response: Any, operation: Operation, done: tuple[str, ...]) -> str:
    if response.status_code == 302 and response.headers["Location"].startswith(resolve_url(settings.LOGIN_URL)):
        return SIGN_IN
    if response.status_code == 200 and not operation.is_api and operation.method == "POST" and not done:
        return FORM_BACK
    return str(response.status_code)


def _without_what_changes(text: str, address: str) -> str:
    for written in (address, quote(address, safe="")):
        text = text.replace(written, "*")
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)
    return re.sub(r"[0-9a-f]{16}|CC-[0-9A-F]{4}", "", text)
