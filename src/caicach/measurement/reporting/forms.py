from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from caicach.kernel.identity.models import Unit
from caicach.kernel.identity.roles import Role
from caicach.kernel.usecase.actor import Actor
from caicach.measurement.programme.forms import UseCaseForm

from .models import PeriodKind, Report
from .outline import Place, outline
from .tables import FigureRow, figures_of_section


class NewReportForm(UseCaseForm):
    issuer = forms.ModelChoiceField(label=_("Whose report it is"), queryset=Unit.objects.none(), empty_label=None)
    period = forms.ChoiceField(label=_("Period"), choices=PeriodKind.choices)
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)

    def __init__(self, *args: Any, actor: Actor, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        own = [held.unit_id for held in actor.own_units(Role.REFORM_OFFICER)]
        self.fields["issuer"].queryset = Unit.objects.filter(pk__in=own)  # type: ignore[attr-defined]


class ReasonForm(UseCaseForm):
    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


@dataclass(frozen=True, slots=True)
class Part:
    """One field of the report's words. saved : what is saved now, where it differs from what was typed; else None.

    head : of the part of the report that begins here, "" otherwise; mark : name of the tick for "nothing this time".
    figures : (address, head, count); tasks : (id, number, title) of those that the draft is about.
    """

    name: str
    label: str
    text: str
    rows: int
    help: str = ""
    head: str = ""
    mark: str = ""
    is_none: bool = False
    figures: Sequence[tuple[str, str, int]] = ()
    tasks: Sequence[tuple[int, str, str]] = ()
    saved: str | None = None


def parts_of(report: Report, *, rows: Sequence[FigureRow], sent: Mapping[str, str] | None, compare: bool) -> list[Part]:
    """`rows` : of `figure_rows`; `sent` : what was typed and not taken; `compare` : show what is saved beside it."""
    listed = {task["id"]: task for task in report.listed}
    stored = [_part_of(report, place, rows, listed) for place in outline(report.sections)]
    return [_typed(part, sent, compare) for part in (*stored, recipients_part(report))]


def recipients_part(report: Report) -> Part:
    help_ = str(_("One a line, in the order of the paper; the last one says what is kept (Lưu: …)."))
    return Part("recipients", str(_("Recipients")), report.recipients, rows=4, help=help_)


def _part_of(report: Report, place: Place, rows: Sequence[FigureRow], listed: Mapping[int, Mapping[str, Any]]) -> Part:
    key = place.section["key"]
    address = reverse("reporting:figure", args=[report.pk])
    named = [listed[task_id] for task_id in place.section.get("tasks", ()) if task_id in listed]
    return Part(
        f"text-{key}",
        place.title,
        place.section["text"],
        rows=5,
        head=place.head,
        mark=f"none-{key}",
        is_none=bool(place.section.get("is_none")),
        figures=[
            (f"{address}?{urlencode({'so': code, 'pham-vi': scope})}", head, count)
            for scope, code, head, count in figures_of_section(key, rows)
        ],
        tasks=[(task["id"], task["number"] or task["title"], task["title"]) for task in named],
    )


def _typed(part: Part, sent: Mapping[str, str] | None, compare: bool) -> Part:
    if sent is None or part.name not in sent:
        return part
    typed = sent[part.name].replace("\r\n", "\n")
    saved = part.text if compare and typed != part.text else None
    return replace(part, text=typed, is_none=part.mark in sent, saved=saved)
