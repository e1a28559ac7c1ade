"""Bringing a plan in by the page: a file or a paste becomes a job that leads to the draft."""

from __future__ import annotations

import hashlib
import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from caicach.kernel.calendar import clock
from caicach.kernel.files.models import Attachment
from caicach.kernel.jobs import worker
from caicach.kernel.jobs.models import Job
from caicach.measurement.programme.models import Plan, PlanSource
from tests.ministry import Ministry

pytestmark = pytest.mark.django_db

TEXT = """KẾ HOẠCH
Cải cách hành chính năm 2022 của Bộ Nội vụ
II. NHIỆM VỤ
1. Cải cách thể chế
a) Rà soát văn bản quy phạm pháp luật. Đơn vị chủ trì: Vụ Pháp chế. Thời hạn: Quý III/2022.
b) Tổ chức tập huấn soạn thảo văn bản trước ngày 30/9/2022.
"""


@pytest.fixture
def officer(client: Client, ministry: Ministry) -> Client:
    client.force_login(ministry.accounts["officer"])
    return client


def send(client: Client, ministry: Ministry, **fields: object):
    return client.post(reverse("programme:import"), {"issuer": ministry.units["BNV"].pk, "key": "k1", **fields})


def test_a_text_file_is_taken_and_its_reading_is_shown(officer: Client, ministry: Ministry) -> None:
    answer = send(officer, ministry, file=SimpleUploadedFile("ke-hoach.txt", TEXT.encode(), "text/plain"))

    job = Job.objects.get()
    assert answer.status_code == 302
    assert answer.url == reverse("jobs:progress", args=[job.pk])


def test_pasted_text_is_taken(officer: Client, ministry: Ministry) -> None:
    assert send(officer, ministry, pasted=TEXT).status_code == 302
    assert Job.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("rong.txt", b""),
        ("gia.docx", b"khong phai word"),
        ("ke-hoach.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    ],
)
def test_a_bad_file_is_refused_by_name_and_nothing_is_started(
    name: str, content: bytes, officer: Client, ministry: Ministry
) -> None:
    answer = send(officer, ministry, file=SimpleUploadedFile(name, content))

    assert answer.status_code == 200
    assert "cc-error" in answer.content.decode()
    assert not Job.objects.exists()


def test_nothing_sent_says_what_to_do(officer: Client, ministry: Ministry) -> None:
    assert "Chọn tệp" in send(officer, ministry).content.decode()


@pytest.mark.parametrize("who", ["focal", "leader", "auditor", "operator"])
def test_only_a_reform_officer_may_import(who: str, client: Client, ministry: Ministry) -> None:
    client.force_login(ministry.accounts[who])

    assert client.get(reverse("programme:import")).status_code == 403


def test_a_file_imported_before_leads_to_its_plan_and_another_draft_must_be_meant(
    officer: Client, ministry: Ministry, draft: Plan
) -> None:
    PlanSource.objects.filter(plan=draft).update(sha256=hashlib.sha256(TEXT.encode()).hexdigest())

    def again(**fields: object) -> HttpResponse:
        return send(officer, ministry, file=SimpleUploadedFile("lan-hai.txt", TEXT.encode()), **fields)

    told = again()
    page = told.content.decode()
    assert (told.status_code, Job.objects.count()) == (200, 0)
    assert "Tệp này đã nhập trước đây" in page
    assert reverse("programme:review", args=[draft.pk]) in page

    assert again(as_copy="on", key="k2").status_code == 302
    assert Job.objects.count() == 1


def read_by_the_worker(client: Client, answer: HttpResponse) -> str:
    """The page of the job after a worker did it."""
    assert worker.work_once() == 0
    return client.get(answer["Location"]).content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_text_without_tasks_leads_back_to_the_form_with_the_text(officer: Client, ministry: Ministry) -> None:
    page = read_by_the_worker(officer, send(officer, ministry, pasted="xin chào các bạn", year="2024"))

    assert "Không tìm thấy nhiệm vụ nào trong văn bản" in page
    assert not Plan.objects.exists()
    (back,) = re.findall(rf'href="({reverse("programme:import")}\?[^"]+)"', page)
    form = officer.get(html.unescape(back)).content.decode()
    assert "xin chào các bạn" in form
    assert 'value="2024"' in form


@pytest.mark.django_db(transaction=True)
def test_a_file_without_tasks_need_not_be_chosen_again(officer: Client, ministry: Ministry) -> None:
    file = SimpleUploadedFile("thu-moi.txt", "Kính mời các đồng chí dự họp.".encode(), "text/plain")
    read_by_the_worker(officer, send(officer, ministry, file=file))
    kept = Attachment.objects.get()

    form = officer.get(reverse("programme:import"), {"tep": kept.pk}).content.decode()
    assert "thu-moi.txt" in form
    assert send(officer, ministry, kept=kept.pk, key="k2").status_code == 302
    assert Job.objects.filter(arguments__attachment_id=str(kept.pk)).count() == 2


def test_what_someone_else_sent_is_not_shown(officer: Client, client: Client, ministry: Ministry) -> None:
    send(officer, ministry, file=SimpleUploadedFile("rieng.txt", TEXT.encode(), "text/plain"))
    sent = Attachment.objects.get()
    Attachment.objects.update(uploaded_by=ministry.accounts["leader"])

    assert "rieng.txt" not in officer.get(reverse("programme:import"), {"tep": sent.pk}).content.decode()
    assert send(officer, ministry, kept=sent.pk, key="k2").status_code == 200


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("text", "year", "warned"),
    [
        ("Vụ Pháp chế xây dựng Thông tư hướng dẫn trong quý III/2021.", 2021, False),
        ("Rà soát văn bản trong quý II. Hà Nội, ngày 20 tháng 01 năm 2023", 2023, False),
        ("Rà soát toàn bộ thủ tục hành chính trong quý II.", None, True),
    ],
)
def test_the_year_is_found_or_is_this_year_with_a_warning(
    text: str, year: int | None, warned: bool, officer: Client, ministry: Ministry
) -> None:
    read_by_the_worker(officer, send(officer, ministry, pasted=text))

    plan = Plan.objects.get()
    assert plan.year == (year or clock.today().year)
    page = officer.get(reverse("programme:review", args=[plan.pk])).content.decode()
    assert (f"Văn bản không ghi năm nên đã lấy năm {plan.year}" in page) == warned
