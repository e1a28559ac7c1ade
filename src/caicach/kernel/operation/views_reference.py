"""Reference data with its sources: parameters, and what the rooms add."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from caicach.kernel.identity.decorators import page
from caicach.kernel.identity.http import StaffRequest

from . import access, reference_lists


@page(access.can_see_reference)
@require_GET
def reference(request: StaffRequest) -> HttpResponse:
    shown = [(each, each.lines()) for each in reference_lists.lists()]
    return render(request, "operation/reference.html", {"lists": shown})
