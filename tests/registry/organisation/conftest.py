from __future__ import annotations

import pytest

from caicach.config.reference_data import rows_of
from caicach.kernel.identity.models import Unit
from caicach.kernel.usecase.actor import SYSTEM
from caicach.registry.organisation import services


@pytest.fixture
def official_list() -> list[dict[str, str]]:
    return rows_of("caicach.registry.organisation", "units_moha_2022.csv")


@pytest.fixture
def units(db: None, official_list: list[dict[str, str]]) -> dict[str, Unit]:
    """The Ministry of Home Affairs of 2022, by code."""
    services.load_units(actor=SYSTEM, rows=official_list)
    return {unit.code: unit for unit in Unit.objects.select_related("profile")}
