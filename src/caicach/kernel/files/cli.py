"""`caicach files check [--json]`: reads every stored file and names those that are gone or altered.

Exit codes: 0 every file is whole, 1 some are damaged, 2 the database or the disk cannot be read.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence

from django.db import DatabaseError
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caicach.kernel.command_line import Parser, reason_of, refuse

from . import queries


def main(argv: Sequence[str]) -> int:
    parser = Parser(prog="caicach files", description=_("The files that people sent."))
    checking = parser.add_commands().add_parser("check", help=_("name the files that are gone or altered on the disk"))
    checking.add_argument("--json", action="store_true", help=_("for programs"))
    asked = parser.parse_args(argv)
    try:
        return _check(as_json=asked.json)
    except BrokenPipeError:  # the reader of our output has seen enough; the heads and files are well
        raise
    except OSError as error:
        return refuse("files check", "files.store_unavailable", f"{error.filename}: {reason_of(error)}")
    except DatabaseError as error:
        words = _("The database cannot be read: %(error)s.") % {"error": str(error).strip()}
        return refuse("files check", "files.database_unreadable", words)


def _check(*, as_json: bool) -> int:
    damaged = list(queries.damaged_files())
    names = queries.names_of([file.sha256 for file in damaged])
    if as_json:
        rows = [{"sha256": file.sha256, "damage": file.damage, "names": names[file.sha256]} for file in damaged]
        print(json.dumps({"whole": not damaged, "damaged": rows}, ensure_ascii=False, indent=2))
        return 1 if damaged else 0
    if not damaged:
        print(_("Every file is whole."))
        return 0
    for file in damaged:
        words = _("gone") if file.damage is queries.Damage.MISSING else _("altered")
        print(f"{file.sha256}  {words}  {', '.join(names[file.sha256])}")
    count = len(damaged)
    told = ngettext("%(count)s file is damaged.", "%(count)s files are damaged.", count)
    print(told % {"count": number_format(count, force_grouping=True)}, file=sys.stderr)
    return 1
