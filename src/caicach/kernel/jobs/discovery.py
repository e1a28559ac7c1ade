"""Finding what rooms declare. Late, so that a command which neither runs nor lists work does not pay for it."""

from __future__ import annotations

import functools

from django.utils.module_loading import autodiscover_modules


@functools.cache
def discover() -> None:
    """Import each room's `background.py` and `subscriptions.py`: the kernel names no room, they name themselves."""
    autodiscover_modules("background", "subscriptions")
