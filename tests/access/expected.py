"""What everyone is told at every door, as `expected.txt` has it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from .world import PERSONS

TABLE: Final = Path(__file__).with_name("expected.txt")

HEADINGS: Final = dict(
    zip(
        ("nob", "new", "lea", "off", "hea", "foc", "sta", "nei", "aud", "ope", "loc", "els"),
        PERSONS,
        strict=True,
    )
)

WITHOUT_RULE: Final = frozenset(
    {
        "home",  # leads to "Việc của tôi", which has a rule
        "api:api-root",  # answers 404 to everyone: it only gives the API's addresses their beginning
        "api:openapi-json",  # what the API can do, as docs/ says it too; holds no data
        # The sign-in library's own pages: it asks for a session itself where one is needed.
        "account_login",
        "account_logout",
        "account_inactive",
        "account_signup",
        "account_reauthenticate",
        "account_email",
        "account_email_verification_sent",
        "account_change_password",
        "account_set_password",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "account_confirm_email",
        "account_confirm_login_code",
        "mfa_index",
        "mfa_authenticate",
        "mfa_reauthenticate",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "mfa_reauthenticate_webauthn",
        "mfa_remove_webauthn",
        "mfa_edit_webauthn",
        "mfa_login_webauthn",
        "usersessions_list",
    }
)
"""Pages that carry no `page_rule` because they are not ours. Nothing else may stand here."""


@dataclass(frozen=True, slots=True)
class Row:
    """record : name of a record of the world, "-" where the address leads to none; statuses : by person."""

    label: str
    record: str
    statuses: dict[str, str]


def rows() -> list[Row]:
    lines = [line.split() for line in TABLE.read_text("utf-8").splitlines() if line.strip() and line[0] != "#"]
    heading, *body = lines
    persons = [HEADINGS[short] for short in heading[3:]]
    return [
        Row(f"{name} {method}", record, dict(zip(_asked(name, persons), statuses, strict=True)))
        for name, method, record, *statuses in body
    ]


def _asked(name: str, persons: list[str]) -> list[str]:
    """Pages that know of no role are asked for by nobody and by one who is signed in."""
    return persons[:2] if name in WITHOUT_RULE else persons


def line_of(label: str, record: str, statuses: dict[str, str]) -> str:
    """A row as it stands in the table."""
    name, method = label.split()
    told = " ".join(f"{statuses[person]:>3}" for person in _asked(name, list(HEADINGS.values())))
    return f"{name:<36} {method:<6} {record:<16} {told}"
