"""What two officers may do at one moment, for `tests.rivals`."""

from __future__ import annotations

from datetime import date

from caicach.kernel.identity import queries as identity
from caicach.kernel.identity.models import Account, Unit
from caicach.measurement.reporting import services


def a_report() -> None:
    services.draft_report(
        actor=identity.actor_of(account=Account.objects.get(username="officer"), on=date(2022, 6, 20)),
        issuer=Unit.objects.get(code="BNV"),
        year=2022,
        period="half_year",
    )
