from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from caicach.kernel.files.reading import DEFAULT_LIMITS, Reason, UnreadableFile, feed_xml, parse_xml
from tests.file_builders import LAUGHS, OUTSIDE


class Recorder:
    def __init__(self, stop_at: int = 1_000_000) -> None:
        self.tags: list[str] = []
        self._stop_at = stop_at

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.tags.append(tag)
        if len(self.tags) == self._stop_at:
            raise UnreadableFile(Reason.TOO_MANY_CELLS, limit=self._stop_at)

    def end(self, tag: str) -> None: ...
    def data(self, text: str) -> None: ...
    def close(self) -> None: ...


def reason_of(content: bytes) -> Reason | None:
    """The reason by either way of reading; both must agree."""
    reasons = []
    for read in (parse_xml, lambda it: feed_xml(it, Recorder())):
        try:
            read(content)
            reasons.append(None)
        except UnreadableFile as refused:
            reasons.append(refused.reason)
    assert reasons[0] == reasons[1]
    return reasons[0]


@pytest.mark.parametrize("doctype", [LAUGHS, OUTSIDE, "<!DOCTYPE x>", '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x">'])
@pytest.mark.parametrize(
    "before",
    ["", '<?xml version="1.0"?>', "<!-- <x> -->\n", "<?x <y> ?>\n\n<!---->", "\ufeff", "   " * 2000],
    ids=["nothing", "declaration", "comment", "instruction", "mark", "blanks"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused_wherever_it_stands(doctype: str, before: str, encoding: str) -> None:
    if encoding == "utf-16" and before == "\ufeff":
        before = ""
    assert reason_of(f"{before}{doctype}<x/>".encode(encoding)) is Reason.XML_DOCTYPE


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"<a/>", None),
        (b'<?xml version="1.0" encoding="UTF-8"?><a b="1">x</a>', None),
        ("<a>Kế hoạch</a>".encode("utf-16"), None),
        (b"<a><!DOCTYPE x></a>", Reason.CORRUPT_XML),
        (b"<a>&undeclared;</a>", Reason.CORRUPT_XML),
        (b"", Reason.CORRUPT_XML),
        (b"text", Reason.CORRUPT_XML),
        (b"<a>", Reason.CORRUPT_XML),
        ("<a>é</a>".encode("cp1252"), Reason.CORRUPT_XML),
        ("<a/>".encode("utf-16-le"), Reason.CORRUPT_XML),
        (b'<?xml version="1.0" encoding="EBCDIC-CP-US"?><a/>', Reason.XML_ENCODING),
        (b"<a>" * 257 + b"</a>" * 257, Reason.XML_TOO_DEEP),
        (b"<a>" * 255 + b"</a>" * 255, None),
        (b"<a><![CDATA[" + b"x" * 11_000_000 + b"]]></a>", Reason.XML_TOO_LARGE),
        (b"<a>" + b"x" * 11_000_000 + b"</a>", Reason.XML_TOO_LARGE),
    ],
    ids=lambda it: repr(it[:40]) if isinstance(it, bytes) else "",
)  # fmt: skip
def test_either_way_of_reading_refuses_the_same(content: bytes, reason: Reason | None) -> None:
    assert reason_of(content) is reason


def test_a_tree_is_bounded_by_its_tags_and_attributes_not_only_by_its_bytes() -> None:
    limits = replace(DEFAULT_LIMITS, xml_nodes=100)
    for content in (b"<a>" + b"<b/>" * 100 + b"</a>", b"<a " + b" ".join(b'b%d="1"' % n for n in range(100)) + b"/>"):
        with pytest.raises(UnreadableFile) as refused:
            parse_xml(content, limits=limits)
        assert refused.value.reason is Reason.XML_TOO_LARGE


def test_whoever_receives_a_document_may_stop_it() -> None:
    target = Recorder(stop_at=5)
    with pytest.raises(UnreadableFile):
        feed_xml(b"<a>" + b"<b/>" * 1_000 + b"</a>", target)

    assert len(target.tags) == 5


def test_the_line_of_an_error_is_told() -> None:
    with pytest.raises(UnreadableFile) as refused:
        parse_xml(b"<a>\n\n<b></a>")

    assert refused.value.params == {"line": 3}
