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


TARGETS = ReferenceList(key="national_targets", title=gettext_lazy("National targets"), lines=_targets, order=20)
