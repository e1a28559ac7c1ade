"""What stands above the signature on a draft, before anyone signed."""

from __future__ import annotations

from datetime import date

from caicach.kernel.identity import queries as identity
from caicach.kernel.identity.models import Unit
from caicach.kernel.identity.roles import Role
from caicach.measurement.programme.queries import authority_of
from caicach.measurement.programme.signing import Signature


def expected_signature(*, issuer: Unit, on: date) -> Signature:
    """On a draft: the office of the only leader there is; nobody's name. Nothing where several may sign."""
    leaders = identity.holders_over(roles=[Role.LEADER], unit=issuer, on=on).values_list("pk", flat=True)[:2]
    return Signature(authority_of(account_id=leaders[0], issuer=issuer, on=on) if len(leaders) == 1 else "")
