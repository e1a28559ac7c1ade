from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.core import checks


class JobsConfig(AppConfig):
    name = "caicach.kernel.jobs"
    label = "jobs"

    def ready(self) -> None:
        checks.register(_declarations_load)


def _declarations_load(**_: Any) -> list[checks.CheckMessage]:
    """A room whose declarations cannot be imported fails at `check`, not when the first job comes."""
    from .discovery import discover

    discover()
    return []
