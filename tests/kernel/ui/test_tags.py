"""Filters, the classes of bars and heat, and words that changed."""

from __future__ import annotations

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from caicach.kernel.ui import comparison
from caicach.kernel.ui.templatetags import ui


@pytest.mark.parametrize(
    ("share", "name"),
    [(None, "w-0"), (0, "w-0"), (0.001, "w-1"), (0.368, "w-37"), (0.999, "w-99"), (1, "w-100"), ("0.4", "w-40")],
)
def test_a_bar_is_never_empty_for_something_nor_full_for_less(share, name):
    assert ui.width(share) == name


@pytest.mark.parametrize(
    ("share", "step"), [(None, "h-0"), (0, "h-0"), (0.1, "h-1"), (0.49, "h-2"), (0.5, "h-3"), (0.99, "h-4"), (1, "h-5")]
)
def test_heat_has_six_steps_with_none_and_all_apart(share, step):
    assert ui.heat(share) == step


def test_initials_are_the_last_two_words():
    assert ui.initials("Nguyễn Thị Bình") == "TB"
    assert ui.initials("") == ""


def test_nothing_is_written_as_nothing():
    with translation.override("vi"):
        assert [ui.number(None), ui.percent(None), ui.vn_date(None), ui.vn_moment(None)] == ["", "", "", ""]


def test_an_icon_is_hidden_from_readers_unless_it_is_named():
    assert 'aria-hidden="true"' in ui.icon("route")
    assert 'role="img" aria-label="Thông báo"' in ui.icon("bell", label="Thông báo")


def test_a_label_of_an_icon_cannot_break_out():
    assert "<script>" not in ui.icon("bell", label='"><script>')


def test_only_the_changed_words_are_marked():
    found = comparison.compare("Biên bản kiểm thử hệ thống", "Biên bản đưa hệ thống vào vận hành")
    assert [part.text for part in found.before if part.changed] == ["kiểm thử"]
    assert [part.text for part in found.after if part.changed] == ["đưa", "vào vận hành"]


@given(st.text(), st.text())
def test_a_comparison_keeps_both_texts_whole(before, after):
    found = comparison.compare(before, after)
    assert "".join(part.text for part in found.before) == before
    assert "".join(part.text for part in found.after) == after


@given(st.text())
def test_a_text_does_not_differ_from_itself(text):
    assert not any(part.changed for part in comparison.compare(text, text).before)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Theo 1368/QĐ-BNV ngày", 'Theo <span class="cc-nowrap">1368/QĐ-BNV</span> ngày'),
        ("NĐ 30/2020/NĐ-CP", 'NĐ <span class="cc-nowrap">30/2020/NĐ-CP</span>'),
        ("ngày 30/06/2022, 3 - 5", "ngày 30/06/2022, 3 - 5"),
        ("giai đoạn 2021 - 2030.", 'giai đoạn <span class="cc-nowrap">2021 - 2030</span>.'),
        ("<b>12/TB-BNV</b>", '&lt;b&gt;<span class="cc-nowrap">12/TB-BNV</span>&lt;/b&gt;'),
    ],
)
def test_the_number_of_a_document_is_never_broken_nor_changed(text, shown):
    template = Template("{{ text|unbroken }}")

    assert template.render(Context({"text": text})) == shown


def test_a_summary_names_the_field_unless_its_sentence_begins_with_it():
    class AForm(forms.Form):
        day = forms.DateField(label="Hạn mới")

    form = AForm({"day": "1"})
    form.add_error("day", "Hạn mới phải sau ngày 10/06/2022.")

    assert [text for _anchor, text in ui.error_list(form)][-1] == "Hạn mới phải sau ngày 10/06/2022."
    assert ui.error_list(form)[0][1].startswith("Hạn mới: ")
