"""A Word or Excel file (OPC package): its parts, found by the package's own manifest and relationships."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from .archives import Archive
from .compound import stream_names
from .errors import Notice, NoticeCode, Reason, UnreadableFile, notice
from .kinds import HEAD_BYTES, FileKind, kind_of_name, sniff
from .limits import DEFAULT_LIMITS, Limits
from .safe_xml import Element, Target, feed_xml, parse_xml

_TYPES: Final = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONSHIPS: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_VBA_STREAMS: Final = frozenset({"VBA", "_VBA_PROJECT", "Macros", "_VBA_PROJECT_CUR"})
_MACRO_TYPES: Final = (b"vbaproject", b"macroenabled", b"macrosheet")
_FETCHED: Final = ("/attachedTemplate", "/oleObject", "/frame", "/subDocument", "/image")

# "Strict" files name the same vocabularies by other addresses (ISO/IEC 29500-1 annex A): read them as the usual ones.
_STRICT: Final = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships",
     b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Relationship:
    """A link from one part to another (`target` is its name in the package) or to an address outside."""

    kind: str
    target: str
    is_external: bool


class OfficePackage:
    """A checked Word or Excel file. `main` is the part that holds the document; `notices` what is worth saying."""

    def __init__(self, archive: Archive, *, kind: FileKind, main: str, limits: Limits) -> None:
        self.kind = kind
        self.main = main
        self.notices = archive.notices + _addresses(archive, main, limits)
        self._archive = archive
        self._limits = limits
        self.names = archive.names

    def xml(self, part: str) -> Element | None:
        """The root of a part, None when the file has no such part."""
        if part not in self.names:
            return None
        with _damage_is(_CORRUPT[self.kind]):
            return parse_xml(_as_usual(self._archive.read(part)), limits=self._limits)

    def feed(self, part: str, target: Target) -> None:
        """Hands a part to `target` without building a tree: for sheets. Raises KeyError when there is no such part."""
        with _damage_is(_CORRUPT[self.kind]):
            content = self._archive.read(part, at_most=self._limits.unpacked_bytes)
            feed_xml(_as_usual(content), target, limits=self._limits, at_most=self._limits.unpacked_bytes)

    def relationships(self, part: str) -> dict[str, Relationship]:
        """Where a part leads to, by relationship id. Empty when it leads nowhere."""
        with _damage_is(_CORRUPT[self.kind]):
            return _relationships(self._archive, part, self._limits)

    def related(self, part: str, kind: str) -> str | None:
        """The first part inside the file that `part` leads to by a relationship of this kind ("/styles")."""
        inside = (link.target for link in self.relationships(part).values() if link.kind.endswith(kind))
        return next((target for target in inside if target in self.names), None)


_CORRUPT: Final = {FileKind.WORD: Reason.CORRUPT_WORD, FileKind.EXCEL: Reason.CORRUPT_EXCEL}


def open_container(content: bytes, *, name: str, limits: Limits = DEFAULT_LIMITS) -> Archive | OfficePackage:
    """A ZIP file checked and told apart: a Word or Excel package, or a plain archive.

    Raises UnreadableFile with the precise reason; damage is told in the words of what the name claims to be.
    """
    claimed = kind_of_name(name)
    with _damage_is(_CORRUPT.get(claimed, Reason.CORRUPT_ARCHIVE) if claimed else Reason.CORRUPT_ARCHIVE):
        archive = Archive(content, limits=limits)
        main, main_type = _main_part(archive, limits)
    kind = sniff(content[:HEAD_BYTES], name, parts=archive.names, main_type=main_type)
    if any(
        _VBA_STREAMS & stream_names(archive.read(part, at_most=limits.unpacked_bytes)) for part in archive.compounds
    ):
        raise UnreadableFile(Reason.MACROS)
    return archive if kind is FileKind.ZIP else OfficePackage(archive, kind=kind, main=main, limits=limits)


def _main_part(archive: Archive, limits: Limits) -> tuple[str, str]:
    """Name and media type of the part that holds the document, ("", "") when this is no Office file."""
    if "[Content_Types].xml" not in archive.names:
        return "", ""
    manifest = archive.read("[Content_Types].xml")
    # Every binary workbook is called macro-enabled, with macros or not: that it is binary is told first.
    if any(word in manifest.lower().replace(b"binary.macroenabled", b"") for word in _MACRO_TYPES):
        raise UnreadableFile(Reason.MACROS)
    types = parse_xml(manifest, limits=limits)
    main = next(
        (link.target for link in _relationships(archive, "", limits).values() if link.kind.endswith("/officeDocument")),
        "",
    )
    if main not in archive.names:
        raise UnreadableFile(Reason.CORRUPT_ARCHIVE)
    return main, _type_of(main, types)


def _type_of(part: str, types: Element) -> str:
    for override in types.iter(f"{_TYPES}Override"):
        if override.get("PartName", "").lstrip("/").lower() == part.lower():
            return override.get("ContentType", "")
    extension = part.rpartition(".")[2].lower()
    for default in types.iter(f"{_TYPES}Default"):
        if default.get("Extension", "").lower() == extension:
            return default.get("ContentType", "")
    return ""


def _relationships(archive: Archive, part: str, limits: Limits) -> dict[str, Relationship]:
    folder, _, file = part.rpartition("/")
    links = posixpath.join(folder, "_rels", f"{file}.rels")
    if links not in archive.names:
        return {}
    found = {}
    for link in parse_xml(archive.read(links), limits=limits).iter(f"{_RELATIONSHIPS}Relationship"):
        target, is_external = link.get("Target", ""), link.get("TargetMode") == "External"
        if not is_external:
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        found[link.get("Id", "")] = Relationship(link.get("Type", ""), target, is_external)
    return found


def _addresses(archive: Archive, main: str, limits: Limits) -> tuple[Notice, ...]:
    """A template, object or picture that Office would fetch from another computer when the file is opened there."""
    settings = posixpath.join(posixpath.dirname(main), "settings.xml")
    for part in (main, settings):
        for link in _relationships(archive, part, limits).values():
            if link.is_external and link.kind.endswith(_FETCHED) and _is_remote(link.target):
                return (notice(NoticeCode.EXTERNAL_TEMPLATE, address=link.target[:80]),)
    return ()


def _is_remote(address: str) -> bool:
    """A path on the author's own disk is left over in half of all documents; another computer's address is not."""
    return address.lower().startswith(("http:", "https:", "ftp:", "\\\\", "//", "file://///", "file:\\\\\\\\"))


def _as_usual(content: bytes) -> bytes:
    if b"http://purl.oclc.org/ooxml/" in content:
        for strict, usual in _STRICT:
            content = content.replace(strict, usual)
    return content


@contextmanager
def _damage_is(reason: Reason) -> Iterator[None]:
    """Damage to the container or one of its parts, in the words of the whole file."""
    try:
        yield
    except UnreadableFile as error:
        if error.reason in (Reason.CORRUPT_ARCHIVE, Reason.CORRUPT_XML, Reason.XML_ENCODING):
            raise UnreadableFile(reason) from error
        raise
