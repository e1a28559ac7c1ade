"""Forms of the programme's pages. They shape input; the use cases check it."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext_lazy as _

from caicach.kernel.calendar import clock
from caicach.kernel.ui.forms import ReasonField
from caicach.kernel.usecase.errors import EditConflict, UseCaseError
from caicach.registry.organisation.queries import named_units

from .models import Plan, ReformField
from .models.plan import FIELD_ORDER
from .services.describing import DESCRIPTION


class UseCaseForm(forms.Form):
    """A form whose use case may refuse; carries the key that makes a second sending harmless."""

    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    names: dict[str, str] = {}
    """Input of the use case -> field of the form, where they differ."""

    def __init__(self, *args: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.fields["key"].initial = secrets.token_urlsafe(16)

    def add_refusal(self, error: UseCaseError) -> None:
        """The refusal beside the field it is about, or on top."""
        placed = False
        for name, texts in error.fields.items():
            own = self.names.get(name, name).rpartition(".")[2]
            for text in texts:
                self.add_error(own if own in self.fields else None, text)
                placed = True
        if not placed:
            self.add_error(None, error.message)


class SeenForm(UseCaseForm):
    """Carries the revision of what the person saw, where nothing unseen may be written over or decided on."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    conflict: EditConflict | None = None
    """Why the form comes back, where that is why."""

    def show_conflict(self, error: EditConflict, **now: str) -> None:
        """What was typed stays; sending it once more is then meant in spite of the other change.

        now : by field, what the page that comes back shows.
        """
        self.conflict = error
        self.data = self.data.copy()  # type: ignore[attr-defined]
        for name, value in now.items():
            self.data[name] = value  # type: ignore[index]
        self.data["key"] = self.fields["key"].initial  # type: ignore[index]
        self.add_error(None, error.message)


class AddTaskForm(UseCaseForm):
    title = forms.CharField(label=_("Task"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    field = forms.ChoiceField(
        label=_("Field"), choices=[(FIELD_ORDER[code], name) for code, name in ReformField.choices]
    )
    product = forms.CharField(
        label=_("Product"), required=False, help_text=_("What shows that the task is done. Part several by semicolons.")
    )
    lead = forms.ChoiceField(label=_("Lead unit"))
    cooperating = forms.CharField(
        label=_("Co-operating units"), required=False, help_text=_("Names or codes, parted by semicolons.")
    )
    time = forms.CharField(label=_("Deadline"), help_text=_("30/06/2022, Quý II or Thường xuyên."), max_length=200)
    budget = forms.CharField(label=_("Budget"), required=False, max_length=200)
    reason = forms.CharField(
        label=_("Where the task comes from"),
        help_text=_("The decision, conclusion or order, with its number and day."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    CELLS = ("title", "field", "product", "lead", "cooperating", "time", "budget")

    def __init__(self, *args: Any, plan: Plan, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        units = [(unit.code, unit.name) for unit in named_units(on=clock.today())]
        self.fields["lead"].choices = [("", _("Choose a unit")), *units]  # type: ignore[attr-defined]

    @property
    def cells(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self.CELLS}


class DescriptionForm(UseCaseForm):
    """The head of a draft. `seen` is what the page showed: nobody writes over what another changed meanwhile."""

    title = forms.CharField(label=_("Title of the plan"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    decision_number = forms.CharField(
        label=_("Number of the decision"),
        required=False,
        max_length=80,
        help_text=_("For example 1368/QĐ-BNV. Leave it empty while the decision is not signed."),
    )
    decision_date = forms.DateField(label=_("Day of the decision"), required=False)
    decision_issuer = forms.CharField(label=_("Decided by"), required=False, max_length=200)
    seen = forms.JSONField(widget=forms.HiddenInput, required=False, encoder=DjangoJSONEncoder)

    def __init__(self, *args: Any, plan: Plan, **keywords: Any) -> None:
        self.now = {name: getattr(plan, name) for name in DESCRIPTION}
        super().__init__(*args, initial={**self.now, "seen": self.now}, **keywords)

    def typed_and_seen(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Only what the person changed: what it becomes, and what it was on the page."""
        sent = self.cleaned_data["seen"]
        sent = sent if isinstance(sent, dict) else {}
        seen = {name: self._as_value(name, sent.get(name)) for name in DESCRIPTION}
        typed = {name: self.cleaned_data[name] for name in DESCRIPTION}
        return {name: value for name, value in typed.items() if value != seen.get(name, self.now[name])}, seen

    def _as_value(self, name: str, sent: Any) -> Any:
        if not isinstance(sent, str):
            return None
        try:
            return self.fields[name].to_python(sent)
        except forms.ValidationError:
            return None

    def show_conflict(self) -> None:
        """What was typed stays; sending it once more is then meant in spite of the other change."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["seen"] = self["seen"].field.prepare_value(self.now)  # type: ignore[index]
        self.data["key"] = self.fields["key"].initial  # type: ignore[index]


class AmendmentDecisionForm(SeenForm):
    """Each choice is a button that names the act. `revision` is that of its task."""

    APPROVE, RETURN = "approve", "return"
    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[(APPROVE, _("Approve the change")), (RETURN, _("Return the change"))],
        error_messages={"required": _("Choose one of the two.")},
    )
    remark = ReasonField(
        label=_("Remark"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed when the change is returned: who asked reads why."),
    )
