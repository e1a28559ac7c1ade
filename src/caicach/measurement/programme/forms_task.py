"""Forms of a task's page. They shape input; the use cases check it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from caicach.kernel.calendar import clock
from caicach.kernel.identity import queries as identity
from caicach.kernel.identity.models import Account
from caicach.kernel.search.records import Record
from caicach.kernel.ui.addresses import whole_numbers
from caicach.kernel.ui.forms import ReasonField
from caicach.kernel.usecase.errors import UseCaseError
from caicach.registry.organisation.queries import named_units

from .forms import SeenForm
from .models import PlanTask

DAY_FORMATS = ["%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d"]


def _words(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class TaskForm(SeenForm):
    """`revision` is that of the task."""

    def __init__(self, *args: Any, task: PlanTask, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.task = task
        self.fields["revision"].initial = task.revision

    def add_refusal(self, error: UseCaseError) -> None:
        super().add_refusal(error)
        # Sent once more, a refused form is new work.
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["key"] = self.fields["key"].initial  # type: ignore[index]


class AnswerForm(TaskForm):
    ACCEPT, RETURN = "accept", "return"
    answer = forms.ChoiceField(
        label=_("Answer of the unit"),
        choices=[(ACCEPT, _("We take the task on")), (RETURN, _("It should go to another unit"))],
        initial=RETURN,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )
    reason = ReasonField(
        label=_("Reason of the return"),
        max_length=2000,
        widget=_words(),
        help_text=_("Needed when the task goes back: the reform officer decides by it."),
    )


class OwnerForm(TaskForm):
    owner: forms.ModelChoiceField[Account] = forms.ModelChoiceField(
        label=_("Person in charge"),
        queryset=Account.objects.none(),
        required=False,
        empty_label=_("Nobody by name: the focal point"),
    )

    def __init__(self, *args: Any, task: PlanTask, **keywords: Any) -> None:
        super().__init__(*args, task=task, **keywords)
        staff = identity.staff_of(unit=task.lead, on=clock.today()) if task.lead else None
        self.fields["owner"].queryset = staff  # type: ignore[attr-defined]
        self.fields["owner"].initial = task.owner_id


class ProgressForm(TaskForm):
    progress = forms.IntegerField(
        label=_("Progress, per cent"),
        min_value=0,
        max_value=100,
        help_text=_("100 does not end the task: an accepted product does."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), _("Give a number from 0 to 100.")
        ),
    )
    text = forms.CharField(label=_("What was done"), required=False, max_length=5000, widget=_words(4))

    def __init__(self, *args: Any, task: PlanTask, **keywords: Any) -> None:
        super().__init__(*args, task=task, **keywords)
        self.fields["progress"].initial = task.progress


class CommentForm(TaskForm):
    text = forms.CharField(
        label=_("Comment"),
        max_length=5000,
        widget=_words(),
        error_messages={"required": _("Write something first.")},
    )


class ExtensionForm(TaskForm):
    """A day outside the plan's year is asked about once: sent once more, it is meant."""

    meant = forms.CharField(widget=forms.HiddenInput, required=False, max_length=10)
    new_deadline = forms.DateField(
        label=_("New deadline"),
        input_formats=DAY_FORMATS,
        help_text=_("Day/month/year, for example 15/07/2022."),
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric"}),
        error_messages=dict.fromkeys(("required", "invalid"), _("Write the day like this: 15/07/2022.")),
    )
    reason = forms.CharField(
        label=_("Why more time is needed"),
        max_length=2000,
        widget=_words(),
        error_messages={"required": _("Say why more time is needed.")},
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        day: date | None = cleaned.get("new_deadline")
        year = self.task.plan.year
        # What is no later day is refused in any case, by its own reason.
        is_later = day is not None and self.task.deadline is not None and day > self.task.deadline
        if day is not None and is_later and day.year != year and cleaned.get("meant") != day.isoformat():
            self.data = self.data.copy()  # type: ignore[attr-defined]
            self.data["meant"] = day.isoformat()  # type: ignore[index]
            asked = _("%(day)s is outside %(year)s, the year of the plan. If it is meant, send once more.")
            self.add_error("new_deadline", asked % {"day": day.strftime("%d/%m/%Y"), "year": year})
        return cleaned


class RequestSeenForm(TaskForm):
    """`seen` is the id of the request that the person looks at."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)


class ExtensionDecisionForm(RequestSeenForm):
    """Each choice is a button that names the act."""

    GRANT, REFUSE = "grant", "refuse"
    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[(GRANT, _("Grant the extension")), (REFUSE, _("Keep the old deadline"))],
        error_messages={"required": _("Choose one of the two.")},
    )
    remark = ReasonField(
        label=_("Remark"),
        max_length=2000,
        widget=_words(),
        help_text=_("Needed when the deadline stays: the unit reads why."),
    )


class CancelForm(TaskForm):
    decision = forms.CharField(
        label=_("Decision that stops the task"),
        max_length=200,
        help_text=_("Number and day of the decision, for example 512/QĐ-BNV ngày 15/06/2022."),
        error_messages={"required": _("Give the number and day of the decision that stops the task.")},
    )


class ReassignForm(TaskForm):
    lead = forms.ChoiceField(label=_("Lead unit"))
    cooperating = forms.CharField(
        label=_("Co-operating units"),
        required=False,
        max_length=2000,
        help_text=_("Names or codes, parted by semicolons."),
    )
    reason = forms.CharField(
        label=_("Why another unit takes the task"),
        max_length=2000,
        widget=_words(),
        error_messages={"required": _("Say why another unit takes the task.")},
    )

    def __init__(self, *args: Any, task: PlanTask, **keywords: Any) -> None:
        super().__init__(*args, task=task, **keywords)
        units = named_units(on=clock.today())
        self.fields["lead"].choices = [(unit.code, unit.name) for unit in units]  # type: ignore[attr-defined]
        self.fields["lead"].initial = task.lead.code if task.lead else ""
        self.fields["cooperating"].initial = "; ".join(unit.name for unit in task.cooperating.all())


class KeepForm(TaskForm):
    reason = forms.CharField(
        label=_("Why the task stays with the unit"),
        max_length=2000,
        widget=_words(),
        help_text=_("The unit reads it and answers once more."),
        error_messages={"required": _("Say why the task stays with the unit.")},
    )


class LookAgainForm(TaskForm):
    reason = forms.CharField(
        label=_("Why it is looked at again"),
        max_length=2000,
        widget=_words(),
        help_text=_("For example: accepted on the wrong task, or the paper lacks a signature."),
        error_messages={"required": _("Say why it is looked at again.")},
    )


class ProductForm(TaskForm):
    name = forms.CharField(
        label=_("Product"),
        max_length=500,
        widget=_words(2),
        error_messages={"required": _("Give the product a name.")},
    )


class PapersSeenForm(TaskForm):
    """`papers` are the ids of the papers of a product that the person looks at, parted by commas."""

    papers = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_papers(self) -> list[int] | None:
        """None where the form did not carry them."""
        return sorted(whole_numbers(self.cleaned_data["papers"].split(","))) if "papers" in self.data else None


class ProductDecisionForm(PapersSeenForm):
    """Each choice is a button that names the act (`parts/decision_buttons.html`)."""

    ACCEPT, REFUSE = "accept", "refuse"
    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[(ACCEPT, _("Accept the result")), (REFUSE, _("Return it to the unit"))],
        error_messages={"required": _("Choose one of the two.")},
    )
    remark = ReasonField(
        label=_("Remark"),
        max_length=2000,
        widget=_words(),
        help_text=_("Needed when it goes back: what is missing."),
    )


class HandInForm(TaskForm):
    """`existing` are files already in the system, `record` an approved plan or report, `files` ids of uploads, `file`
    the files themselves where no script runs, `paper` the number of one kept elsewhere.
    """

    names = {"attachments": "existing", "records": "record"}
    existing = forms.MultipleChoiceField(
        label=_("Papers already in the system"), required=False, widget=forms.CheckboxSelectMultiple
    )
    record = forms.ChoiceField(
        label=_("Approved plan or report of this system"),
        required=False,
        help_text=_("A few letters of its number or title find it, accents are not needed."),
        widget=forms.Select(attrs={"data-pick": ""}),
        error_messages={"invalid_choice": _("Choose a plan or report from the list.")},
    )
    paper = forms.CharField(
        label=_("Number and day of a paper kept elsewhere"),
        required=False,
        max_length=200,
        help_text=_("For example 2310/BNV-CCHC ngày 17/06/2022."),
    )

    def __init__(
        self,
        *args: Any,
        task: PlanTask,
        choices: Sequence[tuple[str, str]] = (),
        records: Sequence[Record] = (),
        uploaded: Sequence[UUID] = (),
        **kw: Any,
    ) -> None:
        super().__init__(*args, task=task, **kw)
        self.fields["existing"].choices = choices  # type: ignore[attr-defined]
        named = [(str(record.reference), record.name) for record in records]
        self.fields["record"].choices = [("", _("No record")), *named]  # type: ignore[attr-defined]
        self.uploaded = list(uploaded)

    @property
    def has_records(self) -> bool:
        """Whether there is anything to choose."""
        return len(self.fields["record"].choices) > 1  # type: ignore[attr-defined]
