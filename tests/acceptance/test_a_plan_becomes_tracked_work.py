"""From the text of a decision to tracked work: import, review, approve, report with evidence, see what is late."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Count
from django.urls import reverse
from playwright.sync_api import Page, expect

from caicach.kernel.audit.sealing import seal
from caicach.kernel.audit.verification import verify
from caicach.kernel.calendar import clock
from caicach.kernel.jobs import worker
from caicach.measurement.programme import services
from caicach.measurement.programme.models import Plan, PlanState, PlanTask
from caicach.measurement.programme.proposals import PlanProposal, ProposedTask
from tests.ministry import Ministry
from tests.shared import SHARED

OWN_TEXT = """KẾ HOẠCH
Cải cách hành chính năm 2022 của Bộ Nội vụ
(Ban hành kèm theo Quyết định số 1368/QĐ-BNV ngày 31/12/2021 của Bộ trưởng Bộ Nội vụ)
II. NHIỆM VỤ
1. Cải cách thể chế
a) Rà soát văn bản quy phạm pháp luật về hội, quỹ.
b) Tổ chức tập huấn soạn thảo văn bản cho công chức.
2. Cải cách thủ tục hành chính
a) Số hóa 60% kết quả giải quyết thủ tục hành chính còn hiệu lực.
b) Công bố, công khai thủ tục hành chính mới ban hành.
6. Xây dựng và phát triển Chính phủ điện tử, Chính phủ số
a) Kết nối Hệ thống báo cáo của Bộ với hệ thống thông tin báo cáo quốc gia.
"""


@pytest.fixture
def plan_file(tmp_path: Path) -> Path:
    """The news of the real decision where it lies beside the checkout, else our own words."""
    if SHARED is not None:
        return SHARED / "data" / "ke-hoach-cchc-2022.txt"
    own = tmp_path / "ke-hoach.txt"
    own.write_text(OWN_TEXT, encoding="utf-8")
    return own


def import_by_page(page: Page, file: Path) -> None:
    page.goto(reverse("programme:import"))
    page.set_input_files("#file", file)
    page.click("form[data-import] .btn-primary")
    page.wait_for_url("**/tien-do/**")
    worker.work_once()
    page.wait_for_url("**/ra/")  # it moves on by itself


def fill_leads_and_times(page: Page, count: int) -> None:
    """Every shown row gets a lead unit and a time, pasted over it as an officer would from Excel."""
    page.locator("[data-all]").check()
    page.click("button[data-open=paste-rows]")
    leads = ("Văn phòng Bộ", "Vụ Pháp chế", "Trung tâm Thông tin")
    times = ("10/06/2022", "24/06/2022", "Quý III/2022", "Thường xuyên")
    rows = "\n".join(f"{leads[n % 3]}\t{times[n % 4]}" for n in range(count))
    page.fill("#pasted", f"Đơn vị chủ trì\tThời hạn\n{rows}")
    page.locator("#paste-rows input[value=replace]").check()
    page.click("#paste-rows .btn-primary")
    expect(page.locator("#paste-rows")).to_be_hidden()
    last = page.locator("[data-grid-row]").nth(count - 1)
    expect(last.locator("[data-cell=lead]")).to_have_text(leads[(count - 1) % 3])


def test_the_whole_way(
    whole_ministry: Ministry,
    open_page: Any,
    plan_file: Path,
    axe: Any,
    shoot: Any,
    sideways: Any,
    at: Any,
    settings: Any,
) -> None:
    people = whole_ministry.accounts
    with at("2022-06-20 09:00"):
        officer = open_page(width=1440, account=people["officer"])
        import_by_page(officer, plan_file)
        plan = Plan.objects.get()
        found = plan.tasks.count()
        assert plan.decision_number == "1368/QĐ-BNV"
        assert plan.decision_date.isoformat() == "2021-12-31"
        axe(officer)
        shoot(officer, "review", full_page=False)

        # a cell by keyboard, a split, taken back
        row = officer.locator("[data-grid-row]").nth(1)
        row.locator("[data-cell=lead]").focus()
        officer.keyboard.press("Enter")
        officer.keyboard.type("Vụ Pháp chế")
        officer.keyboard.press("Enter")
        expect(officer.locator("[data-grid-row]").nth(1).locator("[data-cell=lead]")).to_have_text("Vụ Pháp chế")
        officer.locator("[data-grid-row]").nth(1).locator("[data-title]").focus()
        officer.keyboard.press("t")
        officer.fill("#split-first", "Việc thứ nhất")
        officer.fill("#split-second", "Việc thứ hai")
        officer.click("#split-task .btn-primary")
        expect(officer.locator("[data-sums]")).to_contain_text(str(found + 1))
        officer.click("[data-undo]")
        expect(officer.locator("[data-sums]")).to_contain_text(str(found))

        # a lead unit and a time for every task, page by page
        while True:
            fill_leads_and_times(officer, officer.locator("[data-grid-row]").count())
            further = officer.get_by_role("link", name="Trang sau", exact=True)
            if not further.count():
                break
            further.click()
            expect(officer.get_by_role("link", name="Trang trước", exact=True)).to_be_visible()
        assert plan.tasks.filter(lead=None).count() == 0

        officer.click("[data-open=submit-plan]")
        officer.click("#submit-plan .btn-primary")
        expect(officer.locator("[data-open=return-plan]")).to_be_visible()

        leader = open_page(width=1440, account=people["leader"])
        leader.goto(reverse("programme:review", args=[plan.pk]))
        axe(leader)
        leader.click("[data-open=approve-plan]")
        leader.click("#approve-plan .btn-primary")
        leader.wait_for_url(f"**{reverse('programme:plan', args=[plan.pk])}")
        plan.refresh_from_db()
        assert (plan.state, plan.number) == (PlanState.APPROVED, "01/KH-BNV")
        worker.work_once()

        # the unit finds its tasks, reports, hands in with evidence
        focal = open_page(width=360, height=760, account=people["focal"])
        focal.goto(reverse("operation:my_work"))
        assert sideways(focal) == 0
        axe(focal)
        shoot(focal, "my-work-phone")
        due = PlanTask.objects.filter(plan=plan, lead__code="VP", deadline="2022-06-10")
        task = due.annotate(outcomes=Count("products")).filter(outcomes=1).order_by("position").first()
        assert task is not None
        focal.goto(reverse("programme:report_progress", args=[task.pk]))
        focal.fill("[name=progress]", "80")
        focal.fill("[name=text]", "Đã số hóa 4.000 kết quả")
        focal.locator("main form .btn-primary").first.click()
        focal.wait_for_url(f"**{reverse('programme:task', args=[task.pk])}**")
        product = task.products.get()
        focal.goto(reverse("programme:hand_in", args=[product.pk]))
        focal.fill("[name=paper]", "Báo cáo 15/BC-VP ngày 09/06/2022")
        focal.locator("main form .btn-primary").first.click()
        focal.wait_for_url(f"**{reverse('programme:task', args=[task.pk])}**")
        assert sideways(focal) == 0
        axe(focal)

        # the officer accepts; the head sees what is late
        officer.goto(reverse("programme:decide_product", args=[product.pk]))
        officer.get_by_role("button", name="Chấp nhận kết quả").click()
        officer.wait_for_url(f"**{reverse('programme:task', args=[task.pk])}**")
        task.refresh_from_db()
        assert task.done_on is not None
        shoot(officer, "task", full_page=False)

        head = open_page(width=1440, account=people["head"])
        head.goto(reverse("programme:tasks") + "?state=overdue")
        expect(head.locator("main")).to_contain_text("Quá hạn")
        leader.goto(reverse("programme:dashboard"))
        axe(leader)
        shoot(leader, "dashboard", full_page=False)
        expect(leader.locator("h1")).to_contain_text("quá hạn")

        worker.work_once()
        seal(at=clock.now())
        assert verify(heads_file=settings.AUDIT_HEADS).is_intact


def test_late_units_are_urged_from_the_plans_page(whole_ministry: Ministry, open_page: Any, at: Any) -> None:
    with at("2022-06-20 09:00"):
        plan = an_approved_plan(whole_ministry)
        officer = open_page(width=1440, account=whole_ministry.accounts["officer"])
        officer.goto(reverse("programme:plan", args=[plan.pk]))
        officer.locator("[data-bulk-all]").check()
        expect(officer.locator("[data-bulk-count]")).to_have_text("Đã chọn 3")

        officer.locator("form[data-bulk] button[data-opens-drawer]").click()
        preview = officer.get_by_role("region", name="Đôn đốc 2 đơn vị?")
        expect(preview).to_contain_text("Người giữ vai focal")
        preview.get_by_role("button", name="Gửi 2 thư đôn đốc").click()

        expect(officer.locator(".cc-toast").first).to_contain_text("Đã gửi 2 thư đôn đốc")
        worker.work_once()
        focal = open_page(width=1440, account=whole_ministry.accounts["focal"])
        focal.goto(reverse("notifications:list"))
        expect(focal.locator("main")).to_contain_text("đôn đốc", ignore_case=True)


def test_a_change_of_the_plan_waits_for_the_leader(
    whole_ministry: Ministry, open_page: Any, axe: Any, sideways: Any, at: Any
) -> None:
    with at("2022-06-20 09:00"):
        plan = an_approved_plan(whole_ministry)
        task = plan.tasks.filter(lead__code="PC").get()
        officer = open_page(width=1440, account=whole_ministry.accounts["officer"])
        officer.goto(reverse("programme:reassign", args=[task.pk]))
        officer.select_option("[name=lead]", "VP")
        officer.fill("[name=reason]", "Đúng chức năng")
        officer.locator("main form .btn-primary").click()
        officer.wait_for_url(f"**{reverse('programme:task', args=[task.pk])}")
        expect(officer.locator("main")).to_contain_text("chờ lãnh đạo duyệt")
        axe(officer)
        task.refresh_from_db()
        assert task.lead.code == "PC"

        leader = open_page(width=360, height=760, account=whole_ministry.accounts["leader"])
        leader.goto(reverse("operation:my_work"))
        leader.get_by_role("link", name="Duyệt chuyển đơn vị").first.click()
        expect(leader.locator("main")).to_contain_text("Văn phòng Bộ")
        assert sideways(leader) == 0
        axe(leader)
        leader.get_by_role("button", name="Duyệt thay đổi").click()
        leader.wait_for_url(f"**{reverse('programme:task', args=[task.pk])}")
        expect(leader.locator(".cc-toast").first).to_contain_text("bản 2")
        leader.goto(reverse("programme:plan", args=[plan.pk]))
        expect(leader.locator("main")).to_contain_text("Đúng chức năng")
        task.refresh_from_db()
        assert task.lead.code == "VP"


def an_approved_plan(ministry: Ministry) -> Plan:
    """Two tasks of Văn phòng Bộ and one of Vụ Pháp chế, all late."""
    text = "Việc một\nViệc hai\nViệc ba"
    tasks = tuple(
        ProposedTask(title=line, field="the_che", deadline=date(2022, 6, 10), lead_id=ministry.units[unit].pk)
        for line, unit in zip(text.split("\n"), ("VP", "VP", "PC"), strict=True)
    )
    proposal = PlanProposal(
        title="Kế hoạch năm 2022",
        year=2022,
        name="a.txt",
        sha256="0" * 64,
        text=text,
        tasks=tasks,
        decision_date=date(2021, 12, 31),
    )
    plan = services.import_plan(actor=ministry.officer, issuer=ministry.units["BNV"], proposal=proposal)
    services.submit(actor=ministry.officer, plan=plan)
    return services.approve(actor=ministry.leader, plan=plan)


def test_the_report_of_a_period_is_drafted_edited_approved_and_printed(
    whole_ministry: Ministry, open_page: Any, axe: Any, sideways: Any, shoot: Any, at: Any
) -> None:
    with at("2022-06-20 09:00"):
        an_approved_plan(whole_ministry)
        officer = open_page(width=1440, account=whole_ministry.accounts["officer"])
        officer.goto(reverse("reporting:draft"))
        axe(officer)
        officer.locator("main form .btn-primary").click()
        officer.wait_for_url("**/bao-cao/*/")
        axe(officer)
        officer.fill("#text-proposals", "Đề nghị bổ sung kinh phí số hóa.")
        officer.locator("#report-words button").click()
        expect(officer.locator("#text-proposals")).to_have_value("Đề nghị bổ sung kinh phí số hóa.")
        shoot(officer, "report", full_page=False)

        officer.locator(".cc-figures a.cc-fig").nth(5).click()
        expect(officer.locator("h1")).to_contain_text("Quá hạn")
        expect(officer.locator("tr[data-row]")).to_have_count(3)
        officer.go_back()
        officer.click("[data-open=submit-report]")
        officer.click("#submit-report .btn-primary")
        officer.wait_for_load_state()

        leader = open_page(width=360, height=760, account=whole_ministry.accounts["leader"])
        leader.goto(officer.url)
        assert sideways(leader) == 0
        axe(leader)
        leader.click("[data-open=approve-report]")
        leader.click("#approve-report .btn-primary")
        expect(leader.locator("main")).to_contain_text("01/BC-BNV")
        for ending in ("pdf", "docx", "xlsx"):
            address = leader.url.rstrip("/") + f"/tai.{ending}"
            assert leader.request.get(address).status == 200
