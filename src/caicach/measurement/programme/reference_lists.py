"""National targets with their sources, for who answers for the installation."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from caicach.kernel.operation.reference_lists import ReferenceLine, ReferenceList

from .models import NationalTarget


def _targets() -> list[ReferenceLine]:
    """The year is the one by which the number is reached, not one from which it holds."""
    return [
        ReferenceLine(
            name=f"{target.code}: {target.subject}",
            value=_("%(wanted)s by %(year)s") % {"wanted": target.wanted, "year": target.year},
            source=target.source,
        )
        for target in NationalTarget.objects.order_by("field", "year", "code")
    ]


PARAMETERS = {
    "programme.soon_share": gettext_lazy("Due soon: from this share of the term on"),
    "programme.soon_days_at_most": gettext_lazy("Due soon: no earlier before the deadline than"),
    "programme.remind_before_days": gettext_lazy("The unit is reminded before the deadline"),
    "programme.escalate_to_head_after_days": gettext_lazy("The head of the unit is told of what is late after"),
    "programme.escalate_to_officer_after_days": gettext_lazy("The reform officer is told of what is late after"),
}
UNITS = {
    "share of the term's working days left": gettext_lazy("of the term's working days left"),
    "working days late": gettext_lazy("working days late"),
}
TARGETS = ReferenceList(key="national_targets", title=gettext_lazy("National targets"), lines=_targets, order=20)
