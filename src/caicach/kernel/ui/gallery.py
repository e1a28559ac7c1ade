"""What the living page `/thiet-ke` shows: each component with its states. Invented examples, no data of anyone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import charts, months

NEAR_DAYS_OFF: Final = {5, 6}  # Saturday, Sunday


@dataclass(frozen=True, slots=True)
class Example:
    """One entry: the template `ui/gallery/<key>.html` shows its states."""

    key: str
    title: str
    tags: str


class ExampleForm(forms.Form):
    name = forms.CharField(label="Tên nhiệm vụ", help_text="Một câu, bắt đầu bằng động từ.", max_length=200)
    unit = forms.ChoiceField(
        label="Đơn vị chủ trì",
        choices=[("", "Chọn đơn vị"), ("vp", "Văn phòng Bộ"), ("cchc", "Vụ Cải cách hành chính")],
    )
    due_date = forms.DateField(label="Thời hạn", error_messages={"invalid": "Ghi ngày dạng 30/06/2022."})
    reason = forms.CharField(label="Lý do", widget=forms.Textarea(attrs={"rows": 2}), required=False)
    urgent = forms.BooleanField(label="Báo ngay cho đơn vị", required=False)
    way = forms.ChoiceField(
        label="Cách nhận kết quả",
        choices=[("desk", "Tại quầy"), ("post", "Qua bưu chính")],
        widget=forms.RadioSelect,
        initial="desk",
    )


def examples() -> list[Example]:
    named = [
        ("buttons", gettext_lazy("Buttons"), "c-button"),
        ("deadline", gettext_lazy("Deadline chip"), "c-deadline"),
        ("status", gettext_lazy("Status chip"), "c-status"),
        ("fig", gettext_lazy("Figure"), "c-fig, c-why, c-fact, c-bar"),
        ("card", gettext_lazy("Card"), "c-card"),
        ("note", gettext_lazy("Note"), "c-note"),
        ("fields", gettext_lazy("Form"), "c-field, c-error-summary"),
        ("empty", gettext_lazy("Empty list"), "c-empty"),
        ("table", gettext_lazy("Table"), "cc-table, c-chip, c-pager"),
        ("heat", gettext_lazy("Heat map"), "cc-heat"),
        ("tabs", gettext_lazy("Tabs and the way here"), "c-tabs, c-tab, c-breadcrumb, c-crumb"),
        ("stepper", gettext_lazy("Steps"), "c-stepper"),
        ("timeline", gettext_lazy("Timeline"), "c-timeline, c-knot"),
        ("month", gettext_lazy("Month of a deadline"), "c-month"),
        ("evidence", gettext_lazy("Evidence list"), "c-evidence-list, c-evidence"),
        ("upload", gettext_lazy("Upload"), "c-upload"),
        ("confirm", gettext_lazy("Confirmation"), "c-confirm"),
        ("toast", gettext_lazy("Toast"), "c-toast"),
        ("notice", gettext_lazy("Notices"), "c-notice"),
        ("comments", gettext_lazy("Comments"), "c-comments, c-comment"),
        ("comparison", gettext_lazy("Comparison"), "c-comparison"),
        ("chart", gettext_lazy("Chart"), "c-chart"),
        ("progress", gettext_lazy("Progress"), "c-progress, c-skeleton"),
        ("menu", gettext_lazy("Menu"), "c-menu, c-menu-item"),
        ("source", gettext_lazy("Source of a figure"), "c-drawer, c-provenance"),
        ("icons", gettext_lazy("Icons"), "icon"),
    ]
    return [Example(key, str(title), tags) for key, title, tags in named]


def context(theme: str) -> dict[str, Any]:
    """`theme` shows one theme only; both side by side otherwise."""
    wrong = ExampleForm({"name": "", "unit": "vp", "due_date": "31-13-2022", "way": "desk"}, auto_id="wrong_%s")
    return {
        "examples": examples(),
        "themes": [name for name in ("light", "dark") if theme in ("", name)] or ["light", "dark"],
        "form": ExampleForm(),
        "wrong": wrong,
        "steps": [("Nhập văn bản", "#"), ("Rà nhiệm vụ", ""), ("Gắn chỉ tiêu", ""), ("Trình duyệt", "")],
        "bars": bars(),
        "lines": lines(),
        "month": example_month(),
        "changes": [
            ("Thời hạn", "30/06/2022", "15/07/2022"),
            ("Sản phẩm", "Biên bản kiểm thử hệ thống báo cáo", "Biên bản đưa hệ thống báo cáo vào vận hành"),
            ("Đơn vị phối hợp", "", "Vụ Pháp chế"),
        ],
        "parts": [("good", 21 / 57), ("late", 3 / 57), ("soon", 5 / 57), ("open", 26 / 57), ("none", 2 / 57)],
        "due": date(2022, 6, 30),
        "far": date(2023, 6, 30),
    }


def bars() -> charts.Chart:
    return charts.Chart(
        kind="bar",
        category=_("Unit"),
        labels=["Văn phòng Bộ", "Vụ Cải cách hành chính", "Trung tâm Thông tin", "Vụ Pháp chế"],
        series=[charts.Series(_("Done"), [3, 4, 1, 3])],
        unit=_("tasks"),
    )


def lines() -> charts.Chart:
    return charts.Chart(
        kind="line",
        category=_("Quarter"),
        labels=["I/2022", "II/2022", "III/2022", "IV/2022"],
        series=[
            charts.Series(_("On time"), [81.5, 87.5, 84.0, 94.7]),
            charts.Series(_("Plan"), [80, 85, 90, None]),
        ],
        unit="%",
        decimals=1,
    )


def example_month() -> months.Month:
    """June 2022 with today on the 20th, eight working days left and the last day on the 30th."""
    first = date(2022, 6, 1)
    days: dict[date, tuple[months.Kind, ...]] = {}
    for at in range(30):
        value = first + timedelta(days=at)
        if value.weekday() in NEAR_DAYS_OFF:
            days[value] = ("off",)
        elif value.day > 20:
            days[value] = ("counted",)
    days[date(2022, 6, 20)] = ("today",)
    days[date(2022, 6, 30)] = ("due",)
    return months.month(year=2022, number=6, days=days, reasons={})
