from __future__ import annotations

from datetime import date, timedelta

from allauth.account.forms import LoginForm
from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext_lazy as _

from caicach.kernel.calendar import clock

from . import queries
from .models import Account


class SignInForm(LoginForm):
    """The library's own, which opens with the cursor in the name. After a refusal the page leads to what was wrong."""

    def __init__(self, *args: object, **keywords: object) -> None:
        super().__init__(*args, **keywords)
        if not self.is_bound:
            self.fields["login"].widget.attrs["autofocus"] = True


class DelegationForm(forms.Form):
    receiver = forms.ModelChoiceField(
        label=_("Who stands in for you"), queryset=Account.objects.none(), empty_label=_("Choose a person")
    )
    valid_from = forms.DateField(label=_("First day"))
    # A period ends before the day that follows its last one, so the calendar's very last day cannot be meant.
    last_day = forms.DateField(label=_("Last day"), validators=[MaxValueValidator(date.max - timedelta(days=1))])
    reason = forms.CharField(label=_("Reason"), required=False, max_length=250)

    def __init__(self, *args: object, giver: Account, **keywords: object) -> None:
        super().__init__(*args, **keywords)  # type: ignore[arg-type]
        self.fields["receiver"].queryset = (  # type: ignore[attr-defined]
            queries.who_may_stand_in_for(giver=giver, on=clock.today())
        )
        self.fields["valid_from"].initial = clock.today()
