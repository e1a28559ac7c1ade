"""Sentences of a report on single tasks: what came out, how far it is, why it is late. No query, no clock.

Reports are official papers: their language is Vietnamese. What a unit wrote stands between quotation marks, as it wrote
it, shortened at a sentence or a word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from caicach.measurement.programme.models import ExtensionState
from caicach.measurement.programme.queries import ExtensionTold, ProductTold, TaskTold

from .rules import TaskFacts

TOLD_AT_MOST = 8
"""So many tasks of a kind a part tells of; the rest are counted, and stand in the annex."""
_LONGEST_QUOTE = 240
"""Characters of what a unit wrote: two or three sentences."""
_PAPERS_AT_MOST = 3
_NOTHING = TaskTold()
_SENTENCE_END = re.compile(r"[.!?;](?=\s)")


@dataclass(frozen=True, slots=True)
class Told:
    """Paragraphs, and the tasks that they are about in their order."""

    lines: tuple[str, ...] = ()
    tasks: tuple[int, ...] = ()

    def __add__(self, other: Told) -> Told:
        return Told((*self.lines, *other.lines), (*self.tasks, *other.tasks))


Accounts = Mapping[int, TaskTold]


def of_finished(tasks: Sequence[TaskFacts], accounts: Accounts) -> Told:
    """What came out and by which paper, with whom and when; the longest finished first."""
    listed = sorted(tasks, key=lambda task: (task.done_on or date.max, task.order))
    return _list_of(listed, "Kết quả trong kỳ:", lambda task: _finished(task, accounts.get(task.id, _NOTHING)))


def of_late(tasks: Sequence[TaskFacts], accounts: Accounts) -> Told:
    """The reason that the unit gave, in its request for more time or its latest report; the longest late first."""
    listed = sorted(tasks, key=lambda task: (task.deadline or date.max, task.order))
    return _list_of(listed, "Nhiệm vụ quá hạn:", lambda task: _late(task, accounts.get(task.id, _NOTHING)))


def of_under_way(tasks: Sequence[TaskFacts], accounts: Accounts) -> Told:
    """How far it is by the unit's latest report, what is due next first; tasks without a report are named by number."""
    listed = sorted(tasks, key=lambda task: (task.deadline or date.max, task.order))
    reported = [task for task in listed if _has_words(accounts.get(task.id, _NOTHING))]
    silent = [task for task in listed if not _has_words(accounts.get(task.id, _NOTHING)) and not task.reached_after]
    told = _list_of(reported, "Nhiệm vụ đang thực hiện:", lambda task: _under_way(task, accounts[task.id]))
    if not silent:
        return told
    return told + _by_number(silent, "nhiệm vụ mà đơn vị chủ trì chưa báo cáo tiến độ")


def of_not_begun(tasks: Sequence[TaskFacts]) -> Told:
    """Which tasks nobody has begun, by number: of some the unit may not even know yet, so nobody is blamed."""
    return _by_number(tasks, "nhiệm vụ chưa bắt đầu") if tasks else Told()


def _by_number(tasks: Sequence[TaskFacts], what: str) -> Told:
    listed = sorted(tasks, key=lambda task: task.order)
    line = f"{len(listed)} {what}: {_numbers(listed)}."
    return Told((line,), tuple(task.id for task in listed[:_NUMBERS_AT_MOST]))


def of_next(tasks: Sequence[TaskFacts]) -> Told:
    """What falls due in the next period, the first first."""
    if not tasks:
        return Told()
    listed = sorted(tasks, key=lambda task: (task.deadline or date.max, task.order))
    names = [f"{_name(task)} ({_who_and_when(task)})" for task in listed[:TOLD_AT_MOST]]
    line = f"Kỳ sau tập trung hoàn thành {len(listed)} nhiệm vụ đến hạn: {'; '.join(names)}{_and_more(listed)}."
    return Told((line,), tuple(task.id for task in listed[:TOLD_AT_MOST]))


def gave_reason(told: TaskTold | None) -> bool:
    """Whether the unit said why it takes longer: in a request for more time, or in its latest report."""
    return told is not None and bool(told.extension or told.note)


def excerpt(text: str, most: int = _LONGEST_QUOTE) -> str:
    """On one line, at most so many characters: whole sentences where they are at least half of it, else whole words.

    What is left out is marked by "…".
    """
    plain = " ".join(text.split())
    if len(plain) <= most:
        return plain
    ends = [found.end() for found in _SENTENCE_END.finditer(plain, 0, most)]
    if ends and ends[-1] >= most // 2:
        return plain[: ends[-1]].rstrip(" ;") + " …"
    return plain[:most].rpartition(" ")[0].rstrip(" ,;:.") + " …"


# --- the parts ---

_NUMBERS_AT_MOST = 30


def _list_of(tasks: Sequence[TaskFacts], head: str, line: Callable[[TaskFacts], str]) -> Told:
    if not tasks:
        return Told()
    shown = tasks[:TOLD_AT_MOST]
    lines = [f"- {line(task)}." for task in shown]
    if rest := len(tasks) - len(shown):
        lines.append(f"- Và {rest} nhiệm vụ khác, nêu tại Phụ lục II.")
    return Told((head, *lines), tuple(task.id for task in shown))


def _finished(task: TaskFacts, told: TaskTold) -> str:
    accepted = [product for product in told.products if product.is_accepted]
    came_out = "; sản phẩm: " + "; ".join(_product(product) for product in accepted) if accepted else ""
    day = f"; hoàn thành ngày {_day(task.done_on)}" if task.done_on else ""
    late = ", sau hạn" if task.done_on and task.deadline and task.done_on > task.deadline else ""
    return f"{_whose(task)} hoàn thành nhiệm vụ {_name(task)}{came_out}{day}{late}"


def _under_way(task: TaskFacts, told: TaskTold) -> str:
    """ "Nhiệm vụ 1.3 “…” (Vụ Pháp chế, hạn 24/06/2022): đạt 60%; ngày 02/06/2022 đơn vị báo cáo: “…”"."""
    progress = f"đạt {told.progress}%" if told.progress is not None else ""
    return f"{_headed(task)}: {_joined(progress, _handed_in(told), _report(told))}"


def _late(task: TaskFacts, told: TaskTold) -> str:
    return f"{_headed(task)}: {_joined(_handed_in(told), _reason(task, told))}"


def _reason(task: TaskFacts, told: TaskTold) -> str:
    if told.extension is None:
        return _report(told) or _without_reason(task)
    return f"nguyên nhân đơn vị nêu là “{_quoted(told.extension.reason)}”; {_asked_for(told.extension)}"


def _without_reason(task: TaskFacts) -> str:
    if task.reached_after is None:
        return "đơn vị chưa nêu nguyên nhân"
    return f"được giao đến đơn vị ngày {_day(task.reached_after)}, sau ngày tính số liệu"


def _asked_for(extension: ExtensionTold) -> str:
    until = _day(extension.new_deadline)
    if extension.state == ExtensionState.GRANTED:
        return f"đã được gia hạn đến {until}"
    if extension.state == ExtensionState.REFUSED:
        return f"đề nghị gia hạn đến {until} không được chấp nhận"
    return f"đã đề nghị gia hạn đến {until}"


def _report(told: TaskTold) -> str:
    if not told.note:
        return ""
    return f"ngày {_day(told.note_on)} đơn vị báo cáo: “{_quoted(told.note)}”"


def _handed_in(told: TaskTold) -> str:
    """What waits for a look: the unit has done its part."""
    waiting = [product for product in told.products if not product.is_accepted]
    if not waiting:
        return ""
    return f"đã nộp {'; '.join(_product(product) for product in waiting)}, chờ xem xét"


def _has_words(told: TaskTold) -> bool:
    return bool(told.note or told.progress or told.products)


def _product(product: ProductTold) -> str:
    """ "Báo cáo rà soát (Báo cáo số 15/BC-BNV ngày 01/6/2022)"; the paper alone where it bears the product's name."""
    papers = ", ".join(product.papers[:_PAPERS_AT_MOST])
    rest = len(product.papers) - _PAPERS_AT_MOST
    more = f" và {rest} văn bản khác" if rest > 0 else ""
    name = product.name.strip().rstrip(".;")
    if not papers:
        return name
    return papers + more if papers.casefold().startswith(name.casefold()) else f"{name} ({papers}{more})"


def _whose(task: TaskFacts) -> str:
    return task.unit_name or "Đơn vị chủ trì"


def _name(task: TaskFacts) -> str:
    """ "2.5 “Số hóa kết quả giải quyết thủ tục”": its number leads to its row in the annex."""
    title = task.title.strip().rstrip(".;")
    return f"{task.full_number} “{title}”" if task.number else f"“{title}”"


def _headed(task: TaskFacts) -> str:
    who_and_when = _who_and_when(task)
    return f"Nhiệm vụ {_name(task)}" + (f" ({who_and_when})" if who_and_when else "")


def _joined(*parts: str) -> str:
    return "; ".join(part for part in parts if part)


def _who_and_when(task: TaskFacts) -> str:
    return ", ".join(part for part in (task.unit_name, f"hạn {_day(task.deadline)}" if task.deadline else "") if part)


def _numbers(tasks: Sequence[TaskFacts]) -> str:
    named = [task.full_number or f"“{task.title}”" for task in tasks[:_NUMBERS_AT_MOST]]
    rest = len(tasks) - len(named)
    return ", ".join(named) + (f" và {rest} nhiệm vụ khác" if rest else "")


def _and_more(tasks: Sequence[TaskFacts]) -> str:
    rest = len(tasks) - TOLD_AT_MOST
    return f"; và {rest} nhiệm vụ khác, nêu tại Phụ lục II" if rest > 0 else ""


def _quoted(text: str) -> str:
    """Inner quotation marks are single, and the full stop is the sentence's."""
    return excerpt(text).replace("“", "‘").replace("”", "’").rstrip(".;")


def _day(day: date | None) -> str:
    return day.strftime("%d/%m/%Y") if day else ""
