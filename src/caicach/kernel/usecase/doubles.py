"""Two who write the same at one moment: neither saw the other's row, and the database takes only the first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import IntegrityError

from .errors import UseCaseError

_POSTGRESQL_UNIQUE: Final = "23505"
_SQLITE_UNIQUE: Final = frozenset({"SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"})


def is_double(error: IntegrityError) -> bool:
    """Whether a unique constraint refused the row, and no other rule of the database."""
    cause = error.__cause__
    return (
        getattr(cause, "sqlstate", None) == _POSTGRESQL_UNIQUE
        or getattr(cause, "sqlite_errorname", None) in _SQLITE_UNIQUE
    )


@contextmanager
def refused_when_double(refusal: UseCaseError) -> Iterator[None]:
    """Around the INSERT of what may be there once: who comes second is told what the check before would have said.

    The transaction is lost then, so that the refusal must end the use case.
    """
    try:
        yield
    except IntegrityError as error:
        if is_double(error):
            raise refusal from error
        raise
