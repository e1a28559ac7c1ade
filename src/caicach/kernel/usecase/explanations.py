"""What a use case does, in one sentence for people: the first of its docstring, which is an English message id."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.utils.module_loading import autodiscover_modules

from .core import REGISTRY

_FIRST_SENTENCE = re.compile(r"(.+?\.)(?:\s|$)")


def first_sentence(use_case: Callable[..., Any]) -> str:
    """Without line breaks; "" when there is no docstring, or when it begins with what only programmers need."""
    paragraph = " ".join((use_case.__doc__ or "").strip().split("\n\n")[0].split())
    found = _FIRST_SENTENCE.match(paragraph)
    sentence = found.group(1) if found else paragraph
    return "" if sentence.startswith(("Raises ", "Emits ", "Returns ")) else sentence


def every_use_case() -> dict[str, Any]:
    """The use cases of all installed rooms by name, also those that no page has asked for yet."""
    autodiscover_modules("services")
    return {name: use_case for name, use_case in sorted(REGISTRY.items()) if use_case.__module__.startswith("caicach.")}
