"""Texts in Vietnamese order: a ă â b c d đ e ê …, tones after letters, capitals beside small letters."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

from django.db.models import Func, TextField

from caicach.kernel.search.folding import sort_key

_REMEMBERED: Final = 20_000
"""A query asks several times for the key of one row, and the next page for those of all rows again."""


class InVietnamese(Func):
    """A text column to sort by. Databases order text by code points, which puts đ after z.

    PostgreSQL has the order (ICU's); SQLite gets it as a function of ours, made on the connection when it is asked.
    """

    arity = 1
    function = "caicach_in_vietnamese"
    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        connection.ensure_connection()
        connection.connection.create_function(self.function, 1, _key, deterministic=True)
        return self.as_sql(compiler, connection, **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template='(%(expressions)s COLLATE "vi-x-icu")', **context)


@lru_cache(maxsize=_REMEMBERED)
def _key(text: str | None) -> str | None:
    return None if text is None else sort_key(text)
