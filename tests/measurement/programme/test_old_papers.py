"""What was handed in and refused before papers and tasks said so themselves."""

from __future__ import annotations

from datetime import date
from typing import Any

from caicach.measurement.programme import services
from caicach.measurement.programme.models import Evidence, Plan
from tests.ministry import Ministry
from tests.old_rows import database_aside as database_aside
from tests.old_rows import migrate, migrate_to_today, old_rows

from .task_pages import TaskNamed, the_product

pytestmark = old_rows


def test_the_journal_says_which_papers_were_refused(task_named: TaskNamed, ministry: Ministry, at: Any) -> None:
    product = the_product(task_named("Số hóa"))
    with at("2022-06-20 09:00"):
        services.hand_in_product(actor=ministry.focal, product=product, paper="Bản một")
    with at("2022-06-21 09:00"):
        services.refuse_product(actor=ministry.officer, product=product, remark="Chưa ký")
    with at("2022-06-22 09:00"):
        services.hand_in_product(actor=ministry.focal, product=product, paper="Bản hai")
    with at("2022-06-23 09:00"):
        services.accept_product(actor=ministry.officer, product=product)
    known = list(Evidence.objects.order_by("pk").values_list("paper", "refused_at"))

    migrate("programme", "0008_answer_to_a_return")
    migrate_to_today()

    assert [(paper, at is not None) for paper, at in known] == [("Bản một", True), ("Bản hai", False)]
    assert list(Evidence.objects.order_by("pk").values_list("paper", "refused_at")) == known


def test_what_was_handed_in_keeps_its_day(plan: Plan, task_named: TaskNamed, ministry: Ministry, at: Any) -> None:
    waiting, half = task_named("Số hóa"), task_named("Công khai")
    with at("2022-06-10 16:30"):
        services.hand_in_product(actor=ministry.focal, product=the_product(waiting), paper="15/BC-VP")
    with at("2022-06-14 09:00"):
        second = services.add_product(actor=ministry.focal, task=half, name="Báo cáo thứ hai")
        services.hand_in_product(actor=ministry.focal, product=second, paper="16/BC-VP")

    migrate("programme", "0010_name_below_a_signature")
    migrate_to_today()

    days = dict(plan.tasks.values_list("pk", "handed_in_on"))
    assert days.pop(waiting.pk) == date(2022, 6, 10)
    assert set(days.values()) == {None}
