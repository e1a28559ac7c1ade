"""Whoever is not signed in writes nothing to the store, whatever address they send to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.ministry import Ministry

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["account_login", "files:upload", "programme:import"])
def test_a_stranger_s_files_are_never_written(settings: Any, tmp_path: Path, name: str) -> None:
    settings.FILES_DIR = tmp_path / "files"
    stranger = Client(enforce_csrf_checks=True)
    stranger.cookies["csrftoken"] = "x" * 32
    seen: list[int] = []
    settings.FILE_MAX_BYTES = 1_000_000

    told = stranger.post(reverse(name), {f"file{n}": SimpleUploadedFile(f"{n}.txt", b"a" * 500_000) for n in range(3)})
    seen.append(sum(path.stat().st_size for path in tmp_path.rglob("*") if path.is_file()))

    assert told.status_code in (302, 403)
    assert seen == [0]


def test_someone_signed_in_still_uploads(settings: Any, tmp_path: Path, client: Client, ministry: Ministry) -> None:
    settings.FILES_DIR = tmp_path / "files"
    client.force_login(ministry.accounts["focal"])

    sent = client.post(reverse("files:upload"), {"file": SimpleUploadedFile("a.txt", "Biên bản".encode())})

    assert sent.status_code == 201
