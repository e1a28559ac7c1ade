"""The one way XML is parsed here: no document type, no entities, no network, bounded size and depth.

Before the parser sees it, the prolog is read by the grammar of XML itself (declaration, comments, instructions, then
the root element): whatever else stands there is a document type declaration and refused. So no entity can be declared,
and expansion and external access have nothing to work on; the parser's own switches are off besides.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Protocol, cast

from lxml import etree

from .errors import Reason, UnreadableFile
from .limits import DEFAULT_LIMITS, Limits

Element = etree._Element

_SAFE: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "dtd_validation": False,
    "attribute_defaults": False,
    "huge_tree": False,  # at most 256 levels, 10 MB in one attribute or text
    "recover": False,
    "collect_ids": False,
    "remove_comments": True,
    "remove_pis": True,
}
_DECLARED = re.compile(rb"""<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]{1,40})["']""")
_DEEPEST = 256  # what the parser allows in a tree
_BLANKS = re.compile(rb"\s*")
_MISCELLANY = re.compile(rb"\s*(?:<\?.*?\?>|<!--.*?-->)", re.DOTALL)


class Target(Protocol):
    """Receives a document as it is read; nothing is kept but what it keeps. It may raise to stop the reading."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None: ...
    def end(self, tag: str) -> None: ...
    def data(self, text: str) -> None: ...
    def close(self) -> None: ...


class _Bounded:
    """Passes a document on and counts its levels, which the parser itself only does when it builds a tree."""

    def __init__(self, target: Target) -> None:
        self._depth = 0
        self._start, self._end = target.start, target.end
        self.data, self.close = target.data, target.close

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise UnreadableFile(Reason.XML_TOO_DEEP)
        self._start(tag, attributes)

    def end(self, tag: str) -> None:
        self._depth -= 1
        self._end(tag)


def parse_xml(content: bytes, *, limits: Limits = DEFAULT_LIMITS) -> Element:
    """The root element. Raises UnreadableFile: a document type, too deep, too large, another encoding, or not XML."""
    content = _checked(content, limits.xml_bytes)
    # A short tag or attribute costs the same memory as a long one, so they are bounded too, not only the bytes.
    if content.count(b"<") + content.count(b"=") > limits.xml_nodes:
        raise UnreadableFile(Reason.XML_TOO_LARGE)
    try:
        return etree.fromstring(content, etree.XMLParser(encoding="utf-8", **_SAFE))
    except etree.XMLSyntaxError as error:
        raise _refusal(error) from error


def feed_xml(content: bytes, target: Target, *, limits: Limits = DEFAULT_LIMITS, at_most: int | None = None) -> None:
    """Hands the document to `target` piece by piece without building a tree, so it may be larger (`at_most` bytes).

    Raises as `parse_xml` does, and whatever `target` raises.
    """
    content = _checked(content, limits.xml_bytes if at_most is None else at_most)
    parser = etree.XMLParser(encoding="utf-8", target=cast(Any, _Bounded(target)), **_SAFE)
    try:
        parser.feed(content)
        parser.close()
    except etree.XMLSyntaxError as error:
        raise _refusal(error) from error


def _checked(content: bytes, at_most: int) -> bytes:
    """The content as UTF-8, without a document type."""
    if len(content) > at_most:
        raise UnreadableFile(Reason.XML_TOO_LARGE)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        content = content.decode("utf-16", "replace").encode()
    elif declared := _DECLARED.match(content[:1_000].removeprefix(b"\xef\xbb\xbf")):
        name = declared[1].decode()
        if name.lower() not in ("utf-8", "utf8", "us-ascii", "ascii"):
            raise UnreadableFile(Reason.XML_ENCODING, encoding=name)
    _refuse_document_type(content)
    return content


def _refuse_document_type(content: bytes) -> None:
    position = 3 if content.startswith(b"\xef\xbb\xbf") else 0
    while found := _MISCELLANY.match(content, position):
        position = found.end()
    position = _BLANKS.match(content, position).end()  # type: ignore[union-attr]  # matches nothing too
    root = content[position : position + 2]
    if root.startswith(b"<!"):
        raise UnreadableFile(Reason.XML_DOCTYPE)
    if not root.startswith(b"<"):
        raise UnreadableFile(Reason.CORRUPT_XML, line=1)


def _refusal(error: etree.XMLSyntaxError) -> UnreadableFile:
    words = str(error)
    if "xcessive depth" in words or "Maximum depth" in words:
        return UnreadableFile(Reason.XML_TOO_DEEP)
    if "too long" in words or "too big" in words or "huge" in words.lower():
        return UnreadableFile(Reason.XML_TOO_LARGE)
    return UnreadableFile(Reason.CORRUPT_XML, line=error.lineno or 1)
