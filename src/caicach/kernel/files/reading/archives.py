"""Opening a ZIP container without trusting it: entries, sizes and ratios are counted while unpacking.

The list of entries is bounded before it is parsed, every entry is unpacked once (and thrown away) against one budget,
and what is asked for later is unpacked against the same bounds. Nothing is written to disk under a name from inside.
"""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator

from .errors import Notice, NoticeCode, Reason, UnreadableFile, notice
from .kinds import OLE_MAGIC, is_archive
from .limits import DEFAULT_LIMITS, Limits

_CHUNK = 256 * 1024
_CENTRAL_ENTRY = b"PK\x01\x02"
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, NotImplementedError, RuntimeError)


class Archive:
    """A checked ZIP container in memory.

    names     : its files, no folders.
    compounds : those of them that are old Office (compound) files, embedded objects or macro projects.
    notices   : what was odd but allowed.
    """

    def __init__(self, content: bytes, *, limits: Limits = DEFAULT_LIMITS) -> None:
        """Checks the whole archive. Raises UnreadableFile with the precise reason.

        Work is bounded by `limits.unpacked_bytes`, memory by one chunk beside `content`.
        """
        # Before the list is parsed: a file of nothing but list entries would cost far more memory than its size.
        if content.count(_CENTRAL_ENTRY) > limits.archive_entries:
            raise UnreadableFile(Reason.TOO_MANY_ENTRIES, limit=limits.archive_entries)
        self._limits = limits
        self._size = len(content)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except _BROKEN as error:
            raise _broken(error) from error
        entries = self._zip.infolist()
        if len(entries) > limits.archive_entries:
            raise UnreadableFile(Reason.TOO_MANY_ENTRIES, limit=limits.archive_entries)
        _check_names(entries)
        _check_overlap(entries)
        self._entries = {entry.filename: entry for entry in entries if not entry.is_dir()}
        self.names = frozenset(self._entries)
        self.compounds: tuple[str, ...] = ()
        self.notices: tuple[Notice, ...] = ()
        self._check_content()

    def read(self, name: str, *, at_most: int | None = None) -> bytes:
        """The bytes of one entry, at most `at_most` (default: one XML part's bound). Raises KeyError when not there."""
        bound = self._limits.xml_bytes if at_most is None else at_most
        content = io.BytesIO()
        for chunk in self._unpack(self._entries[name]):
            content.write(chunk)
            if content.tell() > bound:
                raise UnreadableFile(Reason.XML_TOO_LARGE)
        return content.getvalue()

    def _check_content(self) -> None:
        unpacked = 0
        for entry in self._entries.values():
            head = b""
            for chunk in self._unpack(entry):
                head = head or chunk[:16]
                unpacked += len(chunk)
                self._check_size(unpacked)
            if head.startswith(OLE_MAGIC):
                self.compounds += (entry.filename,)
            elif is_archive(head):
                self._check_nested(entry.filename)

    def _check_size(self, unpacked: int) -> None:
        limits = self._limits
        if unpacked > limits.unpacked_bytes:
            raise UnreadableFile(Reason.UNPACKS_TOO_LARGE, limit_bytes=limits.unpacked_bytes)
        if unpacked > limits.ratio_from_bytes and unpacked > limits.unpacked_ratio * self._size:
            raise UnreadableFile(Reason.RATIO_TOO_HIGH, limit=limits.unpacked_ratio)

    def _check_nested(self, name: str) -> None:
        """The workbook behind a chart is the one archive that Office itself puts inside; it is never opened."""
        folder, _, file = name.rpartition("/")
        if folder in ("word/embeddings", "xl/embeddings") and file.lower().endswith(".xlsx"):
            self.notices = (notice(NoticeCode.EMBEDDED_WORKBOOK),)
            return
        raise UnreadableFile(Reason.NESTED_ARCHIVE, entry=name)

    def _unpack(self, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        try:
            with self._zip.open(entry) as stream:
                while chunk := stream.read(_CHUNK):
                    yield chunk
        except _BROKEN as error:
            raise _broken(error) from error


def _broken(error: Exception) -> UnreadableFile:
    """zipfile tells its troubles in words; three of them are not damage."""
    words = str(error)
    if "encrypted" in words or "password" in words:
        return UnreadableFile(Reason.ENCRYPTED_ARCHIVE)
    if isinstance(error, NotImplementedError):
        return UnreadableFile(Reason.ODD_COMPRESSION)
    if "Overlapped entries" in words:
        return UnreadableFile(Reason.OVERLAPPING_ENTRIES)
    return UnreadableFile(Reason.CORRUPT_ARCHIVE)


def _check_names(entries: list[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for entry in entries:
        name = entry.filename
        if _points_outside(entry.orig_filename):
            raise UnreadableFile(Reason.UNSAFE_ENTRY_NAME, entry=name)
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
            raise UnreadableFile(Reason.LINK_ENTRY, entry=name)
        if name.lower() in seen:  # Office takes names without regard to case (ECMA-376 part 2, 7.2.3)
            raise UnreadableFile(Reason.DUPLICATE_ENTRY, entry=name)
        seen.add(name.lower())
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise UnreadableFile(Reason.ODD_COMPRESSION)


def _points_outside(name: str) -> bool:
    """Absolute, with a drive, climbing up, or with a character that some system takes as a path's end."""
    parts = name.replace("\\", "/").split("/")
    return not parts[0] or ".." in parts or ":" in parts[0] or "\x00" in name


def _check_overlap(entries: list[zipfile.ZipInfo]) -> None:
    """Entries that share bytes are how a small file unpacks to a huge one; every real packer writes them in a row."""
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise UnreadableFile(Reason.OVERLAPPING_ENTRIES)
        end = entry.header_offset + 30 + len(entry.orig_filename.encode()) + entry.compress_size
