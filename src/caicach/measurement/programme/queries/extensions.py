"""Requests for a later deadline, for who may read them."""

from __future__ import annotations

from django.db.models import QuerySet

from caicach.kernel.usecase.actor import Actor
from caicach.measurement.programme.models import ExtensionRequest

from .tasks import visible_tasks


def extensions_of(*, actor: Actor) -> QuerySet[ExtensionRequest]:
    """Of tasks that the actor may see, whose pages show them; answered ones too."""
    return ExtensionRequest.objects.filter(task__in=visible_tasks(actor=actor).order_by().values("pk"))
