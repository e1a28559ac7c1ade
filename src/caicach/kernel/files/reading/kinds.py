"""What kind of file this is: the name's ending and the content must say the same.

Content is told by its first bytes, an archive's or compound file's own list of parts and, for Office, by the main part
that `[Content_Types].xml` declares. puremagic names what is none of ours, so that the refusal can say what it is.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import StrEnum

import puremagic

from .characters import shown_name
from .errors import Reason, UnreadableFile, about

HEAD_BYTES = 4096
"""What `sniff` wants to see of a file's beginning."""


class FileKind(StrEnum):
    """The kinds we know. The value is the ending without its dot."""

    PDF = "pdf"
    WORD = "docx"
    EXCEL = "xlsx"
    TEXT = "txt"
    CSV = "csv"
    PNG = "png"
    JPEG = "jpg"
    XML = "xml"
    ZIP = "zip"

    @property
    def media_type(self) -> str:
        return _MEDIA_TYPES[self]


_OPEN_XML = "application/vnd.openxmlformats-officedocument."
_MEDIA_TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.WORD: f"{_OPEN_XML}wordprocessingml.document",
    FileKind.EXCEL: f"{_OPEN_XML}spreadsheetml.sheet",
    FileKind.TEXT: "text/plain",
    FileKind.CSV: "text/csv",
    FileKind.PNG: "image/png",
    FileKind.JPEG: "image/jpeg",
    FileKind.XML: "application/xml",
    FileKind.ZIP: "application/zip",
}
_OF_EXTENSION = {kind.value: kind for kind in FileKind} | {"jpeg": FileKind.JPEG, "jpe": FileKind.JPEG}
_OFFICE = frozenset({FileKind.WORD, FileKind.EXCEL})
_TEXTUAL = frozenset({FileKind.TEXT, FileKind.CSV, FileKind.XML})
_TOLD_BY_NAME = {
    "doc": Reason.OLD_WORD,
    "xls": Reason.OLD_EXCEL,
    "ppt": Reason.OLD_POWERPOINT,
    "odt": Reason.OPEN_DOCUMENT,
    "ods": Reason.OPEN_DOCUMENT,
    "odp": Reason.OPEN_DOCUMENT,
    "rtf": Reason.RICH_TEXT,
    "xlsb": Reason.BINARY_WORKBOOK,
    "dotx": Reason.OFFICE_TEMPLATE,
    "xltx": Reason.OFFICE_TEMPLATE,
    "pptx": Reason.PRESENTATION,
    "docm": Reason.MACROS,
    "dotm": Reason.MACROS,
    "xlsm": Reason.MACROS,
    "xltm": Reason.MACROS,
    "xlam": Reason.MACROS,
    "pptm": Reason.MACROS,
}
_CORRUPT = {
    FileKind.PDF: Reason.CORRUPT_PDF,
    FileKind.WORD: Reason.CORRUPT_WORD,
    FileKind.EXCEL: Reason.CORRUPT_EXCEL,
    FileKind.ZIP: Reason.CORRUPT_ARCHIVE,
    FileKind.PNG: Reason.CORRUPT_IMAGE,
    FileKind.JPEG: Reason.CORRUPT_IMAGE,
}

ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROGRAMS = {b"MZ": ".exe", b"\x7fELF": ".elf"}
"""puremagic takes them for rarer kinds that begin alike."""
_UTF_8_MARK = b"\xef\xbb\xbf"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_NOT_PROSE = re.compile(rb"\s*(?:\{\\rtf|<!doctype\s+html|<html|%!PS)", re.IGNORECASE)
_MARKUP = re.compile(rb"\s*<[?!a-z_]", re.IGNORECASE)
_CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")


def extension_of(name: str) -> str:
    """The ending in lower case without its dot, "" when there is none."""
    stem, dot, extension = shown_name(name).rpartition(".")
    return extension.strip().lower() if dot and stem else ""


def extensions_of(kinds: Collection[FileKind]) -> list[str]:
    """The endings under which these kinds are taken, with their dots, in order: [".csv", ".docx", …]"""
    return sorted(f".{extension}" for extension, kind in _OF_EXTENSION.items() if kind in kinds)


def kind_of_name(name: str) -> FileKind | None:
    return _OF_EXTENSION.get(extension_of(name))


def is_archive(head: bytes) -> bool:
    """Whether these first bytes begin an archive of any common sort."""
    return head.startswith(
        (*ZIP_MAGIC, b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ\x00")
    )


def sniff(head: bytes, name: str, *, parts: Collection[str] = (), main_type: str = "") -> FileKind:
    """The kind of a file, agreed between its name and its content.

    head      : the first `HEAD_BYTES` bytes.
    parts     : names inside it: entries of an archive, streams of an old Office (compound) file.
    main_type : the media type of the main part by `[Content_Types].xml`, for Office files.

    Raises UnreadableFile: an unknown kind, a kind that must be saved as another, an ending that lies.
    """
    with about(shown_name(name)):
        if not head:
            raise UnreadableFile(Reason.EMPTY)
        found = _kind_of_content(head, parts=parts, main_type=main_type)
        if found is None:
            raise _refusal_of_foreign_content(head, name)
        return _agreed(found, head, name, parts)


def _agreed(found: FileKind, head: bytes, name: str, parts: Collection[str]) -> FileKind:
    claimed = kind_of_name(name)
    if found is claimed:
        return found
    if claimed in _TEXTUAL and found in _TEXTUAL and (claimed is not FileKind.XML or head.startswith(_UTF_16)):
        return claimed  # text may look like anything; UTF-16 is seen to be XML when it is parsed
    if claimed in _OFFICE and found is FileKind.ZIP and _was_office(parts):
        raise UnreadableFile(_CORRUPT[claimed])
    extension = extension_of(name)
    if claimed is None and extension not in _TOLD_BY_NAME:
        raise UnreadableFile(Reason.UNKNOWN_KIND, found=f".{extension or found}")
    raise UnreadableFile(Reason.EXTENSION_MISMATCH, claimed=f".{extension}", found=f".{found}")


def _kind_of_content(head: bytes, *, parts: Collection[str], main_type: str) -> FileKind | None:
    """The kind by content alone, None when it is none of ours. Raises for formats that must be saved as another."""
    if head.startswith(OLE_MAGIC):
        if reason := _reason_of_compound_file(frozenset(parts)):
            raise UnreadableFile(reason)
        return None
    if head.startswith(ZIP_MAGIC):
        return _kind_of_archive(parts, main_type)
    if b"%PDF-" in head[:1024]:
        return FileKind.PDF
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileKind.PNG
    if head.startswith(b"\xff\xd8\xff"):
        return FileKind.JPEG
    if not looks_like_text(head) or _NOT_PROSE.match(head):
        return None
    return FileKind.XML if _MARKUP.match(head.removeprefix(_UTF_8_MARK)) else FileKind.TEXT


def _reason_of_compound_file(names: frozenset[str]) -> Reason | None:
    """What an old or encrypted Office file is; None when it is some other program's compound file."""
    if "EncryptedPackage" in names:
        return Reason.ENCRYPTED_OFFICE
    if names & {"VBA", "_VBA_PROJECT", "_VBA_PROJECT_CUR", "Macros"}:
        return Reason.MACROS
    if names & {"Workbook", "Book"}:
        return Reason.OLD_EXCEL
    if "PowerPoint Document" in names:
        return Reason.OLD_POWERPOINT
    return Reason.OLD_WORD if "WordDocument" in names else None


def _kind_of_archive(parts: Collection[str], main_type: str) -> FileKind:
    if "mimetype" in parts and "META-INF/manifest.xml" in parts:
        raise UnreadableFile(Reason.OPEN_DOCUMENT)
    if "[Content_Types].xml" not in parts:
        return FileKind.ZIP
    if "sheet.binary" in main_type:
        raise UnreadableFile(Reason.BINARY_WORKBOOK)
    if "macroEnabled" in main_type or any(part.rpartition("/")[2].lower() == "vbaproject.bin" for part in parts):
        raise UnreadableFile(Reason.MACROS)
    if "template" in main_type:
        raise UnreadableFile(Reason.OFFICE_TEMPLATE)
    if "presentationml" in main_type:
        raise UnreadableFile(Reason.PRESENTATION)
    if main_type.endswith("wordprocessingml.document.main+xml"):
        return FileKind.WORD
    if main_type.endswith("spreadsheetml.sheet.main+xml"):
        return FileKind.EXCEL
    return FileKind.ZIP


def _was_office(parts: Collection[str]) -> bool:
    """An archive whose list of parts is lost, or that has the folders of Office without its manifest."""
    return not parts or any(part.startswith(("word/", "xl/", "_rels/")) for part in parts)


def looks_like_text(head: bytes) -> bool:
    """No zero byte, hardly any other control character; UTF-16 is text by its mark."""
    if head.startswith((_UTF_8_MARK, *_UTF_16)):
        return True
    return b"\x00" not in head and len(_CONTROLS.findall(head)) * 100 <= len(head)


def _refusal_of_foreign_content(head: bytes, name: str) -> UnreadableFile:
    """Content that is none of ours: a format to be saved as another, one with a name, or a damaged or binary file."""
    extension, claimed = extension_of(name), kind_of_name(name)
    foreign = _foreign_kind(head)
    if foreign == ".rtf":
        return UnreadableFile(Reason.RICH_TEXT)
    if extension in _TOLD_BY_NAME:
        return UnreadableFile(_TOLD_BY_NAME[extension])
    if claimed is None:
        return UnreadableFile(Reason.UNKNOWN_KIND, found=f".{extension}" if extension else foreign or "?")
    if foreign:
        return UnreadableFile(Reason.EXTENSION_MISMATCH, claimed=f".{extension}", found=foreign)
    return UnreadableFile(_CORRUPT.get(claimed, Reason.NOT_TEXT))


def _foreign_kind(head: bytes) -> str:
    """The usual ending of this content by puremagic, "" when it does not know or is not sure enough to say."""
    if not head.strip(b"\x00"):
        return ""  # what a full disk or a broken copy leaves; puremagic sees an old format in it
    for magic, ending in _PROGRAMS.items():
        if head.startswith(magic):
            return ending
    try:
        matches = puremagic.magic_string(head)
    except puremagic.PureError:
        return ""
    best = max(matches, key=lambda match: match.confidence)
    return best.extension if best.confidence >= 0.3 else ""
