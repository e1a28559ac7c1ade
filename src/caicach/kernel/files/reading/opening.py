"""Opening a file that someone sent: the one door through which every room takes one in."""

from __future__ import annotations

import stat
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from .archives import Archive
from .blank import is_blank
from .characters import shown_name
from .compound import stream_names
from .decoding import decode_text
from .errors import Notice, NoticeCode, Reason, UnreadableFile, about, notice
from .images import check_image
from .kinds import HEAD_BYTES, OLE_MAGIC, ZIP_MAGIC, FileKind, kind_of_name, sniff
from .limits import DEFAULT_LIMITS, Limits
from .office import OfficePackage, open_container
from .pdf import check_pdf
from .safe_xml import parse_xml

TAKEN: Final = frozenset(FileKind) - {FileKind.ZIP}
"""What is taken unless a room says otherwise: an archive's files are sent one by one."""

_TEXTUAL: Final = (FileKind.TEXT, FileKind.CSV)


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file that agreed with its name. `package` is there for Word and Excel, `archive` for a plain ZIP."""

    name: str
    kind: FileKind
    content: bytes
    package: OfficePackage | None = None
    archive: Archive | None = None


@dataclass(frozen=True, slots=True)
class ExaminedFile:
    """What is known of a file that may be kept: its shown name, kind, size in bytes, and what is worth saying."""

    name: str
    kind: FileKind
    size: int
    notices: tuple[Notice, ...] = ()


def load(source: Path | bytes, *, name: str, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """The bytes of a file, after its size was seen to be within bounds: a file of 300 MB is refused unread.

    Text has its own, lower bound. Raises UnreadableFile: empty, too large, no ordinary file; OSError from the disk.
    """
    with about(shown_name(name)):
        if isinstance(source, bytes):
            _check_size(len(source), name, limits)
            return source
        status = source.stat()
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableFile(Reason.NOT_A_FILE)
        _check_size(status.st_size, name, limits)
        with source.open("rb") as stream:
            content = stream.read(limits.file_bytes + 1)  # it may have grown since
        _check_size(len(content), name, limits)
        return content


def open_file(
    source: Path | bytes, *, name: str, taken: Collection[FileKind] = TAKEN, limits: Limits = DEFAULT_LIMITS
) -> OpenedFile:
    """Tells the kind of a file by name and content and opens its container, with every check that this needs.

    Raises UnreadableFile with the file's name in it.
    """
    content = load(source, name=name, limits=limits)
    shown = shown_name(name)
    with about(shown):
        package, archive, kind = None, None, None
        head = content[:HEAD_BYTES]
        if head.startswith(ZIP_MAGIC):
            container = open_container(content, name=name, limits=limits)
            if isinstance(container, OfficePackage):
                package, kind = container, container.kind
            else:
                archive, kind = container, FileKind.ZIP
        else:
            kind = sniff(head, name, parts=stream_names(content) if head.startswith(OLE_MAGIC) else ())
        if kind not in taken:
            raise UnreadableFile(
                Reason.KIND_NOT_TAKEN, found=f".{kind}", taken=", ".join(sorted(f".{it}" for it in taken))
            )
        return OpenedFile(shown, kind, content, package, archive)


def examine(
    source: Path | bytes, *, name: str, taken: Collection[FileKind] = TAKEN, limits: Limits = DEFAULT_LIMITS
) -> ExaminedFile:
    """Whether a file may be kept as it is: agreed kind, whole, not locked, no macros, no bomb. For uploads.

    A scanned PDF passes (it is evidence, not a text to read). Raises UnreadableFile with the file's name in it.
    """
    opened = open_file(source, name=name, taken=taken, limits=limits)
    with about(opened.name):
        return ExaminedFile(opened.name, opened.kind, len(opened.content), _looked_into(opened, limits))


def _looked_into(opened: OpenedFile, limits: Limits) -> tuple[Notice, ...]:
    match opened.kind:
        case FileKind.PDF:
            return check_pdf(opened.content, limits=limits)
        case FileKind.PNG | FileKind.JPEG:
            check_image(opened.content, limits=limits)
        case FileKind.XML:
            parse_xml(opened.content, limits=limits)
        case FileKind.TEXT | FileKind.CSV:
            decoded = decode_text(opened.content, limits=limits)
            return decoded.notices if decoded.text.strip() else (*decoded.notices, notice(NoticeCode.NOTHING_IN_IT))
        case FileKind.WORD | FileKind.EXCEL if opened.package:
            return opened.package.notices + _of_main_part(opened.package)
        case _ if opened.archive:
            return opened.archive.notices
    return ()


def _of_main_part(package: OfficePackage) -> tuple[Notice, ...]:
    """That the document itself is there and well-formed; sheets are only read when a room wants them."""
    document = package.xml(package.main)
    if package.kind is FileKind.WORD and document is not None and is_blank(document):
        return (notice(NoticeCode.NOTHING_IN_IT),)
    return ()


def _check_size(size: int, name: str, limits: Limits) -> None:
    if size == 0:
        raise UnreadableFile(Reason.EMPTY)
    if kind_of_name(name) in _TEXTUAL and size > limits.text_bytes:
        raise UnreadableFile(Reason.TEXT_TOO_LARGE, size_bytes=size, limit_bytes=limits.text_bytes)
    if size > limits.file_bytes:
        raise UnreadableFile(Reason.TOO_LARGE, size_bytes=size, limit_bytes=limits.file_bytes)
