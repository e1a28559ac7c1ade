"""Asking for the page of a task and its acts, as its tests do."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

from django.test import Client
from django.urls import reverse

from caicach.kernel.files import services as files
from caicach.kernel.files.models import Attachment
from caicach.measurement.programme.models import PlanTask, TaskProduct
from tests.ministry import Ministry

TaskNamed = Callable[[str], PlanTask]
ClientOf = Callable[[str], Client]


def page(client: Client, task: PlanTask, **query: str) -> str:
    answer = client.get(reverse("programme:task", args=[task.pk]), query)
    assert answer.status_code == 200
    return answer.content.decode()


def post(client: Client, name: str, pk: int, **typed: Any) -> Any:
    return client.post(reverse(f"programme:{name}", args=[pk]), typed)


def the_product(task: PlanTask) -> TaskProduct:
    return TaskProduct.objects.select_related("task__plan").get(task=task)


def upload(ministry: Ministry, name: str = "bien-ban.txt", *, by: str = "focal", content: bytes = b"") -> Attachment:
    with files.receiving(BytesIO(content or f"Biên bản {name}".encode()), name=name) as received:
        sent: Attachment = files.store_upload(actor=ministry.actor(by), file=received)
    return sent
