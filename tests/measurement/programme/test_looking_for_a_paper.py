"""Looking for a paper that is in the system already, while a product is handed in: nothing typed or chosen is lost."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from caicach.kernel.files.models import Attachment
from caicach.measurement.programme import services
from caicach.measurement.programme.models import Evidence, ProductState
from tests.ministry import Ministry

from .task_pages import ClientOf, TaskNamed, the_product, upload

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday(at: Any) -> Any:
    with at("2022-06-20 09:00"):
        yield


@pytest.fixture
def address(task_named: TaskNamed) -> str:
    return reverse("programme:hand_in", args=[the_product(task_named("Công khai")).pk])


@pytest.fixture
def known(task_named: TaskNamed, ministry: Ministry) -> Attachment:
    """A paper of another product, in the system."""
    product = the_product(task_named("Số hóa"))
    services.hand_in_product(actor=ministry.focal, product=product, attachments=[upload(ministry)])
    attachment = Evidence.objects.get(product=product).attachment
    assert attachment is not None
    return attachment


def look(client: Client, address: str, words: str, **form: Any) -> str:
    answer = client.post(address, {"tim": words, "tim-giay": "1", **form})
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_form_comes_back_with_number_tick_and_file(
    address: str, known: Attachment, client_of: ClientOf, task_named: TaskNamed
) -> None:
    client = client_of("focal")
    file = SimpleUploadedFile("bao-cao.txt", "Báo cáo kết quả".encode())

    html = look(client, address, "khong co giay nay", paper="12/BC-VP", existing=[str(known.pk)], file=file)

    assert 'value="12/BC-VP"' in html
    assert re.search(rf'name="existing" value="{known.pk}" checked', html), "what was ticked stays in the list"
    kept = Attachment.objects.get(name="bao-cao.txt")
    assert f'name="files" value="{kept.pk}"' in html
    assert the_product(task_named("Công khai")).state == ProductState.MISSING, "looking hands nothing in"
    assert "cc-error" not in html

    client.post(address, {"files": [str(kept.pk)], "existing": [str(known.pk)], "paper": "12/BC-VP"})
    product = the_product(task_named("Công khai"))
    assert product.state == ProductState.SUBMITTED
    assert Evidence.objects.filter(product=product).exclude(attachment=None).count() == 2


def test_what_is_found_can_be_ticked(address: str, known: Attachment, client_of: ClientOf) -> None:
    html = look(client_of("focal"), address, "so hoa")

    assert f'name="existing" value="{known.pk}">' in html
    assert 'value="so hoa"' in html


def test_no_token_stands_in_an_address(address: str, known: Attachment, client_of: ClientOf) -> None:
    html = client_of("focal").get(address).content.decode()

    assert 'formmethod="get"' not in html
    assert 'hx-params="tim,existing"' in html


def test_a_fragment_of_what_is_found_keeps_the_ticks(address: str, known: Attachment, client_of: ClientOf) -> None:
    answer = client_of("focal").get(
        address, {"tim": "khong co", "existing": [str(known.pk)]}, headers={"HX-Request": "true"}
    )

    assert re.search(rf'name="existing" value="{known.pk}" checked', answer.content.decode())


def test_a_file_that_cannot_be_read_is_named_at_once(address: str, client_of: ClientOf) -> None:
    html = look(client_of("focal"), address, "", file=SimpleUploadedFile("virus.exe", b"MZ"), paper="12/BC-VP")

    assert "virus.exe" in html
    assert 'value="12/BC-VP"' in html
