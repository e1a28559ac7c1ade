"""Help by role: only the chapters of what the reader may do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from caicach.kernel.identity.decorators import page
from caicach.kernel.identity.http import StaffRequest
from caicach.kernel.identity.predicates import has_role, signed_in
from caicach.kernel.identity.roles import Role

CHAPTERS: tuple[tuple[Callable[..., bool], Any, tuple[Any, ...]], ...] = (
    (
        signed_in,
        _("For everyone"),
        (
            _("My work lists what waits for you, the most urgent first."),
            _("Search with / finds tasks, plans and units; accents need not be written."),
            _("Every figure under a dotted line opens the rows it counts; Why? says how it came about."),
            _("Going away? Choose in the account menu who stands in for you."),
        ),
    ),
    (
        has_role(Role.REFORM_OFFICER),
        _("Prepare and follow a plan"),
        (
            _("Import the text; the tasks are proposed beside their sentences."),
            _("Check them: F2 and Enter edit a cell, y confirms, t splits, g merges, b drops, Ctrl+Z takes back."),
            _("Paste rows from Excel: all are taken over or none, and each bad cell is named."),
            _("Submit; a leader approves. Then accept products, answer requests for extension, urge late units."),
            _("Draft the periodic report; its figures open the tasks they count."),
        ),
    ),
    (
        has_role(Role.UNIT_HEAD, Role.FOCAL_POINT, Role.STAFF),
        _("Do the tasks of a unit"),
        (
            _("Accept a task, or return it with a reason; name a person in charge."),
            _("Report progress in per cent and words."),
            _("Hand in the product with its paper; the task is done when the product is accepted."),
            _("Ask for an extension before the deadline; the old date is kept."),
        ),
    ),
    (
        has_role(Role.LEADER),
        _("Lead"),
        (
            _("The overview says what is late and where, and what waits for your decision."),
            _("Approve a plan or a report, or return it with a reason."),
        ),
    ),
    (
        has_role(Role.OPERATOR),
        _("Run the system"),
        (
            _("Status says in words what needs you."),
            _("Accounts: make them, give and end roles, shut them; a first password is shown once."),
            _("Background work that failed is started again from its list."),
            _("`caicach audit verify` proves the journal; keep a copy of its heads elsewhere."),
        ),
    ),
)


@page(signed_in)
@require_GET
def help_page(request: StaffRequest) -> HttpResponse:
    chapters = [(title, steps) for rule, title, steps in CHAPTERS if rule(request.actor)]
    return render(request, "operation/help.html", {"chapters": chapters})
