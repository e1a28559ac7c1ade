"""The account of each request, read in plain SQL: the ORM would build this one statement anew each time."""

from __future__ import annotations

from functools import cache
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db import connection

from .models import Account


class AccountBackend(AuthenticationBackend):
    """Signs in as the library's own does; only the look-up of a known id is ours."""

    def get_user(self, user_id: int) -> Account | None:
        with connection.cursor() as cursor:
            cursor.execute(_statement(), (user_id,))
            row = cursor.fetchone()
        if row is None:
            return None
        account = Account.from_db(connection.alias, _names(), _converted(row))
        return account if self.user_can_authenticate(account) else None


@cache
def _statement() -> str:
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in Account._meta.concrete_fields)
    return f"SELECT {columns} FROM {connection.ops.quote_name(Account._meta.db_table)} WHERE id = %s"  # noqa: S608 - names of our own model alone


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


def _converted(row: tuple[Any, ...]) -> list[Any]:
    values = list(row)
    for place, column, convert in _converters():
        values[place] = convert(values[place], column, connection)
    return values
