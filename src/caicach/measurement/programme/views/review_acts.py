"""What the forms of the review ask for, one function an act; each answers with a sentence for the person."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caicach.kernel.calendar import clock
from caicach.kernel.identity.http import StaffRequest
from caicach.kernel.ui.addresses import whole_number
from caicach.kernel.ui.wording import hour
from caicach.kernel.usecase.errors import InvalidInput
from caicach.measurement.programme import pasting, services, sourcing
from caicach.measurement.programme.cells import COLUMNS
from caicach.measurement.programme.models import NationalTarget, Plan, PlanTask
from caicach.measurement.programme.services.drafting import SET_COLUMNS

Act = Callable[[StaffRequest, Plan], str]


def edit(request: StaffRequest, plan: Plan) -> str:
    typed = {column: request.POST[column] for column in COLUMNS if column in request.POST}
    services.edit_task(
        actor=request.actor,
        plan=plan,
        task_id=_one(request),
        cells_typed=typed,
        confirms=True if request.POST.get("confirms") == "1" else None,
        revision=whole_number(request.POST.get("revision", "")),
        idempotency_key=_key(request),
    )
    return _("Saved at %(time)s.") % {"time": hour(clock.now())}


def set_cells(request: StaffRequest, plan: Plan) -> str:
    """Only what was filled in; an empty field leaves the rows as they are."""
    typed = {column: request.POST.get(column, "") for column in SET_COLUMNS}
    count = _on_chosen(
        services.set_cells,
        request,
        plan,
        cells_typed={column: text for column, text in typed.items() if text.strip()},
    )
    return ngettext("%(count)d task changed.", "%(count)d tasks changed.", count) % {"count": count}


def paste(request: StaffRequest, plan: Plan) -> str:
    """`where` is "end", "after" the last chosen row, "replace" (over the chosen rows) or "cells" (from a cell)."""
    where = request.POST.get("where")
    is_over = where in ("replace", "cells")
    columns = _columns(request) if where == "cells" else COLUMNS
    pasted = pasting.rows_of(request.POST.get("pasted", ""), are_new=not is_over, columns=columns)
    chosen = _chosen(request)
    if where == "cells" and len(pasted.rows) > len(chosen):
        raise InvalidInput(fields={"pasted": [_too_long(len(pasted.rows), len(chosen))]})
    try:
        count = services.paste_rows(
            actor=request.actor,
            plan=plan,
            rows=pasted.rows,
            replace=chosen if is_over else [],
            after=chosen[-1] if chosen and where == "after" else None,
            seen=_seen(request),
            idempotency_key=_key(request),
        )
    except services.BadCells as bad:
        raise bad.at_lines(pasted.lines) from None
    taken = ngettext("%(count)d row was taken over.", "%(count)d rows were taken over.", count) % {"count": count}
    return f"{taken} {_untouched(len(chosen) - len(pasted.rows) if where == 'replace' else 0)}".strip()


def _untouched(count: int) -> str:
    """Of the tasks chosen to be written over, those for which the paste had no row."""
    if count <= 0:
        return ""
    words = ngettext(
        "The paste had fewer rows than chosen: %(count)d chosen task stays as it was.",
        "The paste had fewer rows than chosen: the last %(count)d chosen tasks stay as they were.",
        count,
    )
    return words % {"count": count}


def _columns(request: HttpRequest) -> list[str]:
    """From the cell that was pasted at to the right, as the page shows them."""
    return [column for column in request.POST.get("columns", "").split(",") if column in COLUMNS]


def _too_long(rows: int, there: int) -> str:
    return _(
        "The paste has %(rows)d rows, but only %(there)d are here from this cell down. "
        "To add tasks, choose “As new tasks at the end”."
    ) % {"rows": rows, "there": there}


def split(request: StaffRequest, plan: Plan) -> str:
    titles = [request.POST.get("first", ""), request.POST.get("second", "")]
    task = PlanTask.objects.filter(plan=plan, pk=_one(request)).first()
    services.split_task(
        actor=request.actor,
        plan=plan,
        task_id=_one(request),
        titles=titles,
        cut=sourcing.place_of_second(task.text, task.source_start, titles[1]) if task else None,
        revision=_seen(request).get(_one(request)),
        idempotency_key=_key(request),
    )
    return _("Split in two.")


def renumber(request: StaffRequest, plan: Plan) -> str:
    count = services.renumber_tasks(actor=request.actor, plan=plan, idempotency_key=_key(request))
    return ngettext("%(count)d number changed.", "%(count)d numbers changed.", count) % {"count": count}


def merge(request: StaffRequest, plan: Plan) -> str:
    _on_chosen(services.merge_tasks, request, plan)
    return _("Merged into one.")


def confirm(request: StaffRequest, plan: Plan) -> str:
    count = _on_chosen(services.confirm_tasks, request, plan)
    return ngettext("%(count)d task confirmed.", "%(count)d tasks confirmed.", count) % {"count": count}


def drop(request: StaffRequest, plan: Plan) -> str:
    count = _on_chosen(services.drop_tasks, request, plan)
    return ngettext("%(count)d task dropped.", "%(count)d tasks dropped.", count) % {"count": count}


def restore(request: StaffRequest, plan: Plan) -> str:
    count = _on_chosen(services.restore_tasks, request, plan)
    return ngettext("%(count)d task put back.", "%(count)d tasks put back.", count) % {"count": count}


def undo(request: StaffRequest, plan: Plan) -> str:
    services.undo(
        actor=request.actor,
        plan=plan,
        step=whole_number(request.POST.get("undo_step")),
        idempotency_key=_key(request),
    )
    return _("The last change was taken back.")


def redo(request: StaffRequest, plan: Plan) -> str:
    services.redo(
        actor=request.actor,
        plan=plan,
        step=whole_number(request.POST.get("redo_step")),
        idempotency_key=_key(request),
    )
    return _("The change was done again.")


def link(request: StaffRequest, plan: Plan) -> str:
    national = _target(request)
    _on_target(services.link_target, request, plan, national)
    return _("Linked to %(code)s.") % {"code": national.code}


def unlink(request: StaffRequest, plan: Plan) -> str:
    _on_target(services.unlink_target, request, plan, _target(request))
    return _("The link was taken away.")


ACTS: Mapping[str, Act] = {
    "edit": edit,
    "set": set_cells,
    "paste": paste,
    "split": split,
    "renumber": renumber,
    "merge": merge,
    "confirm": confirm,
    "drop": drop,
    "restore": restore,
    "undo": undo,
    "redo": redo,
    "link": link,
    "unlink": unlink,
}


# --- what the forms send ----------------------------------------------------------------------------------------------


def _on_chosen(act: Callable[..., Any], request: StaffRequest, plan: Plan, **more: Any) -> Any:
    return act(
        actor=request.actor,
        plan=plan,
        task_ids=_ids(request),
        seen=_seen(request),
        idempotency_key=_key(request),
        **more,
    )


def _target(request: HttpRequest) -> NationalTarget:
    national = NationalTarget.objects.filter(code=request.POST.get("target", "")).first()
    if national is None:
        raise InvalidInput(_("Choose a target."))
    return national


def _on_target(act: Callable[..., Any], request: StaffRequest, plan: Plan, national: NationalTarget) -> None:
    act(
        actor=request.actor,
        plan=plan,
        task_id=_one(request),
        national=national,
        revision=_seen(request).get(_one(request)),
        idempotency_key=_key(request),
    )


def _chosen(request: HttpRequest) -> list[int]:
    read = (whole_number(value) for value in request.POST.getlist("chon"))
    return [pk for pk in read if pk is not None]


def _ids(request: HttpRequest) -> list[int]:
    ids = _chosen(request)
    if not ids:
        raise InvalidInput(_("Choose a task first."))
    return ids


def _one(request: HttpRequest) -> int:
    return _ids(request)[0]


def _seen(request: HttpRequest) -> dict[int, int]:
    """`seen` is "task:revision" of each row on the page, chosen or not."""
    seen = {}
    for value in request.POST.getlist("seen"):
        task, _colon, revision = value.partition(":")
        if (pk := whole_number(task)) is not None and (number := whole_number(revision)) is not None:
            seen[pk] = number
    return seen


def _key(request: HttpRequest) -> str | None:
    return request.POST.get("key") or None
