"""The lists of the programme: plans, and tasks with their computed state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import BigIntegerField, ExpressionWrapper, F, QuerySet, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from caicach.kernel.calendar import clock
from caicach.kernel.calendar.queries import Calendars, calendars
from caicach.kernel.identity.models import Unit
from caicach.kernel.search.folding import fold
from caicach.kernel.tables.columns import Column, Kind, Status
from caicach.kernel.tables.declaring import ListOf
from caicach.kernel.tables.filters import DayRangeFilter, TickWidget
from caicach.kernel.tables.ordering import InVietnamese
from caicach.kernel.ui.addresses import whole_numbers
from caicach.kernel.ui.deadlines import DeadlineChip, deadline_chip

from . import queries
from .models import Plan, PlanState, PlanTask, ReformField, TaskResponse
from .models.plan import FIELD_ORDER
from .rules import TaskState
from .timing import calendar_of

MOST_IN_PLAN = 1_000_000
"""No plan has so many tasks: their places leave room for the plan before them in one number."""
FAR = date(9999, 12, 31)
"""Sorts tasks without a deadline after all others."""
IN_PLAN_ORDER = Coalesce(
    ExpressionWrapper(F("plan_id") * MOST_IN_PLAN + F("position"), output_field=BigIntegerField()), Value(0)
)
"""As the plan lists its tasks, plan after plan; a number sorts by no text (2.10 stands after 2.9)."""

STATE_LABELS: dict[str, Any] = {
    TaskState.OVERDUE: _("Overdue"),
    TaskState.DUE_SOON: _("Due soon"),
    TaskState.ON_TIME: _("On time"),
    TaskState.NOT_STARTED: _("Not started"),
    TaskState.DONE_ON_TIME: _("Done on time"),
    TaskState.DONE_LATE: _("Done late"),
    TaskState.CANCELLED: _("Cancelled by decision"),
}
STATE_TONES = {
    TaskState.OVERDUE: "refused",
    TaskState.DUE_SOON: "missing",
    TaskState.ON_TIME: "active",
    TaskState.DONE_ON_TIME: "accepted",
    TaskState.DONE_LATE: "accepted",
}


@dataclass(frozen=True, slots=True)
class Today:
    """What every row of a list of tasks is shown against."""

    day: date
    calendars: Calendars

    @classmethod
    def now(cls) -> Today:
        return cls(clock.today(), calendars())


class ChosenField(forms.CharField):
    """Ids with commas between them; shown as how many there are."""

    widget = forms.HiddenInput

    def in_words(self, value: str) -> str:
        return str(len(whole_numbers(value.split(","))))


class ChosenFilter(django_filters.CharFilter):
    """Exactly the tasks whose ids the address names: what a letter leads to."""

    field_class = ChosenField

    def filter(self, tasks: QuerySet[PlanTask], value: str) -> QuerySet[PlanTask]:
        return tasks.filter(pk__in=whole_numbers(value.split(","))) if value else tasks


class TaskFilters(django_filters.FilterSet):
    """`state` is an annotation: the query set comes from `queries.with_state`."""

    words = django_filters.CharFilter(label=pgettext_lazy("looked for", "Words"), method="by_words", max_length=200)
    plan = django_filters.ModelChoiceFilter(label=_("Plan"), queryset=Plan.objects.filter(state=PlanState.APPROVED))
    field = django_filters.MultipleChoiceFilter(label=_("Field"), choices=ReformField.choices, widget=TickWidget)
    lead = django_filters.ModelChoiceFilter(label=_("Lead unit"), queryset=Unit.objects.all())
    coop = django_filters.ModelChoiceFilter(
        label=_("Co-operating unit"), queryset=Unit.objects.all(), method="by_cooperating"
    )
    part = django_filters.ChoiceFilter(
        label=_("What my unit is"),
        choices=[(queries.Part.LEAD.value, _("leads")), (queries.Part.COOPERATING.value, _("co-operates"))],
        method="by_part",
    )
    state = django_filters.MultipleChoiceFilter(label=_("State"), choices=list(STATE_LABELS.items()), widget=TickWidget)
    response = django_filters.MultipleChoiceFilter(
        label=_("Answer of the unit"), choices=TaskResponse.choices, widget=TickWidget
    )
    due = DayRangeFilter(label=_("Deadline from - to"), field_name="deadline")
    these = ChosenFilter(label=_("Tasks of the letter"))

    class Meta:
        model = PlanTask
        fields: list[str] = []

    def by_words(self, tasks: QuerySet[PlanTask], _name: str, words: str) -> QuerySet[PlanTask]:
        return queries.with_words(tasks, words)

    def by_cooperating(self, tasks: QuerySet[PlanTask], _name: str, unit: Unit) -> QuerySet[PlanTask]:
        return queries.supported_by(tasks, units=[unit.pk])

    def by_part(self, tasks: QuerySet[PlanTask], _name: str, part: str) -> QuerySet[PlanTask]:
        return queries.of_part(tasks, actor=self.request.actor, part=queries.Part(part))


def _chip(task: Any) -> DeadlineChip:
    today: Today = task._list_context
    return deadline_chip(
        deadline=task.deadline,
        soon_from=task.soon_from,
        today=today.day,
        calendar=calendar_of(task, today.calendars),
        done_on=task.done_on,
        handed_in_on=task.handed_in_on,
    )


def _state(task: Any) -> Status:
    return Status(STATE_LABELS[task.state], STATE_TONES.get(task.state, ""))


def _page(name: str) -> Callable[[Any], str]:
    return lambda row: reverse(name, args=[row.pk])


TASKS = ListOf(
    key="nhiem-vu",
    title=_("Tasks"),
    sort="deadline",
    filters=TaskFilters,
    select=lambda tasks: tasks.select_related("lead", "owner"),
    empty=_("Tasks stand here once a plan is approved. Begin by importing the text of a plan (Word, PDF or Excel)."),
    columns=(
        Column(
            key="number",
            label=_("No."),
            value=lambda task: task.number,
            kind=Kind.CODE,
            sort=IN_PLAN_ORDER,
            sort_words=_("Order of the plan"),
        ),
        Column(
            key="title",
            label=_("Task"),
            value=lambda task: task.title,
            href=_page("programme:task"),
            detail=lambda task: task.product,
            sort=InVietnamese("title"),
        ),
        Column(
            key="lead",
            label=_("Lead unit"),
            value=lambda task: task.lead.name if task.lead else "",
            kind=Kind.UNIT,
            sort=Coalesce(F("lead__order"), Value(0)),
            under="title",
        ),
        Column(
            key="field",
            label=_("Field"),
            value=lambda task: f"{FIELD_ORDER[task.field]}. {task.get_field_display()}" if task.field else "",
            sort=F("field"),
            is_shown=False,
        ),
        Column(
            key="progress",
            label=_("Progress"),
            value=lambda task: task.progress,
            kind=Kind.PER_CENT,
            sort=F("progress"),
        ),
        Column(key="state", label=_("State"), value=_state, kind=Kind.STATUS, is_shown=False),
        Column(
            key="due",
            label=_("Deadline"),
            value=lambda task: task.deadline,
            kind=Kind.DATE,
            sort=Coalesce(F("deadline"), Value(FAR)),
            under="deadline",
        ),
        Column(
            key="deadline",
            label=_("Left"),
            value=_chip,
            kind=Kind.DEADLINE,
            href=_page("programme:why_deadline"),
            sort=Coalesce(F("deadline"), Value(FAR)),
        ),
        Column(
            key="owner",
            label=_("Person in charge"),
            value=lambda task: task.owner.full_name if task.owner else "",
            is_shown=False,
        ),
        Column(
            key="response",
            label=_("Answer of the unit"),
            value=lambda task: str(TaskResponse(task.response).label),
            is_shown=False,
        ),
    ),
)


class PlanFilters(django_filters.FilterSet):
    title = django_filters.CharFilter(label=_("Title"), method="by_title", max_length=200)
    year = django_filters.NumberFilter(label=_("Year"))
    state = django_filters.MultipleChoiceFilter(label=_("State"), choices=PlanState.choices, widget=TickWidget)

    class Meta:
        model = Plan
        fields: list[str] = []

    def by_title(self, plans: QuerySet[Plan], _name: str, words: str) -> QuerySet[Plan]:
        """Without accents. Folded here and not in the database: a ministry makes a few plans a year."""
        wanted = fold(words).split()
        titles = plans.values_list("pk", "title")
        return plans.filter(pk__in=[pk for pk, title in titles if all(word in fold(title) for word in wanted)])


_PLAN_TONES = {PlanState.DRAFT: "", PlanState.SUBMITTED: "asked", PlanState.APPROVED: "accepted"}


def _plan_page(plan: Any) -> str:
    name = "programme:plan" if plan.state == PlanState.APPROVED else "programme:review"
    return reverse(name, args=[plan.pk])


PLANS = ListOf(
    key="ke-hoach",
    title=_("Reform plans"),
    sort="-year",
    filters=PlanFilters,
    empty=_("There is no plan yet. Begin by importing the text of a plan (Word, PDF or pasted from Excel)."),
    columns=(
        Column(
            key="title",
            label=_("Plan"),
            value=lambda plan: plan.title,
            href=_plan_page,
            detail=lambda plan: plan.decision_number,
            sort=InVietnamese("title"),
        ),
        Column(key="year", label=_("Year"), value=lambda plan: str(plan.year), kind=Kind.CODE, sort=F("year")),
        Column(key="number", label=_("Number"), value=lambda plan: plan.number, kind=Kind.CODE),
        Column(key="issuer", label=_("Issuing unit"), value=lambda plan: plan.issuer.name, kind=Kind.UNIT),
        Column(
            key="state",
            label=_("State"),
            value=lambda plan: Status(PlanState(plan.state).label, _PLAN_TONES[PlanState(plan.state)]),
            kind=Kind.STATUS,
            sort=F("state"),
        ),
        Column(
            key="approved",
            label=pgettext_lazy("day", "Approved"),
            value=lambda plan: plan.approved_at,
            kind=Kind.MOMENT,
        ),
    ),
)
