"""How plans stand, in one sentence: what the title of a page says before its figures prove it. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


@dataclass(frozen=True, slots=True)
class Situation:
    """done, assigned : of all that count; late, late_units : overdue tasks and the units that lead them;
    coming : open tasks due within `days` working days.
    """

    done: int
    assigned: int
    late: int
    late_units: int
    coming: int
    days: int


def sentence(found: Situation) -> str:
    """ "3 nhiệm vụ quá hạn ở 3 đơn vị; 5 nhiệm vụ đến hạn trong 5 ngày làm việc tới"."""
    if not found.assigned:
        return _("No task has been given yet")
    parts = [part for part in (_late(found), _coming(found)) if part]
    if parts:
        return "; ".join(parts)
    if found.done == found.assigned:
        return ngettext("The only task is done", "All %(count)d tasks are done", found.assigned) % {
            "count": found.assigned
        }
    return _("%(done)d of %(assigned)d tasks done, none overdue") % {"done": found.done, "assigned": found.assigned}


def _late(found: Situation) -> str:
    if not found.late:
        return ""
    values = {"count": found.late, "units": found.late_units}
    if found.late_units <= 1:
        return ngettext("%(count)d task overdue", "%(count)d tasks overdue", found.late) % values
    return (
        ngettext("%(count)d task overdue in %(units)d units", "%(count)d tasks overdue in %(units)d units", found.late)
        % values
    )


def _coming(found: Situation) -> str:
    if not found.coming:
        return ""
    return ngettext(
        "%(count)d task due within %(days)d working days",
        "%(count)d tasks due within %(days)d working days",
        found.coming,
    ) % {"count": found.coming, "days": found.days}
