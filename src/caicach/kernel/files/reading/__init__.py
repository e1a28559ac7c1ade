"""Reading files that people send, safely. No Django here, so that any room or command may use it.

`examine` says whether an upload may be kept; `open_file` opens one to be read; `decode_text`, `read_workbook`,
`read_pdf` and `OfficePackage.xml` give its content. Whatever cannot be taken is an `UnreadableFile` with a code, which
kernel/files/messages.py turns into a sentence. docs/files-we-read.md lists what is taken, refused and converted.
"""

from __future__ import annotations

from .characters import cleaned, composed, one_line, shown_name
from .decoding import DecodedText, accept_text, decode_text
from .errors import Notice, NoticeCode, Reason, UnreadableFile, about, notice
from .kinds import FileKind, extensions_of, kind_of_name, sniff
from .limits import DEFAULT_LIMITS, Limits
from .office import OfficePackage, open_container
from .opening import TAKEN, ExaminedFile, OpenedFile, examine, load, open_file
from .pdf import PdfLine, PdfPage, PdfText, check_pdf, read_pdf
from .safe_xml import Element, feed_xml, parse_xml
from .workbook import Sheet, Workbook, read_workbook, sheets_of

__all__ = [
    "DEFAULT_LIMITS",
    "TAKEN",
    "DecodedText",
    "Element",
    "ExaminedFile",
    "FileKind",
    "Limits",
    "Notice",
    "NoticeCode",
    "OfficePackage",
    "OpenedFile",
    "PdfLine",
    "PdfPage",
    "PdfText",
    "Reason",
    "Sheet",
    "UnreadableFile",
    "Workbook",
    "about",
    "accept_text",
    "check_pdf",
    "cleaned",
    "composed",
    "decode_text",
    "examine",
    "extensions_of",
    "feed_xml",
    "kind_of_name",
    "load",
    "notice",
    "one_line",
    "open_container",
    "open_file",
    "parse_xml",
    "read_pdf",
    "read_workbook",
    "sheets_of",
    "shown_name",
    "sniff",
]
