"""Forms of the pages of operation. They shape input; the use cases check it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext_lazy as _

from caicach.kernel.calendar.models import ExceptionKind
from caicach.kernel.identity import queries as identity
from caicach.kernel.identity.models import Account, Unit
from caicach.kernel.identity.roles import Role
from caicach.kernel.usecase.errors import UseCaseError

DAY_FORMATS = ["%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d"]


class ActForm(forms.Form):
    """A form whose use case may refuse. `names`: input of the use case -> field of the form, where they differ."""

    names: dict[str, str] = {}

    def add_refusal(self, error: UseCaseError) -> None:
        """The refusal beside the field it is about, or on top."""
        placed = False
        for name, texts in error.fields.items():
            own = self.names.get(name, name)
            for text in texts:
                self.add_error(own if own in self.fields else None, text)
                placed = True
        if not placed:
            self.add_error(None, error.message)


class DayField(forms.DateField):
    """A day typed as people write it; the browser's own picker would show another order to an English system.

    The calendar's very last day is refused, because periods end before the day that follows the last one.
    """

    def __init__(self, **keywords: Any) -> None:
        keywords.setdefault("validators", [MaxValueValidator(date.max - timedelta(days=1))])
        keywords.setdefault("input_formats", DAY_FORMATS)
        keywords.setdefault("error_messages", {"invalid": _("Write the day as 30/06/2022.")})
        widget = forms.DateInput(
            format="%d/%m/%Y", attrs={"placeholder": "dd/mm/yyyy", "inputmode": "numeric", "autocomplete": "off"}
        )
        super().__init__(widget=widget, **keywords)


class UnitField(forms.ModelChoiceField):
    """Units by name and code."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} ({obj.code})"


def _first_day_without(last_day: date | None) -> date | None:
    """People name the last day, periods end before a day."""
    return None if last_day is None else last_day + timedelta(days=1)


# --- accounts --------------------------------------------------------------------------------------------------------


class AccountForm(ActForm):
    full_name = forms.CharField(label=_("Full name"), max_length=120)
    email = forms.EmailField(
        label=_("E-mail"), required=False, help_text=_("For notices. Without it the person is told in the pages only.")
    )


class NewAccountForm(AccountForm):
    username = forms.RegexField(
        label=_("Sign-in name"),
        regex=r"^[\w.@+-]+$",
        max_length=80,
        help_text=_("Letters, digits, hyphens and full stops, such as nguyen.van.binh. It cannot be changed later."),
        error_messages={"invalid": _("Use letters, digits, hyphens and full stops, without blanks.")},
    )
    field_order = ["full_name", "username", "email"]


class GrantRoleForm(ActForm):
    names = {"valid_to": "last_day"}
    role = forms.ChoiceField(label=_("Role"), choices=[("", _("Choose a role")), *Role.choices])
    unit = UnitField(
        label=_("Unit"),
        queryset=Unit.objects.none(),
        empty_label=_("Choose a unit"),
        help_text=_("The role reaches this unit and all units beneath it."),
    )
    office = forms.CharField(
        label=_("Office above the signature"),
        required=False,
        max_length=120,
        help_text=_("Of who signs papers, such as Bộ trưởng, Thứ trưởng or Phó Cục trưởng."),
    )
    valid_from = DayField(label=_("First day"))
    last_day = DayField(label=_("Last day"), required=False, help_text=_("Leave empty for a role without end."))

    def __init__(self, *args: Any, units: Any, today: date, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["valid_from"].initial = today

    def period(self) -> dict[str, date | None]:
        data = self.cleaned_data
        return {"valid_from": data["valid_from"], "valid_to": _first_day_without(data["last_day"])}


class EndingForm(ActForm):
    """On what day something ends; the use case is told the day after."""

    names = {"valid_to": "last_day"}
    last_day = DayField(label=_("Last day"))

    def __init__(self, *args: Any, today: date, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.fields["last_day"].initial = today - timedelta(days=1)

    def valid_to(self) -> date:
        day: date = self.cleaned_data["last_day"]
        return day + timedelta(days=1)


class StandInForm(ActForm):
    names = {"valid_to": "last_day"}
    receiver = forms.ModelChoiceField(
        label=_("Who stands in"), queryset=Account.objects.none(), empty_label=_("Choose a person")
    )
    valid_from = DayField(label=_("First day"))
    last_day = DayField(label=_("Last day"))
    reason = forms.CharField(label=_("Reason"), required=False, max_length=250)

    def __init__(self, *args: Any, giver: Account, today: date, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        others = identity.who_may_stand_in_for(giver=giver, on=today)
        self.fields["receiver"].queryset = others  # type: ignore[attr-defined]
        self.fields["valid_from"].initial = today

    def period(self) -> dict[str, date]:
        data = self.cleaned_data
        return {"valid_from": data["valid_from"], "valid_to": data["last_day"] + timedelta(days=1)}


class NoInputForm(ActForm):
    """An act that needs nothing but being meant."""


# --- units -----------------------------------------------------------------------------------------------------------


class NewUnitForm(ActForm):
    name = forms.CharField(label=_("Name of the unit"), max_length=250)
    code = forms.RegexField(
        label=_("Code"),
        regex=r"^[\w.-]+$",
        max_length=30,
        help_text=_("Short, such as VP or TCCB. It cannot be changed later."),
        error_messages={"invalid": _("Use letters, digits, hyphens and full stops, without blanks.")},
    )
    parent = UnitField(label=_("Belongs to"), queryset=Unit.objects.none(), required=False, empty_label=_("No unit"))
    valid_from = DayField(label=_("First day"))
    order = forms.IntegerField(
        label=_("Place among its neighbours"), required=False, min_value=0, max_value=9999, initial=0
    )

    def __init__(self, *args: Any, units: Any, today: date, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.fields["parent"].queryset = units  # type: ignore[attr-defined]
        self.fields["valid_from"].initial = today


class MoveUnitForm(ActForm):
    parent = UnitField(label=_("Will belong to"), queryset=Unit.objects.none(), empty_label=_("Choose a unit"))

    def __init__(self, *args: Any, units: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.fields["parent"].queryset = units  # type: ignore[attr-defined]


# --- the calendar ----------------------------------------------------------------------------------------------------


class DayExceptionForm(ActForm):
    names = {"date": "day", "unit_code": "unit"}
    day = DayField(label=_("Day"))
    kind = forms.ChoiceField(label=_("What it is"), choices=ExceptionKind.choices, widget=forms.RadioSelect)
    unit = UnitField(
        label=_("For whom"), queryset=Unit.objects.none(), required=False, empty_label=_("All units of the ministry")
    )
    name = forms.CharField(
        label=_("Why"), max_length=200, help_text=_("People read it when a deadline is explained: flood, founding day.")
    )
    source = forms.CharField(
        label=_("Legal basis"), max_length=300, help_text=_("The announcement or decision, with its number and day.")
    )

    def __init__(self, *args: Any, units: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class WorkingHoursForm(ActForm):
    names = {"unit_code": "unit", "valid_to": "last_day"}
    unit = UnitField(
        label=_("For whom"), queryset=Unit.objects.none(), required=False, empty_label=_("All units of the ministry")
    )
    valid_from = DayField(label=_("First day"))
    last_day = DayField(label=_("Last day"), required=False, help_text=_("Leave empty for hours without end."))
    morning_from = forms.TimeField(label=_("Morning from"), required=False)
    morning_to = forms.TimeField(label=_("Morning to"), required=False)
    afternoon_from = forms.TimeField(label=_("Afternoon from"), required=False)
    afternoon_to = forms.TimeField(label=_("Afternoon to"), required=False)
    source = forms.CharField(
        label=_("Legal basis"), max_length=300, help_text=_("The decision on working hours, with its number and day.")
    )

    def __init__(self, *args: Any, units: Any, today: date, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["valid_from"].initial = today
        for name in ("morning_from", "morning_to", "afternoon_from", "afternoon_to"):
            self.fields[name].widget = forms.TimeInput(format="%H:%M", attrs={"placeholder": "hh:mm"})

    def values(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        unit = data.pop("unit")
        last_day = data.pop("last_day")
        return {**data, "unit_code": unit.code if unit else "", "valid_to": _first_day_without(last_day)}
