"""Why a file cannot be read, and what a person should know about one that can.

A refusal has a code for programs and a whole English sentence, which is also the message id of its translation
(kernel/files/messages.py). A sentence says what is wrong with the file and what to do next. Placeholders ending in
`_bytes` are sizes, whole numbers are counts; both are written in the reader's own way by the messages module.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any


def gettext_noop(message: str) -> str:
    """Marks a sentence for the message catalogue without translating it: this package knows no Django."""
    return message


class Reason(StrEnum):
    """Codes of refusals. Stable: pages, the API and tests rely on them."""

    EMPTY = "files.empty"
    TOO_LARGE = "files.too_large"
    TEXT_TOO_LARGE = "files.text_too_large"
    NOT_A_FILE = "files.not_a_file"
    UNKNOWN_KIND = "files.unknown_kind"
    KIND_NOT_TAKEN = "files.kind_not_taken"
    EXTENSION_MISMATCH = "files.extension_mismatch"
    OLD_WORD = "files.old_word"
    OLD_EXCEL = "files.old_excel"
    OLD_POWERPOINT = "files.old_powerpoint"
    OPEN_DOCUMENT = "files.open_document"
    RICH_TEXT = "files.rich_text"
    BINARY_WORKBOOK = "files.binary_workbook"
    OFFICE_TEMPLATE = "files.office_template"
    PRESENTATION = "files.presentation"
    MACROS = "files.macros"
    ENCRYPTED_OFFICE = "files.encrypted_office"
    ENCRYPTED_PDF = "files.encrypted_pdf"
    ENCRYPTED_ARCHIVE = "files.encrypted_archive"
    CORRUPT_WORD = "files.corrupt_word"
    CORRUPT_EXCEL = "files.corrupt_excel"
    CORRUPT_PDF = "files.corrupt_pdf"
    CORRUPT_ARCHIVE = "files.corrupt_archive"
    CORRUPT_IMAGE = "files.corrupt_image"
    CORRUPT_XML = "files.corrupt_xml"
    TOO_MANY_ENTRIES = "files.too_many_entries"
    UNPACKS_TOO_LARGE = "files.unpacks_too_large"
    RATIO_TOO_HIGH = "files.ratio_too_high"
    NESTED_ARCHIVE = "files.nested_archive"
    UNSAFE_ENTRY_NAME = "files.unsafe_entry_name"
    LINK_ENTRY = "files.link_entry"
    DUPLICATE_ENTRY = "files.duplicate_entry"
    OVERLAPPING_ENTRIES = "files.overlapping_entries"
    ODD_COMPRESSION = "files.odd_compression"
    XML_DOCTYPE = "files.xml_doctype"
    XML_TOO_DEEP = "files.xml_too_deep"
    XML_TOO_LARGE = "files.xml_too_large"
    XML_ENCODING = "files.xml_encoding"
    PDF_NO_TEXT = "files.pdf_no_text"
    PDF_UNMAPPED_LETTERS = "files.pdf_unmapped_letters"
    PDF_TOO_MANY_PAGES = "files.pdf_too_many_pages"
    PDF_TOO_SLOW = "files.pdf_too_slow"
    PDF_TOO_HEAVY = "files.pdf_too_heavy"
    NOT_TEXT = "files.not_text"
    DAMAGED_TEXT = "files.damaged_text"
    UNKNOWN_ENCODING = "files.unknown_encoding"
    TOO_MANY_PIXELS = "files.too_many_pixels"
    TOO_MANY_ROWS = "files.too_many_rows"
    TOO_MANY_COLUMNS = "files.too_many_columns"
    TOO_MANY_CELLS = "files.too_many_cells"
    NO_TEXT = "files.no_text"


class NoticeCode(StrEnum):
    """Codes of what is worth saying about a file that was read all the same."""

    CONVERTED_TCVN3 = "files.converted_tcvn3"
    CONVERTED_VNI = "files.converted_vni"
    CONVERTED_WINDOWS_1258 = "files.converted_windows_1258"
    COMPOSED = "files.composed"
    REMOVED_CHARACTERS = "files.removed_characters"
    PDF_JAVASCRIPT = "files.pdf_javascript"
    PDF_LAUNCH = "files.pdf_launch"
    PDF_ATTACHMENTS = "files.pdf_attachments"
    PAGES_WITHOUT_TEXT = "files.pages_without_text"
    EMBEDDED_WORKBOOK = "files.embedded_workbook"
    EXTERNAL_TEMPLATE = "files.external_template"
    TRACKED_CHANGES = "files.tracked_changes"
    HIDDEN_SHEETS = "files.hidden_sheets"
    EMBEDDED_DOCUMENT = "files.embedded_document"
    FORMULAS_WITHOUT_VALUE = "files.formulas_without_value"  # kept with files read before the cells were named
    FORMULAS_LEFT_EMPTY = "files.formulas_left_empty"
    NOTHING_IN_IT = "files.nothing_in_it"


_ = gettext_noop

REFUSALS: MappingProxyType[str, str] = MappingProxyType(
    {
        Reason.EMPTY: _("The file %(name)s is empty. Choose it again, or save it once more and try again."),
        Reason.TOO_LARGE: _(
            "The file %(name)s has %(size_bytes)s; at most %(limit_bytes)s is taken. Shrink its pictures or split it."
        ),
        Reason.TEXT_TOO_LARGE: _(
            "The text of %(name)s has %(size_bytes)s; at most %(limit_bytes)s is read. Split it into several files."
        ),
        Reason.NOT_A_FILE: _("%(name)s is not an ordinary file. Choose a file."),
        Reason.UNKNOWN_KIND: _(
            "The kind of %(name)s (%(found)s) is not taken. Send Word (.docx), Excel (.xlsx), PDF, text or a picture."
        ),
        Reason.KIND_NOT_TAKEN: _("%(name)s is of kind %(found)s. Taken here: %(taken)s."),
        Reason.EXTENSION_MISMATCH: _(
            "%(name)s is not the %(claimed)s that its name says: its content is %(found)s. "
            "Send the file itself as Word (.docx), Excel (.xlsx), PDF, text or a picture."
        ),
        Reason.OLD_WORD: _("%(name)s is in the old Word format (.doc). Open it in Word and save it as .docx."),
        Reason.OLD_EXCEL: _("%(name)s is in the old Excel format (.xls). Open it in Excel and save it as .xlsx."),
        Reason.OLD_POWERPOINT: _("%(name)s is in the old PowerPoint format (.ppt). Save it as PDF and send that."),
        Reason.OPEN_DOCUMENT: _("%(name)s is an OpenDocument file. Save it as .docx or .xlsx and send that."),
        Reason.RICH_TEXT: _("%(name)s is a rich text file (.rtf). Open it in Word and save it as .docx."),
        Reason.BINARY_WORKBOOK: _("%(name)s is a binary Excel workbook (.xlsb). Save it as .xlsx and send that."),
        Reason.OFFICE_TEMPLATE: _(
            "%(name)s is an Office template. Save it as a document (.docx or .xlsx) and send that."
        ),
        Reason.PRESENTATION: _("%(name)s is a presentation. Save it as PDF and send that."),
        Reason.MACROS: _(
            "%(name)s contains macros, which can harm computers. Save it without macros (.docx or .xlsx) and send that."
        ),
        Reason.ENCRYPTED_OFFICE: _(
            "%(name)s is locked with a password. Remove the password in Office and save it again."
        ),
        Reason.ENCRYPTED_PDF: _("%(name)s is locked with a password. Save a copy without a password and send that."),
        Reason.ENCRYPTED_ARCHIVE: _("Something inside %(name)s is locked with a password. Remove the password."),
        Reason.CORRUPT_WORD: _(
            "%(name)s cannot be opened because the Word file is damaged. Save a new copy in Word and send that."
        ),
        Reason.CORRUPT_EXCEL: _(
            "%(name)s cannot be opened because the Excel file is damaged. Save a new copy in Excel and send that."
        ),
        Reason.CORRUPT_PDF: _(
            "%(name)s cannot be opened because the PDF file is damaged. Make the PDF again, or choose another file."
        ),
        Reason.CORRUPT_ARCHIVE: _(
            "%(name)s cannot be opened because the archive is damaged. Make it again, or send its files one by one."
        ),
        Reason.CORRUPT_IMAGE: _(
            "%(name)s cannot be opened because the picture is damaged. Take it again, or choose another file."
        ),
        Reason.CORRUPT_XML: _(
            "%(name)s cannot be opened: its XML is wrong at line %(line)s. Export it again where it came from."
        ),
        Reason.TOO_MANY_ENTRIES: _(
            "%(name)s holds more than %(limit)s parts. Remove pictures from it or split it, then send it again."
        ),
        Reason.UNPACKS_TOO_LARGE: _(
            "%(name)s unpacks to more than %(limit_bytes)s. Shrink its pictures or split it, then send it again."
        ),
        Reason.RATIO_TOO_HIGH: _(
            "%(name)s unpacks to over %(limit)s times its size, as harmful files do. Copy its content into a new file."
        ),
        Reason.NESTED_ARCHIVE: _(
            "%(name)s holds another archive (%(entry)s). Take it out and send its files one by one."
        ),
        Reason.UNSAFE_ENTRY_NAME: _(
            "%(name)s holds a part that points outside the file (%(entry)s), as harmful files do. It was not opened."
        ),
        Reason.LINK_ENTRY: _("%(name)s holds a link instead of a file (%(entry)s). Put the file itself there."),
        Reason.DUPLICATE_ENTRY: _(
            "%(name)s holds two parts of the same name (%(entry)s). Open it in Office and save it as a new file."
        ),
        Reason.OVERLAPPING_ENTRIES: _(
            "The parts of %(name)s overlap, as in harmful files. Copy its content into a new file and send that."
        ),
        Reason.ODD_COMPRESSION: _(
            "%(name)s is packed in a way that Office does not use. Open it in Office and save it as a new file."
        ),
        Reason.XML_DOCTYPE: _(
            "%(name)s contains a document type declaration, which can harm systems. Save it without one and send that."
        ),
        Reason.XML_TOO_DEEP: _(
            "%(name)s is nested more deeply than documents are, as in harmful files. Copy its content into a new file."
        ),
        Reason.XML_TOO_LARGE: _("A part of %(name)s is too large to be read. Split the document into several files."),
        Reason.XML_ENCODING: _("%(name)s is XML in the encoding %(encoding)s. Save it as UTF-8 and send that."),
        Reason.PDF_NO_TEXT: _(
            "%(name)s holds only pictures of pages, no text. Send the Word file, or run text recognition (OCR) first."
        ),
        Reason.PDF_UNMAPPED_LETTERS: _(
            "The letters of %(name)s cannot be read: its fonts do not say which letters they draw. Send the Word file."
        ),
        Reason.PDF_TOO_MANY_PAGES: _(
            "%(name)s has %(pages)s pages; at most %(limit)s are read. Split it and send the parts one by one."
        ),
        Reason.PDF_TOO_SLOW: _(
            "Reading %(name)s took longer than %(seconds)s seconds and was stopped. Send the Word file, or split it."
        ),
        Reason.PDF_TOO_HEAVY: _(
            "Reading %(name)s needs more memory than is allowed and was stopped. Send the Word file, or split it."
        ),
        Reason.NOT_TEXT: _(
            "%(name)s is not a text file: it holds binary data. Choose the text, or send the Word file."
        ),
        Reason.DAMAGED_TEXT: _(
            "%(name)s has unreadable characters, first at line %(line)s. Open it, save it as UTF-8 and send it again."
        ),
        Reason.UNKNOWN_ENCODING: _(
            "The letters of %(name)s are in an unknown encoding. Save it as .docx or as UTF-8 text."
        ),
        Reason.TOO_MANY_PIXELS: _(
            "The picture %(name)s has more than %(limit)s dots. Make it smaller and send it again."
        ),
        Reason.TOO_MANY_ROWS: _(
            "The sheet %(sheet)s of %(name)s uses more than %(limit)s rows. Delete what is not needed, or split it."
        ),
        Reason.TOO_MANY_COLUMNS: _(
            "The sheet %(sheet)s of %(name)s uses more than %(limit)s columns. Delete columns that are not needed."
        ),
        Reason.TOO_MANY_CELLS: _(
            "%(name)s has more than %(limit)s cells. Delete rows and columns that are not needed, or split it."
        ),
        Reason.NO_TEXT: _("%(name)s holds no text. If the text is in pictures, send the document they were made from."),
    }
)

NOTICES: MappingProxyType[str, str] = MappingProxyType(
    {
        NoticeCode.CONVERTED_TCVN3: _(
            "The text was in the old TCVN3 (ABC) letters and was converted. Check names and numbers."
        ),
        NoticeCode.CONVERTED_VNI: _("The text was in the old VNI letters and was converted. Check names and numbers."),
        NoticeCode.CONVERTED_WINDOWS_1258: _("The text was in Windows-1258 and was converted."),
        NoticeCode.COMPOSED: _("Letters and their accents stood apart (decomposed Unicode) and were joined."),
        NoticeCode.REMOVED_CHARACTERS: _("Invisible control characters were removed: %(count)s."),
        NoticeCode.PDF_JAVASCRIPT: _("The PDF contains JavaScript. It was not run."),
        NoticeCode.PDF_LAUNCH: _("The PDF asks to start a program. Nothing was started."),
        NoticeCode.PDF_ATTACHMENTS: _("The PDF carries attached files. They were not opened."),
        NoticeCode.PAGES_WITHOUT_TEXT: _("Pages that are only pictures were not read: %(pages)s."),
        NoticeCode.EMBEDDED_WORKBOOK: _("A chart carries its own Excel workbook. It was not opened."),
        NoticeCode.EXTERNAL_TEMPLATE: _(
            "The document refers to content at another address (%(address)s). It was not fetched."
        ),
        NoticeCode.TRACKED_CHANGES: _("The document has tracked changes: insertions were read, deletions were not."),
        NoticeCode.HIDDEN_SHEETS: _("Hidden sheets were not read: %(sheets)s."),
        NoticeCode.EMBEDDED_DOCUMENT: _("The document embeds another document, which was not read."),
        NoticeCode.FORMULAS_WITHOUT_VALUE: _(
            "Cells with a formula but no stored value were left empty: %(count)s. Open the file in Excel and save it."
        ),
        NoticeCode.FORMULAS_LEFT_EMPTY: _(
            "Cells with a formula but no stored value were left empty: %(cells)s. A row that needs such a cell may be "
            "missing. Open the file in Excel, save it and send it again."
        ),
        NoticeCode.NOTHING_IN_IT: _(
            "This document has no words and no pictures. Open it, see that its content was saved, and send it again."
        ),
    }
)


class UnreadableFile(Exception):
    """This file is refused. `reason` is the code, `params` fill the sentence, `name` is the file's name as shown.

    Raised with the reason alone deep inside; `about(name)` puts the name in on the way out.
    """

    def __init__(self, reason: Reason, *, name: str = "", **params: str | int) -> None:
        self.reason = reason
        self.name = name
        self.params: dict[str, Any] = params
        super().__init__(reason.value)

    @property
    def code(self) -> str:
        return self.reason.value

    def __str__(self) -> str:
        """The English sentence with plain numbers, for logs and the command line of last resort."""
        return REFUSALS[self.reason] % {"name": self.name or "?", **self.params}


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to tell about a file that was read. `params` fill the sentence of `NOTICES[code]`."""

    code: NoticeCode
    params: MappingProxyType[str, str | int] = field(default_factory=lambda: MappingProxyType({}))

    def __str__(self) -> str:
        return NOTICES[self.code] % self.params


def notice(code: NoticeCode, **params: str | int) -> Notice:
    return Notice(code, MappingProxyType(params))


@contextmanager
def about(name: str) -> Iterator[None]:
    """Gives every refusal raised inside the name of the file it is about."""
    try:
        yield
    except UnreadableFile as error:
        error.name = error.name or name
        raise
