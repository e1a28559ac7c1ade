"""One family of errors, alike on pages, in the API and on the command line: a message for people, a code for programs.

A room derives its own: `class MissingDocuments(UnableToAccept)`, beside the function that raises it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _


class UseCaseError(Exception):
    """What was asked cannot be done; nothing was changed.

    code : stable, `room.reason`; clients and tests rely on it.
    status : the HTTP status that pages and API answer with.
    retry_after : seconds after which it may be asked again, where that is known.
    message : whole sentence in the reader's language: what is wrong and what to do.
    fields : input name -> sentences, where the error belongs to one input.
    """

    code = "usecase.refused"
    status = 409
    retry_after: int | None = None

    def __init__(self, message: str = "", *, fields: Mapping[str, Sequence[str]] | None = None, **params: Any) -> None:
        self.message = message or self.default_message()
        self.fields: dict[str, list[str]] = {name: list(texts) for name, texts in (fields or {}).items()}
        self.params = params
        super().__init__(self.message)

    def default_message(self) -> str:
        return _("This cannot be done now. Nothing was changed.")

    @property
    def for_programs(self) -> str:
        """What the API says besides the message, in the words of those who write programs; mostly nothing."""
        return ""

    @property
    def heading(self) -> str:
        """What happened, a sentence without a full stop; the message goes on from there."""
        headings = {
            400: _("What was sent could not be read"),
            401: _("You are not signed in"),
            403: _("You may not open this"),
            404: _("Nothing to see here"),
            413: _("The file is too big"),
            422: _("Some inputs need correcting"),
            429: _("Too many tries"),
            503: _("Not available for a moment"),
            507: _("There is no room left for data"),
        }
        return headings.get(self.status) or _("This cannot be done now")


class NotSignedIn(UseCaseError):
    """Nobody is known to ask. Pages lead to the sign-in instead."""

    code = "usecase.not_signed_in"
    status = 401

    def default_message(self) -> str:
        return _("Sign in first.")


class NotPermitted(UseCaseError):
    """The actor lacks the right. Never says whether the record exists."""

    code = "usecase.not_permitted"
    status = 403

    def default_message(self) -> str:
        return _("You have not been given the right to do this. Your unit's office can help.")


class NotFound(UseCaseError):
    """No such record, or none that the actor may know of: the two answers are the same."""

    code = "usecase.not_found"
    status = 404

    def default_message(self) -> str:
        return _("There is nothing here, or you have not been given the right to see it. Your unit's office can help.")


class InvalidInput(UseCaseError):
    """An input is missing or has a wrong form; `fields` names each."""

    code = "usecase.invalid_input"
    status = 422

    def default_message(self) -> str:
        return _("Some inputs need correcting. Nothing was changed.")


class UnreadableBody(UseCaseError):
    """What a program sent is no JSON."""

    code = "usecase.unreadable_body"
    status = 400

    def default_message(self) -> str:
        return _("What was sent could not be read: send JSON in UTF-8. Nothing was changed.")


class EditConflict(UseCaseError):
    """Someone else changed the record in between.

    changes : field label -> (what you saw, what it is now), for the page that helps to merge.
    typed : those of the labels whose first text is what you typed rather than what you saw.
    """

    code = "usecase.edit_conflict"
    status = 409

    def __init__(
        self,
        message: str = "",
        *,
        changed_by: str = "",
        changes: Mapping[str, tuple[str, str]] | None = None,
        typed: Collection[str] = (),
    ) -> None:
        self.changed_by = changed_by
        self.changes = dict(changes or {})
        self.typed = frozenset(typed)
        super().__init__(message)

    def default_message(self) -> str:
        return _("Someone else changed this after you opened it. See what changed, then save again.")

    @property
    def heading(self) -> str:
        return _("Someone else has changed this meanwhile")


class ChangedSinceSeen(EditConflict):
    """What a decision is about is not any more what the person saw who decides: nobody signs for what others saw."""

    def default_message(self) -> str:
        return _("This has changed since you opened it, so nothing was decided. See what changed, then decide again.")


class SomeoneWasFirst(UseCaseError):
    """What may be there only once is there already: from long ago, or since someone else wrote it at the same moment.

    labels : field name -> its name for people, of those that may not be the same twice; empty where that is not known.
    """

    code = "usecase.someone_was_first"

    def __init__(self, labels: Mapping[str, str] | None = None) -> None:
        self.labels = dict(labels or {})
        super().__init__()
        if len(self.labels) == 1:  # of several it is the whole that may not be twice, and none of them is wrong
            self.fields = {name: [self.message] for name in self.labels}

    def default_message(self) -> str:
        if not self.labels:
            return _(
                "This is there already: made before, or by someone else a moment ago. Nothing was changed."
                " Open the page again to see it."
            )
        return _(
            "There is one already with the same: %(fields)s. Nothing was changed."
            " Give another one, or open the page again to see the one that is there."
        ) % {"fields": ", ".join(self.labels.values())}


class KeyReused(UseCaseError):
    """The same idempotency key came with other content, or from someone else."""

    code = "usecase.key_reused"

    def default_message(self) -> str:
        return _("This form was already sent with other content. Open the page again and send it once more.")

    @property
    def for_programs(self) -> str:
        return _("The key in the header Idempotency-Key was used before. Send a new key with new content.")
