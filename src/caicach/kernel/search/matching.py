"""A query asked of the database, of a column that holds folded text; or of rows that have no such column."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import reduce
from heapq import nsmallest
from itertools import islice
from operator import add, and_, or_
from typing import Any, TypeVar

from django.db.models import Case, F, IntegerField, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Concat

from .folding import fold
from .terms import Query, Term

Row = TypeVar("Row")

_NEIGHBOURS, _BEGINNING = 2, 1
"""What counts for the order: terms side by side as typed, more than a term at the beginning of a word."""


def matching(
    rows: QuerySet[Any],
    query: Query,
    *,
    column: str,
    written: Sequence[str] = (),
    elsewhere: Callable[[Term], Q] | None = None,
) -> QuerySet[Any]:
    """The rows that the query matches, with `search_written` and `search_rank`: the higher, the nearer to what was
    typed; the first counts the words that were typed with marks and stand so in one of the columns `written`.

    elsewhere : where a term may stand but in the column. Annotates `search_padded` too. Ordering is left to the caller.
    """
    other = elsewhere or (lambda _term: Q(pk__in=()))
    rows = rows.annotate(search_padded=Concat(Value(" "), F(column), output_field=TextField()))
    if query.has_all:
        for term in query.terms:
            rows = rows.filter(stands_in(column, term) | other(term))
    else:
        rows = rows.annotate(
            search_matched=_sum(_worth(_begins(term) | other(term), _BEGINNING) for term in query.terms)
        )
        rows = rows.filter(search_matched__gte=query.wanted)
    near = (_worth(_any(column, forms), _NEIGHBOURS) for forms in query.neighbours())
    rank = _sum((*near, *(_worth(_begins(term), _BEGINNING) for term in query.terms)))
    return rows.annotate(search_written=_written(query, written), search_rank=rank)


def looked_through(rows: Iterable[Row], query: Query, *, text: Callable[[Row], str], limit: int) -> Iterator[Row]:
    """Of rows whose text no column holds folded: those that the query matches, at most `limit`.

    What was typed with marks and stands so comes first, else they keep their order. All rows are looked through until
    the limit is reached, so that none is missed: for kinds of records of which a house has thousands, not millions.
    """
    found = (row for row in rows if query.matches(fold(text(row))))
    if not query.written:
        return islice(found, limit)
    return iter(nsmallest(limit, found, key=lambda row: -query.written_in(text(row))))


def stands_in(column: str, term: Term, *, after: str = "") -> Q:
    """As `Term.stands_in` asks a text."""
    found = _any(column, [f"{after}{form}" for form in term.forms])
    if not term.words:
        return found
    return found | reduce(and_, (Q(**{f"{column}__contains": f"{after}{word}"}) for word in term.words))


def _begins(term: Term) -> Q:
    return stands_in("search_padded", term, after=" ")


def _written(query: Query, columns: Sequence[str]) -> Any:
    """In small letters, capitalised and in capitals: SQLite knows the case of plain letters only."""
    cases = [{form for s in word for form in (s, s.capitalize(), s.upper())} for word in query.written]
    asked = (reduce(or_, (_any(column, sorted(forms)) for column in columns)) for forms in cases if columns)
    return _sum(_worth(found, 1) for found in asked)


def _sum(parts: Iterable[Case]) -> Any:
    return reduce(add, parts, Value(0, output_field=IntegerField()))


def _any(column: str, forms: Iterable[str]) -> Q:
    return reduce(or_, (Q(**{f"{column}__contains": form}) for form in forms))


def _worth(condition: Q, points: int) -> Case:
    return Case(When(condition, then=Value(points)), default=Value(0), output_field=IntegerField())
