"""What one address chooses of a list, and the addresses that choose otherwise.

Everything that a person chose stands in the address (filters, `xep` sorting, `cot` columns, `sau`/`truoc` page), so a
view is a link. `cach-xem` says which saved view one began with, so that what was changed in it can be kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import parse_qsl

from django.http import QueryDict
from django.utils.functional import cached_property

from caicach.kernel.identity.http import StaffRequest
from caicach.kernel.usecase.text import clean

from . import queries
from .columns import Column
from .declaring import Declared
from .models import SavedView

_PLACE = ("sau", "truoc", "tai", "xem")
_ALL = "tat-ca"
"""In the address when everything is wanted although a view opens the list."""
_BEGUN_WITH = "cach-xem"
_OWN = ("xep", "cot", _ALL, _BEGUN_WITH, *_PLACE)
"""Names in the address that are the list's own and no filter."""


class ChosenList:
    """A list as one address asks for it, or as the view asks that opens it."""

    def __init__(self, declared: Declared, request: StaffRequest, *, page_names: Sequence[str] = ()) -> None:
        """page_names : names in the address by which the page itself is found; they stay whatever one chooses."""
        self.declared = declared
        self.request = request
        self.page_names = page_names
        self.query = self._query()

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
            return _of_view(default)
        asked.pop(_ALL, None)
        for name, values in list(asked.lists()):
            # What a form sends of a filter that nobody set.
            asked.setlist(name, [value for value in values if value])
            if not asked.getlist(name):
                del asked[name]
        return asked

    def _filter_data(self) -> QueryDict:
        only = self.query.copy()
        for name in _OWN:
            only.pop(name, None)
        return only

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
        return asked if column is not None and column.is_sortable else self.declared.sort

    @property
    def _sort_column(self) -> Column:
        column = self.declared.column(self.sort_key.removeprefix("-"))
        if column is None or not column.is_sortable:
            raise LookupError(f"list {self.declared.key!r} cannot be sorted by {self.sort_key!r}")
        return column

    @property
    def _is_descending(self) -> bool:
        return self.sort_key.startswith("-")

    # --- other addresses ----------------------------------------------------------------------------------------------

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
        return [(view, self._href(_of_view(view))) for view in self.saved_views]

    @property
    def current_query(self) -> str:
        """What a saved view keeps: everything but the page."""
        query = self._without_place()
        query.pop(_BEGUN_WITH, None)
        return query.urlencode()

    @property
    def is_plain(self) -> bool:
        return not self.current_query and self.current_view is None

    @property
    def kept_query(self) -> str:
        """What a form of the list carries on: everything but the page, and the view that one began with."""
        return self._without_place().urlencode()

    @property
    def begun_with(self) -> tuple[str, str] | None:
        """Name and value of the view in force, for an address."""
        return (_BEGUN_WITH, str(self.current_view.pk)) if self.current_view else None

    @cached_property
    def current_view(self) -> SavedView | None:
        """The view that one began with, changed or not; without one, a view that shows just this."""
        begun = self.query.get(_BEGUN_WITH, "")
        of_name = (view for view in self.saved_views if str(view.pk) == begun)
        same = (view for view in self.saved_views if _parts(view.query) == _parts(self.current_query))
        return next(of_name, None) or next(same, None)

    @property
    def is_view_changed(self) -> bool:
        return self.current_view is not None and _parts(self.current_view.query) != _parts(self.current_query)

    @property
    def may_change_view(self) -> bool:
        """It is the person's own; a view that others share is kept under a name of one's own."""
        return self.current_view is not None and self.current_view.owner_id == self.request.actor.account_id

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

    def address(self, **changes: str | Sequence[str]) -> str:
        """This view with other values, of a filter that takes several a sequence, empty to take it off; choosing
        anything begins again at the first page.
        """
        query = self._without_place()
        for name, value in changes.items():
            query.setlist(name, [value] if isinstance(value, str) else list(value))
            if not value:
                del query[name]
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


def _of_view(view: SavedView) -> QueryDict:
    query = QueryDict(view.query, mutable=True)
    query[_BEGUN_WITH] = str(view.pk)
    return query


def _parts(query: str) -> list[tuple[str, str]]:
    """What an address chooses, in no order: a form sends its fields in its own."""
    return sorted(parse_qsl(query))


def _with_columns(asked: QueryDict) -> QueryDict:
    """What the form of columns sends, as an address: the view it kept (`giu`) with the ticked columns (`c`)."""
    query = QueryDict(str(asked["giu"]), mutable=True)
    query["cot"] = ",".join(asked.getlist("c"))
    return query
