from __future__ import annotations

import logging
from typing import Any

import django.db.models.functions.text
from django.db import migrations, models

log = logging.getLogger(__name__)


def tell_doubled_names_apart(apps: Any, _editor: Any) -> None:
    """Where names differ in capitals alone, the oldest account keeps its own and the others get a number: "An-2".

    Only the oldest could sign in by it in any case. The operator finds the others in the log by their ids.
    """
    accounts = apps.get_model("identity", "Account").objects
    taken: set[str] = set()
    doubled: list[Any] = []
    for account in accounts.order_by("pk").only("username").iterator():
        if account.username.upper() in taken:
            doubled.append(account)
        taken.add(account.username.upper())
    for account in doubled:
        account.username = _free_name(account.username, taken)
        taken.add(account.username.upper())
        account.save(update_fields=["username"])
        log.warning("account %d has another sign-in name now: it differed from an older one in capitals alone", account.pk)


def _free_name(name: str, taken: set[str]) -> str:
    number = 2
    while (free := f"{name[:70]}-{number}").upper() in taken:
        number += 1
    return free


class Migration(migrations.Migration):
    dependencies = [
        ("identity", "0003_office_held"),
    ]

    operations = [
        # Not a step of its own: there are installations that took the rule in already, where no name is doubled.
        migrations.RunPython(tell_doubled_names_apart, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Upper("username"), name="identity_account_username_once"
            ),
        ),
    ]
