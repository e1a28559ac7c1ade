"""How the journal's entries about reports are called for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from caicach.kernel.audit.queries import ABSENT, FieldChange

from .models import Report
from .section_history import PREFIX, told, told_section

USE_CASES = {
    "reporting.draft_report": _("Report drafted"),
    "reporting.refresh_figures": _("Figures taken anew"),
    "reporting.edit_sections": _("Report edited"),
    "reporting.submit": _("Report submitted"),
    "reporting.withdraw": _("Report taken back"),
    "reporting.return_report": _("Report returned"),
    "reporting.approve": _("Report approved"),
    "reporting.take_out": _("Report taken out as a file"),
    "reporting.revise": _("New version of the report"),
}

HIDDEN_FIELDS = frozenset(
    {
        "id", "revision", "figures", "listed", "prepared_by_id", "edited_by_id", "created_at", "submitted_by_id",
        "approved_by_id", "approved_at",
    }
)  # fmt: skip
"""Columns that tell people nothing: the entry says who and when itself; figures have a page each."""


def by_section(change: FieldChange) -> Iterator[FieldChange]:
    """The words of a report by the head of each part whose words differ; its plans, once they are others, by number.

    Entries of before each section was a value of its own hold all of them, as `sections`.
    """
    if change.name == "plans" and not change.is_erased:
        yield from _other_plans(change)
        return
    if change.name.startswith(PREFIX) and not change.is_erased:
        yield from told_section(change)
        return
    if change.name != "sections" or change.is_erased:
        yield change
        return
    before, after = _texts(change.before), _texts(change.after)
    for title in after or before:
        if before.get(title, "") != after.get(title, ""):
            had = before.get(title, "") if change.before is not ABSENT else ABSENT
            yield FieldChange(title, had, after.get(title, ABSENT))


def _other_plans(change: FieldChange) -> Iterator[FieldChange]:
    """Not those of a new report: the entry names its plan anyway."""
    if change.before is not ABSENT:
        yield FieldChange(change.name, _numbers(change.before), _numbers(change.after))


def _numbers(plans: Any) -> str:
    return ", ".join(plan["number"] for plan in plans or [])


def _texts(sections: Any) -> dict[str, str]:
    return {} if sections is ABSENT else {section["title"]: told(section) for section in sections or []}


def names_of_reports(ids: set[str]) -> dict[str, tuple[str, str]]:
    return {
        str(report.pk): (str(report), reverse("reporting:report", args=[report.pk]))
        for report in Report.objects.filter(pk__in=ids)
    }
