"""Loading and removing the sample ministry: real units of 2022, made-up people, a plan waiting for approval."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import transaction

from caicach.config.reference_data import rows_of
from caicach.kernel.calendar import clock
from caicach.kernel.identity import queries as identity
from caicach.kernel.identity import services as identity_services
from caicach.kernel.identity.models import Account, Unit
from caicach.kernel.identity.passwords import fresh_password
from caicach.kernel.usecase.actor import SYSTEM
from caicach.measurement.programme import services as programme
from caicach.measurement.programme.models import Plan
from caicach.measurement.programme.proposing import proposal_of_file
from caicach.registry.organisation import services as organisation

from . import demo_clock, document, people

DEMONSTRATION_DAY = date(2022, 6, 20)
SINCE = date(2022, 1, 1)


def passwords_file() -> Path:
    return Path(settings.DATA_DIR) / "sample-accounts.txt"


def load(*, say: Callable[[str], None]) -> None:
    """Only into a database without accounts: a ministry that has begun its own work is left alone."""
    if Account.objects.exists():
        return
    say("Loading the sample ministry")
    demo_clock.set_demo_day(DEMONSTRATION_DAY)
    with transaction.atomic():
        organisation.load_units(actor=SYSTEM, rows=rows_of("caicach.registry.organisation", "units_moha_2022.csv"))
        accounts = _load_people()
        _load_plan(accounts["chuyen-vien-cchc"])


def _load_people() -> dict[str, Account]:
    units = {unit.code: unit for unit in Unit.objects.all()}
    focal = [
        people.focal_point(code=unit.code, unit_name=unit.name)
        for unit in units.values()
        if unit.code not in (people.MINISTRY, people.OFFICE)
    ]
    accounts: dict[str, Account] = {}
    lines: list[tuple[str, str, str]] = []
    for person in (*people.PEOPLE, *focal):
        password = fresh_password()
        account = identity_services.create_account(
            actor=SYSTEM,
            username=person.username,
            full_name=person.full_name,
            email=person.email,
            password=password,
            is_sample=True,
        )
        for role, code in person.holds:
            identity_services.grant_role(
                actor=SYSTEM,
                account=account,
                role=role.value,
                unit=units[code],
                valid_from=SINCE,
                office=person.office,
            )
        accounts[person.username] = account
        lines.append((person.username, password, person.full_name))
    people.write_passwords(passwords_file(), lines)
    return accounts


def _load_plan(officer: Account) -> Plan:
    """Imported as the officer would, submitted, and waiting for the leader."""
    content = document.sample_document()
    issuer = identity.unit_by_code(code=people.MINISTRY)
    actor = identity.actor_of(account=officer, on=clock.today())
    proposal = proposal_of_file(content, name=document.FILE_NAME, year=2022)
    plan: Plan = programme.import_plan(
        actor=actor,
        issuer=issuer,
        proposal=proposal,
        is_sample=True,
        idempotency_key=f"sample:{hashlib.sha256(content).hexdigest()}",
    )
    programme.confirm_tasks(actor=actor, plan=plan, task_ids=list(plan.tasks.values_list("pk", flat=True)))
    plan.refresh_from_db()
    submitted: Plan = programme.submit(actor=actor, plan=plan)
    return submitted
