"""`caicach account create NAME --role operator --unit BNV`: accounts from the command line, above all the first."""

from __future__ import annotations

import argparse
import getpass
import sys

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from caicach.kernel.calendar import clock
from caicach.kernel.command_line import Parser
from caicach.kernel.usecase.actor import SYSTEM
from caicach.kernel.usecase.errors import InvalidInput

from . import queries, services
from .roles import Role


def main(argv: list[str]) -> int:
    parser = Parser(prog="caicach account", description=_("Accounts of people."))
    acts = parser.add_commands()
    create = acts.add_parser("create", help=_("make an account; the password is asked for or read from input"))
    create.add_argument("username")
    create.add_argument("--name", default="", help=_("full name"))
    create.add_argument("--email", default="")
    create.add_argument("--role", choices=Role.values)
    create.add_argument("--unit", default="", help=_("code of the unit in which the role is held"))
    asked = parser.parse_args(argv)
    return _create(asked)


def _create(asked: argparse.Namespace) -> int:
    unit = queries.unit_by_code(code=asked.unit) if asked.unit else None
    if asked.role and unit is None:
        raise InvalidInput(_("Name a unit that exists by --unit CODE."))
    password = _password()
    with transaction.atomic():
        account = services.create_account(
            actor=SYSTEM,
            username=asked.username,
            full_name=asked.name or asked.username,
            email=asked.email,
            password=password,
        )
        if asked.role and unit is not None:
            services.grant_role(actor=SYSTEM, account=account, role=asked.role, unit=unit, valid_from=clock.today())
    print(_("The account %(name)s can sign in.") % {"name": account.username})
    return 0


def _password() -> str:
    password = getpass.getpass(_("Password: ")) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    try:
        validate_password(password)
    except ValidationError as error:
        raise InvalidInput(" ".join(error.messages)) from error
    return password
