"""Whole stories in real Chromium, with a whole ministry."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from caicach.config.reference_data import rows_of
from caicach.kernel.usecase.actor import SYSTEM
from caicach.measurement.programme import services as programme
from caicach.registry.organisation import services as organisation
from tests.ministry import Ministry, make_people


@pytest.fixture
def whole_ministry(transactional_db: None, settings: Any, tmp_path: Path) -> Ministry:
    """The real units of 2022 with one person for each role, and the national targets."""
    settings.FILES_DIR = tmp_path / "files"
    settings.AUDIT_HEADS = tmp_path / "heads.jsonl"
    organisation.load_units(actor=SYSTEM, rows=rows_of("caicach.registry.organisation", "units_moha_2022.csv"))
    programme.load_national_targets(actor=SYSTEM, rows=rows_of("caicach.measurement.programme", "nq76_targets.csv"))
    return make_people()
