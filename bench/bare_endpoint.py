"""A bare Django endpoint: the very rows that a comment sent through the API leaves, and nothing asked before.

With BARE_SIGNED_IN=1 it is of a session, as Django itself does it: session, CSRF and account, no role and no right.
"""

# ruff: noqa: E402 - models are imported when the apps are loaded

from __future__ import annotations

import json
import os
import secrets
from typing import Any

import django
from django.conf import settings

django.setup()

from django.core.handlers.wsgi import WSGIHandler
from django.db import models, transaction
from django.http import HttpRequest, JsonResponse
from django.urls import path

from caicach.kernel.audit.models import Entry, EntryChange
from caicach.kernel.usecase.models import IdempotentResult, OutboxEvent
from caicach.measurement.programme.models import TaskComment

IS_SIGNED_IN = os.environ.get("BARE_SIGNED_IN") == "1"
SIGNING_IN = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]

patterns: dict[type[models.Model], dict[str, Any]] = {}
"""The last row that the API left in each table, read once."""


def copy_of(model: type[models.Model], **changed: Any) -> models.Model | None:
    if model not in patterns:
        last = model._default_manager.order_by("pk").last()
        kept = {} if last is None else {f.attname: getattr(last, f.attname) for f in model._meta.concrete_fields}
        patterns[model] = {name: value for name, value in kept.items() if name != model._meta.pk.attname}
    return model._default_manager.create(**patterns[model] | changed) if patterns[model] else None


def same_rows(request: HttpRequest) -> JsonResponse:
    if IS_SIGNED_IN and not request.user.is_authenticated:
        return JsonResponse({}, status=401)
    with transaction.atomic():
        comment = copy_of(TaskComment, text=json.loads(request.body)["text"])
        entry = copy_of(Entry, nonce=secrets.token_hex(8))
        copy_of(EntryChange, entry_id=entry.pk)
        copy_of(OutboxEvent)
        copy_of(IdempotentResult, key=secrets.token_hex(16))
    return JsonResponse({"id": comment.pk}, status=201)


def one_row(request: HttpRequest) -> JsonResponse:
    comment = copy_of(TaskComment, text=json.loads(request.body)["text"])
    return JsonResponse({"id": comment.pk}, status=201)


urlpatterns = [path("same-rows", same_rows), path("one-row", one_row)]

settings.ROOT_URLCONF = __name__
settings.MIDDLEWARE = SIGNING_IN if IS_SIGNED_IN else []  # after the apps were loaded: some ask for their own
settings.SESSION_ENGINE = "django.contrib.sessions.backends.db"
application = WSGIHandler()
