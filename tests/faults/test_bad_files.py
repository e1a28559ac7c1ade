"""Files that cannot be taken, through the import page and the API of the running product: each is refused by name, in
Vietnamese, with what to do; or it is converted, and that is said. No draft stays behind, and the product goes on.

What the readers refuse, case by case, is in tests/kernel/files/reading; here is one of each kind, all the way through.
"""

from __future__ import annotations

import html
import io
import shutil
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import docx
import pytest

from tests.bad_files import FRENCH, WORD_MS
from tests.faults.conftest import Founded
from tests.faults.imports import drafts, outcome, start_reading
from tests.faults.people import Answer
from tests.faults.plans import HEAD
from tests.faults.product import Product, nothing_left_running
from tests.file_builders import (
    LAUGHS,
    MIB,
    PICTURE,
    TEXT,
    compound,
    excel,
    locked_pdf,
    one_page,
    word,
    word_of_type,
    word_with_doctype,
)
from tests.old_letters import tcvn3, vni

pytestmark = pytest.mark.faults


@pytest.fixture(scope="module")
def product(founded_on_sqlite: Founded, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """One for all files: what one file does to it, the next one shows."""
    data: Path = tmp_path_factory.mktemp("bad-files") / "var"
    shutil.copytree(founded_on_sqlite.data, data)
    with nothing_left_running(Product(data, "")) as made:
        yield made.start()


@dataclass(frozen=True)
class Case:
    """what : in words; says : what the sentence tells to do."""

    what: str
    name: str
    content: Callable[[], bytes]
    says: str

    def __str__(self) -> str:
        return self.what


REFUSED = (
    Case("empty", "rong.txt", lambda: b"", "Hãy chọn lại, hoặc lưu lại tệp"),
    Case("half a Word file", "hong.docx", lambda: word()[: len(word()) // 2], "Hãy lưu một bản mới bằng Word"),
    Case("half an Excel file", "hong.xlsx", lambda: excel()[: len(excel()) // 2], "Hãy lưu một bản mới bằng Excel"),
    Case("half a PDF", "hong.pdf", lambda: one_page(TEXT)[:200], "Hãy xuất lại PDF"),
    Case("a locked PDF", "khoa.pdf", locked_pdf, "Hãy lưu một bản không có mật khẩu"),
    Case(
        "a locked Word file",
        "khoa.docx",
        lambda: compound("EncryptionInfo", "EncryptedPackage"),
        "Hãy bỏ mật khẩu trong Office",
    ),
    Case(
        "Word with macros",
        "macro.docm",
        lambda: word_of_type(f"{WORD_MS}.document.macroEnabled.main+xml"),
        "Hãy lưu thành tệp không có macro",
    ),
    Case("an old Word file", "cu.doc", lambda: compound("WordDocument", "1Table"), "rồi lưu thành .docx"),
    Case(
        "a bomb of zeros",
        "bom.docx",
        lambda: word(**{"word/big.xml": bytes(60 * MIB)}),
        "Hãy chép nội dung sang một tệp mới",
    ),
    Case(
        "a billion laughs",
        "bom-xml.docx",
        lambda: word_with_doctype("word/document.xml", LAUGHS),
        "Hãy bỏ khai báo đó",
    ),
    Case(
        "a wrong ending",
        "nham.docx",
        lambda: one_page(TEXT),
        "nội dung là .pdf. Hãy gửi đúng tệp Word (.docx), Excel (.xlsx), PDF, văn bản hoặc ảnh",
    ),
    Case("a scan", "quet.pdf", lambda: one_page(PICTURE), "Hãy gửi tệp Word"),
    Case("letters of another tongue", "la.txt", lambda: FRENCH, "Hãy lưu thành .docx hoặc văn bản UTF-8"),
)


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_it_is_refused_by_name_with_what_to_do(case: Case, product: Product) -> None:
    content, before = case.content(), drafts(product)

    by_api, by_page = said_by_api(product, case.name, content), said_on_page(product, case.name, content)

    for said in (by_api, by_page):
        assert case.name in said
        assert case.says in said
    assert drafts(product) == before
    assert product.incoming_files() == []


def test_a_text_of_300_mb_is_refused_and_not_held_in_memory(product: Product) -> None:
    block = "Kế hoạch cải cách hành chính năm 2022. ".encode() * 25_000
    blocks = 300 * MIB // len(block)

    refused = product.officer.upload_streaming("lon.txt", [block] * blocks, size=blocks * len(block))

    assert (refused.status, refused.code) == (413, "files.too_large")
    assert "lon.txt" in refused.said
    assert "Hãy thu nhỏ hình hoặc tách tệp" in refused.said
    assert (product.stored_files_named("lon.txt"), product.incoming_files()) == (0, [])
    assert product.memory_mb("web") < 250


TASK = "Rà soát văn bản quy phạm pháp luật thuộc lĩnh vực nội vụ"
PLAN = f"{HEAD}- {TASK}. Đơn vị chủ trì: Vụ Pháp chế. Thời hạn: Quý III/2022.\n"


@pytest.mark.parametrize(
    ("name", "content", "notice"),
    [
        ("to-hop.txt", unicodedata.normalize("NFD", PLAN).encode(), "Chữ và dấu nằm rời nhau"),
        ("tcvn3.txt", tcvn3(PLAN).encode("latin-1"), "bảng mã cũ TCVN3 (ABC), đã chuyển sang Unicode"),
        ("vni.txt", vni(PLAN).encode("latin-1"), "bảng mã cũ VNI, đã chuyển sang Unicode"),
    ],
    ids=["letters and marks apart", "TCVN3", "VNI"],
)
def test_old_letters_are_converted_and_that_is_said(name: str, content: bytes, notice: str, product: Product) -> None:
    plan = imported(product, name, content)

    assert product.rows(f"SELECT title FROM programme_plantask WHERE plan_id = {plan}") == [(TASK,)]
    assert notice in html.unescape(product.officer.get(f"/ke-hoach/{plan}/ra/").text)


def test_a_table_without_headings_is_given_back_with_the_headings_it_needs(product: Product) -> None:
    before = drafts(product)

    assert "Thêm tiêu đề như" in said_by_api(product, "khong-tieu-de.docx", table_without_headings())

    assert drafts(product) == before


def said_by_api(product: Product, name: str, content: bytes) -> str:
    uploaded = product.officer.upload(name, content)
    if uploaded.status != 201:
        return refusal(uploaded)
    ended = outcome(product, start_reading(product.officer, uploaded.json()["id"]))
    assert ended["state"] == "FAILED"
    return str(ended["error_message"])


def refusal(answer: Answer) -> str:
    assert 400 <= answer.status < 500, answer.text[:2000]
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.said


def said_on_page(product: Product, name: str, content: bytes) -> str:
    ((unit,),) = product.rows("SELECT id FROM identity_unit WHERE code = 'BNV'")
    form = {"csrfmiddlewaretoken": product.officer.form_token, "issuer": str(unit), "key": ""}
    answer = product.officer.post_file("/ke-hoach/nhap/", name, content, form)
    if answer.status == 302:
        job = answer.headers["location"].rstrip("/").rpartition("/")[2]
        assert outcome(product, job)["state"] == "FAILED"
        answer = product.officer.get(answer.headers["location"])
    assert answer.status == 200
    return html.unescape(answer.text)


def imported(product: Product, name: str, content: bytes) -> int:
    ended = outcome(product, start_reading(product.officer, product.officer.upload(name, content).json()["id"]))
    assert ended["state"] == "DONE", ended
    return int(ended["result"]["plan"])


def table_without_headings() -> bytes:
    document = docx.Document()
    for line in HEAD.splitlines():
        document.add_paragraph(line)
    table = document.add_table(rows=0, cols=3)
    for _row in range(3):
        for cell, text in zip(table.add_row().cells, ("Lời dài về công việc của cơ quan", "x", "y"), strict=True):
            cell.text = text
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()
