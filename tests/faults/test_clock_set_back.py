"""The computer's clock is set back by an hour: work done before and after stays whole and provable."""

from __future__ import annotations

import pytest

from tests.faults.conftest import MakeProduct
from tests.faults.imports import approved_tasks, drafts, outcome, start_import
from tests.faults.plans import plan_text
from tests.faults.waiting import until

pytestmark = [pytest.mark.faults, pytest.mark.parametrize("engine", ["sqlite"], indirect=True)]

WAITING = "SELECT count(*) FROM audit_unsealedentry"


def test_work_goes_on_when_the_clock_is_set_back(make_product: MakeProduct) -> None:
    product = make_product()
    product.hours_back = 0
    product.start()
    task = approved_tasks(product)[0]["id"]
    before = outcome(product, start_import(product.officer, plan_text(duties=10), key="truoc"))
    product.kill("worker")
    waiting = start_import(product.officer, plan_text(duties=11), key="cho")
    product.stop("web")

    product.hours_back = 1
    product.start()

    said = product.officer.call("POST", f"/programme/tasks/{task}/comments", {"text": "Sau khi chỉnh giờ"})
    after = outcome(product, start_import(product.officer, plan_text(duties=12), key="sau"))
    waited = outcome(product, waiting)
    assert said.status == 201
    assert [end["state"] for end in (before, waited, after)] == ["DONE"] * 3
    assert len(drafts(product)) == 3
    until(lambda: product.rows(WAITING) == [(0,)], what="everything to be sealed")
    product.verify_journal()
