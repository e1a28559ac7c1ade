"""A proposal cut to the columns of the database: what was longer is kept whole in the task's wording, and said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from .cells import LONGEST_PRODUCT, products_in
from .proposals import PlanProposal, ProposedTask

_OF_TASK: Final[Mapping[str, tuple[int, str]]] = {
    "title": (500, "shortened_title"),
    "number": (20, "shortened_number"),
    "lead_text": (300, "shortened_lead"),
    "deadline_text": (200, "shortened_time"),
    "budget": (200, "shortened_budget"),
}
_OF_PLAN: Final[Mapping[str, tuple[int, str]]] = {
    "title": (500, "shortened_plan_title"),
    "decision_number": (80, "shortened_decision"),
    "decision_issuer": (200, "shortened_decision"),
}
_OF_TARGET: Final[Mapping[str, int]] = {"subject": 500, "unit": 60}
DOUBT: Final = "shortened"
_NAMED: Final = 20


@dataclass(slots=True)
class _Shortened:
    """By the code of the warning: the numbers of the tasks; none for the plan itself."""

    tasks: dict[str, list[str]] = field(default_factory=dict)

    def note(self, code: str, number: str = "") -> None:
        told = self.tasks.setdefault(code, [])
        if number and number not in told:
            told.append(number)

    def warnings(self) -> tuple[dict[str, Any], ...]:
        return tuple(
            {"code": code, "parameters": {"tasks": _listed(numbers)} if numbers else {}}
            for code, numbers in self.tasks.items()
        )


def fitted(proposal: PlanProposal) -> PlanProposal:
    """The same proposal where every text fits; the warnings name each column and task that was shortened."""
    told = _Shortened()
    values: dict[str, str] = {}
    for name, (most, code) in _OF_PLAN.items():
        values[name] = shortened(getattr(proposal, name), most)
        if values[name] != getattr(proposal, name):
            told.note(code)
    tasks = tuple(_fitted_task(task, told) for task in proposal.tasks)
    return replace(proposal, tasks=tasks, warnings=(*proposal.warnings, *told.warnings()), **values)  # type: ignore[arg-type]


def _fitted_task(task: ProposedTask, told: _Shortened) -> ProposedTask:
    number = shortened(task.number, _OF_TASK["number"][0])
    values: dict[str, Any] = {}
    whole: list[str] = []
    for name, (most, code) in _OF_TASK.items():
        text = getattr(task, name)
        if len(text) > most:
            values[name] = shortened(text, most)
            whole.append(text)
            told.note(code, number)
    if any(len(product) > LONGEST_PRODUCT for product in products_in(task.product)):
        values["product"] = "; ".join(shortened(product, LONGEST_PRODUCT) for product in products_in(task.product))
        whole.append(task.product)
        told.note("shortened_product", number)
    if any(len(target[name]) > most for target in task.targets for name, most in _OF_TARGET.items()):
        values["targets"] = tuple(
            {**target, **{name: shortened(target[name], most) for name, most in _OF_TARGET.items()}}
            for target in task.targets
        )
        whole += [
            target[name] for target in task.targets for name, most in _OF_TARGET.items() if len(target[name]) > most
        ]
        told.note("shortened_target", number)
    if not values:
        return task
    text = "\n".join([task.text, *(words for words in dict.fromkeys(whole) if words not in task.text)]).strip()
    return replace(task, text=text, doubts=(*task.doubts, DOUBT), **values)


def _listed(numbers: list[str]) -> str:
    return ", ".join(numbers[:_NAMED]) + (", …" if len(numbers) > _NAMED else "")


def shortened(text: str, most: int) -> str:
    """At most so many characters, ended at a word with "…" when something is missing."""
    if len(text) <= most:
        return text
    head = text[: most - 1]
    at_a_word = head.rpartition(" ")[0]
    return f"{(at_a_word if len(at_a_word) > most // 2 else head).rstrip(' ,;:.')}…"
