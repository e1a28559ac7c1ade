"""Typst to PDF/A-2b, tagged for screen readers (PDF/UA-1): one compiler for each thread at work, kept and used again.

A template is a file `templates/<room>/<name>.typ` of any room. It takes what it prints from `json(bytes(sys.inputs
.paper))`: a person's text is data and never becomes Typst source.
"""

from __future__ import annotations

import json
import os
import queue
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Final, cast

import typst
from django.template.utils import get_app_template_dirs
from django.utils.translation import gettext as _

import caicach
from caicach.kernel.usecase.errors import UseCaseError

from . import last_resort
from .text import printable, printable_deep

FAMILY: Final = "Tinos"
"""Metrics of Times New Roman, which NĐ 30/2020/NĐ-CP asks for, all Vietnamese letters, Open Font Licence."""

_PACKAGE: Final = Path(caicach.__file__).resolve().parent
_FONT_FOLDERS: Final = (
    _PACKAGE / "kernel/ui/static/vendor/fonts/tinos",  # `caicach assets build`
    Path("/usr/share/fonts/truetype/croscore"),  # Debian's fonts-croscore
)
_STANDARDS: Final[list[typst.PDFStandard]] = ["a-2b", "ua-1"]
_COMPILERS: Final = min(4, os.cpu_count() or 1)
_LARGE: Final = 50_000
"""Characters of data: a table of some 200 rows, 30 MB of Typst's memory."""
_REMEMBERED: Final = 11


class UnableToPrint(UseCaseError):
    """The paper cannot be made. The message is for the person who asked for it."""

    code = "papers.unable_to_print"
    status = 500

    def default_message(self) -> str:
        return _("The paper cannot be made. Nothing was changed. Tell the operator the code of this error.")


class FontsMissing(UnableToPrint):
    """The machine has no font that official papers may be set in."""

    code = "papers.fonts_missing"
    status = 503

    def default_message(self) -> str:
        return _("The typeface of official papers is missing. Ask the operator to run `caicach assets build`.")


class TemplateFailed(UnableToPrint):
    """Our template stumbled over this data. `params["diagnostic"]` says where; it may hold personal text."""

    code = "papers.template_failed"


def pdf(
    template: str, data: Mapping[str, Any], *, title: str, made_at: datetime, language: str = "vi", author: str = ""
) -> bytes:
    """Sets `data` by `template` ("papers/nd30.typ") and returns the file.

    data : what JSON can hold; every text in it is made printable first (`text.printable`)
    title : names the document in a reader's window; made_at : aware, the only time in the file: the same input at the
        same moment gives the same bytes

    Raises FontsMissing, TemplateFailed; FileNotFoundError for a template that no room has.
    """
    paper = {
        "title": printable(title).replace("\n", " ").strip() or template,
        "author": printable(author),
        "language": language,
        "content": printable_deep(data),
    }
    source = _template(template)
    written = json.dumps(paper, ensure_ascii=False)
    with _compiler() as compiler:
        try:
            made = compiler.compile(
                input=source,
                format="pdf",
                sys_inputs={"paper": written},
                pdf_standards=_STANDARDS,
                timestamp=int(made_at.timestamp()),
            )
        except typst.TypstError as error:
            raise TemplateFailed(diagnostic=error.diagnostic or error.message) from error
        finally:
            if len(written) > _LARGE:
                _forget(compiler)
    return cast(bytes, made)  # one PDF, as asked: lists of bytes are for pictures of pages


def _forget(compiler: typst.Compiler) -> None:
    """Lets Typst drop what it remembers of a large paper: it keeps the work of its last ten compilations.

    Measured: six lists of 5,000 rows one after the other hold 2.3 GB without this, 0.6 GB with it.
    """
    for _generation in range(_REMEMBERED):
        compiler.compile(input=b"", format="pdf")


@cache
def _template(name: str) -> Path:
    for folder in get_app_template_dirs("templates"):
        path = Path(folder) / name
        if path.suffix == ".typ" and path.is_file():
            return path
    raise FileNotFoundError(f"no room has the Typst template {name}")


def fonts_in(folders: Iterable[Path]) -> typst.Fonts:
    """Tinos from the first folder that has it, and our boxes; no other font, so that a paper looks the same anywhere.

    Raises FontsMissing.
    """
    for folder in folders:
        if (folder / "Tinos-Regular.ttf").is_file():
            own = [folder, last_resort.FONT_FILE.parent]
            return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=own)
    raise FontsMissing


@cache
def _fonts() -> typst.Fonts:
    return fonts_in(_FONT_FOLDERS)


@cache
def _idle() -> queue.LifoQueue[typst.Compiler | None]:
    """Compilers that wait for work. None: a place for one that is not made yet."""
    places: queue.LifoQueue[typst.Compiler | None] = queue.LifoQueue()
    for _place in range(_COMPILERS):
        places.put(None)
    return places


@contextmanager
def _compiler() -> Iterator[typst.Compiler]:
    """One compiler for this thread alone: it refuses a second caller. Waits when all are busy."""
    fonts = _fonts()
    compiler = _idle().get()
    try:
        compiler = compiler or typst.Compiler(root=_PACKAGE, font_paths=fonts)
        yield compiler
    finally:
        _idle().put(compiler)
