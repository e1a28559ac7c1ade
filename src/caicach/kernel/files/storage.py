"""Contents on disk, by their SHA-256: FILES_DIR/ab/cd/abcd….

A content is written under a passing name, reaches the disk, and then takes its place in one step: whoever looks finds
it whole or not at all, also after a power cut. The database speaks of it only afterwards, so that a crash in between
leaves a file that nobody holds (the sweep finds it), never a record without its file.
"""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO, Final

from django.conf import settings
from django.utils.translation import gettext as _

from caicach.kernel.usecase.errors import UseCaseError

BLOCK: Final = 1024 * 1024
INCOMING: Final = "incoming"
LEAVE_ALONE_FOR: Final = timedelta(hours=24)
"""Younger files on disk are never swept: their record may be about to be written."""

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})


class UnableToStore(UseCaseError):
    """The disk cannot be written to; nothing was kept."""

    code = "files.store_unavailable"
    status = 503

    def default_message(self) -> str:
        return _("Files cannot be stored just now. Nothing was saved. Tell the operators and try again later.")


class DiskFull(UnableToStore):
    code = "files.disk_full"
    status = 507

    def default_message(self) -> str:
        return _("There is no room left for files. Nothing was saved. Tell the operators; then send the file again.")


class ContentMissing(UseCaseError):
    """The record is there and its content is not: someone removed it from the disk."""

    code = "files.content_missing"
    status = 503

    def default_message(self) -> str:
        return _("The content of this file is missing on the server. Tell the operators: they can restore it.")


class Overrun(Exception):
    """More bytes came than may. Nothing of them is kept."""


@dataclass(frozen=True, slots=True)
class Content:
    """A whole content under its passing name. path : where it lies; sha256 : in lower-case hexadecimal."""

    path: Path
    sha256: str
    size_bytes: int


class Incoming:
    """A content on its way in: counted and hashed while it is written. Either `finish` or `discard` ends it."""

    def __init__(self, *, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._digest = hashlib.sha256()
        self.size_bytes = 0
        with _told_clearly():
            folder = settings.FILES_DIR / INCOMING
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self.path = Path(folder / secrets.token_hex(16))
            self._file: BinaryIO = os.fdopen(os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")

    def write(self, chunk: bytes) -> None:
        """Raises Overrun past the bound, DiskFull and UnableToStore; the content is then discarded."""
        self.size_bytes += len(chunk)
        if self.size_bytes > self._most_bytes:
            self.discard()
            raise Overrun
        self._digest.update(chunk)
        with self._or_discarded():
            self._file.write(chunk)

    def finish(self) -> Content:
        """The content is on disk, not only in the system's memory. Raises as `write` does."""
        with self._or_discarded():
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
        return Content(self.path, self._digest.hexdigest(), self.size_bytes)

    def discard(self) -> None:
        discard(self.path)
        # Closing writes what is left in memory; on a full disk that fails once more, which no longer matters.
        try:
            self._file.close()
        except OSError:
            return

    @contextmanager
    def _or_discarded(self) -> Iterator[None]:
        try:
            with _told_clearly():
                yield
        except UnableToStore:
            self.discard()
            raise


def place_of(sha256: str) -> Path:
    """Where a content lies. Raises ValueError for anything that is not 64 hexadecimal digits."""
    if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
        raise ValueError("not a SHA-256")
    return Path(settings.FILES_DIR / sha256[:2] / sha256[2:4] / sha256)


def keep(content: Content) -> Path:
    """Give a content its place; a second time the same content is only noted. Raises DiskFull, UnableToStore."""
    place = place_of(content.sha256)
    with _told_clearly():
        if _is_there(place, content.size_bytes):
            # Its age begins anew, so that a sweep under way does not take it for forgotten.
            os.utime(place)
            discard(content.path)
            return place
        for folder in (place.parent.parent, place.parent):
            if not folder.exists():
                folder.mkdir(parents=True, exist_ok=True, mode=0o700)
                _reach_disk(folder.parent)
        os.replace(content.path, place)
        _reach_disk(place.parent)
    return place


def opened(*, sha256: str) -> BinaryIO:
    """The content, to be read. Raises ContentMissing."""
    try:
        return place_of(sha256).open("rb")
    except FileNotFoundError as error:
        raise ContentMissing from error


def discard(path: Path) -> None:
    path.unlink(missing_ok=True)


def is_whole(*, sha256: str) -> bool | None:
    """Whether the content on disk still is what it was; None when it is gone. Reads all of it."""
    digest = hashlib.sha256()
    try:
        with place_of(sha256).open("rb") as file:
            while block := file.read(BLOCK):
                digest.update(block)
    except FileNotFoundError:
        return None
    return digest.hexdigest() == sha256


def contents() -> Iterator[tuple[str, os.stat_result]]:
    """SHA-256 and status of every content that lies in its place, in order."""
    root = Path(settings.FILES_DIR)
    for path in sorted(root.glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*")):
        if len(path.name) == 64:
            yield path.name, path.stat()


def left_behind() -> Iterator[tuple[Path, os.stat_result]]:
    """Contents that never took their place: a crash, or an upload going on."""
    folder = Path(settings.FILES_DIR / INCOMING)
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        yield path, path.stat()


def _is_there(place: Path, size_bytes: int) -> bool:
    """A file cut short by a failing disk is not taken for the content: the new one replaces it."""
    try:
        return place.stat().st_size == size_bytes
    except FileNotFoundError:
        return False


def _reach_disk(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _told_clearly() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise (DiskFull if error.errno in _FULL else UnableToStore) from error
