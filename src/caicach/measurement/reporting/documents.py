"""The report as it leaves the house: official paper (PDF/A, Word) and figures (Excel)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from caicach.kernel.calendar.clock import local_date
from caicach.kernel.papers import model
from caicach.kernel.papers.excel import Kind, Sheet, SheetColumn, workbook
from caicach.kernel.papers.official import official_pdf
from caicach.kernel.papers.word import official_word

from .models import Report, ReportState
from .rules import Period
from .tables import FIGURE_COLUMNS, FigureRow
from .wording import title_of

SAMPLE_NOTE = "Văn bản minh họa, không có giá trị pháp lý"


def paper_of(report: Report, *, rows: Sequence[FigureRow]) -> model.OfficialPaper:
    """`rows`: figures of the whole, of each field and each unit, for the annex."""
    parts: list[model.Block] = []
    for number, section in enumerate(report.sections, start=1):
        parts.append(model.Heading(f"{number}. {section['title']}", level=2))
        paragraphs = [line for line in section["text"].split("\n") if line.strip()]
        parts.extend(model.Paragraph(line) for line in paragraphs or ["Không có."])
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
        blocks=tuple(parts),
        recipients=tuple(report.recipients.splitlines()),
        signer=model.Signer(
            tuple(report.signed_as.splitlines()) or (f"LÃNH ĐẠO {report.issuer.name.upper()}",),
            report.approved_by.full_name if report.approved_by else "",
        ),
        annexes=(
            model.Annex("SỐ LIỆU THỰC HIỆN KẾ HOẠCH", (_table(rows),), landscape=True),
            model.Annex("DANH MỤC NHIỆM VỤ", (_listed(report),), landscape=True),
        ),
        draft=not approved,
        note=SAMPLE_NOTE if report.plan.is_sample else "",
    )


def _table(rows: Sequence[FigureRow]) -> model.Table:
    columns = (model.Column("Nội dung", 4), *(model.Column(title, 1, "right") for _code, title in FIGURE_COLUMNS))
    lines: list[model.Row] = []
    group = None
    for row in rows:
        if row.group != group and row.group:
            lines.append(model.Row((row.group,), model.RowKind.GROUP))
        group = row.group
        lines.append(model.Row((row.name, *(str(row.count(code)) for code, _title in FIGURE_COLUMNS))))
    return model.Table(columns=columns, rows=tuple(lines))


def _listed(report: Report) -> model.Table:
    """The tasks counted, as they were: where the words of the report name twelve, all stand here."""
    columns = (
        model.Column("Số", 1),
        model.Column("Nhiệm vụ", 6),
        model.Column("Đơn vị chủ trì", 3),
        model.Column("Thời hạn", 2),
        model.Column("Hoàn thành ngày", 2),
    )
    lines = [
        model.Row((task["number"], task["title"], task["unit"], _written(task["deadline"]), _written(task["done_on"])))
        for task in report.listed
    ]
    return model.Table(columns=columns, rows=tuple(lines))


def _written(day: str | None) -> str:
    found = _date(day)
    return found.strftime("%d/%m/%Y") if found else ""


def pdf_of(report: Report, *, rows: Sequence[FigureRow], made_at: datetime) -> bytes:
    return official_pdf(paper_of(report, rows=rows), made_at=made_at)


def word_of(report: Report, *, rows: Sequence[FigureRow], made_at: datetime) -> bytes:
    return official_word(paper_of(report, rows=rows), made_at=made_at)


def excel_of(report: Report, *, rows: Sequence[FigureRow]) -> bytes:
    """Two sheets: the figures, and the tasks that they count, as they were when the figures were taken."""
    figures = Sheet(
        "Số liệu",
        (SheetColumn("Nhóm"), SheetColumn("Nội dung"), *(SheetColumn(t, Kind.INTEGER) for _c, t in FIGURE_COLUMNS)),
        [(row.group, row.name, *(row.count(code) for code, _title in FIGURE_COLUMNS)) for row in rows],
    )
    listed = Sheet(
        "Nhiệm vụ",
        (
            SheetColumn("Số", width=8),
            SheetColumn("Nhiệm vụ", width=60),
            SheetColumn("Đơn vị chủ trì"),
            SheetColumn("Thời hạn", Kind.DATE),
            SheetColumn("Hoàn thành ngày", Kind.DATE),
        ),
        [
            (task["number"], task["title"], task["unit"], _date(task["deadline"]), _date(task["done_on"]))
            for task in report.listed
        ],
    )
    return workbook([figures, listed], title=str(report))


def _date(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None
