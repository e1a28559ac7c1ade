"""`caicach sample day 2022-06-20 | true-time | remove`: the sample ministry."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from caicach.kernel import command_line
from caicach.kernel.command_line import Parser, refuse

from .sample import demo_clock, removal


def main(argv: list[str]) -> int:
    if not settings.LOCAL:
        return refuse("sample", "sample.local_only", _("The sample ministry lives on one's own machine only."))
    parser = Parser(prog="caicach sample", description=_("The sample ministry."))
    acts = parser.add_commands()
    day = acts.add_parser("day", help=_("set the day on which the sample ministry lives"))
    day.add_argument("day", metavar="YYYY-MM-DD", type=command_line.day)
    acts.add_parser("true-time", help=_("let the sample ministry live today"))
    remove = acts.add_parser("remove", help=_("remove the sample people, their plans and the banner"))
    remove.add_argument("--yes", action="store_true", help=_("do not ask"))
    asked = parser.parse_args(argv)
    if asked.act == "day":
        demo_clock.set_demo_day(asked.day)
        print(_("It is now %(day)s in the sample ministry.") % {"day": asked.day.strftime("%d/%m/%Y")})
    elif asked.act == "true-time":
        demo_clock.use_true_time()
        print(_("The sample ministry lives today."))
    else:
        if not asked.yes and not _confirmed():
            print(_("Nothing was changed."))
            return 1
        removed = removal.remove()
        words = _("Removed: %(accounts)d sample accounts, %(plans)d sample plans. The journal keeps what happened.")
        print(words % removed)
        print(_("Make your own first account: caicach account create NAME --role operator --unit BNV"))
    return 0


def _confirmed() -> bool:
    print(_("These plans go, with their tasks, papers and reports:"))
    for plan in removal.plans_that_go():
        mark = "" if plan.is_sample else _(" (made by a sample account, not part of the sample)")
        print(f"- {plan.year} {plan.title}{mark}")
    print(_("The sample people can no longer sign in. Numbers that were given are not given again."))
    try:
        return input(_("Type 'remove' to go on: ")).strip() == "remove"
    except EOFError:
        return False
