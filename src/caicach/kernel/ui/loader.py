"""Loads templates through django-cotton and drops the white space around a component, so that one stands in a sentence.

Đạt <c-fig …>94,7 %</c-fig>.      gives no space before the full stop
"""

from __future__ import annotations

import re

from django.conf import settings
from django.template import Origin
from django_cotton.cotton_loader import Loader as CottonLoader

_HEAD = re.compile(r"^((?:\{% cotton:vars [^\n]*?%\})?)(?:\s+|\{#[^\n]*#\})+")


class Loader(CottonLoader):
    def get_contents(self, origin: Origin) -> str:
        contents: str = super().get_contents(origin)
        if not str(origin.template_name).startswith(f"{settings.COTTON_DIR}/"):
            return contents
        return trimmed(contents)


def trimmed(component: str) -> str:
    """Without its doc comment and the white space before and after it; the inside stays as it is."""
    return _HEAD.sub(r"\1", component, count=1).rstrip()
