"""What a draft says of itself: its title, and the decision that promulgates it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from caicach.kernel.usecase.core import UseCase, use_case
from caicach.kernel.usecase.errors import EditConflict, InvalidInput
from caicach.measurement.programme import access
from caicach.measurement.programme.models import Plan

from .stepping import next_revision, open_draft

YEARS_BEFORE = 2
DESCRIPTION = ("title", "decision_number", "decision_date", "decision_issuer")


@use_case("programme.describe_plan", permission=access.can_edit_draft)
def describe_plan(uc: UseCase, *, plan: Plan, values: Mapping[str, Any], seen: Mapping[str, Any] | None = None) -> Plan:
    """Corrects the title of a draft and the decision that promulgates it.

    values : some of DESCRIPTION -> text, for `decision_date` a date or None; only what was changed.
    seen : field -> the value that the person saw; when someone changed it since, EditConflict says to what.
    Raises DraftClosed, EditConflict, InvalidInput.
    """
    open_draft(uc, plan)
    _require_seen(plan, values, seen or {})
    _require_fitting(plan, values)
    with uc.changing(plan):
        for name, value in values.items():
            setattr(plan, name, value.strip() if isinstance(value, str) else value)
        plan.revision = next_revision(plan)
    plan.save(update_fields=[*values, "revision"])
    return plan


def _require_seen(plan: Plan, values: Mapping[str, Any], seen: Mapping[str, Any]) -> None:
    changes = {
        _label(plan, name): (_shown(values[name]), _shown(getattr(plan, name)))
        for name in values
        if name in seen and getattr(plan, name) not in (seen[name], values[name])
    }
    if changes:
        raise EditConflict(changes=changes)


def _require_fitting(plan: Plan, values: Mapping[str, Any]) -> None:
    if not values or values.keys() - set(DESCRIPTION):
        raise InvalidInput(fields={"values": [_("Only the title and the decision can be changed here.")]})
    wrong: dict[str, list[str]] = {}
    for name, value in values.items():
        most = plan._meta.get_field(name).max_length  # type: ignore[union-attr]
        if isinstance(value, str) and most and len(value.strip()) > most:
            wrong[name] = [_("At most %(most)d characters fit.") % {"most": most}]
    day = values.get("decision_date")
    if day and not plan.year - YEARS_BEFORE <= day.year <= plan.year:
        wrong["decision_date"] = [
            _("A plan of %(year)d is decided in that year or shortly before. Check the day.") % {"year": plan.year}
        ]
    if "title" in values and not values["title"].strip():
        wrong["title"] = [_("Give the plan a title.")]
    if wrong:
        raise InvalidInput(fields=wrong)


def _label(plan: Plan, name: str) -> str:
    return str(plan._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def _shown(value: str | date | None) -> str:
    return value.strftime("%d/%m/%Y") if isinstance(value, date) else value or ""
