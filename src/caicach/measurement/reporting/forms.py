from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from caicach.kernel.identity.models import Unit
from caicach.kernel.identity.roles import Role
from caicach.kernel.usecase.actor import Actor
from caicach.measurement.programme.forms import UseCaseForm

from .models import PeriodKind, Report


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
    """One field of the report's words. saved : what is saved now, where it differs from what was typed; else None."""

    name: str
    label: str
    text: str
    rows: int
    help: str = ""
    saved: str | None = None


def parts_of(report: Report, *, sent: Mapping[str, str] | None, compare: bool) -> list[Part]:
    """`sent` : what was typed and not taken; `compare` : show what is saved beside it."""
    stored = [
        Part(f"text-{section['key']}", f"{number}. {section['title']}", section["text"], rows=5)
        for number, section in enumerate(report.sections, start=1)
    ]
    help_ = str(_("One a line, in the order of the paper; the last one says what is kept (Lưu: …)."))
    stored.append(Part("recipients", str(_("Recipients")), report.recipients, rows=3, help=help_))
    return [_typed(part, sent, compare) for part in stored]


def _typed(part: Part, sent: Mapping[str, str] | None, compare: bool) -> Part:
    typed = part.text if sent is None else sent.get(part.name, part.text).replace("\r\n", "\n")
    return replace(part, text=typed, saved=part.text if compare and typed != part.text else None)
