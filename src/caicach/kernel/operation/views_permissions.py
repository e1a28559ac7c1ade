"""Roles and permissions: who may do what, as the rooms' own rules say it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from caicach.kernel.identity.decorators import page
from caicach.kernel.identity.http import StaffRequest
from caicach.kernel.identity.roles import Role

from . import access
from .queries.permissions import ANY_ROLE, permissions


@page(access.can_see_permissions)
@require_GET
def roles(request: StaffRequest) -> HttpResponse:
    """All roles side by side, or by `vai` what one role may do."""
    chosen = request.GET.get("vai", ANY_ROLE)
    chosen = chosen if chosen in Role.values else ANY_ROLE
    context = {
        "rooms": permissions(role=chosen),
        "roles": list(Role),
        "is_all": not chosen,
        "chosen": Role(chosen) if chosen else None,
    }
    return render(request, "operation/roles.html", context)
