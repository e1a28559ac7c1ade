"""Typed input of a use case: its keywords are checked against the function's own annotations before it runs."""

from __future__ import annotations

import functools
import inspect
import typing
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, ValidationError, create_model

from .errors import InvalidInput
from .text import clean


class InputCheck:
    """Built once for a function; `check` names every keyword that is missing or of a wrong type."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function
        self._parameters = list(inspect.signature(function).parameters.values())[1:]

    @functools.cached_property
    def _model(self) -> type[BaseModel]:
        # Annotations are resolved at the first call: rooms may name types of modules that load later.
        hints = typing.get_type_hints(self._function, include_extras=True)
        fields: dict[str, Any] = {
            p.name: (hints.get(p.name, Any), ... if p.default is inspect.Parameter.empty else p.default)
            for p in self._parameters
        }
        config = ConfigDict(arbitrary_types_allowed=True, strict=True, extra="forbid", protected_namespaces=())
        return create_model(f"Input_{self._function.__name__}", __config__=config, **fields)

    def check(self, keywords: dict[str, Any]) -> None:
        """Raises InvalidInput; converts nothing (strict): the edge has parsed already."""
        try:
            self._model.__pydantic_validator__.validate_python(keywords)
        except ValidationError as error:
            raise invalid_input(error) from error


def invalid_input(error: ValidationError) -> InvalidInput:
    found = error.errors(include_url=False, include_input=False)
    return InvalidInput(fields=sentences((str(one["loc"][0]) if one["loc"] else "", one) for one in found))


def with_impossible_characters(names: Iterable[str]) -> InvalidInput:
    """Of the inputs of these names, whose texts no database can keep (`text.can_be_stored`)."""
    sentence = _("This holds a character that no text can have. Type it anew.")
    return InvalidInput(fields={clean(name): [sentence] for name in names})


def sentences(found: Iterable[tuple[str, Mapping[str, Any]]]) -> dict[str, list[str]]:
    """From pydantic's findings, each with the name of its input: what to tell people, by input."""
    told: dict[str, list[str]] = {}
    for name, one in found:
        told.setdefault(name, []).append(_sentence(one["type"], one.get("ctx", {})))
    return told


def _sentence(kind: str, bounds: Mapping[str, Any]) -> str:
    match kind:
        case "missing":
            return _("This is missing.")
        case "extra_forbidden":
            return _("There is no such input here.")
        case "string_too_long":
            return _("This is too long: at most %(limit)d characters.") % {"limit": bounds["max_length"]}
        case "too_long":
            return _("Send at most %(limit)s at once.") % {
                "limit": number_format(bounds["max_length"], force_grouping=True)
            }
        case "less_than_equal":
            return _("This may be %(limit)s at most.") % {"limit": bounds["le"]}
        case "greater_than_equal":
            return _("This must be %(limit)s at least.") % {"limit": bounds["ge"]}
    return _("This has a wrong form.")
