"""Deny by default: every page and every operation of the API, asked for by everyone (table: expected.txt).

A door that is not in the table fails here, and the failure says what to add.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

import pytest
from django.test import Client

from .expected import TABLE, WITHOUT_RULE, Row, line_of, rows
from .trying import REFUSALS, SIGN_IN, Answer, answer
from .walking import Operation, every_operation, every_page
from .world import PERSONS, Record, World, missing

# Marked so that the test database is there when these are the only tests; the world has a transaction of its own.
pytestmark = pytest.mark.django_db

OPERATIONS: Final = {operation.label: operation for operation in every_operation()}
FOREIGN: Final = {f"{name} GET" for name in WITHOUT_RULE}
SHOWN_BY: Final = {
    "plan": ("programme:plan GET", "plan"),
    "draft": ("programme:review GET", "draft"),
    "linked": ("programme:review GET", "draft"),  # a task of the draft
    "submitted": ("programme:review GET", "submitted"),
    "task": ("programme:task GET", "task"),
    "asks_for_time": ("programme:task GET", "asks_for_time"),
    "returned": ("programme:task GET", "returned"),
    # Products stand on the page of their task; both are tasks of the Office.
    "product": ("programme:task GET", "task"),
    "handed_in": ("programme:task GET", "task"),
    "accepted": ("programme:task GET", "task"),
    "amendment": ("programme:amendment GET", "amendment"),
    "report": ("reporting:report GET", "report"),
    "submitted_report": ("reporting:report GET", "submitted_report"),
    "locked_report": ("reporting:report GET", "locked_report"),
}
"""The row that says who reads a record. For what is not here nobody may be told by a 403 that it is there."""
DO_NOTHING: Final = {"ui:stay POST", "identity:set_language POST"}
"""Asked for by POST, and yet no use case: the tap that keeps a session open; the language of someone not signed in."""


@pytest.fixture(params=PERSONS)
def person(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


def doors(world: World) -> Iterator[tuple[Row, Operation, Record]]:
    for row in rows():
        operation = OPERATIONS.get(row.label)
        if operation is not None:
            yield row, operation, world.records.get(row.record, {})


# --- the table is whole ----------------------------------------------------------------------------------------------


def test_the_walker_finds_what_we_know_is_there() -> None:
    assert {
        "programme:approve POST",
        "programme.report_progress POST",
        "files:download GET",
        "operation:end_role GET",
        "account_login GET",
    } <= OPERATIONS.keys()
    assert OPERATIONS["operation:end_role POST"].parameters == ("pk", "assignment_pk")
    assert OPERATIONS["mfa_remove_webauthn GET"].parameters == ("pk",)
    assert OPERATIONS["programme.split_task POST"].parameters == ("plan_id", "task_id")
    assert OPERATIONS["programme.split_task POST"].path.endswith("/plans/{plan_id}/draft/tasks/{task_id}/split")


def test_every_page_says_who_may_open_it() -> None:
    silent = [page.name for page in every_page() if not page.has_rule and page.name not in WITHOUT_RULE]

    assert not silent, f"these pages open to whoever knows the address; put @page(rule) on their views: {silent}"


def test_what_is_excused_from_a_rule_is_there_and_is_not_ours() -> None:
    excused = {page.name for page in every_page() if not page.has_rule}

    assert excused == WITHOUT_RULE


def test_every_page_says_by_which_methods_it_may_be_asked() -> None:
    vague = [page.name for page in every_page() if page.has_rule and not page.methods]

    assert not vague, f"put @require_GET, @require_POST or @require_http_methods beneath @page of: {vague}"


def test_the_table_names_every_door_and_no_other(world: World) -> None:
    named = {row.label for row in rows()}
    unknown = OPERATIONS.keys() - named
    lines = [_suggested_line(world, OPERATIONS[label]) for label in sorted(unknown)]

    assert not unknown, (
        f"{TABLE.name} lacks these doors. For each: choose the record (records.py) in a state in which it can be done, "
        "put what is sent into bodies.py, run this again, judge every status, and add the line:\n\n" + "\n".join(lines)
    )
    assert not named - OPERATIONS.keys(), f"{TABLE.name} still has doors that are gone"


def _suggested_line(world: World, operation: Operation) -> str:
    name, record = "-", Record()
    if operation.parameters:
        wanted = set(operation.parameters)
        name, record = next(((n, r) for n, r in world.records.items() if wanted <= r.keys()), ("", {}))
        if not name:
            return f"{operation.label}: hold a record with {operation.parameters} in tests/access/records.py first"
    told = {who: answer(world, world.client_of(who), operation, record).status for who in PERSONS}
    return line_of(operation.label, name, told)


def test_the_table_says_a_thing_once() -> None:
    twice = [key for key, count in Counter((row.label, row.record) for row in rows()).items() if count > 1]

    assert not twice


# --- what everyone is told -------------------------------------------------------------------------------------------


def test_everyone_is_told_what_the_table_says_and_no_more(world: World, person: str) -> None:
    """The status, that nothing is done beside it, and that a refusal does not tell whether there is a record."""
    client = world.client_of(person)
    readable = _readable(person)
    wrongs = []
    for row, operation, record in doors(world):
        if person not in row.statuses:
            continue
        told = answer(world, client, operation, record)
        door = f"{row.label} ({row.record})"
        if told.status != row.statuses[person]:
            wrongs.append(f"{door}: {told.status}, and the table says {row.statuses[person]}")
        elif wrong := _does_too_much(operation, told):
            wrongs.append(f"{door}: {wrong}")
        elif _must_not_tell(row, operation, told, readable):
            nowhere = _nowhere(world, client, operation, record, told)
            if not nowhere.tells_the_same_as(told):
                wrongs.append(
                    f"{door}: one can tell that something is there: "
                    f"{told.status} {told.text[:300]!r}; {nowhere.status} {nowhere.text[:300]!r} where there is nothing"
                )
    assert not wrongs, f"{person}:\n" + "\n".join(wrongs)


def _nowhere(world: World, client: Client, operation: Operation, record: Record, told: Answer) -> Answer:
    """What is said where there is nothing: asked once for all who were told the same, a second time if it differs."""
    known = world.nowhere.get((operation.label, told.status))
    if known is None or not known.tells_the_same_as(told):
        known = answer(world, client, operation, missing(record))
        world.nowhere[operation.label, told.status] = known
    return known


def _does_too_much(operation: Operation, told: Answer) -> str:
    """A look changes nothing; what is refused is not done; what is said to be done is done by a use case."""
    if (told.changed and operation.method == "GET") or (told.done and told.status in REFUSALS):
        return f"told {told.status}, and yet did {', '.join(told.done)}"
    if not told.done and told.status not in REFUSALS and operation.method != "GET":
        return "" if operation.label in DO_NOTHING else f"told {told.status}, and nothing was done"
    return ""


def _must_not_tell(row: Row, operation: Operation, told: Answer, readable: set[str]) -> bool:
    return bool(operation.parameters) and (
        told.status == "404" or (told.status == "403" and row.record not in readable)
    )


def _readable(person: str) -> set[str]:
    """Names of the records that the person may read, as the table says it."""
    shown = {(row.label, row.record) for row in rows() if row.statuses.get(person) == "200"}
    return {record for record, where in SHOWN_BY.items() if where in shown}


def test_nobody_gets_past_the_sign_in_but_where_it_is_meant() -> None:
    open_to_all = {row.label for row in rows() if row.statuses["nobody"] not in (SIGN_IN, "401")} - FOREIGN

    assert open_to_all == {
        "identity:set_language POST",
        "operation:alive GET",
        "operation:ready GET",
        "ui:design_system GET",
        "ui:design_system_drawer GET",
    }


def test_an_account_without_a_role_does_nothing_to_the_ministrys_records() -> None:
    may = {row.label for row in rows() if row.statuses["newcomer"] not in REFUSALS and not row.label.endswith("GET")}

    assert may == {
        "identity:set_language POST",
        "identity:set_single_keys POST",
        "identity:set_theme POST",
        "notifications:choices POST",
        "notifications:read_all POST",
        "tables:save_view POST",
        "ui:stay POST",
    }


def test_a_form_of_another_site_is_refused_everywhere(world: World) -> None:
    """Without the token that our own pages carry."""
    client = Client(enforce_csrf_checks=True)
    client.cookies = world.client_of("operator").cookies
    passed = [
        row.label
        for row, operation, record in doors(world)
        if operation.method != "GET"
        and row.statuses["operator"] not in ("403", "404")
        and answer(world, client, operation, record).status != "403"
    ]

    assert not passed
