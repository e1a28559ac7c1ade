"""What stands above and below the signature of a paper: office and name of who signs, never a role of ours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from caicach.kernel.identity.models import Account, Unit
from caicach.kernel.usecase.errors import InvalidInput

from .queries.authority import authority_of, name_below

MOST_LINES = 3
LONGEST_LINE = 120


@dataclass(frozen=True, slots=True)
class Signature:
    """lines : above, one a line, "" where no office is known; name : below, "" leaves room to write it."""

    lines: str = ""
    name: str = ""


def usual_signature(*, account_id: int | None, issuer: Unit, on: date) -> Signature:
    """By the office of that person on that day. An account that bears the name of a role or body gives no name."""
    if account_id is None:
        return Signature()
    lines = authority_of(account_id=account_id, issuer=issuer, on=on)
    name = Account.objects.values_list("full_name", flat=True).get(pk=account_id)
    return Signature(lines, name_below(name=name, lines=lines, on=on))


def authority_typed(text: str) -> str:
    """In capitals, without blank lines. Raises InvalidInput: a paper without an office above its signature is none."""
    lines = [line.strip().upper() for line in text.splitlines() if line.strip()]
    if not lines:
        told = _("Say by which office it is signed, for example KT. BỘ TRƯỞNG and below it THỨ TRƯỞNG.")
        raise InvalidInput(told, fields={"signed_as": [told]})
    if len(lines) > MOST_LINES or any(len(line) > LONGEST_LINE for line in lines):
        told = _("At most %(lines)d lines stand above a signature, each of at most %(count)d characters.")
        told %= {"lines": MOST_LINES, "count": LONGEST_LINE}
        raise InvalidInput(told, fields={"signed_as": [told]})
    return "\n".join(lines)


def name_typed(text: str) -> str:
    """On one line. Raises InvalidInput when it is longer than a line."""
    name = " ".join(text.split())
    if len(name) > LONGEST_LINE:
        told = _("A name has at most %(count)d characters.") % {"count": LONGEST_LINE}
        raise InvalidInput(told, fields={"signer_name": [told]})
    return name
