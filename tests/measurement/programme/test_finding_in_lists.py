"""Words typed into a list's filter: without accents, in either spelling of Unicode, with d for đ."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from caicach.measurement.programme.models import Plan

pytestmark = pytest.mark.django_db

ClientOf = Callable[[str], Client]


@pytest.fixture(autouse=True)
def monday(at: Any) -> Any:
    with at("2022-06-20 09:00"):
        yield


def found(client: Client, address: str, **query: str) -> list[str]:
    html = client.get(address, query).content.decode()
    return sorted(re.findall(r'<a class="cc-row-link" href="[^"]+">([^<]+)</a>', html))


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(
    ("typed", "titles"),
    [
        ("so hoa ket qua", ["Số hóa kết quả giải quyết thủ tục"]),
        ("Số hóa", ["Số hóa kết quả giải quyết thủ tục"]),
        ("SỐ HÓA", ["Số hóa kết quả giải quyết thủ tục"]),
        ("van phong", ["Công khai thủ tục mới", "Số hóa kết quả giải quyết thủ tục"]),
        ("Văn phòng số hóa", ["Số hóa kết quả giải quyết thủ tục"]),
        ("đự án luật", ["Góp ý dự án Luật"]),
        ("khong co tu nay", []),
    ],
)
def test_tasks_are_found_by_their_words_and_by_their_unit(
    form: Any, typed: str, titles: list[str], plan: Plan, client_of: ClientOf
) -> None:
    assert found(client_of("officer"), reverse("programme:tasks"), words=unicodedata.normalize(form, typed)) == titles


@pytest.mark.parametrize("typed", ["ke hoach cai cach", "Kế hoạch", unicodedata.normalize("NFD", "Kế hoạch")])
def test_plans_are_found_by_their_title(typed: str, plan: Plan, client_of: ClientOf) -> None:
    assert found(client_of("officer"), reverse("programme:plans"), title=typed) == [plan.title]


@pytest.mark.parametrize("typed", ["nguoi giu vai focal", unicodedata.normalize("NFD", "Người giữ vai focal")])
def test_accounts_are_found_by_their_name(typed: str, plan: Plan, client_of: ClientOf) -> None:
    assert found(client_of("operator"), reverse("operation:accounts"), words=typed) == ["Người giữ vai focal"]
