"""How files of a form come in: straight to where contents live, counted and hashed while they stream."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from caicach.kernel.usecase.errors import NotPermitted, UseCaseError

from .messages import UnableToReadFile
from .reading import Reason, UnreadableFile, shown_name
from .storage import Content, Incoming, Overrun, UnableToStore, discard


class TooLarge(UnableToReadFile):
    """It was larger than a file may be; what came was thrown away."""

    status = 413


class StreamedFile(UploadedFile):
    """A file of a form that lies under its passing name. When nobody keeps it, it goes with the request."""

    def __init__(self, content: Content, *, name: str, content_type: str, field_name: str) -> None:
        self.content = content
        super().__init__(file=content.path.open("rb"), name=name, content_type=content_type, size=content.size_bytes)
        self.field_name = field_name

    def close(self) -> None:
        super().close()
        discard(self.content.path)


class StreamToStore(FileUploadHandler):
    """Refuses by noting why (`refusal_of`): an exception here would be a broken request, without words."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._incoming: Incoming | None = None
        self._sent_bytes = 0
        self._is_of_someone = False

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *rest: Any, **more: Any) -> None:
        # Of the whole form: the upload component sends one file at a time, so that it is the file's own, nearly.
        self._sent_bytes = content_length
        # The check against forged forms reads the body of whoever asks, before anything knows whether they may.
        self._is_of_someone = bool(getattr(self.request, "session", {}).get(SESSION_KEY))

    def new_file(self, *arguments: Any, **keywords: Any) -> None:
        super().new_file(*arguments, **keywords)
        self._incoming = None
        if not self._is_of_someone:
            self._refuse(NotPermitted())
        try:
            self._incoming = Incoming(most_bytes=settings.FILE_MAX_BYTES)
        except UnableToStore as error:
            self._refuse(error)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        assert self._incoming is not None  # noqa: S101  SkipFile was raised otherwise
        try:
            self._incoming.write(raw_data)
        except Overrun:
            self._refuse(
                TooLarge(
                    UnreadableFile(
                        Reason.TOO_LARGE,
                        name=shown_name(self.file_name or ""),
                        size_bytes=max(self._sent_bytes, self._incoming.size_bytes),
                        limit_bytes=settings.FILE_MAX_BYTES,
                    )
                )
            )
        except UnableToStore as error:
            self._refuse(error)

    def file_complete(self, file_size: int) -> StreamedFile | None:
        assert self._incoming is not None  # noqa: S101
        try:
            content = self._incoming.finish()
        except UnableToStore as error:
            refusals_of(self.request)[self.field_name or ""] = error
            return None
        self._incoming = None
        return StreamedFile(
            content,
            name=self.file_name or "",
            content_type=self.content_type or "",
            field_name=self.field_name or "",
        )

    def upload_interrupted(self) -> None:
        if self._incoming is not None:
            self._incoming.discard()

    def _refuse(self, error: UseCaseError) -> None:
        refusals_of(self.request)[self.field_name or ""] = error
        self._incoming = None
        raise SkipFile


def refusals_of(request: Any) -> dict[str, UseCaseError]:
    """Form field -> why its file was not taken."""
    found: dict[str, UseCaseError] = request.__dict__.setdefault("refused_files", {})
    return found
