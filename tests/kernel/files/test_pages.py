"""Sending a file, taking it back, looking at it."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from caicach.kernel.files import storage
from caicach.kernel.files.headers import content_disposition
from caicach.kernel.files.models import Attachment
from tests.file_builders import word

from .conftest import PLAN, a_pdf, a_picture, stored_files

pytestmark = pytest.mark.django_db

Send = Callable[..., Attachment]
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def focal(client_of: Callable[[str], Client]) -> Client:
    return client_of("focal")


def upload(client: Client, content: bytes = PLAN, name: str = "ke-hoach.txt") -> Any:
    return client.post("/tep/", {"file": SimpleUploadedFile(name, content)}, **JSON)


def test_an_upload_answers_with_its_id(focal: Client, files_dir: Path) -> None:
    answer = upload(focal)

    attachment = Attachment.objects.get()
    assert answer.status_code == 201
    assert answer.json() == {
        "id": str(attachment.pk),
        "name": "ke-hoach.txt",
        "kind": "txt",
        "size": len(PLAN),
        "notices": [],
    }
    assert storage.is_whole(sha256=attachment.file.sha256)
    assert len(stored_files(files_dir)) == 1


def test_an_empty_document_is_taken_and_its_sender_told(focal: Client) -> None:
    answer = upload(focal, word(""), "bao-cao.docx")

    assert answer.status_code == 201
    assert answer.json()["notices"] == [
        "Văn bản này không có chữ, cũng không có hình. Mở tệp, xem nội dung đã được lưu chưa rồi gửi lại."
    ]
    assert Attachment.objects.get().file.is_blank


def test_a_file_that_is_not_taken_is_answered_with_the_reason(focal: Client, files_dir: Path) -> None:
    answer = upload(focal, b"<html><script>alert(1)</script></html>", "page.html")

    assert (answer.status_code, answer.json()["code"]) == (422, "files.unknown_kind")
    assert "page.html" in answer.json()["detail"]
    assert stored_files(files_dir) == []


def test_a_file_that_lies_about_its_kind_is_not_taken(focal: Client) -> None:
    assert upload(focal, a_picture(), "ke-hoach.pdf").json()["code"] == "files.extension_mismatch"


def test_a_file_over_the_bound_is_refused_with_words(focal: Client, files_dir: Path, settings: Any) -> None:
    settings.FILE_MAX_BYTES = 100_000

    answer = upload(focal, b"a" * 300_000)

    assert (answer.status_code, answer.json()["code"]) == (413, "files.too_large")
    assert "293" in answer.json()["detail"]  # KB, although it was cut off at 98
    assert stored_files(files_dir) == []


def test_a_full_disk_is_answered_with_words(focal: Client, files_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(storage.os, "fsync", full)
    answer = upload(focal)

    assert (answer.status_code, answer.json()["code"]) == (507, "files.disk_full")
    assert stored_files(files_dir) == []


def test_sending_nothing_asks_for_a_file(focal: Client) -> None:
    assert focal.post("/tep/", {}, **JSON).json()["errors"]["file"]


def test_a_stranger_sends_nothing(files_dir: Path) -> None:
    assert upload(Client()).status_code == 302
    assert stored_files(files_dir) == []


def test_a_download_comes_whole_and_cannot_run(focal: Client, send: Send) -> None:
    attachment = send(b"<?xml version='1.0'?><a/>", name="Kế hoạch đợt 1.xml")

    answer = focal.get(f"/tep/{attachment.pk}/")

    assert b"".join(answer.streaming_content) == b"<?xml version='1.0'?><a/>"
    assert answer["Content-Disposition"].startswith("attachment; filename=\"Ke hoach dot 1.xml\"; filename*=UTF-8''K")
    assert quote("Kế hoạch đợt 1.xml") in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ('a"b;\r\nX: 1.txt', "attachment; filename=\"abX: 1.txt\"; filename*=UTF-8''a%22b%3B%0D%0AX%3A%201.txt"),
        ("đ.pdf", "attachment; filename=\"d.pdf\"; filename*=UTF-8''%C4%91.pdf"),
        ("中.pdf", "attachment; filename=\"file.pdf\"; filename*=UTF-8''%E4%B8%AD.pdf"),
    ],
    ids=["a header in a name", "Vietnamese", "no ASCII letter at all"],
)
def test_a_name_stays_inside_its_header(name: str, header: str) -> None:
    assert content_disposition(name=name) == header


def test_a_content_that_was_removed_from_the_disk_is_said_clearly(focal: Client, send: Send) -> None:
    attachment = send()
    storage.place_of(attachment.file.sha256).unlink()

    answer = focal.get(f"/tep/{attachment.pk}/", **JSON)

    assert (answer.status_code, answer.json()["code"]) == (503, "files.content_missing")


def test_a_photo_is_drawn_anew_without_what_the_camera_wrote(focal: Client, send: Send) -> None:
    exif = Image.Exif()
    exif[0x0110] = "A camera"
    exif[0x0112] = 6  # lying on its side
    attachment = send(a_picture(kind="JPEG", exif=exif.tobytes()), name="anh.jpg")

    answer = focal.get(f"/tep/{attachment.pk}/trang/1/")

    drawn = Image.open(io.BytesIO(answer.content))
    assert answer["Content-Type"] == "image/jpeg"
    assert not drawn.getexif()
    assert drawn.size == (80, 120)
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_a_large_picture_is_shown_smaller(focal: Client, send: Send) -> None:
    attachment = send(a_picture(size=(4000, 1000)), name="ban-do.png")

    answer = focal.get(f"/tep/{attachment.pk}/trang/1/")

    assert Image.open(io.BytesIO(answer.content)).size == (2000, 500)


def test_each_page_of_a_pdf_is_shown(focal: Client, send: Send) -> None:
    attachment = send(a_pdf(pages=3), name="van-ban.pdf")

    page = focal.get(f"/tep/{attachment.pk}/xem/?trang=2")
    picture = focal.get(f"/tep/{attachment.pk}/trang/2/")

    assert page.context["pages"] == 3
    assert f"/tep/{attachment.pk}/trang/2/" in page.content.decode()
    assert Image.open(io.BytesIO(picture.content)).size == (1400, 1982)
    assert focal.get(f"/tep/{attachment.pk}/trang/4/").status_code == 404
    assert focal.get(f"/tep/{attachment.pk}/trang/0/").status_code == 404


def test_a_page_of_absurd_size_is_drawn_small_enough(focal: Client, send: Send) -> None:
    document = pypdfium2.PdfDocument.new()
    document.new_page(14_000, 2)
    written = io.BytesIO()
    document.save(written)
    attachment = send(written.getvalue(), name="bang-ron.pdf")

    picture = Image.open(io.BytesIO(focal.get(f"/tep/{attachment.pk}/trang/1/").content))

    assert picture.width <= 1400


@pytest.mark.parametrize("asked", ["0", "-1", "99", "x", "1e9", ""])
def test_a_page_that_is_not_there_shows_the_nearest(asked: str, focal: Client, send: Send) -> None:
    attachment = send(a_pdf(pages=2), name="van-ban.pdf")

    assert focal.get(f"/tep/{attachment.pk}/xem/", {"trang": asked}).context["page"] in (1, 2)


def test_a_kind_that_cannot_be_drawn_says_so_and_offers_the_download(focal: Client, send: Send) -> None:
    attachment = send()

    page = focal.get(f"/tep/{attachment.pk}/xem/")

    assert page.status_code == 200
    assert page.context["refusal"]
    assert f'href="/tep/{attachment.pk}/"' in page.content.decode()
    assert focal.get(f"/tep/{attachment.pk}/trang/1/").status_code == 409


def test_a_picture_that_was_damaged_on_disk_is_not_shown(focal: Client, send: Send) -> None:
    attachment = send(a_picture(), name="anh.png")
    storage.place_of(attachment.file.sha256).write_bytes(b"\x89PNG\r\n\x1a\n" + b"\x00" * 100)

    assert focal.get(f"/tep/{attachment.pk}/trang/1/").status_code == 409


def test_a_pages_statements_do_not_grow_with_its_pages(
    focal: Client, send: Send, django_assert_max_num_queries: Any
) -> None:
    attachment = send(a_pdf(pages=40), name="van-ban.pdf")

    focal.get(f"/tep/{attachment.pk}/xem/")
    # session, account, roles held and received with their units' reach, the attachment; the rest is the shell's
    with django_assert_max_num_queries(12):
        focal.get(f"/tep/{attachment.pk}/xem/")
