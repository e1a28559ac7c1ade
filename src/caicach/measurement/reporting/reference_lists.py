"""The report's periods with their sources, for who answers for the installation."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from caicach.kernel.calendar import clock
from caicach.kernel.operation.reference_lists import ReferenceLine, ReferenceList
from caicach.kernel.ui.wording import day
from caicach.registry.organisation.models import UnitKind

from . import rules
from .models import PeriodKind
from .rules import Period
from .usual_recipients import recipient_lines


def _periods() -> list[ReferenceLine]:
    """As they are this year."""
    year = clock.today().year
    lines = []
    for period in Period:
        try:
            found = rules.bounds(period=period, year=year)
        except rules.NoSuchPeriod:
            continue
        words = _("Data from %(start)s to %(end)s, to be sent by %(due)s") % {
            "start": day(found.data_from),
            "end": day(found.data_to),
            "due": day(found.due_on),
        }
        source = "; ".join(part for part in (found.cites, found.remark) if part)
        lines.append(ReferenceLine(name=str(PeriodKind(period.value).label), value=words, source=source))
    return lines


def _recipients() -> list[ReferenceLine]:
    kinds = dict(UnitKind.choices)
    return [
        ReferenceLine(
            name=str(kinds.get(line.kind, _("Other bodies"))),
            value=line.line.replace("{issuer}", _("[the issuing body]")).replace("{superior}", _("[its superior]")),
            source="; ".join(part for part in (line.cites, line.remark) if part),
        )
        for line in recipient_lines()
    ]


PERIODS = ReferenceList(key="report_periods", title=gettext_lazy("Periods of the reports"), lines=_periods, order=30)
RECIPIENTS = ReferenceList(
    key="report_recipients", title=gettext_lazy("Recipients of a unit's first report"), lines=_recipients, order=31
)
