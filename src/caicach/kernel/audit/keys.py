"""The journal's keys, derived from settings.AUDIT_KEY, which the database never holds."""

from __future__ import annotations

import functools
import hmac

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings


def entry_key() -> bytes:
    """For the HMAC in each entry."""
    return _derived(settings.AUDIT_KEY, "entries")


def author_key() -> bytes:
    """For the HMAC that stands for an author's name and address."""
    return _derived(settings.AUDIT_KEY, "authors")


def signing_key() -> Ed25519PrivateKey:
    """Signs the heads of the chain."""
    return _pair(settings.AUDIT_KEY)


def public_key() -> Ed25519PublicKey:
    """Lets an inspector check the heads without being able to make any."""
    return signing_key().public_key()


@functools.lru_cache(maxsize=8)
def _derived(secret: str, purpose: str) -> bytes:
    return hmac.digest(secret.encode(), f"caicach.audit.{purpose}".encode(), "sha256")


@functools.lru_cache(maxsize=8)
def _pair(secret: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(_derived(secret, "heads"))
