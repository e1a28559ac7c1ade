"""Components: what each promises to people who see and to people who hear."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django import forms
from django.template import engines
from django.test import Client, RequestFactory
from django.utils import translation
from lxml import html

import caicach
from caicach.kernel.ui import charts, gallery, months

SOURCE = Path(caicach.__file__).parent
FACTORY = RequestFactory()


@pytest.fixture(autouse=True)
def _vietnamese():
    with translation.override("vi"):
        yield


def render(markup: str, **context) -> str:
    # The loader compiles tags of components in files; a string goes through its compiler by hand.
    from django_cotton.compiler_regex import CottonCompiler

    template = engines["django"].from_string(CottonCompiler().process(markup))
    return template.render(context, FACTORY.get("/"))


def tree(markup: str, **context) -> html.HtmlElement:
    return html.fragment_fromstring(render(markup, **context), create_parent="div")


def test_the_gallery_shows_every_component():
    listed = " ".join(example.tags for example in gallery.examples())
    names = {path.stem.replace("_", "-") for path in (SOURCE / "kernel/ui/templates/cotton").glob("*.html")}
    shown_elsewhere = {"page-head", "avatar"}
    assert names - shown_elsewhere <= set(re.findall(r"c-([a-z-]+)", listed))


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_gallery_opens_in_both_languages(language: str):
    browser = Client()
    browser.cookies["language"] = language
    page = browser.get("/thiet-ke/")
    assert page.status_code == 200
    assert f'<html lang="{language}"' in page.content.decode()


@pytest.mark.django_db
def test_no_id_stands_twice_on_the_gallery():
    document = html.document_fromstring(Client().get("/thiet-ke/").content)
    ids = document.xpath("//@id")
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.django_db
def test_no_page_of_the_gallery_holds_an_inline_style_or_handler():
    page = Client().get("/thiet-ke/").content.decode()
    assert not re.findall(r"\sstyle=", page)
    assert not re.findall(r"\son[a-z]+=", page)


def test_a_component_sees_nothing_of_the_page_around_it():
    assert "geheim" not in render("<c-card><p>x</p></c-card>", title="geheim", foot="geheim", acts="geheim")


def test_a_button_with_a_reason_cannot_be_pressed_and_says_why():
    found = tree('<c-button icon="lock" reason="Tiêu chí 1.2 chưa có minh chứng.">Chốt</c-button>')
    (button,) = found.xpath("//button")
    assert (button.get("aria-disabled"), button.get("type")) == ("true", "button")
    assert "Tiêu chí 1.2 chưa có minh chứng." in found.text_content()


def test_a_button_passes_its_other_attributes_on():
    (button,) = tree('<c-button kind="primary" hx-post="/x/" id="go">Gửi</c-button>').xpath("//button")
    assert (button.get("hx-post"), button.get("id"), button.get("class")) == ("/x/", "go", "btn btn-primary")


def test_what_a_person_typed_is_never_markup():
    rendered = render('<c-card title="{{ name }}"><c-status>{{ name }}</c-status></c-card>', name="<b>đậm</b>")
    assert "<b>" not in rendered
    assert rendered.count("&lt;b&gt;đậm") == 2


def test_a_deadline_chip_says_its_state_in_words_and_shape():
    found = tree('<c-deadline state="late" :days="6" />')
    assert "Quá hạn 6 ngày" in found.text_content()
    assert found.xpath("//use/@href")[0].endswith("#shape-triangle")


def test_a_deadline_chip_that_opens_is_a_link_to_the_drawer():
    (link,) = tree('<c-deadline state="soon" :days="3" why="/han/1/" />').xpath("//a")
    assert (link.get("href"), link.get("hx-target")) == ("/han/1/", "#drawer")
    assert "xem cách tính" in link.text_content()


def test_a_figure_is_said_with_its_unit_and_what_it_opens():
    (link,) = tree('<c-fig href="/nguon/" spoken="94,7 phần trăm">94,7 %</c-fig>').xpath("//a")
    assert link.get("aria-label") == "94,7 phần trăm, mở nguồn số liệu"


def test_a_figure_in_a_sentence_leaves_no_space_before_the_stop():
    assert tree('<p>Đạt <c-fig href="/x/">94,7</c-fig>.</p>').text_content() == "Đạt 94,7."


def test_the_current_step_is_named_and_steps_with_an_address_lead_there():
    steps = [("Nhập", "/1/"), ("Rà", "/2/"), ("Gắn chỉ tiêu", "/3/"), ("Duyệt", "")]
    found = tree('<c-stepper :steps="steps" :current="2" />', steps=steps)
    assert [item.get("aria-current") for item in found.xpath("//li")] == [None, "step", None, None]
    assert found.xpath("//a/@href") == ["/1/", "/3/"]
    assert "Bước 2 trên 4: Rà" in found.text_content()


def test_an_earlier_step_that_lacks_something_is_not_called_done():
    steps = [("Nhập", ""), ("Rà", "/2/"), ("Gắn chỉ tiêu", "")]
    found = tree('<c-stepper :steps="steps" :current="3" :unfinished="2" lacking="còn 3 việc thiếu" />', steps=steps)
    first, second, _third = found.xpath("//li")
    assert "Đã xong" in first.text_content()
    assert "Đã xong" not in second.text_content()
    assert "còn 3 việc thiếu" in second.text_content()


def test_a_knot_that_needs_an_answer_says_so():
    assert "cần trả lời" in tree('<c-timeline><c-knot kind="ask" name="Đề nghị" /></c-timeline>').text_content()


def test_a_confirmation_says_what_it_does_and_holds_the_token():
    found = tree(
        '<c-confirm id="go" title="Phát hành?" verb="Phát hành" action="/x/" danger="1" typed="214">214 nơi</c-confirm>'
    )
    assert found.xpath("//dialog/@aria-labelledby") == found.xpath("//h2/@id")
    assert found.xpath("//input[@name='csrfmiddlewaretoken']")
    assert found.xpath("//input[@required]/@pattern") == ["214"]
    # The harmless way out comes first in the order of focus.
    assert [button.text_content() for button in found.xpath("//button")] == ["Để sau", "Phát hành"]


class TaskForm(forms.Form):
    name = forms.CharField(label="Tên", help_text="Một câu.")
    note = forms.CharField(label="Ghi chú", required=False)
    ways = forms.MultipleChoiceField(
        label="Cách", choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple
    )
    agreed = forms.BooleanField(label="Đồng ý")


def test_a_field_joins_label_help_and_error():
    found = html.fragment_fromstring(str(TaskForm({})), create_parent="div")
    (control,) = found.xpath("//input[@name='name']")
    described = control.get("aria-describedby").split()
    assert control.get("aria-invalid") == "true"
    assert found.xpath("//label[@for=$id]", id=control.get("id"))
    assert [found.get_element_by_id(one).text_content().strip() for one in described] == [
        "Một câu.",
        "Trường này là bắt buộc.",
    ]


def test_what_may_be_left_out_is_said_in_words():
    found = html.fragment_fromstring(str(TaskForm()), create_parent="div")
    (label,) = found.xpath("//label[@for='id_note']")
    assert label.text_content() == "Ghi chú (không bắt buộc)"


def test_choices_are_a_group_with_a_legend():
    found = html.fragment_fromstring(str(TaskForm()), create_parent="div")
    assert found.xpath("//fieldset/legend")[0].text_content() == "Cách"
    assert len(found.xpath("//fieldset//label[@for]")) == 2


def test_the_error_summary_leads_to_each_field():
    found = html.fragment_fromstring(str(TaskForm({})), create_parent="div")
    (summary,) = found.xpath("//*[@data-error-summary]")
    assert "Cần sửa 3 chỗ" in summary.text_content()
    for link in summary.xpath(".//a/@href"):
        assert found.get_element_by_id(link[1:]) is not None


def test_a_form_without_errors_has_no_summary():
    assert "data-error-summary" not in str(TaskForm())


def test_a_comparison_marks_words_for_readers_too():
    found = tree(
        '<c-comparison :rows="rows" a="Cũ" b="Mới" />', rows=[("Hạn", "30/06/2022", "15/07/2022"), ("Tên", "x", "x")]
    )
    assert found.xpath("//del")[0].text_content() == "bỏ: 30/06/2022"
    assert found.xpath("//ins")[0].text_content() == "thêm: 15/07/2022"
    assert len(found.xpath("//tbody/tr")) == 1


def test_a_chart_repeats_its_numbers_in_a_table():
    chart = charts.Chart(kind="bar", category="Đơn vị", labels=["Văn phòng", "Thanh tra"],
                         series=[charts.Series("Xong", [1234, None])], unit="việc")  # fmt: skip
    found = tree('<c-chart id="done" title="Văn phòng xong nhiều nhất" :chart="chart" />', chart=chart)
    assert [cell.text_content() for cell in found.xpath("//tbody//td")] == ["1.234", "Chưa có"]
    assert found.xpath("//script[@id='done']/@type") == ["application/json"]


def test_a_chart_whose_series_do_not_fit_is_refused():
    with pytest.raises(ValueError, match="2 values for 1 labels"):
        charts.Chart(kind="bar", category="x", labels=["a"], series=[charts.Series("s", [1, 2])])


def test_a_month_says_what_each_day_was():
    from datetime import date

    made = months.month(
        year=2022, number=4, days={date(2022, 4, 11): ("off",)}, reasons={date(2022, 4, 11): "Giỗ Tổ Hùng Vương"}
    )
    found = tree('<c-month :month="month" />', month=made)
    (day,) = found.xpath("//td[contains(@class, 'cc-day-off')]")
    assert day.text_content() == "11, Giỗ Tổ Hùng Vương"
    assert found.xpath("//caption")[0].text_content() == "Tháng 4/2022"
    assert len(found.xpath("//th")) == 7


# --- the stylesheets know every class that templates name ---------------------------------------------------------


def test_every_class_of_ours_is_styled():
    styles = "".join(
        path.read_text("utf-8") for path in SOURCE.glob("*/*/static/**/*.css") if "vendor" not in path.parts
    )
    styled = set(re.findall(r"\.(cc-[a-z0-9_-]+)", styles))
    hooks = {"cc-desk", "cc-fold", "cc-upload", "cc-list", "cc-sort"}  # hold others or are found by scripts
    missing = {
        f"{path.relative_to(SOURCE)}: {name}"
        for path in (SOURCE / "kernel" / "ui").glob("templates/**/*.html")
        for names in re.findall(r'class="([^"{%]*)', path.read_text("utf-8"))
        for name in names.split()
        if name.startswith("cc-") and not name.endswith("-") and name not in styled | hooks
    }
    assert not missing
