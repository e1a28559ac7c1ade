"""A query asked of the database, of a column that holds folded text."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import add, and_, or_
from typing import Any

from django.db.models import Case, F, IntegerField, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Concat

from .terms import Query, Term

_NEIGHBOURS, _BEGINNING = 2, 1
"""What counts for the order: terms side by side as typed, more than a term at the beginning of a word."""


def matching(rows: QuerySet[Any], query: Query, *, column: str) -> QuerySet[Any]:
    """The rows that the query matches, with `search_rank`: the higher, the nearer to what was typed.

    Annotates `search_padded` too. Ordering is left to the caller.
    """
    rows = rows.annotate(search_padded=Concat(Value(" "), F(column), output_field=TextField()))
    if query.has_all:
        for term in query.terms:
            rows = rows.filter(stands_in(column, term))
    else:
        rows = rows.annotate(search_matched=_sum(_begins(term) for term in query.terms))
        rows = rows.filter(search_matched__gte=query.wanted)
    near = (_worth(_any(column, forms), _NEIGHBOURS) for forms in query.neighbours())
    return rows.annotate(search_rank=_sum((*near, *(_begins(term) for term in query.terms))))


def stands_in(column: str, term: Term, *, after: str = "") -> Q:
    """As `Term.stands_in` asks a text."""
    found = _any(column, [f"{after}{form}" for form in term.forms])
    if not term.words:
        return found
    return found | reduce(and_, (Q(**{f"{column}__contains": f"{after}{word}"}) for word in term.words))


def _begins(term: Term) -> Case:
    return _worth(stands_in("search_padded", term, after=" "), _BEGINNING)


def _sum(parts: Iterable[Case]) -> Any:
    return reduce(add, parts)


def _any(column: str, forms: Iterable[str]) -> Q:
    return reduce(or_, (Q(**{f"{column}__contains": form}) for form in forms))


def _worth(condition: Q, points: int) -> Case:
    return Case(When(condition, then=Value(points)), default=Value(0), output_field=IntegerField())
