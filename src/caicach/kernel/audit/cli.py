"""`caicach audit seal | verify | erase | guard | key`: for the operator and for whoever inspects the journal.

Exit codes: 0 intact or done, 1 something was found, 2 the file of heads or the database cannot be used.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caicach.kernel.calendar import clock
from caicach.kernel.command_line import Parser, reason_of, refuse, whole_number

from . import journal, keys, triggers
from .erasure import erase_person
from .sealing import SealOutcome, requeue_forgotten, seal
from .verification import Verification, verify

_HIGHEST_NUMBER: Final = 2**63 - 1
_MOST_PROCESSES: Final = 1024
_LINES: Final = 20
"""Findings printed for people; `--json` gives a hundred."""
_PROGRESS_STEP: Final = 100_000


def main(argv: Sequence[str]) -> int:
    arguments = _parser().parse_args(argv)
    try:
        return int(arguments.run(arguments))
    except BrokenPipeError:  # the reader of our output has seen enough; the heads and files are well
        raise
    except OSError as error:
        told = f"{error.filename}: {reason_of(error)}" if error.filename else reason_of(error)
        return refuse(
            "audit", "audit.heads_unusable", _("The file of heads cannot be used: %(error)s.") % {"error": told}
        )
    except DatabaseError as error:
        words = _("The database cannot be read: %(error)s.") % {"error": str(error).strip()}
        return refuse("audit", "audit.database_unreadable", words)
    except BadRecord as error:
        words = _("%(text)s is no record: write room.model:number.") % {"text": error}
        return refuse("audit", "audit.bad_record", words)


def _parser() -> Parser:
    parser = Parser(prog="caicach audit", description=_("The journal of everything that was done."))
    commands = parser.add_commands()
    sealing = commands.add_parser("seal", help=_("seal what waits, and what was kept from waiting"))
    sealing.add_argument("--follow", action="store_true", help=_("go on sealing every second"))
    sealing.set_defaults(run=_seal)
    verifying = commands.add_parser("verify", help=_("find what was altered, deleted, inserted or swapped"))
    verifying.add_argument("--json", action="store_true", help=_("for programs"))
    verifying.add_argument("--heads", type=Path, help=_("a copy of the heads that is kept elsewhere"))
    processes = whole_number(least=1, most=_MOST_PROCESSES)
    verifying.add_argument(
        "--processes", type=processes, default=os.cpu_count() or 1, help=_("how many may work at once")
    )
    verifying.set_defaults(run=_verify)
    erasing = commands.add_parser("erase", help=_("take a person out of the journal, as the law on personal data asks"))
    several: dict[str, Any] = {"action": "append", "default": []}
    number = whole_number(least=1, most=_HIGHEST_NUMBER)
    erasing.add_argument("--account", type=number, help=_("number of an account"), **several)
    erasing.add_argument("--record", help=_("a record about the person: room.model:number"), **several)
    erasing.add_argument("--absent", help=_("name under which others acted for the person"), **several)
    erasing.add_argument("--reason", required=True, help=_("number of the request; it stays, so name nobody"))
    erasing.set_defaults(run=_erase)
    guarding = commands.add_parser("guard", help=_("put back the triggers by which the database refuses changes"))
    guarding.set_defaults(run=_guard)
    key = commands.add_parser("key", help=_("print the public key that the heads are signed with"))
    key.set_defaults(run=_print_key)
    return parser


def _seal(arguments: argparse.Namespace) -> int:
    requeue_forgotten()
    outcome = seal(at=clock.now())
    _print_warnings(outcome)
    if arguments.follow:
        return _follow()
    if outcome.is_busy:
        print(_("Another sealer is at work."))
        return 0
    print(
        ngettext("Sealed %(count)s entry.", "Sealed %(count)s entries.", outcome.entries)
        % {"count": _number(outcome.entries)}
    )
    return 0


def _follow() -> int:
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    while not stopped.wait(1):
        _print_warnings(seal(at=clock.now()))
    return 0


def _print_warnings(outcome: SealOutcome) -> None:
    for number in outcome.foreign:
        print(_("Entry %(entry)s was not written by this program.") % {"entry": number}, file=sys.stderr)
    if outcome.heads_differ:
        print(_("The file of heads does not fit the journal. Run: caicach audit verify"), file=sys.stderr)


def _verify(arguments: argparse.Namespace) -> int:
    heads_file = arguments.heads or Path(settings.AUDIT_HEADS)
    verification = verify(heads_file=heads_file, processes=arguments.processes, progress=_progress())
    if arguments.json:
        print(json.dumps(verification.as_json(), ensure_ascii=False, indent=2))
    else:
        _print_verification(verification)
    return 0 if verification.is_intact else 1


def _erase(arguments: argparse.Namespace) -> int:
    subjects = [_record(text) for text in arguments.record]
    erased = erase_person(
        author=journal.Author(None, "system", "", "", ""),
        at=clock.now(),
        request_id=secrets.token_hex(8),
        via="cli",
        address="",
        subjects=subjects,
        account_refs=arguments.account,
        names=arguments.absent,
        note=arguments.reason,
    )
    values = ngettext("%(count)s personal value", "%(count)s personal values", erased.values)
    authors = ngettext("%(count)s name of an author", "%(count)s names of authors", erased.authors)
    print(
        _("Erased: %(values)s, %(authors)s.")
        % {
            "values": values % {"count": _number(erased.values)},
            "authors": authors % {"count": _number(erased.authors)},
        }
    )
    return 0


def _record(text: str) -> tuple[str, str]:
    subject_type, _colon, subject_id = text.rpartition(":")
    if not (subject_type and subject_id):
        raise BadRecord(text)
    return subject_type, subject_id


class BadRecord(ValueError):
    """`--record` is not `room.model:number`."""


def _guard(arguments: argparse.Namespace) -> int:
    with transaction.atomic():
        restored = triggers.restore(connection)
    if restored:
        print(_("Put back: %(guards)s.") % {"guards": ", ".join(restored)})
    else:
        print(_("Every guard is in its place."))
    return 0


def _progress() -> Callable[[int], None]:
    """A line on the terminal that counts on, in long verifications only."""
    shown = 0

    def show(entries: int) -> None:
        nonlocal shown
        if entries - shown >= _PROGRESS_STEP and sys.stderr.isatty():
            shown = entries
            print(_("%(count)s entries read") % {"count": _number(entries)}, end="\r", file=sys.stderr, flush=True)

    return show


def _print_verification(verification: Verification) -> None:
    counts = {
        "entries": ngettext("%(count)s entry", "%(count)s entries", verification.entries)
        % {"count": _number(verification.entries)},
        "seals": ngettext("%(count)s seal", "%(count)s seals", verification.seals)
        % {"count": _number(verification.seals)},
        "unsealed": ngettext(
            "%(count)s entry not yet sealed", "%(count)s entries not yet sealed", verification.unsealed
        )
        % {"count": _number(verification.unsealed)},
    }
    if verification.is_intact:
        print(_("The journal is intact: %(entries)s, %(seals)s, %(unsealed)s.") % counts)
    else:
        print(_("The journal is not as it was written: %(entries)s, %(seals)s, %(unsealed)s.") % counts)
        for finding in verification.findings[:_LINES]:
            print(f"- {finding.message}")
        more = verification.total - min(len(verification.findings), _LINES)
        if more:
            print(ngettext("and %(count)s more", "and %(count)s more", more) % {"count": _number(more)})
    if verification.erased:
        print(
            ngettext(
                "%(count)s personal value was erased as the law asks.",
                "%(count)s personal values were erased as the law asks.",
                verification.erased,
            )
            % {"count": _number(verification.erased)}
        )
    if verification.head_unwritten:
        print(_("The last seal's head is not yet in the file of heads; the next sealing writes it."))


def _print_key(arguments: argparse.Namespace) -> int:
    print(keys.public_key().public_bytes_raw().hex())
    return 0


def _number(count: int) -> str:
    return number_format(count, force_grouping=True)
