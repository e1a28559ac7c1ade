"""The plan at a glance: what is late and who can move it, fields x units; or one unit's tasks by state."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, F, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from caicach.kernel.calendar import clock
from caicach.kernel.calendar.parameters import parameter
from caicach.kernel.calendar.queries import calendars
from caicach.kernel.calendar.rules import WorkingCalendar, working_days_between
from caicach.kernel.identity import queries as identity
from caicach.kernel.identity.decorators import page
from caicach.kernel.identity.http import StaffRequest
from caicach.kernel.identity.models import Unit
from caicach.kernel.identity.roles import Role
from caicach.kernel.operation import my_work
from caicach.kernel.ui.addresses import whole_number
from caicach.kernel.ui.deadlines import deadline_chip
from caicach.kernel.usecase.errors import NotFound
from caicach.measurement.programme import access, finding, queries
from caicach.measurement.programme.lists import STATE_LABELS
from caicach.measurement.programme.models import Plan, PlanState, PlanTask, ReformField
from caicach.measurement.programme.models.plan import FIELD_ORDER, FIELD_SHORT
from caicach.measurement.programme.queries import PlanChoice
from caicach.measurement.programme.queries.amendments import amendments_to_decide
from caicach.measurement.programme.queries.decisions import extensions_to_decide, plans_to_approve
from caicach.measurement.programme.queries.figures import HeatCell, HeatRow, done_since, pressing
from caicach.measurement.programme.rules import GIVEN, OPEN, TaskState

COMPARED_WITH = timedelta(days=30)
UNITS_SHOWN = 12
ROWS_OF_A_STATE = 50
DECISIONS_SHOWN = 4

STATES_IN_ORDER = (
    TaskState.OVERDUE,
    TaskState.DUE_SOON,
    TaskState.ON_TIME,
    TaskState.NOT_STARTED,
    TaskState.DONE_ON_TIME,
    TaskState.DONE_LATE,
    TaskState.CANCELLED,
)
WHYS = ("xong", "den-han", "sap-den", "qua-han")


@dataclass(frozen=True, slots=True)
class Rows:
    """Addresses of lists: every figure of the page opens the rows it counts."""

    plan: int
    unit: int | None

    def of(self, *states: TaskState, **filters: Any) -> str:
        pairs: list[tuple[str, Any]] = [("plan", self.plan)]
        if self.unit is not None:
            pairs.append(("lead", self.unit))
        pairs += filters.items()
        pairs += [("state", state.value) for state in states]
        return f"{reverse('programme:tasks')}?{urlencode(pairs)}"


@page(access.can_open_plans)
@require_GET
def dashboard(request: StaffRequest) -> HttpResponse:
    """`nam` chooses the year, `ke-hoach` one of its plans, `don-vi` one unit, `xem=bang-so` plain numbers; `vi-sao`
    opens the source of a figure.
    """
    today = clock.today()
    choice = _choice(request, today)
    if choice is None:
        may_import = request.actor.holds(Role.REFORM_OFFICER)
        of_others = queries.plans_of(actor=request.actor).filter(state=PlanState.APPROVED).exists()
        empty = {"may_import": may_import, "of_others": of_others, "frame": _frame(request), **_decisions(request)}
        return render(request, "programme/dashboard_empty.html", empty)
    plan = choice.plan
    unit = _unit(request, plan)
    tasks = queries.visible_tasks(actor=request.actor).filter(plan=plan)
    if unit is not None:
        tasks = tasks.filter(lead=unit)
    known = calendars()
    calendar = known.of(unit.code if unit else None)
    context = _common(request, choice, unit, tasks, today=today, calendar=calendar)
    asked = request.GET.get("vi-sao", "")
    if asked in WHYS:
        context |= {"asked": asked, "is_swap": request.headers.get("HX-Request") == "true"}
        if context["is_swap"]:
            return render(request, "programme/parts/why_fact.html", context)
    if unit is not None:
        return render(
            request,
            "programme/dashboard_unit.html",
            context | _by_state(request, plan, tasks, context["rows"], today, calendar),
        )
    return render(request, "programme/dashboard.html", context | _heat(request, choice, tasks, context["rows"], today))


def _frame(request: StaffRequest) -> str:
    """Whoever works here daily keeps the rail, as on every other page; a leader who only reads has the wide page."""
    reads_only = {role.role for role in request.actor.roles} <= {Role.LEADER}
    return "ui/shell_dashboard.html" if reads_only else "ui/shell_officer.html"


def _choice(request: StaffRequest, today: date) -> PlanChoice | None:
    asked = request.GET.get("nam", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else today.year
    chosen = whole_number(request.GET.get(queries.PLAN_PARAMETER))
    return queries.plan_choice(actor=request.actor, year=year, chosen=chosen)


def _unit(request: StaffRequest, plan: Plan) -> Unit | None:
    """The unit that is asked for; for who does not watch the plan, the own one. Raises NotFound for others' units."""
    actor, watches = request.actor, access.watches_plan(request.actor, plan=plan)
    code = request.GET.get("don-vi", "")
    if not code:
        own = actor.own_units(*access.UNIT_ROLES) or actor.own_units()
        return None if watches or not own else Unit.objects.filter(pk=own[0].unit_id).first()
    unit = identity.unit_by_code(code=code)
    if unit is None or not (watches or unit.pk in actor.units_of(*access.UNIT_ROLES, Role.STAFF)):
        raise NotFound
    return unit


def _common(
    request: StaffRequest, choice: PlanChoice, unit: Unit | None, tasks: Any, *, today: date, calendar: WorkingCalendar
) -> dict[str, Any]:
    plan = choice.plan
    progress = queries.standing(tasks, today=today).progress
    days = parameter("operation.next_days", on=today).whole
    until = today
    for _n in range(days):
        until = calendar.next_working_day(until)
    urgent = pressing(tasks, today=today, until=until)
    rows = Rows(plan.pk, unit.pk if unit else None)
    return {
        "frame": _frame(request),
        "plan": plan,
        "unit": unit,
        "now": clock.now(),
        "today": today,
        "progress": progress,
        "pressing": urgent,
        "days": days,
        "until": until,
        "longest_late": working_days_between(after=urgent.oldest, through=today, calendar=calendar)
        if urgent.oldest
        else 0,
        "finding": finding.sentence(
            finding.Situation(
                done=progress.done,
                assigned=progress.assigned,
                late=urgent.late,
                late_units=urgent.late_units,
                coming=urgent.coming,
                days=days,
            )
        ),
        "rows": rows,
        "done_url": rows.of(TaskState.DONE_ON_TIME, TaskState.DONE_LATE),
        "due_url": rows.of(TaskState.DONE_ON_TIME, TaskState.DONE_LATE, TaskState.OVERDUE),
        "all_url": rows.of(*sorted(GIVEN)),
        **_supported(request, plan, unit),
        "late_url": rows.of(TaskState.OVERDUE),
        "soon_url": rows.of(TaskState.DUE_SOON),
        "coming_url": rows.of(
            *sorted(OPEN - {TaskState.OVERDUE}), due_after=today.isoformat(), due_before=until.isoformat()
        ),
        "years": choice.years,
        "plans": [(each, _address(replace(choice, plan=each), unit)) for each in choice.of_year],
        "address": _address(choice, unit),
        "whole_address": _address(choice, None),
        "watches": access.watches_plan(request.actor, plan=plan),
        **_decisions(request),
    }


def _supported(request: StaffRequest, plan: Plan, unit: Unit | None) -> dict[str, Any]:
    """How many tasks the unit supports beside those that it leads, and their list: the figures leave them out."""
    if unit is None:
        return {}
    tasks = queries.visible_tasks(actor=request.actor).filter(plan=plan)
    pairs = urlencode([("plan", plan.pk), ("coop", unit.pk)] + [("state", state.value) for state in sorted(GIVEN)])
    return {
        "supported": queries.supported_by(tasks, units=[unit.pk]).filter(cancelled_on=None).count(),
        "supported_url": f"{reverse('programme:tasks')}?{pairs}",
    }


def _address(choice: PlanChoice, unit: Unit | None) -> str:
    """This page without its view, to be lengthened by the template."""
    return _address_of(choice, unit.code if unit else "")


def _address_of(choice: PlanChoice, unit_code: str) -> str:
    asked = choice.query | ({"don-vi": unit_code} if unit_code else {})
    return f"{reverse('programme:dashboard')}?{urlencode(asked)}"


def _told_apart(plans: QuerySet[Plan]) -> QuerySet[Plan]:
    """With what tells two plans of one title apart: how many tasks, from which file; the first submitted first."""
    given = Count("tasks", filter=Q(tasks__is_dropped=False))
    return plans.select_related("issuer", "source").annotate(given=given).order_by("submitted_at", "pk")


def _decisions(request: StaffRequest) -> dict[str, Any]:
    plans = list(_told_apart(plans_to_approve(actor=request.actor))[: DECISIONS_SHOWN + 1])
    asked = list(
        extensions_to_decide(actor=request.actor)
        .select_related("task__lead")
        .order_by("asked_at")[: DECISIONS_SHOWN + 1]
    )
    changes = list(
        amendments_to_decide(actor=request.actor)
        .select_related("plan", "task", "asked_by")
        .order_by("asked_at", "pk")[: DECISIONS_SHOWN + 1]
    )
    others = my_work.decisions_of(actor=request.actor)
    return {
        "other_decisions": others[:DECISIONS_SHOWN],
        "plans_to_approve": plans[:DECISIONS_SHOWN],
        "extensions": asked[:DECISIONS_SHOWN],
        "amendments": changes[:DECISIONS_SHOWN],
        "more_decisions": any(len(found) > DECISIONS_SHOWN for found in (plans, asked, changes, others)),
        "decisions_query": urlencode([("group", key) for key in my_work.decision_groups()]),
        "decides": bool(plans or asked or changes or others),
    }


# --- fields x units ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Square:
    """One cell of the heat map with the addresses of its rows, and of those that its marks count; "" for none."""

    cell: HeatCell
    href: str = ""
    late_href: str = ""
    soon_href: str = ""
    done_href: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    unit: HeatRow
    squares: list[Square]
    total: Square
    href: str

    @property
    def presses(self) -> bool:
        """Something of the unit is late or due soon: then it is never folded away."""
        return bool(self.unit.total.overdue or self.unit.total.due_soon)


def _heat(request: StaffRequest, choice: PlanChoice, tasks: Any, rows: Rows, today: date) -> dict[str, Any]:
    plan = choice.plan
    heat = queries.heat_map(tasks, today=today)
    lines = [_line(row, choice) for row in heat.rows]
    shows_all = request.GET.get("hien") == "het" or len(lines) <= UNITS_SHOWN
    shown = [line for place, line in enumerate(lines) if shows_all or place < UNITS_SHOWN or line.presses]
    compared = today - COMPARED_WITH
    can_compare = plan.approved_at is not None and clock.local_date(plan.approved_at) <= compared
    since = done_since(tasks, after=compared) if can_compare else {}
    return {
        "fields": [(code, FIELD_ORDER[code], FIELD_SHORT[ReformField(code)]) for code in ReformField.values],
        "lines": shown,
        "folded": [] if shows_all else [line for line in lines[UNITS_SHOWN:] if not line.presses],
        "sums": [_square(heat.by_field[code], rows, field=code) for code in ReformField.values],
        "total": _square(heat.total, rows),
        "units": len(heat.rows),
        "compared": compared if can_compare else None,
        "since": [since.get(code, 0) for code in ReformField.values],
        "since_total": since.get("", 0),
        "as_numbers": request.GET.get("xem") == "bang-so",
    }


def _line(row: HeatRow, choice: PlanChoice) -> Line:
    of_unit = Rows(choice.plan.pk, row.unit_id)
    return Line(
        unit=row,
        squares=[_square(row.cells[code], of_unit, field=code) for code in ReformField.values],
        total=_square(row.total, of_unit),
        href=_address_of(choice, row.unit_code),
    )


def _square(cell: HeatCell, rows: Rows, **filters: str) -> Square:
    if not cell.assigned:
        return Square(cell)
    return Square(
        cell,
        href=rows.of(*sorted(GIVEN), **filters),
        late_href=rows.of(TaskState.OVERDUE, **filters),
        soon_href=rows.of(TaskState.DUE_SOON, **filters),
        done_href=rows.of(TaskState.DONE_ON_TIME, TaskState.DONE_LATE, **filters),
    )


# --- one unit ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StateGroup:
    state: TaskState
    label: Any
    lines: list[tuple[PlanTask, Any]]
    total: int
    href: str
    urge_url: str = ""
    """Of what is late, for who may urge the unit about all of it, beyond the rows shown; else ""."""


def _by_state(
    request: StaffRequest, plan: Plan, tasks: Any, rows: Rows, today: date, calendar: WorkingCalendar
) -> dict[str, Any]:
    """The unit's tasks, the late ones first; of each state at most fifty, with the address of all."""
    may_urge = access.can_urge(request.actor, plan=plan)
    ordered = queries.with_state(tasks, today=today).select_related("owner")
    ordered = ordered.order_by(F("deadline").asc(nulls_last=True), "position")
    groups: dict[TaskState, list[Any]] = {}
    for task in ordered:
        groups.setdefault(TaskState(task.state), []).append(task)
    return {
        "groups": [
            StateGroup(
                state,
                STATE_LABELS[state],
                [(task, _chip(task, today, calendar)) for task in groups[state][:ROWS_OF_A_STATE]],
                len(groups[state]),
                rows.of(state),
                _urge_url(request, rows) if may_urge and state == TaskState.OVERDUE else "",
            )
            for state in STATES_IN_ORDER
            if state in groups
        ]
    }


def _urge_url(request: StaffRequest, rows: Rows) -> str:
    asked = {"qua-han": "1", "plan": rows.plan, "lead": rows.unit, "ve": request.get_full_path()}
    return f"{reverse('programme:urge')}?{urlencode(asked)}"


def _chip(task: PlanTask, today: date, calendar: WorkingCalendar) -> Any:
    return deadline_chip(
        deadline=task.deadline,
        soon_from=task.soon_from,
        today=today,
        calendar=calendar,
        done_on=task.done_on,
        handed_in_on=task.handed_in_on,
    )
