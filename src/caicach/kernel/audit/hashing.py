"""The arithmetic of the journal: what is hashed, in which form, and how hashes join into a chain.

Pure functions over text and bytes, so that an inspector can recompute the chain with any tool. The forms are written
out in docs/audit.md; a change of form gets a new format mark and keeps the old one readable.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable
from typing import Any, Final

ENTRY_FORMAT: Final = "caicach.entry.1"
SEAL_FORMAT: Final = "caicach.seal.1"
NO_PREVIOUS: Final = "0" * 64
"""What the first seal has for a predecessor."""

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False).encode
_encode_row = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=repr).encode
"""The same text for texts and whole numbers; bytes that a hand put into SQLite's untyped columns are no error."""


def canonical(value: Any) -> str:
    """One text for one JSON value: keys sorted, no spaces, letters as they are. Raises TypeError or ValueError."""
    return _encode(value)


def content_digest(head: Iterable[str | int | None], changes: Iterable[Iterable[str | int]]) -> bytes:
    """SHA-256 of an entry with its changes.

    head : nonce, at (ISO, UTC), use_case, outcome, account_ref, author_digest, role, unit_code, via, request_id, note.
    changes : by position: position, subject_type, subject_id, before, after, personal; the last three as stored text.
    """
    flat: list[str | int | None] = [ENTRY_FORMAT, *head]
    for change in changes:
        flat += change
    return hashlib.sha256(_encode_row(flat).encode("utf-8", "surrogatepass")).digest()


def entry_mac(key: bytes, content: bytes) -> str:
    """HMAC-SHA-256 that only a holder of the key can write: tells our entries from rows put in by hand."""
    return hmac.digest(key, content, "sha256").hex()


def author_digest(
    key: bytes, account_ref: int | None, name: str | None, on_behalf_of: str | None, address: str | None
) -> str:
    """What an entry holds in place of its author's name and address. Without the key, a guess cannot be tried."""
    identity = _encode_row([account_ref, name, on_behalf_of, address])
    return hmac.digest(key, identity.encode("utf-8", "surrogatepass"), "sha256").hex()


def salted_hash(salt: str, value: str) -> str:
    """What an entry holds in place of a personal value. Without the salt, a guess cannot be tried."""
    return hashlib.sha256(f"{salt}:{value}".encode()).hexdigest()


def leaf_hash(*, sequence: int, position: int, entry_id: int, content: bytes) -> bytes:
    """Binds an entry's content to its number and to its place in a seal."""
    return hashlib.sha256(b"\x00%d:%d:%d:" % (sequence, position, entry_id) + content).digest()


class MerkleTree:
    """Root of a growing list of leaves in memory that grows with its logarithm (RFC 6962, section 2.1)."""

    __slots__ = ("_heights", "_nodes")

    def __init__(self) -> None:
        self._nodes: list[bytes] = []
        self._heights: list[int] = []

    def add(self, leaf: bytes) -> None:
        height = 0
        nodes, heights = self._nodes, self._heights
        while heights and heights[-1] == height:
            heights.pop()
            leaf = hashlib.sha256(b"\x01" + nodes.pop() + leaf).digest()
            height += 1
        nodes.append(leaf)
        heights.append(height)

    def root(self) -> str:
        """Hex; the root of no leaves is the hash of nothing."""
        if not self._nodes:
            return hashlib.sha256(b"").hexdigest()
        root = self._nodes[-1]
        for node in reversed(self._nodes[:-1]):
            root = hashlib.sha256(b"\x01" + node + root).digest()
        return root.hex()


def merkle_root(leaves: Iterable[bytes]) -> str:
    tree = MerkleTree()
    for leaf in leaves:
        tree.add(leaf)
    return tree.root()


def chain_hash(
    *, sequence: int, previous: str, merkle_root: str, count: int, first_at: str, last_at: str, at: str
) -> str:
    """Head of the chain after this seal; the moments are ISO texts in UTC."""
    form = [SEAL_FORMAT, sequence, previous, merkle_root, count, first_at, last_at, at]
    return hashlib.sha256(_encode_row(form).encode("utf-8", "surrogatepass")).hexdigest()
