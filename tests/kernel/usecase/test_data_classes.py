"""Every field of every model says how its values are to be treated, from its first migration on."""

from __future__ import annotations

from typing import ClassVar

from django.apps import apps
from django.core.checks import run_checks
from django.db import models
from django.test.utils import isolate_apps

from caicach.kernel.usecase.changes import personal_fields
from caicach.kernel.usecase.checks import CLASSES, errors_of


def test_no_model_of_ours_has_a_field_without_a_class() -> None:
    assert [error for error in run_checks() if (error.id or "").startswith("usecase.")] == []


def test_the_walk_reaches_the_models_we_know() -> None:
    ours = {model._meta.label for model in apps.get_models() if model.__module__.startswith("caicach.")}
    classes = {given for model in apps.get_models() for given in getattr(model, "data_classes", {}).values()}

    assert {"identity.Account", "programme.PlanTask", "usecase.OutboxEvent"} <= ours
    assert classes == CLASSES


def test_a_field_without_a_class_is_refused_and_one_of_no_class_and_one_that_is_no_field_too() -> None:
    with isolate_apps("tests"):

        class Dossier(models.Model):
            data_classes: ClassVar[dict[str, str]] = {"id": "internal", "number": "secret", "applicant": "personal"}

            number = models.CharField(max_length=20)
            phone = models.CharField(max_length=20)
            followers = models.ManyToManyField("self")

            class Meta:
                app_label = "tests"

            def __str__(self) -> str:
                return self.number

    assert [(error.id, error.msg.partition(" ")[0]) for error in errors_of(Dossier)] == [
        ("usecase.E001", "Dossier.followers"),
        ("usecase.E001", "Dossier.phone"),
        ("usecase.E002", "Dossier.number"),
        ("usecase.E003", "Dossier.applicant"),
    ]


def test_what_is_personal_in_an_account_is_known_to_the_journal() -> None:
    account = apps.get_model("identity.Account")()

    assert {"username", "full_name", "email", "password"} <= personal_fields(account)
