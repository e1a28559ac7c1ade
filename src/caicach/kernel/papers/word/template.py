"""A room's own Word template (`templates/<room>/<name>.docx`), filled by docxtpl.

The template is ours and may hold tags ({{ name }}, {%tr for row in rows %}); what a person typed is only data: it is
escaped, never read as a tag, and the sandbox lets a tag reach nothing but the plain values it was given.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from django.template.utils import get_app_template_dirs
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from caicach.kernel.papers.text import printable_deep
from caicach.kernel.papers.typesetting import UnableToPrint

from . import ooxml


class BrokenTemplate(UnableToPrint):
    """A tag of the template is wrong or asks for what was not given. `params["diagnostic"]` says which, for the log."""

    code = "papers.broken_word_template"


def word_from_template(template: str, data: Mapping[str, Any]) -> bytes:
    """The .docx file. `data` holds texts, numbers, lists and mappings only; "\\n" in a text breaks the line.

    Raises BrokenTemplate; FileNotFoundError for a template that no room has.
    """
    return fill(_template(template), data)


def fill(template: Path, data: Mapping[str, Any]) -> bytes:
    """The same for a template that lies anywhere."""
    document = DocxTemplate(template)
    environment = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    try:
        document.render(printable_deep(data), environment, autoescape=True)
    except TemplateError as error:
        raise BrokenTemplate(diagnostic=str(error)) from error
    written = BytesIO()
    document.save(written)
    return ooxml.same_bytes(written.getvalue())


@cache
def _template(name: str) -> Path:
    for folder in get_app_template_dirs("templates"):
        path = Path(folder) / name
        if path.suffix == ".docx" and path.is_file():
            return path
    raise FileNotFoundError(f"no room has the Word template {name}")
