"""“Việc của tôi”: what waits for the person who is signed in, from every room, by time left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from caicach.kernel.calendar import clock
from caicach.kernel.identity.decorators import page
from caicach.kernel.identity.http import StaffRequest
from caicach.kernel.identity.predicates import signed_in
from caicach.kernel.tables.gathered import ShownGathered, gathered

from . import my_work
from .my_work_list import LATE, MY_WORK, NEXT, Line, lines_of, next_days


@page(signed_in)
@require_GET
def my_work_page(request: StaffRequest) -> HttpResponse:
    today = clock.today()
    lines = lines_of(actor=request.actor, today=today)
    list_ = gathered(MY_WORK, lines, request)
    if (file := list_.exported()) is not None:
        return file
    context = {
        "list": list_,
        "chips": list_.chips("group", my_work.groups(), key_of=lambda line: line.item.group_key, every=_("Every kind")),
        "chips_label": _("Kind of work"),
        "next_days": next_days(today),
        "cards": my_work.cards_of(actor=request.actor, today=today),
        **_counts(request, lines),
        **_bar(request, list_),
    }
    return render(request, "operation/my_work.html", context)


def _counts(request: StaffRequest, lines: Sequence[Line]) -> dict[str, int]:
    """What the head says, of all that waits. unlisted : beyond what the rooms give of one kind."""
    own = [line for line in lines if not line.item.is_watched]
    waiting = my_work.waiting(actor=request.actor, today=clock.today()) if len(own) >= my_work.LIMIT else 0
    return {
        "total": len(own),
        "late": sum(line.time == LATE for line in own),
        "next": sum(line.time == NEXT for line in own),
        "watched": len(lines) - len(own),
        "unlisted": max(0, waiting - len(own)),
    }


def _bar(request: StaffRequest, list_: ShownGathered) -> dict[str, Any]:
    has_more = bool(list_.page.after or list_.page.before)
    rows = my_work.SeveralRows(
        shown=_ids(list_.page.rows),
        filters=list_.filter_query if has_more else None,
        of_filters=lambda: _ids(list_.matching),
    )
    return my_work.bar_of(request, rows)


def _ids(lines: Sequence[Line]) -> list[int]:
    return [line.pk for line in lines if line.pk is not None]
