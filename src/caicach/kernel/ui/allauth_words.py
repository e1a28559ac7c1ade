"""Sentences of django-allauth's forms that people meet here. It ships no Vietnamese, so our catalogue gives it.

Nothing calls this: the names are here so that extraction finds them.
"""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_noop as _

SENTENCES: Final = (
    _("Password"),
    _("Username"),
    _("Current Password"),
    _("New Password"),
    _("New Password (again)"),
    _("Password (again)"),
    _("Email"),
    _("Email address"),
    _("Code"),
    _("Authenticator code"),
    _("Passwordless"),
    _("Master key"),
    _("Backup key"),
    _("Key nr. {number}"),
    _("Forgot your password?"),
    _("Remember Me"),
    _("You must type the same password each time."),
    _("The username and/or password you specified are not correct."),
    _("Too many failed login attempts. Try again later."),
    _("This account is currently inactive."),
    _("Please type your current password."),
    _("Incorrect password."),
    _("Incorrect code."),
    _("Invalid or expired key."),
    _("Invalid login."),
    _("The password reset token was invalid."),
    _("Be patient, you are sending too many requests."),
    _("The new value must be different from the current one."),
    _("Use your password"),
    _("Use authenticator app or code"),
    _("Use a security key"),
    _(
        "Enabling passwordless operation allows you to sign in using just this key, but imposes additional"
        " requirements such as biometrics or PIN protection."
    ),
)
