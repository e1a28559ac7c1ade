"""What may become of the official tree, and what its history tells afterwards."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from caicach.kernel.identity import services as identity
from caicach.kernel.identity.models import Unit
from caicach.kernel.usecase.actor import SYSTEM
from caicach.kernel.usecase.errors import InvalidInput
from tests.ministry import Ministry, make_people

pytestmark = pytest.mark.django_db

Units = dict[str, Unit]


@pytest.fixture
def people(units: Units) -> Ministry:
    return make_people()


def history(people: Ministry, unit: Unit) -> str:
    client = Client()
    client.force_login(people.accounts["auditor"])
    return client.get(reverse("operation:unit", args=[unit.pk])).content.decode()


def test_the_ministry_is_not_placed_beneath_one_of_its_own_units(units: Units) -> None:
    room = identity.create_unit(
        actor=SYSTEM, code="VP-HC", name="Phòng Hành chính", parent=units["VP"], valid_from=date(2022, 1, 1)
    )

    for beneath in (units["VP"], room):
        with pytest.raises(InvalidInput):
            identity.move_unit(actor=SYSTEM, unit=units["BNV"], parent=beneath)

    assert Unit.objects.get(code="BNV").parent is None


def test_the_ministry_does_not_end_before_its_units(units: Units) -> None:
    with pytest.raises(identity.UnableToEndUnit):
        identity.end_unit(actor=SYSTEM, unit=units["BNV"], valid_to=date(2023, 1, 1))


def test_the_history_tells_who_added_moved_and_ended_a_unit(people: Ministry, units: Units) -> None:
    unit = identity.create_unit(
        actor=people.operator, code="CDS", name="Phòng Chuyển đổi số", parent=units["VP"], valid_from=date(2022, 1, 1)
    )
    identity.move_unit(actor=people.operator, unit=unit, parent=units["TTTT"])
    identity.end_unit(actor=people.operator, unit=unit, valid_to=date(2022, 7, 1))

    page = history(people, unit)

    for told in ("Đã thêm đơn vị", "Đã chuyển đơn vị", "Đã kết thúc đơn vị"):
        assert told in page
    assert "Văn phòng Bộ thành Trung tâm Thông tin" in page
    assert "Người giữ vai operator" in page


def test_a_unit_of_the_list_has_the_loading_in_its_history(people: Ministry, units: Units) -> None:
    assert "Đã thêm đơn vị" in history(people, units["KHTC"])


def test_a_former_unit_keeps_its_page_and_says_that_it_is_over(people: Ministry, units: Units) -> None:
    identity.end_unit(actor=SYSTEM, unit=units["TH"], valid_to=date(2022, 10, 1))

    page = history(people, units["TH"])

    assert "Vụ Tổng hợp" in page
    assert "30/09/2022" in page
