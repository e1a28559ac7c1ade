"""`caicach cite FILE [--json]`: the citations of a text file, for people or for programs. Starts without Django.

Exit codes: 0 done (also when nothing is cited), 2 the file could not be read, with one line that says why.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
from pathlib import Path

from caicach.registry.legislation.citations import Citation, find_citations

MAX_BYTES = 200_000_000
_BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


class UnreadableText(Exception):
    """The file is missing, too large, or no text."""


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="caicach cite", description="Find citations of legal documents in a Vietnamese text."
    )
    parser.add_argument("file", metavar="FILE", help="a UTF-8 text file, or - for standard input")
    parser.add_argument(
        "--json", action="store_true", help="print a JSON array; offsets count code points of the NFC text"
    )
    try:
        arguments = parser.parse_args(argv)
    except SystemExit as stop:
        return int(stop.code or 0)
    try:
        text = read_text(arguments.file)
    except UnreadableText as error:
        print(f"caicach cite: {error}", file=sys.stderr)
        return 2
    found = find_citations(text)
    _print(as_json(found) if arguments.json else as_lines(found))
    return 0


def read_text(name: str) -> str:
    """The text of a file, or of standard input for "-". Raises UnreadableText."""
    content = _content(name)
    encoding = next((value for mark, value in _BYTE_ORDER_MARKS.items() if content.startswith(mark)), "utf-8")
    if encoding != "utf-16" and b"\0" in content:
        raise UnreadableText(f"{name}: not a text file; save the document as plain text (UTF-8) first")
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        place = f"byte {error.start + 1}"
        raise UnreadableText(
            f"{name}: not UTF-8 text ({place}); save it as UTF-8 (Unicode), not TCVN3 or VNI"
        ) from error


def _content(name: str) -> bytes:
    try:
        if name == "-":
            content = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            with Path(name).open("rb") as file:
                content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UnreadableText(f"{name}: {(error.strerror or str(error)).lower()}") from error
    if len(content) > MAX_BYTES:
        raise UnreadableText(f"{name}: larger than {MAX_BYTES // 1_000_000} MB; split it first")
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
