"""Who may see and change which attachment. A record's room says it for its records; what no room speaks for is shut."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from caicach.kernel.identity.predicates import has_role, only_the_system, predicate
from caicach.kernel.identity.roles import Role
from caicach.kernel.usecase.actor import Actor

from .models import Attachment

Asked = Callable[[Actor, str], bool]
"""Called with the actor and the record's id as text."""


PathOf = Callable[[str], list[tuple[str, str]]]
"""Called with the record's id: label and address of each page on the way to it, the widest first."""


@dataclass(frozen=True, slots=True)
class Rule:
    may_see: Asked
    may_change: Asked
    path: PathOf | None = None


_RULES: dict[str, Rule] = {}


def register_access(subject_type: str, *, may_see: Asked, may_change: Asked, path: PathOf | None = None) -> None:
    """Who may download what is held at a kind of record, and who may attach to it and detach from it.

    subject_type : `app.model`, as in `record._meta.label_lower`. Called once, when the room starts.
    path : leads back from a file's page to the record.
    """
    _RULES[subject_type] = Rule(may_see, may_change, path)


def path_to(attachment: Attachment) -> list[tuple[str, str]]:
    """The pages on the way to the record that holds it, for who may see it; none for an upload held nowhere."""
    rule = _RULES.get(attachment.subject_type)
    return rule.path(attachment.subject_id) if rule is not None and rule.path is not None else []


def may_see(actor: Actor, attachment: Attachment) -> bool:
    if attachment.detached_at is not None:
        return False
    if actor.is_system:
        return True
    if not attachment.subject_type:
        return is_sender(actor, attachment)
    rule = _RULES.get(attachment.subject_type)
    return rule is not None and rule.may_see(actor, attachment.subject_id)


def is_sender(actor: Actor, attachment: Attachment) -> bool:
    return actor.account_id is not None and actor.account_id == attachment.uploaded_by_id


@predicate
def sent_it_and_may_change_the_record(actor: Actor, attachment: Attachment, subject_type: str, subject_id: str) -> bool:
    rule = _RULES.get(subject_type)
    return is_sender(actor, attachment) and rule is not None and rule.may_change(actor, subject_id)


@predicate
def may_change_its_record(actor: Actor, attachment: Attachment) -> bool:
    if not attachment.subject_type:
        return is_sender(actor, attachment)
    rule = _RULES.get(attachment.subject_type)
    return rule is not None and rule.may_change(actor, attachment.subject_id)


@predicate
def may_see_it_and_change_the_record(actor: Actor, attachment: Attachment, subject_type: str, subject_id: str) -> bool:
    rule = _RULES.get(subject_type)
    return may_see(actor, attachment) and rule is not None and rule.may_change(actor, subject_id)


can_upload = has_role(*Role.values)
can_attach = sent_it_and_may_change_the_record
can_hold_again = may_see_it_and_change_the_record
can_detach = may_change_its_record
by_the_system = only_the_system
