"""The one search box: a page, and the fragment that it shows while one types."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from caicach.kernel.identity.decorators import page
from caicach.kernel.identity.http import StaffRequest
from caicach.kernel.identity.limits import limited
from caicach.kernel.identity.predicates import signed_in

from . import sources

LONGEST_QUERY = 200
IN_BOX, ON_PAGE = 5, 30


@page(signed_in)
@require_GET
@limited("search")
def find(request: StaffRequest) -> HttpResponse:
    query = request.GET.get("q", "")[:LONGEST_QUERY]
    in_box = request.headers.get("HX-Request") == "true" and request.GET.get("box") == "1"
    groups = sources.find(actor=request.actor, query=query, limit=IN_BOX if in_box else ON_PAGE)
    template = "search/hits.html" if in_box else "search/find.html"
    total = sum(len(group.hits) for group in groups)
    lacking = any(hit.missing for group in groups for hit in group.hits)
    return render(request, template, {"query": query, "groups": groups, "total": total, "lacking": lacking})
