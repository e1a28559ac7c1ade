"""Idempotency keys: the first to bring a key claims it, does the work and leaves its result; the rest get that result.

The claim is inserted before the work, in the transaction of the work. Whoever brings the same key meanwhile waits at
the unique constraint: it gets the first's result when that commits, and the claim when that is rolled back. Were the
key written last, the second would already have decided on what the first left ("this plan is approved already").

Plain SQL: every write over the API and from a page pays for it.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from django.db import connection
from django.utils.translation import gettext as _

from . import results
from .actor import Actor
from .errors import KeyReused
from .models import IdempotentResult
from .text import clean

LONGEST: Final = 128

_CLAIM: Final = (
    "INSERT INTO usecase_idempotentresult (use_case, key, account_ref, fingerprint, at) VALUES (%s, %s, %s, %s, %s)"
    " ON CONFLICT (use_case, key) DO NOTHING RETURNING id"
)
_LEAVE: Final = "UPDATE usecase_idempotentresult SET result = %s WHERE id = %s"


@dataclass(frozen=True, slots=True)
class Key:
    """A key as one account sends it to one use case, with what it came with."""

    use_case: str
    key: str
    account_ref: int
    fingerprint: str

    @classmethod
    def of(cls, use_case: str, key: str, *, actor: Actor, keywords: dict[str, Any]) -> Key:
        return cls(use_case, _stored(key), actor.account_id or 0, fingerprint(keywords))


@dataclass(frozen=True, slots=True)
class Claim:
    """The key is ours to the end of the transaction."""

    number: int

    def leave(self, result: Any) -> None:
        """For whoever brings the key again. Raises TypeError for a result that cannot be kept."""
        kept = json.dumps(results.keep(result), ensure_ascii=False)
        with connection.cursor() as cursor:
            cursor.execute(_LEAVE, (kept, self.number))


@dataclass(frozen=True, slots=True)
class First:
    """Someone was first; `kept` is what they left."""

    kept: Any


def claim(key: Key, *, at: datetime) -> Claim | First:
    """Within the transaction of the work. Raises KeyReused when another account or other content had the key before."""
    while True:
        with connection.cursor() as cursor:
            moment = connection.ops.adapt_datetimefield_value(at.astimezone(UTC))
            cursor.execute(_CLAIM, (key.use_case, key.key, key.account_ref, key.fingerprint, moment))
            row = cursor.fetchone()
        if row is not None:
            return Claim(row[0])
        first = IdempotentResult.objects.filter(use_case=key.use_case, key=key.key).first()
        if first is None:  # swept or forgotten between the two statements: the key is free again
            continue
        if first.account_ref != key.account_ref:
            raise KeyReused(
                _("This form was already sent from another account. Open the page again and send it once more.")
            )
        if first.fingerprint != key.fingerprint:
            raise KeyReused
        return First(first.result)


def was_brought(key: str, *, actor: Actor) -> bool:
    """Whether the actor did something under this key: the form that carries it was sent."""
    brought = IdempotentResult.objects.filter(key=_stored(key), account_ref=actor.account_id or 0)
    return bool(key) and brought.exists()


def fingerprint(keywords: dict[str, Any]) -> str:
    """SHA-256 of the inputs: models by kind and id, files by their bytes' hash when they know it."""
    return hashlib.sha256(json.dumps(keywords, default=results.reference, sort_keys=True).encode()).hexdigest()


def _stored(key: str) -> str:
    """A key that is too long to be kept is told apart by all its letters, not by its first ones."""
    cleaned = clean(key)
    if len(cleaned) <= LONGEST:
        return cleaned
    return "sha256:" + hashlib.sha256(cleaned.encode()).hexdigest()
