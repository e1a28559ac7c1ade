"""The signed heads of the chain, kept in a file outside the database: what shows a cut-off tail or a rebuilt chain.

One JSON line a seal, only ever appended: {"at","chain_hash","count","sequence","signature"}.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidSignature

from . import hashing, keys

_FORMAT: Final = "caicach.head.1"
_LINE_BYTES: Final = 4096
"""More than a line is long."""


@dataclass(frozen=True, slots=True)
class Head:
    """at : ISO, UTC. signature : Ed25519 over the other four, hex."""

    sequence: int
    chain_hash: str
    count: int
    at: str
    signature: str

    def line(self) -> str:
        fields = {name: getattr(self, name) for name in ("sequence", "chain_hash", "count", "at", "signature")}
        return hashing.canonical(fields) + "\n"

    def is_genuine(self) -> bool:
        """Whether the holder of the key signed exactly this."""
        try:
            signature = bytes.fromhex(self.signature)
            keys.public_key().verify(signature, _message(self.sequence, self.chain_hash, self.count, self.at))
        except (InvalidSignature, ValueError):
            return False
        return True


def signed(*, sequence: int, chain_hash: str, count: int, at: str) -> Head:
    signature = keys.signing_key().sign(_message(sequence, chain_hash, count, at))
    return Head(sequence, chain_hash, count, at, signature.hex())


def _message(sequence: int, chain_hash: str, count: int, at: str) -> bytes:
    return hashing.canonical([_FORMAT, sequence, chain_hash, count, at]).encode()


def parse(line: str) -> Head | None:
    """None when the line is no head."""
    try:
        fields = json.loads(line)
        head = Head(**fields)
    except (ValueError, TypeError):
        return None
    texts = (head.chain_hash, head.at, head.signature)
    numbers = (head.sequence, head.count)
    is_well_formed = all(type(text) is str for text in texts) and all(type(number) is int for number in numbers)
    return head if is_well_formed else None


@dataclass(frozen=True, slots=True)
class Line:
    """number : from 1. offset : in bytes. head : None when the text is none."""

    number: int
    offset: int
    text: str
    head: Head | None


def read(path: Path) -> Iterator[Line]:
    """The lines that hold something, one after the other; over-long ones are cut. Raises OSError."""
    with path.open("rb") as file:
        number = offset = 0
        while raw := file.readline(_LINE_BYTES):
            number += 1
            text = raw.decode("utf-8", "replace").strip()
            if text:
                yield Line(number, offset, text, parse(text))
            offset += len(raw)


class HeadsFile:
    """The file while one sealer holds it."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def last(self) -> Head | None:
        """The last whole head; a line that a crash left half-written is passed over."""
        size = os.fstat(self._descriptor).st_size
        tail = os.pread(self._descriptor, _LINE_BYTES, max(0, size - _LINE_BYTES)).decode("utf-8", "replace")
        heads = (parse(line) for line in reversed(tail.splitlines()))
        return next((head for head in heads if head is not None), None)

    def append(self, head: Head) -> None:
        """Raises OSError, with the disk full for one; then the next run of the sealer appends the head."""
        size = os.fstat(self._descriptor).st_size
        is_torn = size > 0 and os.pread(self._descriptor, 1, size - 1) != b"\n"
        left = (("\n" if is_torn else "") + head.line()).encode()
        while left:
            left = left[os.write(self._descriptor, left) :]
        os.fsync(self._descriptor)


@contextmanager
def held(path: Path) -> Iterator[HeadsFile | None]:
    """The file, for this process alone; None when another sealer has it. Made when it is not there."""
    is_new = not path.exists()
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o640)
    try:
        if is_new:
            _keep_name(path.parent)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
            return
        yield HeadsFile(descriptor)
    finally:
        os.close(descriptor)


def _keep_name(folder: Path) -> None:
    """A new file survives a power cut only when its folder was written too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
