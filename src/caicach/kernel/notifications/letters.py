"""The words of our e-mails. Pure text: what kind of thing, how many, by when, and where to read it; nobody's data.

Number, title and deadline of a record are no person's data: where a notice keeps its records, the letter lists them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .kinds import label_of
from .listing import count_of, listed, records
from .models import Notice
from .queries import words_of


@dataclass(frozen=True, slots=True)
class Letter:
    subject: str
    body: str


def of_one(notice: Notice) -> Letter:
    """For what goes at once, in the active language."""
    label = label_of(notice.kind)
    lines = _records(notice)
    if not lines:
        lines = [f"{label}."]
        if notice.deadline is not None:
            lines.append(_("Deadline: %(day)s.") % {"day": _day(notice.deadline)})
    lines += ["", _("Read it here: %(address)s") % {"address": _address(notice.url)}, "", _how_to_change()]
    return Letter(subject=label, body="\n".join(lines))


def _records(notice: Notice) -> list[str]:
    """Each record with its deadline, and how many more there are; nothing for a notice that keeps none."""
    named = listed(notice)
    if not named:
        return []
    lines = [f"{words_of(notice)}:", ""]
    lines += [_record(name, deadline) for name, deadline in named]
    if rest := len(records(notice)) - len(named):
        lines.append(ngettext("- and %(count)d other task", "- and %(count)d other tasks", rest) % {"count": rest})
    return lines


def _record(name: str, deadline: date | None) -> str:
    if deadline is None:
        return f"- {name}"
    return _("- %(name)s (deadline %(day)s)") % {"name": name, "day": _day(deadline)}


def of_a_day(notices: Sequence[Notice]) -> Letter:
    """One letter for all that waits, by kind, in the active language. At least one notice."""
    count = len(notices)
    subject = ngettext("%(count)d notice waits for you", "%(count)d notices wait for you", count) % {"count": count}
    lines = [f"{subject}:", ""]
    lines += [_line(kind, some) for kind, some in _by_kind(notices).items()]
    address = _address(reverse("notifications:list"))
    lines += ["", _("Read them here: %(address)s") % {"address": address}, "", _how_to_change()]
    return Letter(subject=subject, body="\n".join(lines))


def _by_kind(notices: Sequence[Notice]) -> dict[str, list[Notice]]:
    found: dict[str, list[Notice]] = {}
    for notice in notices:
        found.setdefault(notice.kind, []).append(notice)
    return found


def _line(kind: str, notices: Sequence[Notice]) -> str:
    values = {"what": label_of(kind), "count": sum(map(count_of, notices))}
    days = [notice.deadline for notice in notices if notice.deadline is not None]
    if not days:
        return _("- %(what)s: %(count)d") % values
    return _("- %(what)s: %(count)d, the first by %(day)s") % {**values, "day": _day(min(days))}


def _how_to_change() -> str:
    return _("This letter was sent by a machine. Choose what comes by e-mail here: %(address)s") % {
        "address": _address(reverse("notifications:choices"))
    }


def _address(path: str) -> str:
    return f"{settings.BASE_URL.rstrip('/')}{path}"


def _day(value: date) -> str:
    return f"{value:%d/%m/%Y}"
