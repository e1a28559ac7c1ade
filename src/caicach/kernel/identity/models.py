from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from caicach.kernel.usecase.actor import Actor
from caicach.kernel.usecase.text import clean

from .roles import Role

INTERNAL = "internal"


class AccountManager(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(username__iexact=username)


class Account(AbstractBaseUser):
    """A person who signs in. What the person may do follows from the roles held, never from the account."""

    data_classes: ClassVar[dict[str, str]] = {
        "id": INTERNAL,
        "password": "sensitive",
        "last_login": "personal",
        "username": "personal",
        "full_name": "personal",
        "email": "personal",
        "is_active": INTERNAL,
        "is_sample": INTERNAL,
        "language": INTERNAL,
        "theme": INTERNAL,
        "single_keys": INTERNAL,
        "created_at": INTERNAL,
        "password_is_temporary": INTERNAL,
    }
    unjournalled: ClassVar[tuple[str, ...]] = ("password",)
    """Not even its hash belongs in the journal."""

    class Theme(models.TextChoices):
        AUTO = "auto", _("As the device")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    username = models.CharField(_("sign-in name"), max_length=80, unique=True)
    full_name = models.CharField(_("full name"), max_length=120)
    email = models.EmailField(_("e-mail"), blank=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_sample = models.BooleanField(_("of the sample ministry"), default=False)
    language = models.CharField(_("language"), max_length=5, default="vi")
    theme = models.CharField(_("appearance"), max_length=5, choices=Theme, default=Theme.AUTO)
    single_keys = models.BooleanField(_("single-key shortcuts"), default=True)
    created_at = models.DateTimeField(_("created"))
    password_is_temporary = models.BooleanField(_("must choose a password of their own"), default=False)
    """Someone else knows it: nothing opens until the person has chosen another."""

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = AccountManager()

    read_as: tuple[date, Actor] | None = None
    """With which roles the account of a request was read, and for which day."""

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [
            # By the letters' upper case, as a sign-in looks it up.
            models.UniqueConstraint(Upper("username"), name="identity_account_username_once"),
        ]

    def __str__(self) -> str:
        return self.full_name

    def set_password(self, raw_password: str | None) -> None:
        super().set_password(None if raw_password is None else clean(raw_password))

    def check_password(self, raw_password: str | None) -> bool:
        """A keyboard may send an accented letter as one character, another as a letter and its marks."""
        return super().check_password(None if raw_password is None else clean(raw_password))


class Unit(models.Model):
    """A unit of the organisation: code, name, place in the tree, period. What it is, `registry/organisation` says."""

    data_classes: ClassVar[dict[str, str]] = {
        "id": "public",
        "code": "public",
        "name": "public",
        "parent": "public",
        "path": INTERNAL,
        "order": INTERNAL,
        "valid_from": "public",
        "valid_to": "public",
    }

    code = models.CharField(_("code"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=250)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    path = models.CharField(max_length=400, db_index=True)
    """Ids from the root down, `/1/5/12/`: a subtree is one prefix query."""
    order = models.PositiveIntegerField(_("order"), default=0)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until (exclusive)"), null=True, blank=True)

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["order", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="identity_unit_period_runs_forward"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def last_day(self) -> date | None:
        """As people name the end; None without end."""
        return self.valid_to - timedelta(days=1) if self.valid_to else None


class RoleAssignment(models.Model):
    """A role held by a person in a unit for a period; it reaches the unit's subtree."""

    data_classes: ClassVar[dict[str, str]] = {
        "id": INTERNAL,
        "account": INTERNAL,
        "role": INTERNAL,
        "unit": INTERNAL,
        "office": "public",
        "valid_from": INTERNAL,
        "valid_to": INTERNAL,
    }

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(_("role"), max_length=30, choices=Role)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="assignments")
    office = models.CharField(_("office"), max_length=120, blank=True, default="", db_default="")
    """As it stands above the person's signature: "Bộ trưởng", "Thứ trưởng", "Phó Cục trưởng"; only of who signs."""
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until (exclusive)"), null=True, blank=True)

    class Meta:
        verbose_name = _("role held")
        verbose_name_plural = _("roles held")
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="identity_roleassignment_known_role"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="identity_roleassignment_period_runs_forward",
            ),
            models.UniqueConstraint(
                fields=["account", "role", "unit", "valid_from"], name="identity_roleassignment_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.unit}"

    @property
    def last_day(self) -> date | None:
        """As people name the end; None without end."""
        return self.valid_to - timedelta(days=1) if self.valid_to else None


class Delegation(models.Model):
    """While a person is away, another acts in that person's roles and is named as doing so."""

    data_classes: ClassVar[dict[str, str]] = {
        "id": INTERNAL,
        "giver": INTERNAL,
        "receiver": INTERNAL,
        "valid_from": INTERNAL,
        "valid_to": INTERNAL,
        "reason": "personal",
    }

    giver = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="delegations_given")
    receiver = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="delegations_received")
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until (exclusive)"))
    reason = models.CharField(_("reason"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        constraints = [
            models.CheckConstraint(condition=Q(valid_to__gt=F("valid_from")), name="identity_delegation_runs_forward"),
            models.CheckConstraint(condition=~Q(giver=F("receiver")), name="identity_delegation_to_someone_else"),
        ]

    def __str__(self) -> str:
        return f"{self.giver} → {self.receiver}"

    @property
    def last_day(self) -> date:
        return self.valid_to - timedelta(days=1)
