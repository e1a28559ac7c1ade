"""What each role may do: every use case against every role, as the predicates of the rooms say it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _

from caicach.kernel.audit.vocabulary import use_case_title
from caicach.kernel.identity.predicates import Answer, Predicate
from caicach.kernel.identity.roles import Role
from caicach.kernel.operation import history_words
from caicach.kernel.usecase.explanations import every_use_case, first_sentence

ANY_ROLE = ""


@dataclass(frozen=True, slots=True)
class Permission:
    """One use case. what : a sentence. answers : of every role, in the order of the roles; of one role only that."""

    name: str
    what: str
    answers: list[tuple[Role, Answer]]


@dataclass(frozen=True, slots=True)
class RoomPermissions:
    room: str
    lines: list[Permission]


def permissions(*, role: str = ANY_ROLE) -> list[RoomPermissions]:
    """By room; of one role only what it may do at least for some records. No SQL query.

    What only the system does (clearing away, sending) is in none of them.
    """
    roles = list(Role) if role == ANY_ROLE else [Role(role)]
    found = [_permission(name, use_case, roles) for name, use_case in every_use_case().items()]
    shown = [line for line in found if any(answer != Answer.NO for _role, answer in line.answers)]
    rooms = [(room, list(lines)) for room, lines in groupby(shown, key=lambda line: line.name.partition(".")[0])]
    # The ministry's own work before what the kernel gives to all rooms.
    rooms.sort(key=lambda found: found[0] in history_words.ROOMS)
    return [RoomPermissions(room_label(room), lines) for room, lines in rooms]


def _permission(name: str, use_case: Any, roles: Sequence[Role]) -> Permission:
    rule: Predicate = use_case.permission
    sentence = first_sentence(use_case)
    what = _(sentence) if sentence else use_case_title(name) or name
    return Permission(
        name=name,
        what=what,
        answers=[(role, rule.of_role(role)) for role in roles],
    )


def room_label(room: str) -> str:
    """As people call it: the kernel's rooms by operation's list, the others by the name of their app."""
    if room in history_words.ROOMS:
        return str(history_words.ROOMS[room])
    return next((str(app.verbose_name) for app in apps.get_app_configs() if app.label == room), room)
