"""What a step of a draft is called, so that nobody takes back what they have not read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .models import DraftStep

_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class StepOutline:
    """count : rows; number, title : of the first of them, as they were before where it was there before."""

    act: str
    count: int
    number: str
    title: str


def outline_of(step: DraftStep) -> StepOutline:
    first = (step.before or step.after)[0]
    return StepOutline(step.act, len(step.after), first["number"], first["title"])


def said(step: StepOutline) -> str:
    """ "correction of “1.2 Rà soát văn bản”", "paste of 40 rows": without a full stop, to stand within a sentence."""
    values = {"task": _name(step), "count": step.count}
    return (_of_one(step) if step.count == 1 or step.act in _NAMES_ITS_ROW else _of_many(step)) % values


_NAMES_ITS_ROW = ("split", "merge")


def _of_one(step: StepOutline) -> str:
    words: dict[str, Callable[[], str]] = {
        "edit": lambda: _("correction of “%(task)s”"),
        "paste": lambda: _("paste of “%(task)s”"),
        "split": lambda: _("split of “%(task)s”"),
        "renumber": lambda: _("new number of “%(task)s”"),
        "merge": lambda: _("merge of %(count)d tasks into “%(task)s”"),
        "target": lambda: _("link of “%(task)s” to a national target"),
        "unlink": lambda: _("unlinking of “%(task)s” from a national target"),
        "set": lambda: _("value set for “%(task)s”"),
        "drop": lambda: _("drop of “%(task)s”"),
        "restore": lambda: _("putting back of “%(task)s”"),
        "confirm": lambda: _("confirmation of “%(task)s”"),
    }
    return words[step.act]()


def _of_many(step: StepOutline) -> str:
    count = step.count
    words: dict[str, Callable[[], str]] = {
        "paste": lambda: ngettext("paste of %(count)d row", "paste of %(count)d rows", count),
        "renumber": lambda: ngettext("new numbers of %(count)d task", "new numbers of %(count)d tasks", count),
        "set": lambda: ngettext("value set for %(count)d task", "value set for %(count)d tasks", count),
        "drop": lambda: ngettext("drop of %(count)d task", "drop of %(count)d tasks", count),
        "restore": lambda: ngettext("putting back of %(count)d task", "putting back of %(count)d tasks", count),
        "confirm": lambda: ngettext("confirmation of %(count)d task", "confirmation of %(count)d tasks", count),
    }
    return words[step.act]()


def _name(step: StepOutline) -> str:
    name = f"{step.number} {step.title}".strip()
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1].rstrip()}…"
