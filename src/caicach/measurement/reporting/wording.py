"""The draft of a report's words, from its figures. Reports are official papers: their language is Vietnamese."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from .rules import Figure, Period, TaskFacts

PERIOD_WORDS = {
    Period.QUARTER_1: "quý I",
    Period.HALF_YEAR: "6 tháng đầu năm",
    Period.QUARTER_3: "quý III",
    Period.YEAR: "năm",
}
FIELD_HEADS = {
    "the_che": "Cải cách thể chế",
    "thu_tuc_hanh_chinh": "Cải cách thủ tục hành chính",
    "to_chuc_bo_may": "Cải cách tổ chức bộ máy hành chính nhà nước",
    "che_do_cong_vu": "Cải cách chế độ công vụ",
    "tai_chinh_cong": "Cải cách tài chính công",
    "chinh_phu_so": "Xây dựng và phát triển Chính phủ điện tử, Chính phủ số",
    "chi_dao_dieu_hanh": "Công tác chỉ đạo, điều hành",
}
_NAMED_AT_MOST = 12
"""So many tasks a paragraph names; the rest stand in the annex."""


@dataclass(frozen=True, slots=True)
class Section:
    key: str
    title: str
    text: str

    def as_json(self) -> dict[str, str]:
        return {"key": self.key, "title": self.title, "text": self.text}


def title_of(*, period: Period, year: int) -> str:
    """`Báo cáo công tác cải cách hành chính quý I năm 2022`."""
    words = PERIOD_WORDS[period]
    return (
        f"công tác cải cách hành chính {words} {year}"
        if period in (Period.YEAR, Period.HALF_YEAR)
        else (f"công tác cải cách hành chính {words} năm {year}")
    )


def per_cent(numerator: int, denominator: int) -> str:
    """`94,7%`, "chưa có" without a denominator: in official papers the sign follows without a space."""
    if not denominator:
        return "chưa có"
    value = (Decimal(100 * numerator) / denominator).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    return f"{value}%".replace(".", ",")


def draft_sections(
    figures: Sequence[Figure], tasks: Mapping[int, TaskFacts], *, data_from: date, data_to: date, until: date
) -> list[Section]:
    """Five parts in the order of PAR reports. `until`: the end of the next period, for the part on what comes."""
    of = {(figure.scope, figure.code): figure for figure in figures}
    return [
        Section("direction", "Công tác chỉ đạo, điều hành", _direction(of, tasks, data_from, data_to)),
        *(
            Section(field, head, _field(of, tasks, field))
            for field, head in FIELD_HEADS.items()
            if field != "chi_dao_dieu_hanh"
        ),
        Section("assessment", "Đánh giá chung", _assessment(of, tasks)),
        Section("outlook", "Phương hướng kỳ sau", _outlook(tasks, data_to, until)),
        Section("proposals", "Kiến nghị, đề xuất", ""),
    ]


def _count(of: Mapping[tuple[str, str], Figure], code: str, scope: str = "") -> int:
    figure = of.get((scope, code))
    return figure.count if figure else 0


def _day(day: date) -> str:
    return day.strftime("%d/%m/%Y")


def _direction(
    of: Mapping[tuple[str, str], Figure], tasks: Mapping[int, TaskFacts], data_from: date, data_to: date
) -> str:
    assigned, done, due = _count(of, "assigned"), _count(of, "done"), _count(of, "fallen_due")
    lines = [
        f"Tính đến ngày {_day(data_to)}, Kế hoạch giao {assigned} nhiệm vụ; đã hoàn thành {done} nhiệm vụ, đạt "
        f"{per_cent(done, assigned)} số được giao và {per_cent(done, due)} số đã đến hạn. "
        f"Trong kỳ (từ {_day(data_from)}) hoàn thành {_count(of, 'done_in_period')} nhiệm vụ.",
        _field(of, tasks, "chi_dao_dieu_hanh"),
    ]
    return "\n".join(line for line in lines if line)


def _field(of: Mapping[tuple[str, str], Figure], tasks: Mapping[int, TaskFacts], field: str) -> str:
    assigned = _count(of, "assigned", field)
    if not assigned:
        return "Kế hoạch không giao nhiệm vụ thuộc nội dung này."
    lines = [
        f"Được giao {assigned} nhiệm vụ, hoàn thành {_count(of, 'done', field)}, "
        f"quá hạn {_count(of, 'overdue', field)}."
    ]
    finished = of[field, "done_in_period"].task_ids
    if finished:
        lines.append("Kết quả trong kỳ: " + _named(finished, tasks) + ".")
    return "\n".join(lines)


def _assessment(of: Mapping[tuple[str, str], Figure], tasks: Mapping[int, TaskFacts]) -> str:
    on_time, late = _count(of, "done_on_time"), _count(of, "done_late")
    overdue = of["", "overdue"].task_ids
    lines = [f"Trong số nhiệm vụ đã hoàn thành có {on_time} đúng hạn, {late} sau hạn."]
    if extended := _count(of, "extended"):
        lines.append(f"Có {extended} nhiệm vụ được gia hạn; thời hạn ban đầu vẫn được lưu.")
    if overdue:
        lines.append(f"Còn {len(overdue)} nhiệm vụ quá hạn: {_named(overdue, tasks, with_unit=True)}.")
    else:
        lines.append("Không có nhiệm vụ quá hạn.")
    return "\n".join(lines)


def _outlook(tasks: Mapping[int, TaskFacts], data_to: date, until: date) -> str:
    coming = sorted(
        (
            task
            for task in tasks.values()
            if task.deadline and data_to < task.deadline <= until and task.done_on is None
        ),
        key=lambda task: (task.deadline or until, task.number),
    )
    if not coming:
        return "Không có nhiệm vụ đến hạn trong kỳ sau."
    return f"Tập trung hoàn thành {len(coming)} nhiệm vụ đến hạn trong kỳ sau: {_named([t.id for t in coming], tasks)}."


def _named(ids: Sequence[int], tasks: Mapping[int, TaskFacts], *, with_unit: bool = False) -> str:
    names = []
    for task_id in ids[:_NAMED_AT_MOST]:
        task = tasks[task_id]
        unit = f" ({task.unit_name})" if with_unit and task.unit_name else ""
        names.append(task.title[:1].lower() + task.title[1:] + unit)
    rest = len(ids) - len(names)
    return "; ".join(names) + (f"; và {rest} nhiệm vụ khác (Phụ lục)" if rest else "")
