"""Removing the sample ministry: what its people made goes with them, the units and the journal stay."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypedDict

from django.db import transaction
from django.db.models import Q, QuerySet

from caicach.kernel.files import services as files
from caicach.kernel.files.models import Attachment
from caicach.kernel.files.queries import attachments_at
from caicach.kernel.identity.models import Account
from caicach.kernel.identity.predicates import only_the_system
from caicach.kernel.usecase.actor import SYSTEM
from caicach.kernel.usecase.core import UseCase, use_case
from caicach.measurement.programme.models import Plan, TaskProduct

from . import demo_clock
from .ministry import passwords_file


class Removed(TypedDict):
    accounts: int
    plans: int


@use_case("sample.remove", permission=only_the_system)
def remove_sample(uc: UseCase) -> list[int]:
    """Plans of the sample or of its people go whole; its accounts can no longer sign in and lose their names."""
    people = Account.objects.filter(is_sample=True)
    plans = list(plans_that_go())
    for attachment in _files_of(plans):
        files.detach(actor=uc.actor, attachment=attachment)
    uc.deleting(*plans)
    for plan in plans:
        uc.forget(plan)
        plan.delete()
    accounts = list(people)
    for account in accounts:
        with uc.changing(account):
            account.is_active, account.is_sample = False, False
            account.full_name, account.email = account.username, ""
            account.set_unusable_password()
        account.save()
    return [len(accounts), len(plans)]


def plans_that_go() -> QuerySet[Plan]:
    """Plans of the sample and those that its people made, a real one imported under a sample account among them."""
    return Plan.objects.filter(Q(is_sample=True) | Q(prepared_by__is_sample=True)).order_by("year", "pk")


def _files_of(plans: list[Plan]) -> Iterator[Attachment]:
    """The papers of the plans and of their tasks' products."""
    ids = [plan.pk for plan in plans]
    products = TaskProduct.objects.filter(task__plan__in=ids)
    for model, held in ((Plan, ids), (TaskProduct, products.values_list("pk", flat=True))):
        for pk in held:
            yield from attachments_at(subject_type=model._meta.label_lower, subject_id=str(pk))


def remove() -> Removed:
    with transaction.atomic():
        accounts, plans = remove_sample(actor=SYSTEM)
    passwords_file().unlink(missing_ok=True)
    demo_clock.use_true_time()
    return {"accounts": accounts, "plans": plans}
