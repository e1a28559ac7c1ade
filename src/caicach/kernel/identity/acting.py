"""Who acts: an account with the roles it holds on a day, read in plain SQL, since every request pays for it.

Through the ORM the same rows take three times as long, and each statement is planned anew by the database: hence one
statement for a person with own roles, and another only for who stands in for somebody that day.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from itertools import groupby
from typing import Any, Final

from django.db import connection

from caicach.kernel.usecase.actor import ANONYMOUS, Actor, HeldRole

from .models import Account

_OWN: Final = """
SELECT held.id, held.role, unit.id, unit.code, unit.name, unit.parent_id, '' AS absent, NULL AS giver, reached.id,
    EXISTS (
        SELECT 1 FROM identity_delegation away
        WHERE away.receiver_id = account.id AND away.valid_from <= %(on)s AND away.valid_to > %(on)s
    ),
    {columns}
FROM identity_account account
LEFT JOIN identity_roleassignment held
    ON held.account_id = account.id AND held.valid_from <= %(on)s AND (held.valid_to IS NULL OR held.valid_to > %(on)s)
LEFT JOIN identity_unit unit ON unit.id = held.unit_id
LEFT JOIN identity_unit reached ON reached.path LIKE unit.path || '%%'
WHERE account.id = %(account)s AND account.is_active
ORDER BY held.id
"""
"""One row for each own role and each unit that it reaches; whether someone absent gave roles; the account.

Someone without a role has one row of nulls; who may not sign in has none.
"""

_RECEIVED: Final = """
SELECT given.id, given.role, unit.id, unit.code, unit.name, unit.parent_id, giver.full_name AS absent, giver.id,
    reached.id
FROM identity_roleassignment given
JOIN identity_account giver ON giver.id = given.account_id
JOIN identity_unit unit ON unit.id = given.unit_id
JOIN identity_unit reached ON reached.path LIKE unit.path || '%%'
WHERE given.valid_from <= %(on)s AND (given.valid_to IS NULL OR given.valid_to > %(on)s) AND giver.is_active
AND EXISTS (
    SELECT 1 FROM identity_delegation away
    WHERE away.receiver_id = %(account)s AND away.giver_id = giver.id
    AND away.valid_from <= %(on)s AND away.valid_to > %(on)s
)
ORDER BY given.id
"""
_COLUMNS_OF_A_ROLE: Final = 9
_STANDS_IN: Final = 9
_ACCOUNT: Final = 10
"""Where a row of `_OWN` says whether the person stands in for someone, and where the account begins."""


def actor_with_id(account_id: int, on: date) -> Actor:
    """ANONYMOUS for an account that is gone or shut. One statement, two for who stands in for someone."""
    rows = _rows(_OWN.format(columns="account.full_name"), account_id, on)
    return _actor(rows, account_id, on, name=rows[0][_ACCOUNT]) if rows else ANONYMOUS


def account_with_actor(account_id: int, on: date) -> tuple[Account, Actor] | None:
    """None for an account that is gone or shut. As many statements as for the actor alone."""
    rows = _rows(_OWN.format(columns=_columns()), account_id, on)
    if not rows:
        return None
    account = Account.from_db(connection.alias, _names(), _converted(rows[0][_ACCOUNT:]))
    return account, _actor(rows, account_id, on, name=account.full_name)


def _rows(statement: str, account_id: int, on: date) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"account": account_id, "on": connection.ops.adapt_datefield_value(on)})
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _actor(own: Sequence[tuple[Any, ...]], account_id: int, on: date, *, name: str) -> Actor:
    """With its own roles first, then those received by delegation."""
    received = _rows(_RECEIVED, account_id, on) if own[0][_STANDS_IN] else []
    held = (*_held(own), *_held(received))
    return Actor(account_id=account_id, name=name, roles=held)


def _held(rows: Sequence[tuple[Any, ...]]) -> list[HeldRole]:
    by_role = (list(of_role) for _id, of_role in groupby(rows, key=lambda row: row[0]))
    return [_role(of_role) for of_role in by_role if of_role[0][0] is not None]


def _role(rows: Sequence[tuple[Any, ...]]) -> HeldRole:
    """One role, from its rows: all but the unit reached are the same in each."""
    _id, role, unit_id, code, name, parent_id, absent, giver_id, _reached = rows[0][:_COLUMNS_OF_A_ROLE]
    return HeldRole(
        role=role,
        unit_id=unit_id,
        unit_code=code,
        unit_name=name,
        reach=frozenset(row[8] for row in rows),
        on_behalf_of=absent,
        giver_id=giver_id,
        is_at_top=parent_id is None,
    )


@cache
def _columns() -> str:
    return ", ".join(f"account.{connection.ops.quote_name(str(f.column))}" for f in Account._meta.concrete_fields)


@cache
def _names() -> list[str]:
    return [field.attname for field in Account._meta.concrete_fields]


@cache
def _converters() -> list[tuple[int, Any, Any]]:
    """(place, column, how its value becomes Python's): what SQLite keeps as text or number."""
    columns = [field.get_col(Account._meta.db_table) for field in Account._meta.concrete_fields]
    return [
        (place, column, convert)
        for place, column in enumerate(columns)
        for convert in (*connection.ops.get_db_converters(column), *column.get_db_converters(connection))
    ]


def _converted(row: Sequence[Any]) -> list[Any]:
    values = list(row)
    for place, column, convert in _converters():
        values[place] = convert(values[place], column, connection)
    return values
