"""Every field says how its values are to be treated; a model that does not is refused before it is migrated."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error
from django.db.models import Model

CLASSES: Final = frozenset({"public", "internal", "personal", "sensitive"})
OURS: Final = "caicach."


def every_field_has_a_class(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    models = apps.get_models() if app_configs is None else (m for config in app_configs for m in config.get_models())
    return [error for model in models if model.__module__.startswith(OURS) for error in errors_of(model)]


def errors_of(model: type[Model]) -> list[CheckMessage]:
    """Of one model: fields without a class, classes that are none, classes of fields that are no more."""
    classes: dict[str, str] = getattr(model, "data_classes", {})
    names = set(_own_fields(model))
    unknown = {name for name, given in classes.items() if given not in CLASSES}
    return [
        *_errors(model, names - classes.keys(), "has no data class (public, internal, personal, sensitive).", "E001"),
        *_errors(model, unknown, "has a data class that does not exist.", "E002"),
        *_errors(model, classes.keys() - names, "has a data class but is no field.", "E003"),
    ]


def _own_fields(model: type[Model]) -> Iterable[str]:
    return (field.name for field in (*model._meta.concrete_fields, *model._meta.local_many_to_many))


def _errors(model: type[Model], names: Iterable[str], what: str, number: str) -> list[CheckMessage]:
    return [Error(f"{model.__name__}.{name} {what}", obj=model, id=f"usecase.{number}") for name in sorted(names)]
