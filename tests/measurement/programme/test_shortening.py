"""No text of a plan is cut off in silence: it is refused by the name of its field, or kept whole and said."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from caicach.kernel.usecase.errors import InvalidInput
from caicach.measurement.programme import services
from caicach.measurement.programme.fitting import shortened
from caicach.measurement.programme.models import Plan
from caicach.measurement.programme.proposals import PlanProposal, ProposedTask
from caicach.measurement.programme.reading_words import sentence_of
from tests.ministry import Ministry

pytestmark = pytest.mark.django_db

LONG_TITLE = "Rà soát, hệ thống hóa và công bố danh mục văn bản " * 14  # 700 characters
LONG_PRODUCT = "Báo cáo tổng hợp " * 40


def imported(ministry: Ministry, *tasks: ProposedTask, **values: str) -> Plan:
    plan: Plan = services.import_plan(
        actor=ministry.officer,
        issuer=ministry.units["BNV"],
        proposal=PlanProposal(
            **{"title": "Kế hoạch 2022", "year": 2022, "name": "kh.docx", "sha256": "ab" * 32, "text": "x", **values},
            tasks=tasks,
        ),
    )
    return plan


def test_a_text_that_is_too_long_for_its_column_stays_whole_in_the_wording(ministry: Ministry) -> None:
    plan = imported(
        ministry,
        ProposedTask(
            title=LONG_TITLE,
            field="the_che",
            text="Câu gốc",
            product=f"Quyết định; {LONG_PRODUCT}",
            lead_text="Vụ " * 200,
            deadline_text="quý " * 100,
            budget="đồng " * 100,
            targets=({"subject": "Tỷ lệ " * 100, "operator": ">=", "value": 60, "value_to": None, "unit": "%"},),
        ),
        ProposedTask(title="Việc ngắn", field="the_che"),
    )

    task, other = plan.tasks.all()
    assert len(task.title) <= 500
    assert task.title.endswith("…")
    assert "Câu gốc" in task.text
    for whole in (LONG_TITLE, LONG_PRODUCT, "Vụ " * 200, "quý " * 100, "đồng " * 100, "Tỷ lệ " * 100):
        assert whole.strip() in task.text
    assert all(len(name) <= 500 for name in task.product.split("; "))
    assert ("shortened" in task.doubts, task.is_confirmed) == (True, False)
    assert (other.title, other.doubts, other.is_confirmed) == ("Việc ngắn", [], True)


def test_the_reading_names_the_task_and_the_column_in_both_languages(ministry: Ministry, client: Client) -> None:
    plan = imported(ministry, ProposedTask(title=LONG_TITLE, field="the_che", product=LONG_PRODUCT), title="K" * 600)

    said = {}
    for language in ("vi", "en"):
        with translation.override(language):
            said[language] = [sentence_of(w["code"], w["parameters"]) for w in plan.source.warnings]
    assert [sentence for sentence in said["vi"] if "1.1" in sentence and "tên nhiệm vụ" in sentence]
    assert [sentence for sentence in said["vi"] if "1.1" in sentence and "sản phẩm" in sentence]
    assert [sentence for sentence in said["vi"] if "Tên kế hoạch" in sentence]
    assert len(said["vi"]) == len(said["en"]) == 3
    assert all("%(" not in sentence for sentences in said.values() for sentence in sentences)
    client.force_login(ministry.accounts["officer"])
    page = client.get(reverse("programme:review", args=[plan.pk])).content.decode()
    assert said["vi"][0] in page


def test_what_fits_is_left_as_it_is(draft: Plan) -> None:
    assert draft.source.warnings == []
    assert [task.title for task in draft.tasks.all()] == [task.text for task in draft.tasks.all()]


def test_a_merge_whose_name_would_be_too_long_is_refused_by_the_name_of_the_field(
    draft: Plan, ministry: Ministry
) -> None:
    ids = list(draft.tasks.values_list("pk", flat=True))
    for pk in ids:
        services.edit_task(actor=ministry.officer, plan=draft, task_id=pk, cells_typed={"title": f"{pk} " + "x" * 200})
    before = list(draft.tasks.values("title", "is_dropped", "revision"))

    with pytest.raises(InvalidInput) as refused:
        services.merge_tasks(actor=ministry.officer, plan=draft, task_ids=ids)

    assert "500" in refused.value.fields["title"][0]
    assert list(draft.tasks.values("title", "is_dropped", "revision")) == before


def test_a_split_with_a_name_that_is_too_long_is_refused(draft: Plan, ministry: Ministry) -> None:
    with pytest.raises(InvalidInput) as refused:
        services.split_task(
            actor=ministry.officer, plan=draft, task_id=draft.tasks.first().pk, titles=["Ngắn", "y" * 501]
        )

    assert "501" in refused.value.fields["titles"][0]


def test_one_product_that_is_too_long_is_refused_in_its_cell(draft: Plan, ministry: Ministry) -> None:
    first = draft.tasks.first()
    two_that_fit = f"{'a' * 400}; {'b' * 400}"
    services.edit_task(actor=ministry.officer, plan=draft, task_id=first.pk, cells_typed={"product": two_that_fit})

    with pytest.raises(services.BadCells) as refused:
        services.edit_task(actor=ministry.officer, plan=draft, task_id=first.pk, cells_typed={"product": "c" * 501})

    assert [(cell.column, cell.code) for cell in refused.value.bad] == [("product", "too_long")]


@pytest.mark.parametrize("text", ["a" * 30, "một hai ba bốn năm sáu bảy", "a " * 20])
def test_shortened_ends_at_a_word_and_says_that_something_is_missing(text: str) -> None:
    short = shortened(text, 12)

    assert len(short) <= 12
    assert short.endswith("…")
    assert text.startswith(short[:-1])
