"""The report as it leaves the house: official paper (PDF/A, Word) and figures (Excel)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from caicach.kernel.calendar.clock import local_date
from caicach.kernel.papers import model
from caicach.kernel.papers.excel import Kind, Sheet, SheetColumn, workbook
from caicach.kernel.papers.official import official_pdf
from caicach.kernel.papers.word import official_word
from caicach.measurement.programme.rules import TaskState
from caicach.measurement.programme.signing import Signature

from .models import Report, ReportState
from .outline import outline, printed
from .rules import Period
from .tables import FigureRow, columns_of
from .wording import title_of

SAMPLE_NOTE = "Văn bản minh họa, không có giá trị pháp lý"
_NOTHING = "Không có."
"""Of a section that was empty when the report was approved, before such reports were refused."""
_STATES = {
    TaskState.NOT_STARTED: "Chưa bắt đầu",
    TaskState.ON_TIME: "Đang thực hiện",
    TaskState.DUE_SOON: "Đang thực hiện, sắp đến hạn",
    TaskState.OVERDUE: "Quá hạn",
    TaskState.DONE_ON_TIME: "Hoàn thành đúng hạn",
    TaskState.DONE_LATE: "Hoàn thành sau hạn",
}
"""At the cut-off, as the official list says it."""
_NOT_BEGUN = {TaskState.NOT_STARTED: "Chưa bắt đầu", TaskState.DUE_SOON: "Chưa bắt đầu, sắp đến hạn"}
_BEGUN = {TaskState.NOT_STARTED: "Đang thực hiện"}
_NOT_YET = "(Chưa có nội dung)"


def paper_of(report: Report, *, rows: Sequence[FigureRow], signature: Signature) -> model.OfficialPaper:
    """`rows`: figures of the whole, of each field and each unit, for the annex. `signature` : of who will sign a draft;
    an approved report has its own.
    """
    approved = report.approved_at is not None and report.state == ReportState.APPROVED
    title = title_of(period=Period(report.period), year=report.year)
    own_number = int(report.number.partition("/")[0]) if approved else None
    return model.OfficialPaper(
        issuer=report.issuer.name.upper(),
        kind="BÁO CÁO",
        subject=title[:1].upper() + title[1:],
        number=own_number,
        notation=f"BC-{report.issuer.code}",
        day=local_date(report.approved_at) if report.approved_at else None,
        issued_by=report.issuer.name,
        blocks=tuple(_blocks(report, approved)),
        recipients=tuple(report.recipients.splitlines()),
        signer=_signer(report, approved, signature),
        annexes=(
            model.Annex("SỐ LIỆU THỰC HIỆN KẾ HOẠCH", (_table(rows),), subject=_counted_by(report), landscape=True),
            model.Annex("DANH MỤC NHIỆM VỤ", (_listed(report),), subject=_counted_by(report), landscape=True),
        ),
        draft=not approved,
        note=SAMPLE_NOTE if any(plan["is_sample"] for plan in report.plans) else "",
    )


def _counted_by(report: Report) -> str:
    day = f"tính đến ngày {report.data_to:%d/%m/%Y}"
    if len(report.plans) < 2:
        return f"Số liệu {day}"
    numbers = ", ".join(plan["number"] for plan in report.plans)
    return f"Số liệu của {len(report.plans)} kế hoạch (số {numbers}) {day}"


def _blocks(report: Report, approved: bool) -> Iterator[model.Block]:
    """What is empty on purpose is left out; what is merely not written yet is said so in a draft."""
    for place in outline(printed(report.sections)):
        if place.head:
            yield model.Heading(place.head, level=1)
        yield model.Heading(place.title, level=2 if place.is_within or not place.label[0].isalpha() else 1)
        paragraphs = [line for line in place.section["text"].split("\n") if line.strip()]
        yield from (model.Paragraph(line) for line in paragraphs or [_NOTHING if approved else _NOT_YET])


def _signer(report: Report, approved: bool, signature: Signature) -> model.Signer:
    if not approved:
        return model.Signer(tuple(signature.lines.splitlines()) or ("",), "")
    name = report.signer_name
    if name is None:  # approved before it could be chosen: as it was printed then
        name = report.approved_by.full_name if report.approved_by else ""
    return model.Signer(tuple(report.signed_as.splitlines()) or ("",), name)


def _table(rows: Sequence[FigureRow]) -> model.Table:
    counted = columns_of(rows)
    columns = (model.Column("Nội dung", 4), *(model.Column(title, 1, "right") for _code, title in counted))
    lines: list[model.Row] = []
    group = None
    for row in rows:
        if row.group != group and row.group:
            lines.append(model.Row((row.group,), model.RowKind.GROUP))
        group = row.group
        lines.append(model.Row((row.name, *(str(row.count(code)) for code, _title in counted))))
    return model.Table(columns=columns, rows=tuple(lines))


def _listed(report: Report) -> model.Table:
    """The tasks counted, as they were: where the words of the report name twelve, all stand here."""
    columns = (
        model.Column("Số", 1),
        model.Column("Nhiệm vụ", 6),
        model.Column("Đơn vị chủ trì", 3),
        model.Column("Thời hạn", 2),
        model.Column("Hoàn thành ngày", 2),
        *((model.Column("Tình trạng", 2),) if _has_states(report) else ()),
    )
    plans = _plans_of_tasks(report)
    lines: list[model.Row] = []
    plan = None
    for task in report.listed:
        if plans and task["plan"] != plan:
            plan = task["plan"]
            title = f"{plans[plan]['title']} (số {plans[plan]['number']})"
            lines.append(model.Row((title,), model.RowKind.GROUP))
        lines.append(
            model.Row(
                (
                    task["number"],
                    task["title"],
                    task["unit"],
                    _written(task["deadline"]) or task.get("time", ""),
                    _written(task["done_on"]),
                    *_state(report, task),
                )
            )
        )
    return model.Table(columns=columns, rows=tuple(lines))


def _plans_of_tasks(report: Report) -> dict[int, Mapping[str, Any]]:
    """By id; empty where the report counts one plan, which then needs no naming beside its tasks."""
    return {plan["id"]: plan for plan in report.plans} if len(report.plans) > 1 else {}


def _has_states(report: Report) -> bool:
    """Not of reports whose tasks were listed before their states were kept."""
    return any("state" in task for task in report.listed)


def _state(report: Report, task: Mapping[str, Any]) -> tuple[str, ...]:
    if not _has_states(report):
        return ()
    state = task.get("state", "")
    if "is_begun" not in task:  # listed before that was kept
        return (_STATES.get(state, ""),)
    words = _STATES | (_BEGUN if task["is_begun"] else _NOT_BEGUN)
    return (words.get(state, ""),)


def _written(day: str | None) -> str:
    found = _date(day)
    return found.strftime("%d/%m/%Y") if found else ""


def pdf_of(report: Report, *, rows: Sequence[FigureRow], signature: Signature, made_at: datetime) -> bytes:
    return official_pdf(paper_of(report, rows=rows, signature=signature), made_at=made_at)


def word_of(report: Report, *, rows: Sequence[FigureRow], signature: Signature, made_at: datetime) -> bytes:
    return official_word(paper_of(report, rows=rows, signature=signature), made_at=made_at)


def excel_of(report: Report, *, rows: Sequence[FigureRow]) -> bytes:
    """Two sheets: the figures, and the tasks that they count, as they were when the figures were taken."""
    counted = columns_of(rows)
    plans = _plans_of_tasks(report)
    figures = Sheet(
        "Số liệu",
        (SheetColumn("Nhóm"), SheetColumn("Nội dung"), *(SheetColumn(t, Kind.INTEGER) for _c, t in counted)),
        [(row.group, row.name, *(row.count(code) for code, _title in counted)) for row in rows],
    )
    listed = Sheet(
        "Nhiệm vụ",
        (
            *((SheetColumn("Kế hoạch số", width=16),) if plans else ()),
            SheetColumn("Số", width=8),
            SheetColumn("Nhiệm vụ", width=60),
            SheetColumn("Đơn vị chủ trì"),
            SheetColumn("Thời hạn", Kind.DATE),
            SheetColumn("Hoàn thành ngày", Kind.DATE),
            *((SheetColumn("Tình trạng"),) if _has_states(report) else ()),
        ),
        [
            (
                *((plans[task["plan"]]["number"],) if plans else ()),
                task["number"],
                task["title"],
                task["unit"],
                _date(task["deadline"]) or task.get("time", ""),
                _date(task["done_on"]),
                *_state(report, task),
            )
            for task in report.listed
        ],
    )
    return workbook([figures, listed], title=str(report))


def _date(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None
