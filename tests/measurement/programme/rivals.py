"""What several officers may do at one moment, for `tests.rivals`."""

from __future__ import annotations

from datetime import date

from caicach.kernel.identity import queries as identity
from caicach.kernel.identity.models import Account, Unit
from caicach.measurement.programme import services

from .conftest import proposal


def the_same_file() -> None:
    services.import_plan(
        actor=identity.actor_of(account=Account.objects.get(username="officer"), on=date(2022, 6, 20)),
        issuer=Unit.objects.get(code="BNV"),
        proposal=proposal("Rà soát văn bản"),
        is_first=True,
    )
