from __future__ import annotations

import io
from contextlib import suppress
from dataclasses import replace

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from caicach.kernel.files.reading import (
    DEFAULT_LIMITS,
    FileKind,
    NoticeCode,
    OfficePackage,
    Reason,
    UnreadableFile,
    examine,
    open_file,
    sniff,
)
from caicach.kernel.files.reading.archives import Archive
from tests.file_builders import MIB, TEXT, archive, compound, links, one_page, png, types, with_entry, word, word_parts


def a_docx(text: str = "Kế hoạch") -> bytes:
    content = io.BytesIO()
    document = docx.Document()
    document.add_paragraph(text)
    document.save(content)
    return content.getvalue()


def an_xlsx() -> bytes:
    content = io.BytesIO()
    openpyxl.Workbook().save(content)
    return content.getvalue()


def a_photo() -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (20, 10)).save(content, "JPEG")
    return content.getvalue()


@pytest.mark.parametrize(
    ("name", "kind", "content"),
    [
        ("Kế hoạch.docx", FileKind.WORD, a_docx()),
        ("PHU LUC.XLSX", FileKind.EXCEL, an_xlsx()),
        ("quyet-dinh.pdf", FileKind.PDF, one_page(TEXT)),
        ("anh.png", FileKind.PNG, png(10, 10)),
        ("anh.jpeg", FileKind.JPEG, a_photo()),
        ("a.txt", FileKind.TEXT, "Kế hoạch".encode()),
        ("a.txt", FileKind.TEXT, "<b>Kế hoạch</b> & 1 < 2".encode()),
        ("a.txt", FileKind.TEXT, "BM là chữ, không phải hình".encode()),
        ("a.txt", FileKind.TEXT, "Kế hoạch".encode("utf-16")),
        ("a.csv", FileKind.CSV, "STT;Nhiệm vụ\n1;x".encode()),
        ("a.xml", FileKind.XML, b"<?xml version='1.0'?><a/>"),
        ("a.xml", FileKind.XML, "<a>Kế hoạch</a>".encode("utf-16")),
        ("a.xml", FileKind.XML, b"\xef\xbb\xbf  <a/>"),
    ],
    ids=lambda it: it if isinstance(it, str) else "",
)
def test_a_good_file_is_taken_as_what_its_name_says(name: str, kind: FileKind, content: bytes) -> None:
    examined = examine(content, name=name)

    assert (examined.name, examined.kind, examined.size, examined.notices) == (name, kind, len(content), ())


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bao-cao.docx", a_docx("")),
        ("bao-cao.docx", word("<w:p><w:r><w:t>   </w:t></w:r></w:p>")),
        ("bao-cao.docx", word("<w:p><w:del><w:r><w:delText>Đã xóa</w:delText></w:r></w:del></w:p>")),
        ("bao-cao.txt", b" \n\t\n"),
    ],
    ids=["as Word saves a new one", "spaces", "all deleted under tracked changes", "blank lines"],
)
def test_a_document_with_nothing_in_it_is_taken_and_told(name: str, content: bytes) -> None:
    assert NoticeCode.NOTHING_IN_IT in [told.code for told in examine(content, name=name).notices]


@pytest.mark.parametrize(
    "body",
    [
        "<w:p><w:r><w:drawing/></w:r></w:p>",
        "<w:p><w:r><w:pict/></w:r></w:p>",
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
    ],
    ids=["a picture", "an old picture", "a table"],
)
def test_a_document_that_shows_anything_is_not_blank(body: str) -> None:
    assert examine(word(body), name="ban-chup.docx").notices == ()


def test_a_kind_that_a_room_does_not_take_is_refused_with_those_it_takes() -> None:
    with pytest.raises(UnreadableFile) as refused:
        examine(png(10, 10), name="a.png", taken={FileKind.WORD, FileKind.PDF})

    assert refused.value.reason is Reason.KIND_NOT_TAKEN
    assert refused.value.params == {"found": ".png", "taken": ".docx, .pdf"}


def test_a_plain_archive_is_taken_where_a_room_wants_one() -> None:
    opened = open_file(archive({"a/b.txt": b"x"}), name="a.zip", taken={FileKind.ZIP})

    assert opened.archive is not None
    assert opened.archive.read("a/b.txt") == b"x"


def test_the_workbook_behind_a_chart_is_allowed_and_told() -> None:
    content = with_entry("word/embeddings/Microsoft_Excel_Worksheet.xlsx", an_xlsx())

    assert [it.code for it in examine(content, name="a.docx").notices] == [NoticeCode.EMBEDDED_WORKBOOK]


def test_an_embedded_object_without_macros_is_allowed() -> None:
    examine(with_entry("word/embeddings/oleObject1.bin", compound("Package")), name="a.docx")


@pytest.mark.parametrize(
    ("target", "told"),
    [("https://example.org/x.dotm", True), ("\\\\server\\x.dotm", True), ("file:///C:\\Mau\\Normal.dotm", False)],
)
def test_a_template_on_another_computer_is_told_one_on_the_authors_disk_is_not(target: str, told: bool) -> None:
    link = links(("attachedTemplate", target)).replace(b"/>", b' TargetMode="External"/>')
    content = word(**{"word/settings.xml": b"<s/>", "word/_rels/settings.xml.rels": link})

    assert bool(examine(content, name="a.docx").notices) is told


def test_a_strict_document_is_read_as_the_usual_one() -> None:
    parts = word_parts()
    parts["word/document.xml"] = parts["word/document.xml"].replace(
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    package = open_file(archive(parts), name="a.docx").package

    assert isinstance(package, OfficePackage)
    root = package.xml(package.main)
    assert root is not None
    assert root.tag == "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}document"


def test_the_main_part_is_found_by_its_link_whatever_its_name() -> None:
    parts = word_parts()
    body = parts.pop("word/document.xml")
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    moved = parts | {
        "other/text.xml": body,
        "_rels/.rels": links(("officeDocument", "/other/text.xml")),
        "[Content_Types].xml": types("other/text.xml", main),
    }

    package = open_file(archive(moved), name="a.docx").package
    assert package is not None
    assert package.main == "other/text.xml"


def test_unpacking_stops_within_one_chunk_of_the_bound() -> None:
    limits = replace(DEFAULT_LIMITS, unpacked_bytes=MIB, ratio_from_bytes=100 * MIB)
    with pytest.raises(UnreadableFile) as refused:
        Archive(archive({"a": bytes(2 * MIB)}), limits=limits)

    assert refused.value.reason is Reason.UNPACKS_TOO_LARGE


def test_a_part_larger_than_asked_for_is_not_unpacked_whole() -> None:
    opened = Archive(archive({"a": bytes(MIB)}))
    with pytest.raises(UnreadableFile):
        opened.read("a", at_most=1000)


def test_an_old_office_file_is_told_apart_by_its_streams_even_past_one_sector() -> None:
    many = [f"stream {number}" for number in range(30)]
    with pytest.raises(UnreadableFile) as refused:
        examine(compound(*many, "EncryptedPackage"), name="a.docx")

    assert refused.value.reason is Reason.ENCRYPTED_OFFICE


@given(st.binary(max_size=3000), st.sampled_from([*(f"a.{kind}" for kind in FileKind), "a.doc", "a", ""]))
def test_no_bytes_make_sniffing_fail_otherwise_than_by_refusal(content: bytes, name: str) -> None:
    with suppress(UnreadableFile):
        sniff(content, name)


@given(st.data())
def test_no_damage_to_a_word_file_makes_opening_fail_otherwise_than_by_refusal(data: st.DataObject) -> None:
    content = bytearray(word())
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with suppress(UnreadableFile):
        examine(bytes(content[: data.draw(st.integers(0, len(content)))]), name="a.docx")


@given(st.binary(max_size=2000))
def test_no_compound_file_makes_its_reader_fail_or_run_away(tail: bytes) -> None:
    with suppress(UnreadableFile):
        examine(compound("WordDocument")[:512] + tail, name="a.doc")
