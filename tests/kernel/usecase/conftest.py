from __future__ import annotations

import pytest

from caicach.kernel.identity.models import Unit
from tests.kernel.usecase.acts import SINCE
from tests.processes import process_database as process_database


@pytest.fixture
def unit(db: None) -> Unit:
    return Unit.objects.create(code="VP", name="Văn phòng Bộ", valid_from=SINCE)
