"""A use case that has no word of its own for it refuses, instead of failing, when someone was first."""

from __future__ import annotations

import pytest
from django.db import IntegrityError

from caicach.kernel.usecase.actor import SYSTEM
from caicach.kernel.usecase.errors import SomeoneWasFirst

from . import acts
from .leftovers import left

pytestmark = pytest.mark.django_db


def test_who_writes_what_someone_wrote_at_that_moment_is_told_so() -> None:
    acts.found_unit(actor=SYSTEM, code="VP", name="Văn phòng Bộ")

    with pytest.raises(SomeoneWasFirst) as refused:
        acts.found_unit(actor=SYSTEM, code="VP", name="Văn phòng khác")
    assert refused.value.status == 409
    assert left()["entries"] == [("tests.found_unit", "done"), ("tests.found_unit", "refused")]


def test_another_rule_of_the_database_is_our_own_mistake_and_stays_one() -> None:
    with pytest.raises(IntegrityError):
        acts.break_a_rule(actor=SYSTEM)
