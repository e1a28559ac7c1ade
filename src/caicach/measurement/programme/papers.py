"""A plan as an official paper: from a frozen version, with the names the units bore when it was approved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from caicach.kernel.calendar.clock import local_date
from caicach.kernel.papers import model, rules

from .cells import shown_time
from .models import AmendmentKind, PlanVersion, ReformField
from .models.plan import FIELD_ORDER
from .queries.authority import name_below
from .rules import PRODUCT_OF_THE_UNNAMED

# An official paper is Vietnamese, whatever the language of the page: these words are its own, not messages.
SAMPLE_NOTE = "Văn bản minh họa, không có giá trị pháp lý"
_FIELDS: dict[str, str] = {
    ReformField.INSTITUTIONS: "Cải cách thể chế",
    ReformField.PROCEDURES: "Cải cách thủ tục hành chính",
    ReformField.ORGANISATION: "Cải cách tổ chức bộ máy hành chính nhà nước",
    ReformField.CIVIL_SERVICE: "Cải cách chế độ công vụ",
    ReformField.PUBLIC_FINANCE: "Cải cách tài chính công",
    ReformField.DIGITAL_GOVERNMENT: "Xây dựng và phát triển Chính phủ điện tử, Chính phủ số",
    ReformField.DIRECTION: "Công tác chỉ đạo, điều hành cải cách hành chính",
}
RECURRENCES = {
    "continuous": "Thường xuyên",
    "daily": "Hằng ngày",
    "weekly": "Hằng tuần",
    "monthly": "Hằng tháng",
    "quarterly": "Hằng quý",
    "half_yearly": "6 tháng một lần",
    "yearly": "Hằng năm",
}
_COLUMNS = (
    model.Column("STT", 0.55, "center"),
    model.Column("Nhiệm vụ", 3.6),
    model.Column("Sản phẩm", 2.2),
    model.Column("Chủ trì", 1.7, group="Đơn vị thực hiện"),
    model.Column("Phối hợp", 1.9, group="Đơn vị thực hiện"),
    model.Column("Thời hạn", 1.1, "center"),
)
_WHO_DOES_WHAT = (
    "Đơn vị chủ trì nhận nhiệm vụ, giao người phụ trách, báo cáo tiến độ và nộp sản phẩm kèm minh chứng đúng thời hạn. "
    "Khi cần thêm thời gian, đơn vị đề nghị gia hạn trước khi hết hạn.",
    "Đơn vị phối hợp thực hiện phần việc của mình theo yêu cầu của đơn vị chủ trì.",
    "Đơn vị thường trực cải cách hành chính theo dõi, đôn đốc, nghiệm thu sản phẩm và tổng hợp báo cáo.",
)
_COLUMNS_WITH_MONEY = (*_COLUMNS, model.Column("Kinh phí", 1.0, "center"))


def paper_of(version: PlanVersion) -> model.OfficialPaper:
    """The approved plan with its table of tasks as an annex, as it was frozen: later changes make later versions.

    The version comes with its plan, the plan's issuer and who approved it; at most two queries.
    """
    content = version.content
    tasks: list[Mapping[str, Any]] = content["tasks"]
    issuer = version.plan.issuer.name
    return model.OfficialPaper(
        issuer=issuer.upper(),
        kind="KẾ HOẠCH",
        subject=_without_kind(content["title"]),
        number=_number(content["number"]),
        notation=content["number"].partition("/")[2],
        day=local_date(version.at),
        issued_by=issuer,
        blocks=model.numbered(_body(version, tasks)),
        recipients=("Các đơn vị có tên trong Phụ lục", "Lãnh đạo cơ quan", "Lưu: VT, CCHC"),
        signer=_signer(version),
        annexes=(
            model.Annex(
                title="DANH MỤC NHIỆM VỤ",
                subject=content["title"],
                blocks=(_table(tasks, _unit_names(content)),),
                landscape=True,
            ),
        ),
        note=SAMPLE_NOTE if version.plan.is_sample else "",
    )


def _body(version: PlanVersion, tasks: Sequence[Mapping[str, Any]]) -> tuple[model.Block, ...]:
    return (
        model.Grounds(_grounds(version)),
        model.Heading("Nhiệm vụ"),
        model.Paragraph(
            f"Kế hoạch gồm {len(tasks)} nhiệm vụ theo các lĩnh vực dưới đây. Sản phẩm, đơn vị thực hiện và thời hạn "
            "của từng nhiệm vụ nêu tại Phụ lục."
        ),
        _sums(tasks),
        model.Heading("Tổ chức thực hiện"),
        model.Listing(_WHO_DOES_WHAT, marker=model.Marker.CLAUSE),
    )


def _signer(version: PlanVersion) -> model.Signer:
    """Where no office or no name was noted there is room to write it."""
    lines = version.signed_as
    name = _name_of_before(version) if version.signer_name is None else version.signer_name
    return model.Signer(tuple(lines.splitlines()) or ("",), name)


def _name_of_before(version: PlanVersion) -> str:
    """Of a version that does not keep it."""
    name = version.approved_by.full_name if version.approved_by else ""
    return name_below(name=name, lines=version.signed_as, on=local_date(version.at)) if name else ""


def _grounds(version: PlanVersion) -> tuple[str, ...]:
    decision = version.content["decision"]
    grounds = []
    if decision["number"]:
        day = f" {rules.day_in_words(date.fromisoformat(decision['date']))}" if decision["date"] else ""
        grounds.append(f"Thực hiện Quyết định số {decision['number']}{day}")
    if version.version > 1:
        grounds.append(f"Bản thứ {version.version} của Kế hoạch, lập vì: {_why(version)}")
    return tuple(grounds)


def _why(version: PlanVersion) -> str:
    """As who asked for the change put it; a decision that stops a task needs its sentence around it."""
    reason, change = version.reason.strip().rstrip("."), version.content.get("change", {})
    if change.get("kind") == AmendmentKind.CANCEL_TASK:
        return f"dừng nhiệm vụ {change['number']} theo {reason}"
    return reason


def _unit_names(content: Mapping[str, Any]) -> dict[int, str]:
    """As they were called on the day of approval: the version froze them with the tasks."""
    return {int(unit): name for unit, name in content["units"].items()}


def file_name(version: PlanVersion, *, ending: str) -> str:
    return f"ke-hoach-{version.plan.year}-ban-{version.version}.{ending}"


def _number(number: str) -> int | None:
    head = number.split("/", 1)[0]
    return int(head) if head.isascii() and head.isdigit() else None


def _without_kind(title: str) -> str:
    """ "Kế hoạch cải cách hành chính năm 2022" stands under the word KẾ HOẠCH, so it begins after it."""
    bare = title[len("kế hoạch") :].lstrip() if title.lower().startswith("kế hoạch ") else title
    return bare[:1].upper() + bare[1:]


def _sums(tasks: Sequence[Mapping[str, Any]]) -> model.Table:
    counts = Counter(task["field"] for task in tasks)
    rows = [
        model.Row((str(order), _FIELDS[field], str(counts[field])))
        for field, order in sorted(FIELD_ORDER.items(), key=lambda pair: pair[1])
        if counts[field]
    ]
    total = model.Row(("", "Cộng", str(len(tasks))), model.RowKind.TOTAL)
    columns = (model.Column("STT", 0.5, "center"), model.Column("Lĩnh vực", 4), model.Column("Số nhiệm vụ", 1, "right"))
    return model.Table(columns=columns, rows=(*rows, total))


def _table(tasks: Sequence[Mapping[str, Any]], names: Mapping[int, str]) -> model.Table:
    """Tasks under their field, in the fields' order and the plan's own; money only where some task has it."""
    columns = _COLUMNS_WITH_MONEY if any(task["budget"] for task in tasks) else _COLUMNS
    rows: list[model.Row] = []
    for field, order in sorted(FIELD_ORDER.items(), key=lambda pair: pair[1]):
        of_field = [task for task in tasks if task["field"] == field]
        if not of_field:
            continue
        rows.append(model.Row((f"{rules.roman(order)}. {_FIELDS[field].upper()}",), model.RowKind.GROUP))
        rows.extend(model.Row(_cells(task, names, width=len(columns))) for task in of_field)
    return model.Table(columns=columns, rows=tuple(rows))


def _cells(task: Mapping[str, Any], names: Mapping[int, str], *, width: int) -> tuple[str, ...]:
    lead = names.get(task["lead_id"], "") if task["lead_id"] is not None else ""
    deadline = date.fromisoformat(task["deadline"]) if task["deadline"] else None
    time = shown_time(deadline=deadline, deadline_text=task["deadline_text"]) or RECURRENCES.get(task["recurrence"], "")
    cells = (
        task["number"],
        task["title"],
        task["product"] or PRODUCT_OF_THE_UNNAMED,
        lead or task["lead_text"],
        "; ".join(names[unit] for unit in task["cooperating"] if unit in names),
        time or RECURRENCES.get(task["recurrence"], ""),
        task["budget"],
    )
    return cells[:width]
