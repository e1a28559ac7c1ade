"""One component for every list: what a room declares, and the list as one person sees it at one address.

Everything that a person chose stands in the address (filters, `xep` sorting, `cot` columns, `sau`/`truoc` page), so a
view is a link. What an address asks for and the list cannot do is said above the rows (`notes`, `wrong_filters`).
Totals are exact up to 10,000 rows; beyond, "more than 10,000".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django_filters import FilterSet

from caicach.kernel.calendar import clock
from caicach.kernel.identity import limits
from caicach.kernel.identity.http import StaffRequest
from caicach.kernel.ui.wording import day as written_day
from caicach.kernel.ui.wording import number
from caicach.kernel.usecase.errors import InvalidInput, NotFound
from caicach.kernel.usecase.text import clean

from . import exports, queries
from .columns import Column
from .models import SavedView
from .paging import Page, Sorting, ordered, page_of

PAGE_SIZE = 50
COUNTED_TO = 10_000
_PLACE = ("sau", "truoc", "tai", "xem")
_ALL = "tat-ca"
"""In the address when everything is wanted although a view opens the list."""
_OWN = ("xep", "cot", _ALL, *_PLACE)
"""Names in the address that are the list's own and no filter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListOf:
    """What a room declares about one of its lists.

    columns : every column in order; sort : key of the column sorted by at first, with "-" for descending
    filters : a django-filter FilterSet; its form's fields make the filter panel
    select : what the shown rows need beside the filters (select_related, prefetch_related), applied to a page only
    empty : the words of an empty list, lazy
    """

    key: str
    title: Any
    columns: tuple[Column, ...]
    sort: str
    filters: type[FilterSet]
    select: Callable[[QuerySet[Any]], QuerySet[Any]] = field(default=lambda rows: rows)
    empty: Any = ""

    def column(self, key: str) -> Column | None:
        return next((column for column in self.columns if column.key == key), None)


@dataclass(frozen=True, slots=True)
class Head:
    """A column's head: `direction` is ascending, descending or ""; `href` sorts by it, "" when it cannot be."""

    column: Column
    href: str
    direction: str


@dataclass(frozen=True, slots=True)
class Cell:
    column: Column
    value: Any
    href: str
    detail: str


@dataclass(frozen=True, slots=True)
class AppliedFilter:
    """A filter in words ("Đơn vị: Văn phòng Bộ") and the address without it."""

    words: str
    without: str


class ShownList:
    """A list as one person sees it at one address. Queries run when the template asks."""

    def __init__(
        self,
        declared: ListOf,
        rows: QuerySet[Any],
        request: StaffRequest,
        *,
        context: Any = None,
        page_names: Sequence[str] = (),
    ) -> None:
        """context : what is read once (today, a calendar); the columns find it as `row._list_context`.
        page_names : names in the address by which the page itself is found; they stay whatever one chooses.
        """
        self.declared = declared
        self.request = request
        self.context = context
        self.page_names = page_names
        self.query = self._query()
        self.filter_set = declared.filters(self._filter_data(), queryset=rows, request=request)

    def _query(self) -> QueryDict:
        """What is chosen: the address without what belongs to the page, or the view that opens the list."""
        asked = self.request.GET.copy()
        for name in self.page_names:
            asked.pop(name, None)
        for name, values in asked.lists():
            asked.setlist(name, [clean(value) for value in values])
        if "giu" in asked:
            asked = _with_columns(asked)
        # A page that is found by its address shows what that says, and no view of another page.
        default = self._default_view if not asked and not self.page_names else None
        if default is not None:
            return QueryDict(default.query, mutable=True)
        asked.pop(_ALL, None)
        return asked

    def _filter_data(self) -> QueryDict:
        only = self.query.copy()
        for name in _OWN:
            only.pop(name, None)
        return only

    # --- what is chosen -----------------------------------------------------------------------------------------

    @cached_property
    def saved_views(self) -> list[SavedView]:
        return queries.views_of(actor=self.request.actor, list_key=self.declared.key)

    @property
    def _default_view(self) -> SavedView | None:
        mine = self.request.actor.account_id
        return next((view for view in self.saved_views if view.is_default and view.owner_id == mine), None)

    @cached_property
    def columns(self) -> list[Column]:
        if not self._asked_columns:
            return [column for column in self.declared.columns if column.is_shown]
        known = [column for key in self._asked_columns if (column := self.declared.column(key))]
        return known or [self.declared.columns[0]]

    @cached_property
    def _asked_columns(self) -> list[str]:
        return list(dict.fromkeys(key for key in self.query.get("cot", "").split(",") if key))

    @property
    def other_columns(self) -> list[tuple[Column, bool]]:
        shown = {column.key for column in self.columns}
        return [(column, column.key in shown) for column in self.declared.columns]

    @cached_property
    def sort_key(self) -> str:
        asked = self.query.get("xep", "")
        column = self.declared.column(asked.removeprefix("-"))
        return asked if column is not None and column.sort is not None else self.declared.sort

    @property
    def _sorting(self) -> Sorting:
        column = self.declared.column(self.sort_key.removeprefix("-"))
        if column is None or column.sort is None:
            raise LookupError(f"list {self.declared.key!r} cannot be sorted by {self.sort_key!r}")
        return Sorting(column.sort, is_descending=self.sort_key.startswith("-"))

    # --- what is shown --------------------------------------------------------------------------------------------

    @cached_property
    def matching(self) -> QuerySet[Any]:
        """All rows of the filters. A filter that cannot be read narrows to nothing, and the panel names it."""
        return self.filter_set.qs if self.filter_set.is_valid() else self.filter_set.queryset.none()

    @property
    def wrong_filters(self) -> list[str]:
        """Each filter that cannot be read, by name and with what to write instead."""
        if self.filter_set.is_valid():
            return []
        form = self.filter_set.form
        labels = {name: field.label for name, field in form.fields.items()}
        return [f"{labels.get(name, name)}: {' '.join(words)}" for name, words in form.errors.items()]

    @property
    def notes(self) -> list[str]:
        """What the address asks for and this list does not have."""
        found = [
            _("This list has no filter “%(name)s”, so it was left out. Choose among those under Filter.")
            % {"name": name[:60]}
            for name in self._unknown_filters
        ]
        asked = self.query.get("xep", "")
        if asked and asked != self.sort_key:
            words = _("This list cannot be sorted by “%(name)s”. Choose the head of a column to sort by it.")
            found.append(words % {"name": asked.removeprefix("-")[:60]})
        for key in self._asked_columns:
            if self.declared.column(key) is None:
                words = _("This list has no column “%(name)s”. Choose among those under Columns.")
                found.append(words % {"name": key[:60]})
        if self.page.is_lost:
            found.append(_("The page that this address leads to cannot be found again. This is the first page."))
        return found

    @property
    def _unknown_filters(self) -> list[str]:
        known = {part for name in self.filter_set.form.fields for part in self._names_of(name)}
        return [name for name in self._filter_data() if name not in known]

    def _names_of(self, name: str) -> list[str]:
        """The names that a filter's inputs have in the address: a range has one for each end."""
        suffixes = getattr(self.filter_set.form.fields[name].widget, "suffixes", None)
        return [f"{name}_{suffix}" for suffix in suffixes] if suffixes else [name]

    @cached_property
    def page(self) -> Page:
        return page_of(
            self.declared.select(self.matching),
            sorting=self._sorting,
            size=PAGE_SIZE,
            after=self.query.get("sau", ""),
            before=self.query.get("truoc", ""),
        )

    @cached_property
    def total(self) -> int:
        return self.matching.order_by()[: COUNTED_TO + 1].count()

    @property
    def total_words(self) -> str:
        shown = number(len(self.page.rows))
        if self.total > COUNTED_TO:
            return _("Shown %(shown)s of more than 10,000") % {"shown": shown}
        return _("Shown %(shown)s of %(total)s") % {"shown": shown, "total": number(self.total)}

    @property
    def heads(self) -> list[Head]:
        return [self._head(column) for column in self.columns]

    def _head(self, column: Column) -> Head:
        if column.sort is None:
            return Head(column, "", "")
        is_current = self.sort_key.removeprefix("-") == column.key
        descending = self.sort_key.startswith("-")
        href = self.address(xep=f"-{column.key}" if is_current and not descending else column.key)
        return Head(column, href, ("descending" if descending else "ascending") if is_current else "")

    @property
    def lines(self) -> Iterator[tuple[Any, list[Cell]]]:
        for row in self.page.rows:
            yield row, self._cells(row)

    def _cells(self, row: Any) -> list[Cell]:
        row._list_context = self.context
        return [
            Cell(
                column,
                column.value(row),
                column.href(row) if column.href else "",
                column.detail(row) if column.detail else "",
            )
            for column in self.columns
        ]

    @property
    def next_href(self) -> str:
        return self.address(sau=self.page.after) if self.page.after else ""

    @property
    def previous_href(self) -> str:
        return self.address(truoc=self.page.before) if self.page.before else ""

    @cached_property
    def applied(self) -> list[AppliedFilter]:
        if not self.filter_set.is_valid():
            return []
        found = []
        for name, form_field in self.filter_set.form.fields.items():
            value = self.filter_set.form.cleaned_data.get(name)
            names = self._names_of(name)
            if value in (None, "", [], ()) or not any(self.query.getlist(part) for part in names):
                continue
            words = f"{form_field.label}: {_in_words(form_field, value)}"
            found.append(AppliedFilter(words, self._without(names)))
        return found

    @property
    def without_filters(self) -> str:
        query = QueryDict(mutable=True)
        for name in ("xep", "cot"):
            if self.query.get(name):
                query[name] = str(self.query[name])
        return self._href(query)

    @property
    def everything(self) -> str:
        """The list as it is without anything chosen."""
        return self._href(QueryDict(mutable=True))

    @property
    def view_links(self) -> list[tuple[SavedView, str]]:
        return [(view, self._href(QueryDict(view.query, mutable=True))) for view in self.saved_views]

    @property
    def current_query(self) -> str:
        """What a saved view keeps: everything but the page."""
        return self._without_place().urlencode()

    @property
    def is_plain(self) -> bool:
        return not self.current_query

    @property
    def current_view(self) -> SavedView | None:
        return next((view for view in self.saved_views if view.query == self.current_query), None)

    @property
    def of_page(self) -> list[tuple[str, str]]:
        """Name and value of what the page itself is found by."""
        return [(name, value) for name in self.page_names for value in self.request.GET.getlist(name)]

    @property
    def path(self) -> str:
        """The page's own address, with nothing chosen."""
        own = QueryDict(mutable=True)
        for name, value in self.of_page:
            own.appendlist(name, value)
        return f"{self.request.path}?{own.urlencode()}" if own else self.request.path

    def address(self, **changes: str) -> str:
        """This view with other values; choosing anything begins again at the first page."""
        query = self._without_place()
        for name, value in changes.items():
            query[name] = value
        return self._href(query)

    def _without_place(self) -> QueryDict:
        query = self.query.copy()
        for name in _PLACE:
            query.pop(name, None)
        return query

    def _without(self, names: Iterable[str]) -> str:
        query = self._without_place()
        for gone in names:
            query.pop(gone, None)
        return self._href(query)

    def _href(self, query: QueryDict) -> str:
        if not query and self._default_view is not None and not self.page_names:
            return f"?{_ALL}=1"
        whole = query.copy()
        for name, value in self.of_page:
            whole.appendlist(name, value)
        return "?" + whole.urlencode()

    @property
    def export_links(self) -> list[tuple[exports.Writer, str]]:
        return [(writer, self.address(tai=writer.key)) for writer in exports.writers()]

    # --- leaving as a file ----------------------------------------------------------------------------------------

    def exported(self) -> HttpResponse | None:
        """The file that the address asks for by `tai`, None when it asks for the page.

        Raises InvalidInput when a filter cannot be read: an empty file would look like an empty list.
        """
        key = self.query.get("tai", "")
        if not key:
            return None
        if self.wrong_filters:
            words = _("A filter cannot be read, so no file was made. %(filters)s")
            raise InvalidInput(words % {"filters": " ".join(self.wrong_filters)}, fields=self.filter_set.form.errors)
        writer = exports.writer_of(key)
        if writer is None:
            raise NotFound
        limits.count("export", actor=self.request.actor)
        content = writer.write(self._export())
        response = HttpResponse(content, content_type=writer.media_type)
        name = f"{self.declared.key}-{clock.today():%Y%m%d}.{writer.ending}"
        response.headers["Content-Disposition"] = content_disposition_header(True, name) or ""
        return response

    def _export(self) -> exports.Exported:
        actor = self.request.actor
        held = actor.main_role
        return exports.Exported(
            title=str(self.declared.title),
            columns=[(str(column.label), column.kind) for column in self.columns],
            rows=self._export_rows(),
            filters=[applied.words for applied in self.applied],
            total=self.total,
            by=actor.name,
            at=clock.now(),
            issuer=held.unit_name if held else "",
            address=self.request.build_absolute_uri(self.request.path + self.address()),
        )

    def _export_rows(self) -> Iterator[Sequence[Any]]:
        rows = ordered(self.declared.select(self.matching), self._sorting)[: exports.MOST_ROWS + 1]
        for row in rows.iterator(chunk_size=1000):
            yield [cell.value for cell in self._cells(row)]


def _with_columns(asked: QueryDict) -> QueryDict:
    """What the form of columns sends, as an address: the view it kept (`giu`) with the ticked columns (`c`)."""
    query = QueryDict(str(asked["giu"]), mutable=True)
    query["cot"] = ",".join(asked.getlist("c"))
    return query


def _in_words(form_field: Any, value: Any) -> str:
    if isinstance(value, slice):
        return _range_in_words(value)
    choices = dict(getattr(form_field, "choices", None) or ())
    values = value if isinstance(value, list | tuple) else [value]
    return ", ".join(str(choices.get(one, _one_in_words(one))) for one in values)


def _one_in_words(value: Any) -> str:
    return written_day(value) if isinstance(value, datetime | date) else str(value)


def _range_in_words(value: slice) -> str:
    first, last = (written_day(edge) if edge else "" for edge in (value.start, value.stop))
    if first and last:
        return f"{first} - {last}"
    return _("from %(day)s") % {"day": first} if first else _("to %(day)s") % {"day": last}


def shown(
    declared: ListOf,
    rows: QuerySet[Any],
    request: HttpRequest,
    *,
    context: Any = None,
    page_names: Sequence[str] = (),
) -> ShownList:
    """The list for a page: `return list_.exported() or render(…, {"list": list_})`."""
    return ShownList(declared, rows, request, context=context, page_names=page_names)  # type: ignore[arg-type]
