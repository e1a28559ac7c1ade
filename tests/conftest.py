"""Fixtures that every room's tests share. Keep it small: a room's own fixtures live in its own folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import hypothesis
import pytest
import time_machine

from caicach.kernel.calendar.zone import VIETNAM
from tests import audit_tools
from tests.ministry import Ministry, make_ministry

# A slow machine is not a defect of the product: nothing here is judged by the clock.
hypothesis.settings.register_profile(
    "caicach", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow], print_blob=True
)
hypothesis.settings.load_profile("caicach")

pytest_plugins = ["tests.browsing"]


@pytest.fixture(scope="session", autouse=True)
def _committed_tests_may_empty_the_journal() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as monkeypatch:
        audit_tools.let_transactional_tests_empty_the_journal(monkeypatch)
        yield


@pytest.fixture(autouse=True)
def _no_limits(settings: Any) -> None:
    """Tests ask more often than people, often at a moment that stands still; those about limits set their own."""
    settings.RATE_LIMITS = dict.fromkeys(settings.RATE_LIMITS, (0, 60))


@pytest.fixture
def at() -> Callable[[str], time_machine.travel]:
    """`with at("2022-06-20 09:00"):` — that moment in Việt Nam, standing still, in this process and all its threads."""

    def travel(moment: str) -> time_machine.travel:
        return time_machine.travel(datetime.fromisoformat(moment).replace(tzinfo=VIETNAM), tick=False)

    return travel


@pytest.fixture
def ministry(db: None) -> Ministry:
    return make_ministry()
