"""A list as it stands on a page: heads, rows, words around them, and the addresses that it offers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.test import Client
from lxml import html


def _of_class(name: str, tag: str = "*") -> str:
    return f"//{tag}[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]"


_NOT_TO_CHOOSE = "[not(contains(@class, 'cc-col-select'))]"
"""Without the boxes for an act on many rows, which stand before the list's own columns for who may do it."""
_LIST, _TABLE = _of_class("cc-list"), _of_class("cc-table", "table")


def words_of(element: Any) -> str:
    return " ".join(element.text_content().split())


@dataclass(frozen=True)
class Seen:
    tree: Any
    status: int

    def words(self, path: str) -> list[str]:
        return [words_of(found) for found in self.tree.xpath(path)]

    @property
    def heads(self) -> list[str]:
        return self.words(f"{_TABLE}/thead//th{_NOT_TO_CHOOSE}")

    @property
    def sorted_by(self) -> list[tuple[str, str]]:
        return [(words_of(head), head.get("aria-sort")) for head in self.tree.xpath(f"{_TABLE}//th[@aria-sort]")]

    @property
    def rows(self) -> list[list[str]]:
        """Each cell's own words, without its second line."""
        for detail in self.tree.xpath(f"{_TABLE}{_of_class('cc-detail')}"):
            detail.drop_tree()
        return [
            [words_of(cell) for cell in row.xpath(f"td{_NOT_TO_CHOOSE}")]
            for row in self.tree.xpath(f"{_TABLE}/tbody/tr[@data-row]")
        ]

    def column(self, head: str) -> list[str]:
        rows = self.rows
        place = self.heads.index(head) if rows else 0
        return [row[place] for row in rows]

    @property
    def foot(self) -> str:
        return self.words(f"{_of_class('cc-pager')}/span")[0]

    @property
    def notes(self) -> str:
        return " ".join(self.words(f"{_LIST}{_of_class('cc-note')}"))

    @property
    def applied(self) -> list[str]:
        return [
            words.removesuffix("bỏ bộ lọc này").strip()
            for words in self.words(f"{_of_class('cc-applied')}{_of_class('cc-chip')}")
        ]

    @property
    def empty(self) -> str:
        return " ".join(self.words(f"{_LIST}{_of_class('cc-empty')}"))

    @property
    def forms(self) -> list[dict[str, Any]]:
        """What the forms for filters and for columns send."""
        return [dict(form.form_values()) for form in self.tree.xpath(f"{_LIST}//form[@method='get'][not(@data-bulk)]")]

    def href_of(self, words: str) -> str:
        """Of the link in the list with these words."""
        for link in self.tree.xpath(f"{_LIST}//a[@href]"):
            if words in words_of(link):
                return str(link.get("href"))
        raise LookupError(words)

    @property
    def next(self) -> str:
        return "".join(self.tree.xpath("//a[@rel='next']/@href"))

    @property
    def previous(self) -> str:
        return "".join(self.tree.xpath("//a[@rel='prev']/@href"))


def see(client: Client, address: str, **asked: Any) -> Seen:
    answer = client.get(address, asked or None)
    return Seen(html.fromstring(answer.content.decode()), answer.status_code)


def follow(client: Client, address: str, href: str) -> Seen:
    """What a click on a link of that page leads to."""
    return see(client, urlsplit(address).path + href)


def asked_by(href: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(href).query, keep_blank_values=True)
