"""`caicach cite FILE [--json]`: the citations of a text file, for people or for programs. Starts without Django.

Exit codes: 0 done (also when nothing is cited), 2 the file could not be read, with one line that says why.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from caicach.kernel.command_line import Parser, reason_of, refuse, said
from caicach.registry.legislation.citations import Citation, find_citations

MAX_BYTES = 200_000_000
_BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


class UnreadableText(Exception):
    """The file is missing, too large, or no text. The message is for the person who asked, the code for programs."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


def main(argv: list[str]) -> int:
    parser = Parser(
        prog="caicach cite",
        description=said(
            "Tìm các viện dẫn văn bản trong một văn bản tiếng Việt.",
            "Find citations of legal documents in a Vietnamese text.",
        ),
    )
    parser.add_argument(
        "file",
        metavar=said("TỆP", "FILE"),
        help=said("tệp văn bản thuần, hoặc - để đọc từ đầu vào chuẩn", "a plain text file, or - for standard input"),
    )
    parser.add_argument(
        "--json",
        action="store_true",
        help=said(
            "in một mảng JSON; vị trí tính theo điểm mã của văn bản NFC",
            "print a JSON array; offsets count code points of the NFC text",
        ),
    )
    try:
        arguments = parser.parse_args(argv)
    except SystemExit as stop:
        return int(stop.code or 0)
    try:
        text = read_text(arguments.file)
    except UnreadableText as error:
        return refuse("cite", error.code, str(error))
    found = find_citations(text)
    _print(as_json(found) if arguments.json else as_lines(found))
    return 0


def read_text(name: str) -> str:
    """The text of a file, or of standard input for "-". Raises UnreadableText."""
    content = _content(name)
    encoding = next((value for mark, value in _BYTE_ORDER_MARKS.items() if content.startswith(mark)), "utf-8")
    if encoding != "utf-16" and b"\0" in content:
        raise UnreadableText("files.not_text", _no_text(name))
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return _converted(content, name)


def _converted(content: bytes, name: str) -> str:
    """TCVN3, VNI and Windows-1258, as `caicach plan import` reads them; stderr says so: places count the new text."""
    # Here, because these modules take longer to load than the citations of most texts take to be found.
    from caicach.kernel.files.reading import Limits, UnreadableFile, decode_text

    try:
        decoded = decode_text(content, limits=Limits(text_bytes=MAX_BYTES))
    except UnreadableFile as refusal:
        raise UnreadableText(refusal.code, _refusal(refusal.code, refusal.params, name)) from refusal
    words = said(
        "%s: văn bản dùng bảng mã %s đã được chuyển sang Unicode; hãy kiểm tra tên và số",
        "%s: the text was in %s letters and was converted to Unicode; check names and numbers",
    )
    told = words % (name, _ENCODINGS.get(decoded.encoding, decoded.encoding))
    print(f"caicach cite: {told} [cite.converted]", file=sys.stderr)
    return decoded.text


_ENCODINGS: Final = {"tcvn3": "TCVN3 (ABC)", "vni": "VNI", "windows-1258": "Windows-1258"}


def _refusal(code: str, params: Mapping[str, object], name: str) -> str:
    if code == "files.not_text":
        return _no_text(name)
    if code == "files.damaged_text":
        words = said(
            "%s: có ký tự không đọc được, đầu tiên ở dòng %s; hãy mở tệp và lưu lại theo UTF-8",
            "%s: has unreadable characters, first at line %s; open it and save it as UTF-8",
        )
        return words % (name, params["line"])
    words = said(
        "%s: không rõ bảng mã; hãy lưu lại thành văn bản Unicode (UTF-8)",
        "%s: its letters are in an unknown encoding; save it as Unicode text (UTF-8)",
    )
    return words % name


def _no_text(name: str) -> str:
    words = said(
        "%s: không phải tệp văn bản; hãy lưu thành dạng văn bản thuần (UTF-8) trước",
        "%s: not a text file; save the document as plain text (UTF-8) first",
    )
    return words % name


def _content(name: str) -> bytes:
    try:
        if name == "-":
            content = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            with Path(name).open("rb") as file:
                content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UnreadableText("cite.cannot_open", f"{name}: {reason_of(error)}") from error
    if len(content) > MAX_BYTES:
        words = said("%s: lớn hơn %d MB; hãy chia nhỏ trước", "%s: larger than %d MB; split it first")
        raise UnreadableText("files.text_too_large", words % (name, MAX_BYTES // 1_000_000))
    return content


def as_json(found: list[Citation]) -> str:
    """A JSON array, one citation a line."""
    rows = [json.dumps(citation.as_json(), ensure_ascii=False) for citation in found]
    return "[" + ",".join(f"\n{row}" for row in rows) + ("\n]" if rows else "]")


def as_lines(found: list[Citation]) -> str:
    """One citation a line: where it stands, what is written, and what was understood."""
    return "\n".join(f"{c.start}-{c.end}\t{' '.join(c.surface.split())}\t{_understood(c)}" for c in found)


def _understood(citation: Citation) -> str:
    words = [citation.kind, citation.title, citation.number, citation.date, citation.issuer]
    units = {"điểm": citation.point, "khoản": citation.clause, "Điều": citation.article}
    words += [f"{unit} {value}" for unit, value in units.items() if value]
    return " · ".join(word for word in words if word)


def _print(output: str) -> None:
    """Write UTF-8 whatever the locale; a closed pipe (`| head`) is no error."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    try:
        if output:
            print(output, flush=True)
    except BrokenPipeError:
        sys.stderr.close()
