"""What people are told, and how each wants to be told."""

from __future__ import annotations

import uuid
from typing import ClassVar, Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

URL_LENGTH: Final = 500


class Mail(models.TextChoices):
    """How a notice also goes by e-mail; in the page it stands in any case."""

    NOW = "NOW", _("At once")
    DIGEST = "DIGEST", _("In the daily letter")
    NONE = "NONE", _("No e-mail")


class Notice(models.Model):
    """One thing told to one person. Its words are kept as a message and values, and read in the reader's language."""

    data_classes: ClassVar[dict[str, str]] = {
        "id": "internal",
        "account": "internal",
        "kind": "internal",
        "message": "internal",
        "plural": "internal",
        "params": "personal",
        "about": "internal",
        "url": "internal",
        "deadline": "internal",
        "is_urgent": "internal",
        "created_at": "internal",
        "read_at": "internal",
        "dedupe_key": "internal",
        "mail": "internal",
        "mailed_at": "internal",
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=100)
    message = models.CharField(max_length=300)
    """An English message id with named placeholders."""
    plural = models.CharField(max_length=300, blank=True)
    """Its plural, when the words depend on `params["count"]`."""
    params = models.JSONField(default=dict)
    about = models.CharField(max_length=250, blank=True)
    """The record in its own words: number and name of a task."""
    url = models.CharField(max_length=URL_LENGTH)
    """Where it leads, on this site."""
    deadline = models.DateField(null=True)
    is_urgent = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    dedupe_key = models.CharField(max_length=200, blank=True)
    """Same person and key = the same notice, told once. Empty: no such promise."""
    mail = models.CharField(max_length=6, choices=Mail.choices)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "dedupe_key"], condition=~Q(dedupe_key=""), name="notifications_notice_once_a_key"
            ),
            models.CheckConstraint(condition=Q(mail__in=Mail.values), name="notifications_notice_known_mail"),
            models.CheckConstraint(
                # "//host" would lead elsewhere.
                condition=Q(url__startswith="/") & ~Q(url__startswith="//"),
                name="notifications_notice_leads_within_the_site",
            ),
        ]
        indexes = [
            models.Index(fields=["account", "-created_at"], name="notifications_of_a_person"),
            # The count on the bell, asked every half minute by everyone.
            models.Index(fields=["account"], name="notifications_unread", condition=Q(read_at=None)),
            # What waits for the daily letter, among the many that went or never will.
            models.Index(
                fields=["account"],
                name="notifications_for_the_letter",
                condition=Q(mail=Mail.DIGEST, mailed_at=None, read_at=None),
            ),
            models.Index(fields=["created_at"], name="notifications_age"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class MailChoice(models.Model):
    """How a person wants a kind of notice by e-mail, where that differs from the kind's own default."""

    data_classes: ClassVar[dict[str, str]] = {
        "id": "internal",
        "account": "internal",
        "kind": "internal",
        "mail": "internal",
    }

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=100)
    mail = models.CharField(max_length=6, choices=Mail.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "kind"], name="notifications_mailchoice_one_a_kind"),
            models.CheckConstraint(condition=Q(mail__in=Mail.values), name="notifications_mailchoice_known_mail"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.mail}"
