"""What is said where an issuer has another plan for the same year. A warning and no refusal: both may be meant."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .models import Plan, PlanState

CODE: Final = "another_plan"


def warning_of(other: Plan) -> dict[str, Any]:
    """As a source keeps it among the warnings of the reading."""
    return {"code": CODE, "parameters": {"plan": str(other.pk)}, "start": None, "end": None}


def address_of(plan: Plan) -> str:
    return reverse("programme:plan" if plan.state == PlanState.APPROVED else "programme:review", args=[plan.pk])


def plain_words(other: Plan) -> str:
    """The warning without a link: for a job's result and the API."""
    return _("%(issuer)s has another plan for %(year)s: “%(title)s” (%(state)s).") % _names(other)


def sentence(parameters: Mapping[str, str] | None) -> SafeString | str:
    """The warning that was kept, with a link to the other plan as it is today; "" when that is gone."""
    other = Plan.objects.select_related("issuer").filter(pk=(parameters or {}).get("plan", 0)).first()
    if other is None:
        return ""
    names = _names(other)
    link = format_html('<a class="cc-link" href="{}">{}</a>', address_of(other), names.pop("title"))
    words = _(
        "{issuer} has another plan for {year}: {link} ({state}). Approve this one only when both are to count; "
        "if it was imported by mistake, undo the import."
    )
    return format_html(words, link=link, **names)


def _names(other: Plan) -> dict[str, Any]:
    return {
        "issuer": other.issuer.name,
        "year": other.year,
        "title": other.title,
        "state": other.get_state_display(),
    }
