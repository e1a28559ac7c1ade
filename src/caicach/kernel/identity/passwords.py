"""Passwords: at least 12 characters, any characters, not a common one, not a word of this house (QUALITY A5)."""

from __future__ import annotations

import secrets

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_HOUSE_WORDS = ("caicach", "bonoivu", "noivu", "caicachhanhchinh", "matkhau", "hanoi", "vietnam")


_READABLE = "abcdefghkmnpqrstuvwxyz23456789"
"""Without letters and digits that look like one another."""


def fresh_password() -> str:
    """Fifteen random letters (73 bits) in three groups: known to nobody beforehand, readable when typed from paper."""
    return "-".join("".join(secrets.choice(_READABLE) for _ in range(5)) for _ in range(3))


class NotAWordOfThisHouse:
    """Refuses passwords that are a house word with a few characters around it."""

    def validate(self, password: str, user: object = None) -> None:
        bare = "".join(character for character in password.lower() if character.isalnum())
        for word in _HOUSE_WORDS:
            if word in bare and len(bare) - len(word) < 6:
                raise ValidationError(
                    _("This password is easy to guess here. Choose several words that others cannot guess."),
                    code="house_word",
                )

    def get_help_text(self) -> str:
        return _("Several words that others cannot guess are best.")


class NotTooLong:
    """128 characters and no more: hashing must stay cheap to refuse."""

    def validate(self, password: str, user: object = None) -> None:
        if len(password) > 128:
            raise ValidationError(_("Use at most 128 characters."), code="too_long")

    def get_help_text(self) -> str:
        return _("At most 128 characters.")


class NotTheOneThatOthersKnow:
    """Refuses the temporary password as one's own: whoever gave it knows it."""

    def validate(self, password: str, user: object = None) -> None:
        is_given = isinstance(user, AbstractBaseUser) and getattr(user, "password_is_temporary", False)
        if is_given and user.check_password(password):  # type: ignore[attr-defined]
            raise ValidationError(
                _("Someone else knows this password already. Choose one that only you know."), code="known_to_others"
            )

    def get_help_text(self) -> str:
        return _("Not the temporary password that you were given.")
