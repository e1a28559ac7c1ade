"""What several operators may do at one moment, for `tests.rivals`."""

from __future__ import annotations

from datetime import date

from caicach.kernel.identity import services
from caicach.kernel.usecase.actor import SYSTEM


def an_account() -> None:
    services.create_account(actor=SYSTEM, username="nguyen-van-an", full_name="Nguyễn Văn An")


def a_unit() -> None:
    services.create_unit(actor=SYSTEM, code="TTr", name="Thanh tra", parent=None, valid_from=date(2022, 1, 1))
