"""Who acts: an account with the roles it holds today, or the system itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Final


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role held in a unit; `reach` is that unit and all beneath it (unit ids)."""

    role: str
    unit_id: int
    unit_code: str
    unit_name: str
    reach: frozenset[int]
    on_behalf_of: str = ""
    """The absent person's name, when the role is held by delegation."""
    giver_id: int | None = None
    """That person's account."""
    is_at_top: bool = False
    """The unit is beneath no other, so that the role reaches the whole house."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A snapshot for one request: rights end with the term of a role at the next request."""

    account_id: int | None
    name: str
    roles: tuple[HeldRole, ...] = ()
    is_system: bool = False
    reach: frozenset[int] = field(init=False)
    """Every unit id that some role reaches."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "reach", frozenset().union(*(held.reach for held in self.roles)))

    @property
    def is_signed_in(self) -> bool:
        return self.account_id is not None

    def reaches(self, unit_id: int | None) -> bool:
        return self.is_system or (unit_id is not None and unit_id in self.reach)

    def holds(self, *roles: str) -> bool:
        """Holds one of the roles anywhere."""
        return self.is_system or any(held.role in roles for held in self.roles)

    def holds_over(self, unit_id: int | None, *roles: str) -> bool:
        """Holds one of the roles in that unit or in one above it."""
        return self.is_system or any(held.role in roles and unit_id in held.reach for held in self.roles)

    def units_of(self, *roles: str) -> frozenset[int]:
        """Ids of the units reached by one of the roles (by any role when none is named)."""
        return frozenset().union(*(held.reach for held in self.roles if not roles or held.role in roles))

    def own_units(self, *roles: str) -> tuple[HeldRole, ...]:
        return tuple(held for held in self.roles if not roles or held.role in roles)

    @property
    def member_of(self) -> frozenset[int]:
        """Ids of the units in which a role is held itself: not reached from above, not received by delegation."""
        return frozenset(held.unit_id for held in self.roles if not held.on_behalf_of)

    @property
    def members(self) -> dict[int, frozenset[int]]:
        """Account -> ids of the units in which it holds a role itself: the actor's own, and those of each absent person
        in whose place the actor acts.
        """
        found: dict[int, set[int]] = {}
        for held in self.roles:
            person = held.giver_id if held.on_behalf_of else self.account_id
            if person is not None:
                found.setdefault(person, set()).add(held.unit_id)
        return {person: frozenset(units) for person, units in found.items()}

    @property
    def main_role(self) -> HeldRole | None:
        return self.roles[0] if self.roles else None


ANONYMOUS: Final = Actor(account_id=None, name="")
SYSTEM: Final = Actor(account_id=None, name="system", is_system=True)

FindAccount = Callable[[int, date], Actor]
_find_account: list[FindAccount] = []


def declare_accounts(find: FindAccount) -> None:
    """`find` gives the account of an id with the roles it holds that day; ANONYMOUS when it is gone or shut."""
    _find_account[:] = [find]


def as_of_now(actor: Actor, *, on: date) -> Actor:
    """The same actor with the roles that the database has at this moment. The system and nobody stay as they are."""
    return actor if actor.account_id is None else _find_account[0](actor.account_id, on)
