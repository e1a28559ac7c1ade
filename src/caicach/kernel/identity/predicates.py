"""Permission predicates: who may do what on which record. The only place that knows the library beneath (django-rules).

A predicate is called with the actor and the use case's own keywords, and receives those it names:

    @predicate(roles=[Role.FOCAL_POINT, Role.UNIT_HEAD])
    def leads_it(actor: Actor, task: PlanTask) -> bool: ...

    can_report = has_role(Role.OPERATOR) | leads_it
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from enum import IntEnum
from typing import Any, overload

import rules

from caicach.kernel.usecase.actor import Actor


class Answer(IntEnum):
    """What someone who holds one role only is told, before a record is known."""

    NO = 0
    DEPENDS = 1
    YES = 2


AnswerOfRole = Callable[[str], Answer]


class Predicate:
    """Composable by `&`, `|`, `~`; `of_role` answers for the page of roles and permissions, without a record."""

    def __init__(self, inner: rules.Predicate, *, of_role: AnswerOfRole, name: str = "") -> None:
        self._inner = inner
        self.of_role = of_role
        self.name = name

    def __call__(self, actor: Actor, **keywords: Any) -> bool:
        return actor.is_system or bool(self._inner.test(actor, keywords))

    def __and__(self, other: Predicate) -> Predicate:
        return Predicate(
            self._inner & other._inner,
            of_role=lambda role: min(self.of_role(role), other.of_role(role)),
            name=f"({self.name} & {other.name})",
        )

    def __or__(self, other: Predicate) -> Predicate:
        return Predicate(
            self._inner | other._inner,
            of_role=lambda role: max(self.of_role(role), other.of_role(role)),
            name=f"({self.name} | {other.name})",
        )

    def __invert__(self) -> Predicate:
        return Predicate(
            ~self._inner, of_role=lambda role: Answer(Answer.YES - self.of_role(role)), name=f"~{self.name}"
        )

    def __repr__(self) -> str:
        return f"<Predicate {self.name}>"


@overload
def predicate(function: Callable[..., bool]) -> Predicate: ...


@overload
def predicate(*, roles: Iterable[str]) -> Callable[[Callable[..., bool]], Predicate]: ...


@overload
def predicate(*, whatever_role: Answer) -> Callable[[Callable[..., bool]], Predicate]: ...


def predicate(
    function: Callable[..., bool] | None = None,
    *,
    roles: Iterable[str] | None = None,
    whatever_role: Answer = Answer.DEPENDS,
) -> Predicate | Callable[[Callable[..., bool]], Predicate]:
    """From a plain function; a keyword that it names and the caller lacks makes it false (deny by default).

    roles : without one of these it is false for every record; whatever_role : what it says when no record decides.
    """
    names = None if roles is None else frozenset(str(role) for role in roles)

    def of_role(role: str) -> Answer:
        if names is None:
            return whatever_role
        return Answer.DEPENDS if role in names else Answer.NO

    def wrap(function: Callable[..., bool]) -> Predicate:
        wanted = list(inspect.signature(function).parameters)[1:]

        def test(actor: Actor, keywords: Mapping[str, Any]) -> bool:
            if any(name not in keywords for name in wanted):
                return False
            return bool(function(actor, **{name: keywords[name] for name in wanted}))

        name = function.__name__
        return Predicate(rules.predicate(test, name=name), of_role=of_role, name=name)

    return wrap if function is None else wrap(function)


def has_role(*roles: str) -> Predicate:
    """Holds one of the roles, in whatever unit."""
    names = frozenset(str(role) for role in roles)
    return _by_role("has_role", names, lambda actor: actor.holds(*names))


def has_role_over_all(*roles: str) -> Predicate:
    """Holds one of the roles at the top of the tree: for what no single unit's subtree holds, such as the journal."""
    names = frozenset(str(role) for role in roles)
    return _by_role(
        "has_role_over_all", names, lambda actor: any(held.is_at_top and held.role in names for held in actor.roles)
    )


def _by_role(kind: str, names: frozenset[str], holds: Callable[[Actor], bool]) -> Predicate:
    def test(actor: Actor, _keywords: Mapping[str, Any]) -> bool:
        return holds(actor)

    label = f"{kind}({', '.join(sorted(names))})"
    return Predicate(
        rules.predicate(test, name=label),
        of_role=lambda role: Answer.YES if role in names else Answer.NO,
        name=label,
    )


@predicate(whatever_role=Answer.YES)
def signed_in(actor: Actor) -> bool:
    return actor.is_signed_in


@predicate(whatever_role=Answer.YES)
def anyone(actor: Actor) -> bool:
    return True


@predicate(whatever_role=Answer.NO)
def only_the_system(actor: Actor) -> bool:
    return actor.is_system
