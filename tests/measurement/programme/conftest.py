from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from caicach.kernel.identity import services as identity
from caicach.kernel.identity.roles import Role
from caicach.kernel.usecase.actor import SYSTEM, Actor
from caicach.measurement.programme import services
from caicach.measurement.programme.models import Amendment, Plan, PlanTask
from caicach.measurement.programme.proposals import PlanProposal, ProposedTask
from tests.ministry import SINCE, Ministry

MakePlan = Callable[..., Plan]

ROWS = (
    ("thu_tuc_hanh_chinh", "Số hóa kết quả giải quyết thủ tục", "VP", "10/06/2022"),
    ("thu_tuc_hanh_chinh", "Công khai thủ tục mới", "VP", "Thường xuyên"),
    ("chinh_phu_so", "Chuyển hạ tầng sang IPv6", "TTTT", "15/06/2022"),
    ("the_che", "Góp ý dự án Luật", "PC", "24/06/2022"),
    ("the_che", "Hệ thống hóa văn bản", "PC", "15/12/2022"),
)


def proposal(*titles: str, name: str = "ke-hoach.docx") -> PlanProposal:
    text = "\n".join(titles)
    tasks = []
    start = 0
    for title in titles:
        tasks.append(
            ProposedTask(
                title=title,
                field="the_che",
                text=title,
                start=start,
                end=start + len(title),
                doubts=("no_lead", "no_deadline"),
            )
        )
        start += len(title) + 1
    return PlanProposal(
        title="Kế hoạch cải cách hành chính năm 2022",
        year=2022,
        name=name,
        sha256="ab" * 32,
        text=text,
        tasks=tuple(tasks),
        decision_number="1368/QĐ-BNV",
    )


def approved_by_leader(ministry: Ministry, amendment: Amendment) -> PlanTask:
    """The change takes effect; the task that it is about."""
    decided = services.decide_amendment(actor=ministry.leader, amendment=amendment, is_approved=True)
    return PlanTask.objects.select_related("plan").get(pk=decided.task_id)


@pytest.fixture
def draft(ministry: Ministry) -> Plan:
    """Three proposed tasks without lead and deadline."""
    plan: Plan = services.import_plan(
        actor=ministry.officer,
        issuer=ministry.units["BNV"],
        proposal=proposal("Rà soát văn bản", "Công bố thủ tục và số hóa kết quả", "Kiểm tra đơn vị"),
    )
    return plan


@pytest.fixture
def plan(ministry: Ministry) -> Plan:
    """An approved plan of five tasks."""
    made = services.import_plan(
        actor=ministry.officer, issuer=ministry.units["BNV"], proposal=proposal(*(row[1] for row in ROWS))
    )
    ids = list(made.tasks.values_list("pk", flat=True))
    services.paste_rows(
        actor=ministry.officer,
        plan=made,
        replace=ids,
        rows=[{"field": field, "lead": lead, "time": time} for field, _title, lead, time in ROWS],
    )
    made.refresh_from_db()
    services.submit(actor=ministry.officer, plan=made)
    approved: Plan = services.approve(actor=ministry.leader, plan=made)
    return approved


@pytest.fixture
def task_named(plan: Plan) -> Callable[[str], PlanTask]:
    def find(words: str) -> PlanTask:
        return PlanTask.objects.select_related("plan").get(plan=plan, title__contains=words)

    return find


@pytest.fixture
def client_of(ministry: Ministry) -> Callable[[str], Client]:
    """`client_of("focal")`: a browser in which that person is signed in."""

    def signed_in(name: str) -> Client:
        client = Client()
        client.force_login(ministry.accounts[name], backend="caicach.kernel.identity.backends.AccountBackend")
        return client

    return signed_in


@pytest.fixture(autouse=True)
def _files_of_the_test(settings: Any, tmp_path: Path) -> None:
    settings.FILES_DIR = tmp_path / "files"


@pytest.fixture
def other_officer(ministry: Ministry) -> Actor:
    """A second reform officer of the ministry, known to `client_of` and `ministry.accounts` as "other_officer"."""
    account = identity.create_account(
        actor=SYSTEM, username="officer2", full_name="Trần Thị Bình", email="officer2@bnv.example"
    )
    identity.grant_role(
        actor=SYSTEM,
        account=account,
        role=Role.REFORM_OFFICER.value,
        unit=ministry.units["BNV"],
        valid_from=SINCE,
    )
    ministry.accounts["other_officer"] = account
    return ministry.actor("other_officer")
