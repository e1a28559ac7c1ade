"""The calendar: a year of days off and worked, office hours, and what an operator changes in them."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caicach.kernel.calendar import clock
from caicach.kernel.calendar.queries import calendar_for
from caicach.kernel.calendar.rules.days import FIRST_YEAR, LAST_YEAR
from caicach.kernel.identity import queries as identity
from caicach.kernel.identity.decorators import page
from caicach.kernel.identity.http import StaffRequest
from caicach.kernel.ui import toasts

from . import access, services
from .acts import Act, ask, sent
from .forms import DayExceptionForm, WorkingHoursForm
from .queries import calendar as queries


def _act(title: str, *, verb: str, **more: Any) -> Act:
    return Act(title, verb, [(_("Working calendar"), reverse("operation:calendar"))], **more)


@page(access.can_see_calendar)
@require_GET
def calendar(request: StaffRequest) -> HttpResponse:
    """`nam` is the year, `don-vi` the code of the unit whose calendar is shown."""
    today = clock.today()
    asked = request.GET.get("nam", "")
    year = min(max(int(asked), FIRST_YEAR), LAST_YEAR) if asked.isdigit() and len(asked) == 4 else today.year
    unit = identity.unit_by_code(code=request.GET.get("don-vi", ""))
    code = unit.code if unit else ""
    context = {
        "shown": queries.calendar_year(year=year, unit_code=code, today=today),
        "hours_today": queries.hours_today(calendar=calendar_for(code or None), today=today),
        "unit": unit,
        "units": identity.units(on=today),
        "year": str(year),
        "before": str(year - 1) if year > FIRST_YEAR else "",
        "after": str(year + 1) if year < LAST_YEAR else "",
        "may_change": access.can_keep_calendar(request.actor),
    }
    return render(request, "operation/calendar.html", context)


@page(access.can_keep_calendar)
@require_http_methods(["GET", "POST"])
def set_day_exception(request: StaffRequest) -> HttpResponse:
    def do(form: DayExceptionForm) -> None:
        data = form.cleaned_data
        services.set_day_exception(
            actor=request.actor,
            date=data["day"],
            kind=data["kind"],
            unit_code=data["unit"].code if data["unit"] else "",
            name=data["name"],
            source=data["source"],
        )
        toasts.add(request, _("Saved. Deadlines that were counted beforehand are counted anew."))

    act = _act(
        _("Change a day of the calendar"),
        verb=_("Save the day"),
        consequences=[
            _("Deadlines given from now on count the day as you say. Deadlines already given keep their date."),
            _("The holidays of the law and the days swapped by announcement are known already."),
        ],
    )
    return ask(request, act, DayExceptionForm(sent(request), units=identity.units(on=clock.today())), do)


@page(access.can_keep_calendar)
@require_POST
def remove_day_exception(request: StaffRequest, pk: int) -> HttpResponse:
    exception = queries.exception_to_remove(pk=pk)
    services.remove_day_exception(actor=request.actor, exception=exception)
    toasts.add(request, _("The day is as the law has it again."))
    return redirect(f"{reverse('operation:calendar')}?nam={exception.date.year}")


@page(access.can_keep_calendar)
@require_http_methods(["GET", "POST"])
def set_working_hours(request: StaffRequest) -> HttpResponse:
    today = clock.today()

    def do(form: WorkingHoursForm) -> None:
        services.set_working_hours(actor=request.actor, **form.values())
        toasts.add(request, _("The hours are saved."))

    act = _act(_("Change the working hours"), verb=_("Save the hours"))
    return ask(request, act, WorkingHoursForm(sent(request), units=identity.units(on=today), today=today), do)


@page(access.can_keep_calendar)
@require_POST
def remove_working_hours(request: StaffRequest, pk: int) -> HttpResponse:
    services.remove_working_hours(actor=request.actor, hours=queries.hours_to_remove(pk=pk))
    toasts.add(request, _("The hours set before hold again."))
    return redirect("operation:calendar")
