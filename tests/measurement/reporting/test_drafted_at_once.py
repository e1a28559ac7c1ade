"""Two officers draft the report of one period at one moment: there is one report, and the second is told so."""

from __future__ import annotations

import pytest

from caicach.measurement.programme.models import Plan
from tests.processes import process_database as process_database
from tests.rivals import RIVALS, told


@pytest.mark.django_db(transaction=True)
def test_one_is_drafted_and_the_others_are_told_that_it_exists(plan: Plan, process_database: dict[str, str]) -> None:
    answers = told(process_database, "tests.measurement.reporting.races:a_report")

    assert answers == {"done": 1, "reporting.report_exists": RIVALS - 1}
