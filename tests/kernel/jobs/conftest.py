from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from caicach.kernel.calendar import clock
from caicach.kernel.identity.models import Account
from caicach.kernel.jobs import leases
from caicach.kernel.jobs.instant import true_now
from caicach.kernel.jobs.worker import JobRunner
from caicach.kernel.usecase.actor import Actor, HeldRole
from tests.processes import process_database

__all__ = ["process_database"]


@pytest.fixture
def presence(db: None, settings: Any, tmp_path: Path) -> Iterator[leases.Presence]:
    """This process as a worker, its locks in a folder of the test's own."""
    settings.DATA_DIR = tmp_path
    with leases.at_work(at=true_now()) as here:
        yield here


@pytest.fixture
def runner(presence: leases.Presence) -> JobRunner:
    return JobRunner(presence)


@pytest.fixture
def officer(db: None) -> Account:
    return Account.objects.create(username="officer", full_name="Reform officer", created_at=clock.now())


@pytest.fixture
def neighbour(db: None) -> Account:
    return Account.objects.create(username="neighbour", full_name="Officer next door", created_at=clock.now())


def acting(account: Account, *roles: str) -> Actor:
    held = tuple(HeldRole(role, 1, "V", "Unit", frozenset({1})) for role in roles)
    return Actor(account_id=account.pk, name=account.full_name, roles=held)


@pytest.fixture
def later() -> Any:
    """`with later(minutes=1): ...`: that much after now."""
    return lambda **by: time_machine.travel(clock.now() + timedelta(**by), tick=True)
