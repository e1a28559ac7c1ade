from __future__ import annotations

import pytest
from django.core.cache import cache
from pytest_django.fixtures import Settings

from caicach.kernel.identity.models import Account
from tests.ministry import Ministry

from .signing import with_password


@pytest.fixture(autouse=True)
def _nobody_has_failed_yet() -> None:
    """Failed sign-ins are counted in the cache, which no database test rolls back."""
    cache.clear()


@pytest.fixture(autouse=True)
def _hash_quickly(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["tests.kernel.identity.quick_hash.QuickArgon2"]


@pytest.fixture
def person(ministry: Ministry) -> Account:
    """An official of the Office (`staff`) with a password."""
    return with_password(ministry.accounts["staff"])
