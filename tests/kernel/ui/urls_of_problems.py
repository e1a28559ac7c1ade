"""Views that fail in every way, for the tests of problems."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path

from caicach.config.urls import handler400, handler403, handler404, handler429, handler500
from caicach.kernel.ui import toasts
from caicach.kernel.usecase.errors import EditConflict, InvalidInput, NotPermitted

__all__ = ["handler400", "handler403", "handler404", "handler429", "handler500"]

ERRORS = {
    "missing": Http404("no"),
    "denied": PermissionDenied("no"),
    "odd": SuspiciousOperation("no"),
    "big": RequestDataTooBig("no"),
    "gone": OperationalError("the server closed the connection"),
    "ours": ZeroDivisionError("secret detail"),
    "refused": NotPermitted(),
    "invalid": InvalidInput(fields={"due_date": ["Thời hạn phải sau ngày bắt đầu."]}),
    "conflict": EditConflict(changed_by="Trần Thị Bình", changes={"Thời hạn": ("30/06/2022", "15/07/2022")}),
    "typed": EditConflict(
        changed_by="Trần Thị Bình",
        changes={"Việc": ("Rà soát", "Kiểm tra"), "Thời hạn": ("30/06/2022", "15/07/2022")},
        typed=["Việc"],
    ),
}


def fail(request: HttpRequest, how: str) -> HttpResponse:
    raise ERRORS[how]


def done(request: HttpRequest) -> HttpResponse:
    toasts.add(request, "Đã gộp nhiệm vụ.", undo="/hoan-tac/")
    messages.info(request, "Đã lưu.")
    return HttpResponse("<p>xong</p>")


def own_policy(request: HttpRequest) -> HttpResponse:
    return HttpResponse("", headers={"Content-Security-Policy": "sandbox", "Cache-Control": "private, max-age=60"})


urlpatterns = [
    path("hong/<str:how>/", fail),
    path("xong/", done),
    path("rieng/", own_policy),
    path("api/hong/<str:how>/", fail),
    path("", include("caicach.config.urls")),
]
