"""Sentences about files in the reader's language: the thin bridge from the codes of `reading` to the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.formats import number_format
from django.utils.translation import gettext

from caicach.kernel.usecase.errors import UseCaseError

from .models import StoredFile
from .reading.errors import NOTICES, REFUSALS, UnreadableFile


class UnableToReadFile(UseCaseError):
    """A file was refused; nothing was kept. `code` and the sentence are those of the refusal."""

    status = 422

    def __init__(self, refusal: UnreadableFile) -> None:
        self.code = refusal.code
        super().__init__(refusal_sentence(refusal), name=refusal.name, **refusal.params)


def refusal_sentence(refusal: UnreadableFile) -> str:
    """What is wrong with the file and what to do, as a whole sentence in the active language."""
    return gettext(REFUSALS[refusal.reason]) % {"name": refusal.name, **_written(refusal.params)}


def notice_sentence(code: str, params: Mapping[str, Any]) -> str:
    """What is worth saying about a file that was read. Raises KeyError when the code is not one of files'."""
    return gettext(NOTICES[code]) % _written(params)


def notices_of(file: StoredFile) -> list[str]:
    """What is worth saying about a stored file, as sentences in the active language."""
    return [notice_sentence(code, params) for code, params in file.notices]


def _written(params: Mapping[str, Any]) -> dict[str, str]:
    """Sizes as "25 MB", counts as "1.000", words as they are."""
    return {name: _one(name, value) for name, value in params.items()}


def _one(name: str, value: Any) -> str:
    if name.endswith("_bytes"):
        return filesizeformat(value)
    return number_format(value, use_l10n=True, force_grouping=True) if isinstance(value, int) else str(value)
