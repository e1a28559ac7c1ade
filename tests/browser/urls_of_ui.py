"""Small pages for the browser tests of behaviour: fragments, autosave, upload, toasts."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.urls import include, path

from caicach.config.urls import handler400, handler403, handler404, handler429, handler500
from caicach.kernel.identity.decorators import page
from caicach.kernel.identity.predicates import signed_in
from caicach.kernel.ui import toasts
from caicach.kernel.usecase.errors import NotPermitted

__all__ = ["handler400", "handler403", "handler404", "handler429", "handler500"]

saved: list[str] = []
undone: list[str] = []


def engine_page(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "behaviour.html", {"undone": undone})


@page(signed_in)
def region(request: HttpRequest) -> HttpResponse:
    response = HttpResponse('<p id="left" class="cc-new" tabindex="-1" data-focus-after-swap>Còn 11 việc</p>')
    response.headers["HX-Trigger"] = json.dumps({"cc:announce": "Còn 11 việc"})
    toasts.add(request, "Đã gộp nhiệm vụ 2.7 vào 2.6.", undo="/thu/hoan-tac/")
    return response


def refused(request: HttpRequest) -> HttpResponse:
    raise NotPermitted


def save(request: HttpRequest) -> HttpResponse:
    if request.POST.get("note") == "hong":
        return HttpResponse(status=503)
    saved.append(f"{request.headers.get('X-Autosave')}:{request.POST['note']}")
    return HttpResponse(status=204)


def undo(request: HttpRequest) -> HttpResponse:
    undone.append("2.7")
    return engine_page(request)


def take(request: HttpRequest) -> HttpResponse:
    file = request.FILES["file"]
    if file.name.endswith(".exe"):
        return JsonResponse({"detail": f"Không nhận tệp {file.name}. Chọn tệp khác."}, status=422)
    if file.name.startswith("het-cho"):
        return JsonResponse({"detail": "Máy chủ hết chỗ lưu."}, status=507)
    return JsonResponse({"id": f"id-{file.name}", "name": file.name}, status=201)


def whole_form(request: HttpRequest) -> HttpResponse:
    return HttpResponse(", ".join(request.POST.getlist("papers")))


urlpatterns = [
    path("thu/", engine_page),
    path("thu/vung/", region),
    path("thu/tu-choi/", refused),
    path("thu/luu/", save),
    path("thu/hoan-tac/", undo),
    path("thu/tep/", take),
    path("thu/gui/", whole_form),
    path("", include("caicach.config.urls")),
]
