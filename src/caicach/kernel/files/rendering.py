"""Pictures and pages of PDFs as harmless pictures, drawn by a child process within bounds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

from django.utils.translation import gettext as _

from caicach.kernel.usecase.errors import NotFound, UseCaseError

from . import storage
from .models import StoredFile
from .reading import FileKind
from .services import limits

_CHILD: Final = Path(__file__).with_name("rendering_child.py")
_SECONDS: Final = 15
_MEMORY_BYTES: Final = 1024 * 1024 * 1024
_ANSWER_BYTES: Final = 32 * 1024 * 1024
_AT_ONCE: Final = threading.BoundedSemaphore(2)
"""As many children as the smallest server has cores; the others wait for their turn."""
_PATIENCE_SECONDS: Final = 20


class NoPreview(UseCaseError):
    """The file cannot be drawn: not a kind that can, damaged, or too heavy."""

    code = "files.no_preview"
    status = 409

    def default_message(self) -> str:
        return _("This file cannot be shown here. Download it to open it.")


class TooBusy(UseCaseError):
    code = "files.preview_busy"
    status = 503

    def default_message(self) -> str:
        return _("Many files are being shown just now. Try again in a moment.")


@dataclass(frozen=True, slots=True)
class Drawn:
    """pages : of the whole file, 1 for a picture; content : the picture, empty when only pages were counted."""

    pages: int
    media_type: str
    content: bytes


def can_be_drawn(file: StoredFile) -> bool:
    return file.kind in (FileKind.PDF, FileKind.PNG, FileKind.JPEG)


def count_pages(*, file: StoredFile) -> int:
    """Raises NoPreview, TooBusy."""
    if not can_be_drawn(file):
        raise NoPreview
    return _drawn(file, 0).pages if file.kind == FileKind.PDF else 1


def draw(*, file: StoredFile, number: int) -> Drawn:
    """Page `number`, from 1. Raises NotFound for a page that is not there, NoPreview, TooBusy."""
    drawn = _drawn(file, number)
    if not drawn.content:
        raise NotFound
    return drawn


def _drawn(file: StoredFile, number: int) -> Drawn:
    if not can_be_drawn(file):
        raise NoPreview
    if file.kind != FileKind.PDF and number > 1:
        raise NotFound
    if not _AT_ONCE.acquire(timeout=_PATIENCE_SECONDS):
        raise TooBusy
    try:
        answer = _ask(file, number)
    finally:
        _AT_ONCE.release()
    head, _newline, content = answer.partition(b"\n")
    told: dict[str, Any] = json.loads(head) if head else {"error": "gone"}
    if "error" in told:
        raise NoPreview
    return Drawn(told["pages"], told["media_type"], content)


def _ask(file: StoredFile, number: int) -> bytes:
    """What the child answers; empty when it broke a bound. It is gone before this returns, and goes when we go."""
    watched, held = os.pipe()
    bounds = (_MEMORY_BYTES, _SECONDS, _ANSWER_BYTES, limits().image_pixels, watched)
    command = [sys.executable, "-I", str(_CHILD), str(file.kind), str(number), *map(str, bounds)]
    try:
        with storage.opened(sha256=file.sha256) as given, _nameless_file() as answer:
            subprocess.run(  # noqa: S603  our own script, no shell, no argument from outside
                command,
                stdin=given,
                stdout=answer,
                stderr=subprocess.DEVNULL,
                pass_fds=(watched,),
                env={},
                cwd="/",
                timeout=_SECONDS,
                check=False,
            )
            answer.seek(0)
            return answer.read()
    except subprocess.TimeoutExpired:
        return b""
    finally:
        os.close(watched)
        os.close(held)


def _nameless_file() -> BinaryIO:
    """In memory where the system offers it, so that a full disk does not stop the showing of what is there."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("caicach-preview"), "w+b")
    return tempfile.TemporaryFile()
