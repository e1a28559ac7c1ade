"""Words for the journal's names. Rooms above say how their use cases, roles and units are called, once, at start."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.functional import Promise

UnitNames = Callable[[set[str]], Mapping[str, str]]
"""Codes of units -> their names; one query."""

RecordNames = Callable[[set[str]], Mapping[str, tuple[str, str]]]
"""Ids of records of one kind -> (name, address of its page or ""); one query. Those that are gone are left out."""

_use_cases: dict[str, str | Promise] = {}
_roles: dict[str, str | Promise] = {}
_unit_names: list[UnitNames] = []
_labels: dict[str, Mapping[str, str | Promise]] = {}
_record_names: dict[str, RecordNames] = {}


def declare_use_cases(titles: Mapping[str, str | Promise]) -> None:
    """`{"programme.approve": _("Plan approved")}`: what was done, as a heading of history."""
    _use_cases.update(titles)


def declare_roles(titles: Mapping[str, str | Promise]) -> None:
    _roles.update(titles)


def declare_unit_names(names: UnitNames) -> None:
    """By the one room that holds the units."""
    _unit_names[:] = [names]


def declare_labels(subject_type: str, labels: Mapping[str, str | Promise]) -> None:
    """What the fields of a model are called in history, where the model itself has no words for them."""
    _labels[subject_type] = labels


def declare_record_names(subject_type: str, names: RecordNames) -> None:
    _record_names[subject_type] = names


def labels_of(subject_type: str) -> Mapping[str, str | Promise]:
    return _labels.get(subject_type, {})


def record_names(subject_type: str, ids: set[str]) -> Mapping[str, tuple[str, str]]:
    names = _record_names.get(subject_type)
    return names(ids) if names is not None and ids else {}


def use_case_title(name: str) -> str | None:
    title = _use_cases.get(name)
    return None if title is None else str(title)


def role_title(name: str) -> str:
    """The name itself when no room has said better."""
    return str(_roles.get(name, name))


def unit_names(codes: set[str]) -> Mapping[str, str]:
    return _unit_names[0](codes) if _unit_names and codes else {}
