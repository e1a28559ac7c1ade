from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.test import Client
from PIL import Image

from caicach.kernel.files import access, services
from caicach.kernel.files.models import Attachment
from caicach.kernel.usecase.actor import Actor
from tests.ministry import Ministry

PLAN = "Kế hoạch cải cách hành chính năm 2022.\n".encode()


@pytest.fixture(autouse=True)
def files_dir(settings: Any, tmp_path: Path) -> Path:
    """Contents of a test lie in a folder of its own."""
    settings.FILES_DIR = tmp_path / "files"
    return settings.FILES_DIR


@pytest.fixture(autouse=True)
def rules(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """No room speaks for its records but those that the test registers."""
    registered: dict[str, Any] = {}
    monkeypatch.setattr(access, "_RULES", registered)
    return registered


@pytest.fixture
def send(ministry: Ministry) -> Callable[..., Attachment]:
    def store(content: bytes = PLAN, *, name: str = "ke-hoach.txt", actor: Actor | None = None) -> Attachment:
        with services.receiving(io.BytesIO(content), name=name) as received:
            return services.store_upload(actor=actor or ministry.focal, file=received)

    return store


@pytest.fixture
def client_of(ministry: Ministry) -> Callable[[str], Client]:
    def signed_in(name: str) -> Client:
        client = Client()
        client.force_login(ministry.accounts[name], backend="caicach.kernel.identity.backends.AccountBackend")
        return client

    return signed_in


def a_picture(*, size: tuple[int, int] = (120, 80), kind: str = "PNG", **options: Any) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, (42, 65, 131)).save(written, kind, **options)
    return written.getvalue()


def a_pdf(*, pages: int = 2) -> bytes:
    document = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(595, 842)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def stored_files(files_dir: Path) -> list[Path]:
    return sorted(path for path in files_dir.rglob("*") if path.is_file())
