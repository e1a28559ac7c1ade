"""The place of the heads of the journal cannot be written: work goes on, and the chain is whole afterwards."""

from __future__ import annotations

import html

import pytest

from tests.faults.conftest import MakeProduct
from tests.faults.imports import outcome, start_import
from tests.faults.plans import plan_text
from tests.faults.waiting import until

pytestmark = [pytest.mark.faults, pytest.mark.parametrize("engine", ["sqlite"], indirect=True)]

WAITING = "SELECT count(*) FROM audit_unsealedentry"


def test_a_folder_of_heads_that_went_away(make_product: MakeProduct) -> None:
    product = make_product()
    folder, away = product.data / "heads", product.data / "heads-away"
    folder.mkdir()
    product.settings["CAICACH_AUDIT_HEADS"] = str(folder / "heads.jsonl")
    product.start()
    until(lambda: product.rows(WAITING) == [(0,)], what="the first seals")
    folder.rename(away)
    folder.write_text("in the way")  # also root cannot write below a file

    done = outcome(product, start_import(product.officer, plan_text(duties=20)))

    assert done["state"] == "DONE"
    assert product.rows(WAITING) != [(0,)]
    said = product.command("audit", "verify")
    assert said.returncode == 1
    assert str(folder) in said.stdout
    assert product.command("sample", "day", "2022-06-21").returncode == 0  # a day later
    assert "CAICACH_AUDIT_HEADS" in html.unescape(product.person("quan-tri").get("/van-hanh/tinh-trang/").text)
    assert product.visitor().get("/readyz").json()["parts"]["journal"] is False

    folder.unlink()
    away.rename(folder)
    sealed = product.command("audit", "seal")
    assert sealed.returncode == 0, sealed.stderr
    until(lambda: product.rows(WAITING) == [(0,)], what="everything to be sealed")
    product.verify_journal()
