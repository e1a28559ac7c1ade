"""Every way in: the pages of every room and the operations of the API, as Django itself finds them."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.urls import URLPattern, URLResolver, get_resolver
from ninja.operation import PathView

NO_RULE: Final = object()


@dataclass(frozen=True, slots=True)
class Page:
    """One address pattern. `methods` is empty when the view does not say which it takes."""

    name: str
    parameters: tuple[str, ...]
    methods: tuple[str, ...]
    rule: Any

    @property
    def has_rule(self) -> bool:
        return self.rule is not NO_RULE


@dataclass(frozen=True, slots=True)
class Operation:
    """One way to ask: a page by one method, or an operation of the API. `path` has {placeholders}, for the API only."""

    name: str
    method: str
    parameters: tuple[str, ...]
    path: str = ""

    @property
    def label(self) -> str:
        return f"{self.name} {self.method}"

    @property
    def is_api(self) -> bool:
        return bool(self.path)


@dataclass(frozen=True, slots=True)
class _Address:
    name: str
    route: str
    parameters: tuple[str, ...]
    view: Callable[..., Any]


def every_page() -> list[Page]:
    """Every address pattern but those that the API makes of its own operations."""
    return [
        Page(
            name=address.name,
            parameters=address.parameters,
            methods=methods_of(address.view),
            rule=getattr(address.view, "page_rule", NO_RULE),
        )
        for address in _addresses(get_resolver())
        if _of_the_api(address.view) is None
    ]


def every_operation() -> list[Operation]:
    """Pages by each method that they take, then the API. Pages of others (no rule) are opened by GET only."""
    pages = [
        Operation(page.name, method, page.parameters)
        for page in every_page()
        for method in (page.methods if page.has_rule else ("GET",))
    ]
    return pages + api_operations()


def api_operations() -> list[Operation]:
    """The API has one address pattern for each operation, and all operations of a path behind each of them."""
    found = {
        operation.operation_id: Operation(
            str(operation.operation_id), method, address.parameters, _with_placeholders(address.route)
        )
        for address in _addresses(get_resolver())
        if (view := _of_the_api(address.view)) is not None
        for operation in view.operations
        for method in operation.methods
    }
    return list(found.values())


def _addresses(
    resolver: URLResolver, spaces: tuple[str, ...] = (), start: str = "", before: tuple[str, ...] = ()
) -> Iterator[_Address]:
    for pattern in resolver.url_patterns:
        route = start + str(pattern.pattern)
        parameters = (*before, *pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLPattern):
            yield _Address(":".join((*spaces, pattern.name or f"({route})")), route, parameters, pattern.callback)
        else:
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from _addresses(pattern, inner, route, parameters)


def _with_placeholders(route: str) -> str:
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route)


def methods_of(view: Callable[..., Any]) -> tuple[str, ...]:
    """What Django's `require_http_methods` and its kin were given, wherever in the chain of decorators they stand.

    HEAD is left out: it is GET without the body.
    """
    inner: Any = view
    while inspect.isfunction(inner):
        allowed = inspect.getclosurevars(inner).nonlocals.get("request_method_list")
        if allowed is not None:
            return tuple(method for method in allowed if method != "HEAD")
        inner = getattr(inner, "__wrapped__", None)
    return ()


def _of_the_api(view: Callable[..., Any]) -> PathView | None:
    """What stands behind an address of the API: its view holds it and nothing else tells."""
    held = inspect.getclosurevars(view).nonlocals.get("self") if inspect.isfunction(view) else None
    return held if isinstance(held, PathView) else None
