"""Approved plans, as other records name them for their proof."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.db.models import QuerySet
from django.urls import reverse

from caicach.kernel.calendar.clock import local_date
from caicach.kernel.search.folding import fold
from caicach.kernel.search.records import Record, RecordSource, Reference
from caicach.kernel.search.terms import Query
from caicach.kernel.ui.addresses import whole_numbers
from caicach.kernel.usecase.actor import Actor

from . import queries
from .models import Plan, PlanState

KIND = "programme.plan"


def find_plans(actor: Actor, query: Query, limit: int) -> Iterator[Record]:
    """By number, title and decision, the latest first. One query."""
    found = 0
    for plan in _approved(actor).order_by("-approved_at", "-pk"):
        if found == limit:
            return
        if query.matches(fold(f"{plan.number} {plan.title} {plan.decision_number} {plan.year}")):
            found += 1
            yield _record(plan)


def read_plans(actor: Actor, ids: Collection[str]) -> Iterator[Record]:
    for plan in _approved(actor).filter(pk__in=whole_numbers(ids)):
        yield _record(plan)


def _approved(actor: Actor) -> QuerySet[Plan]:
    return queries.plans_of(actor=actor).filter(state=PlanState.APPROVED)


def _record(plan: Plan) -> Record:
    day = local_date(plan.approved_at or plan.created_at)
    name = f"{plan.number} ngày {day:%d/%m/%Y}, {plan.title}"
    return Record(Reference(KIND, str(plan.pk)), name, reverse("programme:plan", args=[plan.pk]))


PLANS = RecordSource(kind=KIND, find=find_plans, read=read_plans, order=10)
