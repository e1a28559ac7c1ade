"""The draft of a report's words, from its figures and what units told.

Reports are official papers: their language is Vietnamese.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from caicach.measurement.programme.queries import TaskTold

from . import telling
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
HEADS = {
    "direction": "Công tác chỉ đạo, điều hành",
    **{field: head for field, head in FIELD_HEADS.items() if field != "chi_dao_dieu_hanh"},
    "assessment": "Kết quả đạt được",
    "difficulties": "Tồn tại, hạn chế và nguyên nhân",
    "outlook": "Phương hướng kỳ sau",
    "proposals": "Kiến nghị, đề xuất",
}
"""The sections by their key, in the order of PAR reports."""
PARTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Kết quả thực hiện nhiệm vụ cải cách hành chính", tuple(f for f in FIELD_HEADS if f != "chi_dao_dieu_hanh")),
    ("Đánh giá chung", ("assessment", "difficulties")),
)
"""Sections that stand together under one head; every other stands for itself."""


@dataclass(frozen=True, slots=True)
class Section:
    """tasks : ids of those that the text is about, so that each sentence leads to its row."""

    key: str
    text: str
    tasks: tuple[int, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """`drafted` is what stood there before anyone edited; `is_none` : left out of the paper on purpose."""
        return {
            "key": self.key,
            "title": HEADS[self.key],
            "text": self.text,
            "drafted": self.text,
            "tasks": list(dict.fromkeys(self.tasks)),
            "is_none": False,
        }


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


@dataclass(frozen=True, slots=True)
class Material:
    """All that the words are drafted from. accounts : what units told of their tasks by the cut-off `data_to`.

    until : the end of the next period, for what comes.
    """

    figures: Mapping[tuple[str, str], Figure]
    """By scope and code."""
    tasks: Mapping[int, TaskFacts]
    accounts: Mapping[int, TaskTold]
    data_from: date
    data_to: date
    until: date

    def ids(self, code: str, scope: str = "") -> tuple[int, ...]:
        figure = self.figures.get((scope, code))
        return figure.task_ids if figure else ()

    def count(self, code: str, scope: str = "") -> int:
        return len(self.ids(code, scope))

    def facts(self, ids: Iterable[int]) -> list[TaskFacts]:
        return [self.tasks[task_id] for task_id in ids]

    @property
    def plan_numbers(self) -> list[str]:
        """Of the plans counted, where they are several; else none."""
        return list(dict.fromkeys(task.plan_number for task in self.facts(self.ids("assigned")) if task.plan_number))

    def ongoing(self, scope: str = "") -> list[TaskFacts]:
        """Given and begun, neither done nor late at the cut-off."""
        others = {*self.ids("done", scope), *self.ids("overdue", scope), *self.ids("not_started", scope)}
        return self.facts(task_id for task_id in self.ids("assigned", scope) if task_id not in others)

    def waiting(self, scope: str = "") -> list[TaskFacts]:
        """Of the ongoing those whose units handed everything in in time: they wait for a look."""
        return [task for task in self.ongoing(scope) if task.waits_in_time(on=self.data_to)]

    def coming(self, scope: str = "") -> list[TaskFacts]:
        """Those under way or not begun that fall due in the next period, the first first; not what waits for a look."""
        left = [*self.ongoing(scope), *self.facts(self.ids("not_started", scope))]
        to_do = [task for task in left if not task.waits_in_time(on=self.data_to)]
        found = [task for task in to_do if task.deadline and task.deadline <= self.until]
        return sorted(found, key=lambda task: (task.deadline or self.until, task.order))


def draft_sections(material: Material) -> list[Section]:
    """In the order of PAR reports. What only people can say (proposals) is left empty for them."""
    return [
        _direction(material),
        *(_field(material, field, key=field) for field in FIELD_HEADS if field != "chi_dao_dieu_hanh"),
        _assessment(material),
        _difficulties(material),
        _outlook(material),
        Section("proposals", ""),
    ]


def _day(day: date) -> str:
    return day.strftime("%d/%m/%Y")


def _direction(material: Material) -> Section:
    own = _field(material, "chi_dao_dieu_hanh", key="direction", about="về chỉ đạo, điều hành")
    return Section("direction", f"{_whole(material)}\n{own.text}", own.tasks)


def _whole(material: Material) -> str:
    assigned, done, due = (material.count(code) for code in ("assigned", "done", "fallen_due"))
    in_period = material.count("done_in_period")
    reached = f"đã hoàn thành {done} nhiệm vụ, đạt {per_cent(done, assigned)} số được giao"
    return (
        f"Tính đến ngày {_day(material.data_to)}, {_plans(material)} giao {assigned} nhiệm vụ; "
        f"{reached if done else 'chưa hoàn thành nhiệm vụ nào'}"
        f"{_of_due(done, due)}. Trong kỳ (từ {_day(material.data_from)}) "
        f"{f'hoàn thành {in_period} nhiệm vụ' if in_period else 'chưa có nhiệm vụ hoàn thành'}."
        f"{_reached_after(material)}"
    )


def _plans(material: Material) -> str:
    numbers = material.plan_numbers
    return f"các Kế hoạch số {', '.join(numbers)}" if numbers else "Kế hoạch"


def _reached_after(material: Material) -> str:
    count = sum(task.reached_after is not None for task in material.facts(material.ids("assigned")))
    if not count:
        return ""
    day = _day(material.data_to)
    return f" {count} nhiệm vụ được giao đến đơn vị sau ngày {day} nên đến ngày này đơn vị chưa thể báo cáo."


def _of_due(done: int, due: int) -> str:
    if not due:
        return "; chưa có nhiệm vụ đến hạn"
    return f" và {per_cent(done, due)} số đã đến hạn" if done else f"; có {due} nhiệm vụ đã đến hạn"


def _field(material: Material, field: str, *, key: str, about: str = "thuộc nội dung này") -> Section:
    """The counts, but for those that are none, save that nothing is late.

    Then what was done, what is under way, what is late and why, and what comes next.
    """
    assigned, done, late = (material.count(code, field) for code in ("assigned", "done", "overdue"))
    plans = "Các Kế hoạch" if material.plan_numbers else "Kế hoạch"
    if not assigned:
        return Section(key, f"{plans} không giao nhiệm vụ {about}.")
    ongoing, not_begun = material.ongoing(field), material.facts(material.ids("not_started", field))
    in_period = material.count("done_in_period", field)
    finished = f"đã hoàn thành {done} nhiệm vụ{f' (trong kỳ {in_period})' if in_period else ''}"
    parts = [finished if done else "chưa hoàn thành nhiệm vụ nào"]
    if ongoing:
        parts.append(f"đang thực hiện {_ongoing(material, field)}")
    if not_begun:
        parts.append(f"chưa bắt đầu {len(not_begun)} nhiệm vụ")
    parts.append(f"quá hạn {late} nhiệm vụ" if late else "không có nhiệm vụ quá hạn")
    counts = f"{plans} giao {assigned} nhiệm vụ {about}; tính đến ngày {_day(material.data_to)} {', '.join(parts)}."
    told = (
        telling.of_finished(material.facts(material.ids("done_in_period", field)), material.accounts)
        + telling.of_under_way(ongoing, material.accounts)
        + telling.of_not_begun(not_begun)
        + telling.of_late(material.facts(material.ids("overdue", field)), material.accounts)
        + telling.of_next(material.coming(field))
    )
    return Section(key, "\n".join([counts, *told.lines]), told.tasks)


def _ongoing(material: Material, field: str) -> str:
    ongoing, waiting = len(material.ongoing(field)), len(material.waiting(field))
    handed_in = f" (trong đó {waiting} nhiệm vụ đã nộp đủ sản phẩm đúng hạn, chờ nghiệm thu)" if waiting else ""
    return f"{ongoing} nhiệm vụ{handed_in}"


def _assessment(material: Material) -> Section:
    done, on_time, late = (material.count(code) for code in ("done", "done_on_time", "done_late"))
    lines = [f"Trong số {done} nhiệm vụ đã hoàn thành có {on_time} đúng hạn, {late} sau hạn."]
    if not done:
        lines = [f"Tính đến ngày {_day(material.data_to)} chưa có nhiệm vụ nào hoàn thành."]
    if extended := material.count("extended"):
        lines.append(f"Có {extended} nhiệm vụ được gia hạn; thời hạn ban đầu vẫn được lưu.")
    if not material.count("overdue"):
        lines.append("Không có nhiệm vụ quá hạn.")
    return Section("assessment", "\n".join(lines))


def _difficulties(material: Material) -> Section:
    """What is late, with how many units gave a reason; without anything late it is for people to write."""
    overdue = material.ids("overdue")
    if not overdue:
        return Section("difficulties", "")
    lines = [
        f"Tính đến ngày {_day(material.data_to)} còn {len(overdue)} nhiệm vụ quá hạn: "
        f"{_named(overdue, material.tasks, with_unit=True)}."
    ]
    without = [task for task in material.facts(overdue) if not telling.gave_reason(material.accounts.get(task.id))]
    late_given = sum(task.reached_after is not None for task in without)
    silent = len(without) - late_given
    if len(without) < len(overdue):
        lines.append("Nguyên nhân do các đơn vị nêu được trình bày theo từng lĩnh vực tại các mục trên.")
    if late_given:
        lines.append(f"{late_given} nhiệm vụ quá hạn được giao đến đơn vị sau ngày {_day(material.data_to)}.")
    if silent:
        lines.append(f"Còn {silent} nhiệm vụ quá hạn mà đơn vị chủ trì chưa nêu nguyên nhân.")
    return Section("difficulties", "\n".join(lines), overdue[:_NAMED_AT_MOST])


def _outlook(material: Material) -> Section:
    coming = [task.id for task in material.coming()]
    if not coming:
        return Section("outlook", "Không có nhiệm vụ đến hạn trong kỳ sau.")
    named = _named(coming, material.tasks)
    text = f"Tập trung hoàn thành {len(coming)} nhiệm vụ đến hạn trong kỳ sau: {named}."
    if late := material.count("overdue"):
        text += f"\nHoàn thành dứt điểm {late} nhiệm vụ quá hạn."
    return Section("outlook", text, tuple(coming[:_NAMED_AT_MOST]))


def _named(ids: Sequence[int], tasks: Mapping[int, TaskFacts], *, with_unit: bool = False) -> str:
    names = []
    for task_id in ids[:_NAMED_AT_MOST]:
        task = tasks[task_id]
        unit = f" ({task.unit_name})" if with_unit and task.unit_name else ""
        names.append(task.title[:1].lower() + task.title[1:].rstrip(".;") + unit)
    rest = len(ids) - len(names)
    return "; ".join(names) + (f"; và {rest} nhiệm vụ khác (Phụ lục II)" if rest else "")
