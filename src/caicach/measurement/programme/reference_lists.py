"""National targets with their sources, for who answers for the installation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from caicach.kernel.operation.reference_lists import ReferenceLine, ReferenceList

from .models import NationalTarget


def _targets() -> list[ReferenceLine]:
    return [
        ReferenceLine(
            name=f"{target.code}: {target.subject}", value=target.wanted, source=target.source, period=str(target.year)
        )
        for target in NationalTarget.objects.order_by("field", "year", "code")
    ]


TARGETS = ReferenceList(key="national_targets", title=gettext_lazy("National targets"), lines=_targets, order=20)
