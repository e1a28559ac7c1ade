"""`caicach plan import FILE [--dry-run] [--json] [--year Y] [--issuer CODE] [--as NAME] [--copy]`.

With --dry-run nothing is stored and no database is needed: units are then those of the reference list.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import sys
from datetime import date
from importlib.resources import files
from pathlib import Path

from django.db import DatabaseError
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from caicach.kernel.calendar import clock
from caicach.kernel.command_line import Parser, reason_of, whole_number
from caicach.kernel.files import services as files_services
from caicach.kernel.files.messages import UnableToReadFile
from caicach.kernel.files.reading import UnreadableFile, load
from caicach.kernel.identity import queries as identity
from caicach.kernel.identity.models import Unit
from caicach.kernel.usecase.actor import SYSTEM, Actor
from caicach.kernel.usecase.context import Surroundings, new_request_id, surrounded
from caicach.kernel.usecase.errors import InvalidInput, UseCaseError
from caicach.registry.organisation.queries import named_units

from . import services
from .proposing import Progress, proposal_of_source
from .reading import NamedUnit, PlanReading, SourceText, UnitMatcher, UnitNames, read_plan
from .reading.messages import warning_sentence
from .sources import read_source

FIRST_YEAR, LAST_YEAR = 2000, 2100
"""Years of a plan, as on the page that imports one."""
PROGRESS_FROM = 100_000
"""Texts of so many characters show a progress bar on a terminal."""


class NoSuchFile(UseCaseError):
    code = "programme.no_such_file"


def main(argv: list[str]) -> int:
    parser = Parser(prog="caicach plan", description=_("Import a reform plan."))
    acts = parser.add_commands()
    asked = acts.add_parser("import", help=_("read a plan from a file (.docx, .pdf, .xlsx, .csv, .txt)"))
    asked.add_argument("file", type=Path)
    asked.add_argument("--dry-run", action="store_true", help=_("read only, store nothing"))
    asked.add_argument("--json", action="store_true", help=_("print what was read as JSON"))
    asked.add_argument(
        "--year",
        type=whole_number(least=FIRST_YEAR, most=LAST_YEAR),
        help=_("year of the plan, when the text does not say it"),
    )
    asked.add_argument("--issuer", default="", help=_("code of the unit whose plan it is"))
    asked.add_argument("--as", dest="username", default="", help=_("sign-in name of the reform officer who imports"))
    asked.add_argument("--copy", action="store_true", help=_("make another draft of a file imported before"))
    return _import(parser.parse_args(argv))


def _import(asked: argparse.Namespace) -> int:
    try:
        content = _content(asked.file)
        source = read_source(content, name=asked.file.name)
    except UnreadableFile as refusal:
        raise UnableToReadFile(refusal) from refusal
    if asked.dry_run:
        read = read_plan(
            source,
            units=_units(asked.year),
            plan_year=asked.year,
            year_otherwise=clock.today().year,
            progress=_bar(source),
        )
        _print(read, source, as_json=asked.json)
        return 0
    return _store(asked, content, source)


def _content(path: Path) -> bytes:
    try:
        return load(path, name=path.name)  # refused by its size before it is read
    except OSError as error:
        message = _("The file %(name)s cannot be opened: %(reason)s.")
        raise NoSuchFile(message % {"name": path.name, "reason": reason_of(error)}) from error


def _units(year: int | None) -> UnitMatcher:
    """Of the database where there is one with units, else of the reference list."""
    try:
        known = named_units(on=date(year, 12, 31) if year else clock.today())
    except DatabaseError:
        known = []
    if known:
        return UnitNames([NamedUnit(unit.code, unit.name, unit.aliases) for unit in known])
    with (files("caicach.registry.organisation") / "reference" / "units_moha_2022.csv").open(
        encoding="utf-8"
    ) as handle:
        rows = list(csv.DictReader(handle))
    return UnitNames(
        [NamedUnit(row["code"], row["name"], tuple(name for name in row["aliases"].split("|") if name)) for row in rows]
    )


def _store(asked: argparse.Namespace, content: bytes, source: SourceText) -> int:
    actor, issuer = _who(asked)
    proposal = proposal_of_source(source, content=content, year=asked.year, progress=_bar(source))
    with surrounded(Surroundings(new_request_id(), "cli")):
        with files_services.receiving(io.BytesIO(content), name=asked.file.name) as file:
            attachment = files_services.store_upload(actor=actor, file=file, purpose="source")
        plan = services.import_plan(
            actor=actor,
            issuer=issuer,
            proposal=proposal,
            attachment=attachment,
            is_first=not asked.copy,
        )
    count = plan.tasks.count()
    words = ngettext("%(count)d task", "%(count)d tasks", count) % {"count": count}
    if asked.json:
        print(
            json.dumps({"plan": plan.pk, "title": plan.title, "tasks": count, "state": plan.state}, ensure_ascii=False)
        )
    else:
        print(
            _("Draft %(id)d: %(title)s, %(tasks)s. Check and submit it in the browser.")
            % {
                "id": plan.pk,
                "title": plan.title,
                "tasks": words,
            }
        )
    return 0


def _who(asked: argparse.Namespace) -> tuple[Actor, Unit]:
    issuer = (
        identity.unit_by_code(code=asked.issuer)
        if asked.issuer
        else Unit.objects.filter(parent=None).order_by("order", "pk").first()
    )
    if issuer is None:
        raise InvalidInput(_("There is no such unit. Load the units first, or name one by --issuer."))
    if not asked.username:
        return SYSTEM, issuer
    account = identity.account_by_name(username=asked.username)
    if account is None:
        raise InvalidInput(_("There is no account %(name)s.") % {"name": asked.username})
    return identity.actor_of(account=account, on=clock.today()), issuer


def _bar(source: SourceText) -> Progress | None:
    if len(source.text) < PROGRESS_FROM or not sys.stderr.isatty():
        return None

    def tell(done: int, total: int) -> None:
        share = done / total if total else 1
        sys.stderr.write(f"\r[{'#' * int(40 * share):<40}] {share:4.0%}")
        sys.stderr.write("\n" if done >= total else "")
        sys.stderr.flush()

    return tell


def _print(read: PlanReading, source: SourceText, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(read.as_json(), ensure_ascii=False))
        return
    decision = read.decision
    print(" ".join(part for part in (decision.number, decision.date, decision.title) if part))
    for number, task in enumerate(read.tasks, start=1):
        time = task.deadline.strftime("%d/%m/%Y") if task.deadline else task.deadline_text or "-"
        print(f"{number:>4}  {task.field.value:<20} {task.title}  [{task.lead or '-'}; {time}]")
    for warning in (*source.warnings, *read.warnings):
        print("! " + warning_sentence(warning, language=get_language() or "vi"))
    count = len(read.tasks)
    print(
        ngettext("%(count)d task; nothing was stored.", "%(count)d tasks; nothing was stored.", count)
        % {"count": count}
    )
