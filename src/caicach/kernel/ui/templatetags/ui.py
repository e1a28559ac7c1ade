"""Tags and filters of the design system; a builtin of every template."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.templatetags.static import static
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst

from caicach.kernel.ui import comparison, devices, wording

register = template.Library()

_UNBROKEN = re.compile(
    r"\d+(?:/\d{4})?/[A-ZĐ][A-ZĐa-zđ\d]*(?:-[A-ZĐ][A-ZĐa-zđ\d]*)+"
    r"|(?<!\d)(?:19|20)\d\d [-–] (?:19|20)\d\d(?!\d)"
)
"""Numbers of documents as NĐ 30/2020/NĐ-CP has them (number, in laws the year, and the letters of kind and issuer
joined by hyphens), and the years of a period.
"""


@functools.cache
def _sprite() -> str:
    return static("vendor/icons.svg")


@register.simple_tag
def icon(name: str, label: str = "", size: str | int = "") -> SafeString:
    """An icon of the sprite. Hidden from readers unless `label` names it; `size` is 16 or 24 instead of the usual."""
    css = "cc-shape" if name.startswith("shape-") else "cc-icon"
    if size:
        css += f" cc-icon-{size}"
    if label:
        return format_html(
            '<svg class="{}" role="img" aria-label="{}"><use href="{}#{}"></use></svg>', css, label, _sprite(), name
        )
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}#{}"></use></svg>', css, _sprite(), name)


@register.simple_tag
def deadline_words(
    state: str, days: int | str | None = None, due_date: Any = None, done_date: Any = None, whole: bool = False
) -> wording.DeadlineWords:
    """`{% deadline_words state days due_date done_date as it %}`: it.words, it.shape, it.state."""
    return wording.deadline_words(
        state=state,
        days=None if days is None or days == "" else int(days),
        due_date=due_date or None,
        done_date=done_date or None,
        whole=bool(whole),
    )


@register.filter
def vn_date(value: date | None) -> str:
    """dd/mm/yyyy, "" for nothing."""
    return wording.day(value) if value else ""


@register.filter
def vn_long_date(value: date | None) -> str:
    """ "thứ Sáu, 19/05/2023"; begin a sentence with `|vn_long_date|capfirst`."""
    return wording.long_day(value) if value else ""


@register.filter
def vn_time(value: datetime | None) -> str:
    return wording.hour(value) if value else ""


@register.filter
def vn_moment(value: datetime | None) -> str:
    return wording.moment(value) if value else ""


@register.filter
def number(value: wording.Number | str | None, decimals: int | None = None) -> str:
    """1.234,5; "" for nothing. `|number:2` for points."""
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        return value
    return wording.number(value, decimals)


@register.filter
def percent(share: wording.Number | None, decimals: int = 1) -> str:
    """A share from 0 to 1 as "94,7 %"; "" for nothing."""
    return "" if share is None or share == "" else wording.percent(share, decimals)


@register.filter
def minus(value: Any) -> str:
    """A text with hyphens for minus gets the true sign."""
    return str(value).replace("-", wording.MINUS)


@register.filter
def initials(name: str) -> str:
    """ "Nguyễn Thị Bình" gives "TB"."""
    return "".join(word[0] for word in str(name).split()[-2:]).upper()


@register.filter
def sentence(text: str) -> str:
    return str(capfirst(text))


@register.filter
def width(share: wording.Number | str | None) -> str:
    """A share from 0 to 1 as the class of a bar: 0.368 gives "w-37". Never 0 for something, never 100 for less."""
    part = float(share or 0)
    if part <= 0:
        return "w-0"
    return f"w-{min(max(round(part * 100), 1), 99 if part < 1 else 100)}"


@register.filter
def heat(share: wording.Number | None) -> str:
    """A share from 0 to 1 as one of six steps: "h-0" for none, "h-5" for all, four equal steps between."""
    if not share:
        return "h-0"
    return "h-5" if share >= 1 else f"h-{min(int(float(share) * 4) + 1, 4)}"


CHECKS = ("checkbox", "radio")


@register.simple_tag
def widget(field: BoundField) -> SafeString:
    """The field's control in our clothes, its description joined. Classes that the form itself set are kept."""
    kind = getattr(field.field.widget, "input_type", "textarea")
    attrs: dict[str, str | bool] = {}
    if kind == "select":
        attrs["class"] = "form-select"
    elif kind not in CHECKS:
        attrs["class"] = "form-control"
    own = field.field.widget.attrs.get("class")
    if own:
        attrs["class"] = f"{attrs.get('class', '')} {own}".strip()
    if field.field.widget.attrs.get("placeholder") == field.label:
        attrs["placeholder"] = False  # says nothing that the label does not, and vanishes when one types
    described = " ".join(
        name
        for name in (
            f"{field.id_for_label}_help" if field.help_text else "",
            f"{field.id_for_label}_error" if field.errors else "",
        )
        if name
    )
    if described:
        attrs["aria-describedby"] = described
    if field.errors:
        attrs["aria-invalid"] = "true"
    return field.as_widget(attrs=attrs)


@register.filter
def widget_kind(field: BoundField) -> str:
    """ "check" for one box, "group" for several, "hidden", or "control"."""
    inner = field.field.widget
    if field.is_hidden:
        return "hidden"
    if getattr(inner, "input_type", "") == "checkbox" and not hasattr(inner, "choices"):
        return "check"
    return "group" if inner.use_fieldset else "control"


FILE_ICONS = {
    "pdf": "file-type-pdf", "xls": "file-type-xls", "xlsx": "file-type-xls", "csv": "file-type-csv",
    "doc": "file-type-doc", "docx": "file-type-docx", "txt": "file-type-txt", "xml": "file-type-xml",
    "jpg": "file-type-jpg", "jpeg": "file-type-jpg", "png": "file-type-png", "zip": "file-type-zip",
    "data": "database", "link": "link",
}  # fmt: skip


@register.filter
def file_icon(kind: str) -> str:
    """The icon for an extension ("pdf"), for live data ("data") or a link; a plain sheet for others."""
    return FILE_ICONS.get(str(kind).lower().lstrip("."), "file-text")


@register.simple_tag
def changed_words(before: Any, after: Any) -> comparison.Comparison:
    return comparison.compare("" if before is None else str(before), "" if after is None else str(after))


@register.simple_tag
def error_list(form: BaseForm | str, errors: Sequence[tuple[str, str]] = ()) -> list[tuple[str, str]]:
    """(anchor, text) of each error: those of the whole form first, then by field in the form's order."""
    if not isinstance(form, BaseForm):
        return list(errors or ())
    found = [("", str(text)) for text in form.non_field_errors()]
    for field in form:
        anchor = field.id_for_label or field.auto_id
        found += [(anchor, _about(str(field.label), str(text))) for text in field.errors]
    return found


def _about(label: str, text: str) -> str:
    """The field's name before what is wrong with it, unless the sentence begins with it."""
    return text if text.casefold().startswith(label.casefold()) else f"{label}: {text}"


@register.filter(needs_autoescape=True)
def unbroken(text: str, autoescape: bool = True) -> SafeString:
    """A text in which no number of a document and no period breaks across lines: "1368/QĐ-BNV", "2021 - 2030".

    A style and not a hyphen of another kind: what is copied must still be found.
    """
    escaped = conditional_escape(text) if autoescape else text
    return mark_safe(_UNBROKEN.sub(r'<span class="cc-nowrap">\g<0></span>', escaped))  # noqa: S308  escaped


@register.filter
def times(count: int | str) -> range:
    """A range to loop over: `{% for _ in 3|times %}`."""
    return range(int(count))


@register.filter
def device(user_agent: str) -> str:
    """Browser and system in words."""
    return devices.device(user_agent)
