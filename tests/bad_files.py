"""Files that must be refused, each with its precise reason: archives, Office, XML, PDF, pictures, text.

`BAD_FILES` is used by the tests of reading and by those of faults. Contents are built when asked for. None is larger
than 25 MB, whatever it would become when opened.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from caicach.kernel.files.reading import Reason
from tests.file_builders import (
    EXCEL_MAIN,
    LAUGHS,
    MIB,
    OUTSIDE,
    PICTURE,
    TEXT,
    WORD_MAIN,
    archive,
    cell,
    compound,
    excel,
    excel_of_type,
    excel_with_doctype,
    five_million_empty_cells,
    flagged_as_encrypted,
    locked_pdf,
    long_attribute,
    lying_size,
    many_pages,
    noise,
    one_page,
    one_string_in_every_cell,
    overlapping,
    part_of_type,
    png,
    unmapped_font,
    unpacks_to,
    with_entry,
    word,
    word_of_type,
    word_parts,
    word_with_doctype,
    wrong_sum,
)


class Stage(Enum):
    """Who refuses it: everyone, only those who keep uploads, only those who read a plan."""

    ALWAYS = "always"
    KEEPING = "keeping"
    READING = "reading"


@dataclass(frozen=True)
class BadFile:
    """One file: what is wrong with it in words, its name, its reason, and how to build it."""

    what: str
    name: str
    reason: Reason
    content: Callable[[], bytes]
    stage: Stage = Stage.ALWAYS

    def __str__(self) -> str:
        return self.what


# --- the list -----------------------------------------------------------------------------------------------------

WORD_MS = "application/vnd.ms-word"
EXCEL_MS = "application/vnd.ms-excel"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml"
NOISE = noise(5_000)
FRENCH = "L'été dernier, à Noël, le garçon très élégant mangeait une pêche mûre. ".encode("cp1252") * 20
VIETNAMESE = "Đẩy mạnh cải cách hành chính, nâng cao chất lượng phục vụ người dân.\n".encode()

BAD_FILES: tuple[BadFile, ...] = (
    BadFile("an empty Word file", "a.docx", Reason.EMPTY, lambda: b""),
    BadFile("an empty text", "a.txt", Reason.EMPTY, lambda: b""),
    BadFile("half a Word file", "a.docx", Reason.CORRUPT_WORD, lambda: word()[: len(word()) // 2]),
    BadFile("half an Excel file", "a.xlsx", Reason.CORRUPT_EXCEL, lambda: excel()[: len(excel()) // 2]),
    BadFile("half an archive", "a.zip", Reason.CORRUPT_ARCHIVE, lambda: word()[: len(word()) // 2]),
    BadFile("zeros called Word", "a.docx", Reason.CORRUPT_WORD, lambda: bytes(10_000)),
    BadFile("noise called Excel", "a.xlsx", Reason.CORRUPT_EXCEL, lambda: NOISE),
    BadFile("Word without its document", "a.docx", Reason.CORRUPT_WORD, lambda: word(**{"word/document.xml": None})),
    BadFile("Word without its manifest", "a.docx", Reason.CORRUPT_WORD, lambda: word(**{"[Content_Types].xml": None})),
    BadFile("Word with a wrong check sum", "a.docx", Reason.CORRUPT_WORD, wrong_sum),
    BadFile("Word with broken XML", "a.docx", Reason.CORRUPT_WORD, lambda: word("<w:p>")),
    BadFile("Excel with a broken sheet", "a.xlsx", Reason.CORRUPT_EXCEL, lambda: excel("<row>"), Stage.READING),
    BadFile("a plain archive called Word", "a.docx", Reason.EXTENSION_MISMATCH, lambda: archive({"a.txt": b"x"})),
    BadFile("Excel called Word", "a.docx", Reason.EXTENSION_MISMATCH, excel),
    BadFile("PDF called Word", "a.docx", Reason.EXTENSION_MISMATCH, lambda: one_page(TEXT)),
    BadFile("Word called PDF", "a.pdf", Reason.EXTENSION_MISMATCH, word),
    BadFile("Word called text", "a.txt", Reason.EXTENSION_MISMATCH, word),
    BadFile("HTML called Word", "a.docx", Reason.EXTENSION_MISMATCH, lambda: b"<html><body>x</body></html>"),
    BadFile("a program called text", "a.txt", Reason.EXTENSION_MISMATCH, lambda: b"MZ\x90\0\3" + bytes(200)),
    BadFile("a program", "setup.exe", Reason.UNKNOWN_KIND, lambda: b"MZ\x90\0\3" + bytes(200)),
    BadFile(
        "a name that hides its ending", "plan\u202excod.exe", Reason.UNKNOWN_KIND, lambda: b"MZ\x90\0" + bytes(200)
    ),
    BadFile("a name without an ending", "ke-hoach", Reason.UNKNOWN_KIND, lambda: VIETNAMESE),
    BadFile("an archive", "a.zip", Reason.KIND_NOT_TAKEN, lambda: archive({"a.txt": b"x"})),
    BadFile("an old Word file", "a.doc", Reason.OLD_WORD, lambda: compound("WordDocument", "1Table")),
    BadFile("an old Word file with the new ending", "a.docx", Reason.OLD_WORD, lambda: compound("WordDocument")),
    BadFile("an old Word file cut short", "a.doc", Reason.OLD_WORD, lambda: compound("WordDocument")[:100]),
    BadFile("HTML called .doc", "a.doc", Reason.OLD_WORD, lambda: b"<html><body>x</body></html>"),
    BadFile("an old Excel file", "a.xls", Reason.OLD_EXCEL, lambda: compound("Workbook")),
    BadFile("an Excel 5 file", "a.xls", Reason.OLD_EXCEL, lambda: compound("Book")),
    BadFile("an old PowerPoint file", "a.ppt", Reason.OLD_POWERPOINT, lambda: compound("PowerPoint Document")),
    BadFile("a mail in a compound file", "a.msg", Reason.UNKNOWN_KIND, lambda: compound("__properties_version1.0")),
    BadFile(
        "a locked Word file", "a.docx", Reason.ENCRYPTED_OFFICE, lambda: compound("EncryptionInfo", "EncryptedPackage")
    ),
    BadFile("a locked Excel file", "a.xlsx", Reason.ENCRYPTED_OFFICE, lambda: compound("EncryptedPackage")),
    BadFile("an old Word file with macros", "a.doc", Reason.MACROS, lambda: compound("WordDocument", "Macros", "VBA")),
    BadFile(
        "Word with macros", "a.docm", Reason.MACROS, lambda: word_of_type(f"{WORD_MS}.document.macroEnabled.main+xml")
    ),
    BadFile("Word with a macro project", "a.docx", Reason.MACROS, lambda: word(**{"word/vbaProject.bin": b"x"})),
    BadFile(
        "Word with a macro project under another name",
        "a.docx",
        Reason.MACROS,
        lambda: word_of_type(WORD_MAIN, part_of_type("word/note.bin", "application/vnd.ms-office.vbaProject")),
    ),
    BadFile(
        "Word with an embedded object that has macros",
        "a.docx",
        Reason.MACROS,
        lambda: word(**{"word/embeddings/oleObject1.bin": compound("Package", "_VBA_PROJECT")}),
    ),
    BadFile(
        "Excel with macros", "a.xlsm", Reason.MACROS, lambda: excel_of_type(f"{EXCEL_MS}.sheet.macroEnabled.main+xml")
    ),
    BadFile(
        "Excel with a macro sheet",
        "a.xlsx",
        Reason.MACROS,
        lambda: excel_of_type(EXCEL_MAIN, part_of_type("xl/macrosheets/sheet1.xml", f"{EXCEL_MS}.macrosheet+xml")),
    ),
    BadFile(
        "a binary workbook",
        "a.xlsb",
        Reason.BINARY_WORKBOOK,
        lambda: excel_of_type(f"{EXCEL_MS}.sheet.binary.macroEnabled.main"),
    ),
    BadFile(
        "a Word template",
        "a.dotx",
        Reason.OFFICE_TEMPLATE,
        lambda: word_of_type(WORD_MAIN.replace("document.m", "template.m")),
    ),
    BadFile("a presentation", "a.pptx", Reason.PRESENTATION, lambda: word_of_type(f"{SLIDES}.presentation.main+xml")),
    BadFile(
        "an OpenDocument text",
        "a.odt",
        Reason.OPEN_DOCUMENT,
        lambda: archive({"mimetype": b"application/vnd.oasis.opendocument.text", "META-INF/manifest.xml": b"<m/>"}),
    ),
    BadFile("rich text", "a.rtf", Reason.RICH_TEXT, lambda: rb"{\rtf1\ansi x}"),
    BadFile("rich text called Word", "a.docx", Reason.RICH_TEXT, lambda: rb"{\rtf1\ansi x}"),
    # Archives that are attacks.
    BadFile("a bomb of one part", "a.docx", Reason.RATIO_TOO_HIGH, lambda: word(**{"word/big.xml": bytes(60 * MIB)})),
    BadFile(
        "a bomb that keeps its ratio down",
        "a.docx",
        Reason.UNPACKS_TOO_LARGE,
        lambda: unpacks_to(210 * MIB, ballast=3 * MIB),
    ),
    BadFile("a part that lies about its size", "a.docx", Reason.CORRUPT_WORD, lying_size),
    BadFile(
        "1,001 parts",
        "a.docx",
        Reason.TOO_MANY_ENTRIES,
        lambda: archive(word_parts() | {f"word/{n}": b"" for n in range(1_001)}),
    ),
    BadFile(
        "a list of 60,000 parts",
        "a.docx",
        Reason.TOO_MANY_ENTRIES,
        lambda: archive({f"{n}": b"" for n in range(60_000)}),
    ),
    BadFile("parts that overlap", "a.docx", Reason.OVERLAPPING_ENTRIES, overlapping),
    BadFile("two parts of one name", "a.docx", Reason.DUPLICATE_ENTRY, lambda: with_entry("word/Document.xml")),
    BadFile("a part that climbs out", "a.docx", Reason.UNSAFE_ENTRY_NAME, lambda: with_entry("word/../../etc/passwd")),
    BadFile(
        "a part that climbs out the other way",
        "a.docx",
        Reason.UNSAFE_ENTRY_NAME,
        lambda: with_entry("word\\..\\..\\x"),
    ),
    BadFile("a part at the root of the disk", "a.xlsx", Reason.UNSAFE_ENTRY_NAME, lambda: with_entry("/etc/passwd")),
    BadFile("a part on a drive", "a.docx", Reason.UNSAFE_ENTRY_NAME, lambda: with_entry("C:/x.dll")),
    BadFile(
        "a part that is a link",
        "a.docx",
        Reason.LINK_ENTRY,
        lambda: with_entry("word/x", b"/etc/passwd", mode=0o120777),
    ),
    BadFile("a part that is a device", "a.docx", Reason.LINK_ENTRY, lambda: with_entry("word/x", mode=0o060666)),
    BadFile(
        "an archive in the archive",
        "a.docx",
        Reason.NESTED_ARCHIVE,
        lambda: with_entry("word/media/x.png", archive({"a": b"x"})),
    ),
    BadFile(
        "a RAR in the archive", "a.docx", Reason.NESTED_ARCHIVE, lambda: with_entry("x.rar", b"Rar!\x1a\x07\x01\x00")
    ),
    BadFile("a part with a password", "a.docx", Reason.ENCRYPTED_ARCHIVE, flagged_as_encrypted),
    BadFile(
        "parts packed by bzip2",
        "a.docx",
        Reason.ODD_COMPRESSION,
        lambda: archive(word_parts(), method=zipfile.ZIP_BZIP2),
    ),
    # XML that is an attack.
    BadFile(
        "a billion laughs in Word", "a.docx", Reason.XML_DOCTYPE, lambda: word_with_doctype("word/document.xml", LAUGHS)
    ),
    BadFile("an outside entity in Word", "a.docx", Reason.XML_DOCTYPE, lambda: word_with_doctype("word/document.xml")),
    BadFile(
        "an outside entity in the manifest",
        "a.docx",
        Reason.XML_DOCTYPE,
        lambda: word_with_doctype("[Content_Types].xml"),
    ),
    BadFile("an outside entity in the links", "a.docx", Reason.XML_DOCTYPE, lambda: word_with_doctype("_rels/.rels")),
    BadFile(
        "an outside entity in a sheet",
        "a.xlsx",
        Reason.XML_DOCTYPE,
        lambda: excel_with_doctype("xl/worksheets/sheet1.xml"),
        Stage.READING,
    ),
    BadFile(
        "an outside entity in the strings",
        "a.xlsx",
        Reason.XML_DOCTYPE,
        lambda: excel_with_doctype("xl/sharedStrings.xml"),
        Stage.READING,
    ),
    BadFile(
        "a document type in UTF-16",
        "a.xml",
        Reason.XML_DOCTYPE,
        lambda: f'<?xml version="1.0"?>{LAUGHS}<x>&h;</x>'.encode("utf-16"),
        Stage.KEEPING,
    ),
    BadFile(
        "a document type behind comments",
        "a.xml",
        Reason.XML_DOCTYPE,
        lambda: f"<!-- > --><?x ?> {OUTSIDE}<x>&a;</x>".encode(),
        Stage.KEEPING,
    ),
    BadFile(
        "a parameter entity",
        "a.xml",
        Reason.XML_DOCTYPE,
        lambda: b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><x/>',
        Stage.KEEPING,
    ),
    BadFile(
        "a thousand levels in Word", "a.docx", Reason.XML_TOO_DEEP, lambda: word("<w:sdt>" * 1_000 + "</w:sdt>" * 1_000)
    ),
    BadFile(
        "tables in tables in tables",
        "a.docx",
        Reason.XML_TOO_DEEP,
        lambda: word("<w:tbl><w:tr><w:tc>" * 80 + "</w:tc></w:tr></w:tbl>" * 80),
        Stage.READING,
    ),
    BadFile(
        "a huge attribute in Word",
        "a.docx",
        Reason.XML_TOO_LARGE,
        lambda: word(**{"word/document.xml": long_attribute(12 * MIB)}),
    ),
    BadFile("a huge attribute", "a.xml", Reason.XML_TOO_LARGE, lambda: long_attribute(12 * MIB), Stage.KEEPING),
    BadFile(
        "four million tags",
        "a.xml",
        Reason.XML_TOO_LARGE,
        lambda: b"<x>" + b"<a/>" * 4_000_000 + b"</x>",
        Stage.KEEPING,
    ),
    BadFile(
        "XML in UTF-7",
        "a.xml",
        Reason.XML_ENCODING,
        lambda: b'<?xml version="1.0" encoding="UTF-7"?><x/>',
        Stage.KEEPING,
    ),
    BadFile("XML that is none", "a.xml", Reason.CORRUPT_XML, lambda: b"<a>\n<b></a>", Stage.KEEPING),
    # Sheets.
    BadFile("a cell in row 100,001", "a.xlsx", Reason.TOO_MANY_ROWS, lambda: excel(cell("A100001")), Stage.READING),
    BadFile(
        "a cell in the last row of all",
        "a.xlsx",
        Reason.TOO_MANY_ROWS,
        lambda: excel(cell("A1") + cell("XFD1048576")),
        Stage.READING,
    ),
    BadFile("a cell in column 201", "a.xlsx", Reason.TOO_MANY_COLUMNS, lambda: excel(cell("GS1")), Stage.READING),
    BadFile(
        "two cells twenty million apart",
        "a.xlsx",
        Reason.TOO_MANY_CELLS,
        lambda: excel(cell("A1") + cell("GR100000")),
        Stage.READING,
    ),
    BadFile(
        "five million cells that hold nothing", "a.xlsx", Reason.TOO_MANY_CELLS, five_million_empty_cells, Stage.READING
    ),
    BadFile("one long string in every cell", "a.xlsx", Reason.TEXT_TOO_LARGE, one_string_in_every_cell, Stage.READING),
    BadFile("a workbook without a word", "a.xlsx", Reason.NO_TEXT, lambda: excel(""), Stage.READING),
    # PDF.
    BadFile("noise called PDF", "a.pdf", Reason.CORRUPT_PDF, lambda: NOISE),
    BadFile("a PDF that is only its first line", "a.pdf", Reason.CORRUPT_PDF, lambda: b"%PDF-1.7\n"),
    BadFile("half a PDF", "a.pdf", Reason.CORRUPT_PDF, lambda: one_page(TEXT)[:200]),
    BadFile("a PDF without pages", "a.pdf", Reason.CORRUPT_PDF, lambda: many_pages(0)),
    BadFile("a locked PDF", "a.pdf", Reason.ENCRYPTED_PDF, locked_pdf),
    BadFile("1,001 pages", "a.pdf", Reason.PDF_TOO_MANY_PAGES, lambda: many_pages(1_001)),
    BadFile("a scan", "a.pdf", Reason.PDF_NO_TEXT, lambda: one_page(PICTURE), Stage.READING),
    BadFile("a PDF of empty pages", "a.pdf", Reason.PDF_NO_TEXT, lambda: many_pages(2), Stage.READING),
    BadFile("a PDF whose letters have no names", "a.pdf", Reason.PDF_UNMAPPED_LETTERS, unmapped_font, Stage.READING),
    # Text.
    BadFile("a text of blanks", "a.txt", Reason.NO_TEXT, lambda: b" \n\t\n", Stage.READING),
    BadFile("noise called text", "a.txt", Reason.NOT_TEXT, lambda: NOISE),
    BadFile("a text with zero bytes", "a.txt", Reason.NOT_TEXT, lambda: VIETNAMESE * 100 + b"\0\0" + VIETNAMESE),
    BadFile(
        "UTF-8 with broken letters", "a.txt", Reason.DAMAGED_TEXT, lambda: VIETNAMESE * 20 + b"\xe1\xba" + VIETNAMESE
    ),
    BadFile("UTF-16 cut in a letter", "a.txt", Reason.DAMAGED_TEXT, lambda: VIETNAMESE.decode().encode("utf-16")[:-1]),
    BadFile("French in an eight-bit encoding", "a.txt", Reason.UNKNOWN_ENCODING, lambda: FRENCH),
    BadFile("a text of 21 MB", "a.txt", Reason.TEXT_TOO_LARGE, lambda: b"x" * (21 * MIB)),
    BadFile("a CSV that is a picture", "a.csv", Reason.EXTENSION_MISMATCH, lambda: png(10, 10)),
    # Pictures.
    BadFile("a damaged picture", "a.png", Reason.CORRUPT_IMAGE, lambda: png(10, 10, damaged=True), Stage.KEEPING),
    BadFile(
        "a photograph that is only its first bytes",
        "a.jpg",
        Reason.CORRUPT_IMAGE,
        lambda: b"\xff\xd8\xff\xe0\0\x10JFIF\0",
        Stage.KEEPING,
    ),
    BadFile("3.6 milliard dots", "a.png", Reason.TOO_MANY_PIXELS, lambda: png(60_000, 60_000), Stage.KEEPING),
)
