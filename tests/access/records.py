"""One record of each kind, in a state in which what its doors offer can be done."""

from __future__ import annotations

import io
from datetime import date, time
from typing import Final

from PIL import Image

from caicach.kernel.calendar import clock
from caicach.kernel.files import services as files
from caicach.kernel.files.models import Attachment
from caicach.kernel.identity import services as identity
from caicach.kernel.identity.models import Delegation, RoleAssignment
from caicach.kernel.identity.roles import Role
from caicach.kernel.jobs.models import Delivery, DeliveryState, Job, JobState
from caicach.kernel.notifications.models import Mail, Notice
from caicach.kernel.operation import services as operation
from caicach.kernel.tables import services as tables
from caicach.kernel.tables.models import BulkRow, BulkRun
from caicach.kernel.usecase.actor import SYSTEM, Actor
from caicach.kernel.usecase.models import OutboxEvent
from caicach.measurement.programme import services as programme
from caicach.measurement.programme.models import NationalTarget, Plan, PlanTask
from caicach.measurement.reporting import services as reporting
from caicach.measurement.reporting.models import Report
from tests.measurement.programme.conftest import ROWS, proposal
from tests.ministry import SINCE, make_ministry

from .world import ELSEWHERE, LOCAL, MISSING_ID, MISSING_UUID, NEWCOMER, World

NEW_TASK: Final = {"title": "Việc thêm", "field": "the_che", "lead": "VP", "time": "30/11/2022"}


def make_world() -> World:
    """Made at a time when the ministry's roles are in force: the caller holds the clock."""
    world = World(make_ministry())
    _people(world)
    _plans(world)
    _work_on_tasks(world)
    _report(world)
    _own_things(world)
    _for_the_operator(world)
    # Last, so that no door of ours is proposed to lead there.
    world.records["no_key"] = {"pk": MISSING_ID, "key": "khong-co", "uidb36": "a"}
    return world


def _people(world: World) -> None:
    for name in (NEWCOMER, LOCAL, ELSEWHERE):
        world.ministry.accounts[name] = identity.create_account(
            actor=SYSTEM, username=name, full_name=f"Người tên {name}", email=f"{name}@bnv.example"
        )
    for name, role, unit in (
        (LOCAL, Role.REFORM_OFFICER, "TTTT"),
        (ELSEWHERE, Role.LEADER, "TCCB"),
        (ELSEWHERE, Role.UNIT_HEAD, "TCCB"),
        (ELSEWHERE, Role.AUDITOR, "TCCB"),
    ):
        identity.grant_role(
            actor=SYSTEM,
            account=world.ministry.accounts[name],
            role=role.value,
            unit=world.ministry.units[unit],
            valid_from=SINCE,
        )


def _plans(world: World) -> None:
    NationalTarget.objects.create(
        code="TEST-1",
        field="the_che",
        year=2022,
        subject="Văn bản đúng hạn",
        operator="gte",
        value="100",
        source="QĐ 1",
    )
    draft = _new_plan(world, "du-thao.docx")
    linked = list(draft.tasks.order_by("pk"))[-1]
    programme.link_target(
        actor=world.ministry.officer, plan=draft, task_id=linked.pk, national=NationalTarget.objects.get()
    )
    world.hold("linked", linked, plan_id=draft.pk, task_id=linked.pk, code="TEST-1")
    programme.confirm_tasks(actor=world.ministry.officer, plan=draft, task_ids=[_first(draft).pk])
    programme.undo(actor=world.ministry.officer, plan=draft)
    world.hold("draft", draft, plan_id=draft.pk, task_id=_first(draft).pk, code="TEST-1")
    submitted = _new_plan(world, "da-trinh.docx")
    programme.submit(actor=world.ministry.officer, plan=submitted)
    world.hold("submitted", submitted, plan_id=submitted.pk)
    approved = _new_plan(world, "da-duyet.docx")
    programme.submit(actor=world.ministry.officer, plan=approved)
    plan: Plan = programme.approve(actor=world.ministry.leader, plan=approved)
    world.hold("plan", plan, plan_id=plan.pk, version=1)


def _new_plan(world: World, name: str) -> Plan:
    officer = world.ministry.officer
    made: Plan = programme.import_plan(
        actor=officer, issuer=world.ministry.units["BNV"], proposal=proposal(*(row[1] for row in ROWS), name=name)
    )
    programme.paste_rows(
        actor=officer,
        plan=made,
        replace=list(made.tasks.values_list("pk", flat=True)),
        rows=[{"field": fields, "lead": lead, "time": when} for fields, _title, lead, when in ROWS],
    )
    made.refresh_from_db()
    return made


def _first(plan: Plan) -> PlanTask:
    return plan.tasks.order_by("pk")[0]


def _task_of(world: World, words: str) -> PlanTask:
    return PlanTask.objects.select_related("plan").get(plan=world.objects["plan"], title__contains=words)


def _work_on_tasks(world: World) -> None:
    """The tasks of the Office: one not answered yet, one with a product handed in and more time asked for."""
    waiting = _task_of(world, "Số hóa")
    world.hold("task", waiting, task_id=waiting.pk)
    world.hold("product", waiting.products.get(), product_id=waiting.products.get().pk)

    worked_on = _task_of(world, "Công khai")
    focal = world.ministry.focal
    upload = _upload(focal, "bang-chung.png")
    product = worked_on.products.get()
    programme.hand_in_product(actor=focal, product=product, attachments=[upload], paper="12/BC-VP")
    world.hold("handed_in", product, product_id=product.pk)
    evidence = product.evidence.exclude(attachment=None).get().attachment
    assert evidence is not None
    world.hold("evidence", evidence, attachment_id=evidence.pk, number=1)

    officer = world.ministry.officer
    second = programme.add_product(actor=focal, task=worked_on, name="Báo cáo thứ hai")
    programme.hand_in_product(actor=focal, product=second, paper="13/BC-VP")
    accepted = programme.accept_product(actor=officer, product=second)
    world.hold("accepted", accepted, product_id=accepted.pk)
    stopped = programme.ask_to_cancel_task(actor=officer, task=worked_on, decision="512/QĐ-BNV")
    world.hold("amendment", stopped, amendment_id=stopped.pk)
    added = programme.ask_to_add_task(
        actor=officer, plan=world.objects["plan"], cells_typed=NEW_TASK, reason="Kết luận 12/TB-BNV"
    )
    world.hold("new_task", added, amendment_id=added.pk)

    returned = _task_of(world, "Góp ý")
    programme.return_task(actor=SYSTEM, task=returned, reason="Không thuộc chức năng")
    world.hold("returned", returned, task_id=returned.pk)

    asks = _task_of(world, "IPv6")
    programme.ask_extension(
        actor=world.ministry.neighbour, task=asks, new_deadline=date(2022, 7, 29), reason="Thiếu thiết bị"
    )
    world.hold("asks_for_time", asks, task_id=asks.pk)


def _upload(actor: Actor, name: str) -> Attachment:
    with files.receiving(io.BytesIO(picture()), name=name) as received:
        sent: Attachment = files.store_upload(actor=actor, file=received)
    return sent


def picture() -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (12, 8), (42, 65, 131)).save(drawn, "PNG")
    return drawn.getvalue()


def _report(world: World) -> None:
    officer, bnv = world.ministry.officer, world.ministry.units["BNV"]

    def made(period: str) -> Report:
        """Ready to be submitted: what is empty is so on purpose."""
        report: Report = reporting.draft_report(actor=officer, issuer=bnv, year=2022, period=period)
        empty = {section["key"]: True for section in report.sections if not section["text"]}
        reporting.edit_sections(actor=officer, report=report, texts={}, left_out=empty)
        return report

    def hold(name: str, report: Report, ending: str) -> None:
        world.hold(name, report, report_id=report.pk, ending=ending)

    hold("report", made("quarter_1"), "pdf")
    submitted = made("half_year")
    reporting.submit(actor=officer, report=submitted)
    hold("submitted_report", submitted, "pdf")
    locked = made("quarter_3")
    reporting.submit(actor=officer, report=locked)
    hold("locked_report", reporting.approve(actor=world.ministry.leader, report=locked), "xlsx")


def _own_things(world: World) -> None:
    """What belongs to one person: the focal point of the Office."""
    focal, account = world.ministry.focal, world.ministry.accounts["focal"]
    upload = _upload(focal, "rieng.png")
    world.hold("upload", upload, attachment_id=upload.pk, number=1)
    delegation: Delegation = identity.delegate(
        actor=focal,
        giver=account,
        receiver=world.ministry.accounts["staff"],
        valid_from=date(2022, 8, 1),
        valid_to=date(2022, 8, 6),
    )
    world.hold("absence", delegation)
    world.hold("view", tables.save_view(actor=focal, list_key="nhiem-vu", name="Việc trễ", query="state=overdue"))
    many = BulkRun.objects.create(
        kind="programme.accept_each", subject="Nhận 1 nhiệm vụ", total=1, started_by=account, started_at=clock.now()
    )
    BulkRow.objects.create(run=many, part=0, record_id=world.records["task"]["task_id"], name="1.1 Số hóa")
    world.hold("many", many)
    notice = Notice.objects.create(
        account=account, kind="identity.stand_in", message="", url="/", created_at=clock.now(), mail=Mail.NONE
    )
    world.hold("notice", notice, notice_id=notice.pk)
    source = _upload(world.ministry.officer, "ke-hoach.png")
    job: Job = programme.start_import(
        actor=world.ministry.officer, issuer=world.ministry.units["BNV"], attachment=source
    )
    world.hold("job", job, job_id=job.pk)


def _for_the_operator(world: World) -> None:
    staff = world.ministry.accounts["staff"]
    absence = world.objects["absence"]
    world.hold("account", staff, assignment_pk=RoleAssignment.objects.get(account=staff).pk)
    world.hold("giver", absence.giver, delegation_pk=absence.pk)
    world.hold("unit", world.ministry.units["TTTT"])
    failed = Job.objects.create(
        kind="programme.read_plan_file",
        subject="ke-hoach.docx",
        key="",
        language="vi",
        request_id="",
        created_at=clock.now(),
        next_attempt_at=clock.now(),
        state=JobState.FAILED,
        finished_at=clock.now(),
        arguments={"attachment_id": str(MISSING_UUID), "issuer_id": 1, "year": 2022, "copy_number": 0},
    )
    world.hold("failed_job", failed)
    event = OutboxEvent.objects.create(name="programme.task_done", payload={}, at=clock.now(), request_id="")
    delivery = Delivery.objects.create(
        event=event,
        subscriber="access.tests",
        state=DeliveryState.FAILED,
        next_attempt_at=clock.now(),
        finished_at=clock.now(),
    )
    world.hold("failed_delivery", delivery)
    operator = world.ministry.operator
    world.hold(
        "day",
        operation.set_day_exception(
            actor=operator, date=date(2022, 7, 1), kind="day_off", name="Ngày thành lập", source="QĐ 12/QĐ-BNV"
        ),
    )
    world.hold(
        "hours",
        operation.set_working_hours(
            actor=operator,
            valid_from=date(2022, 7, 1),
            source="QĐ 13/QĐ-BNV",
            morning_from=time(7),
            morning_to=time(11),
        ),
    )
