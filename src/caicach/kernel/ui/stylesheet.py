"""Cuts a big stylesheet down to the classes we allow, so that a page weighs what UI.md promises.

Works on minified or plain CSS without nesting. A rule stays when at least one of its selectors uses only allowed
classes; custom properties that nothing left refers to are dropped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_CLASS = re.compile(r"\.(-?[_a-zA-Z][\w-]*(?:\\.[\w-]*)*)")
_REFERENCE = re.compile(r"var\(\s*(--[\w-]+)")
_GROUPS = ("@media", "@supports", "@layer", "@container")


def slim(css: str, *, allowed: Callable[[str], bool]) -> str:
    """The rules of `css` whose every class is allowed; comments, source maps and dead custom properties go."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    css = css.replace('@charset "UTF-8";', "")
    return _without_dead_properties("".join(_kept(css, allowed)))


def _kept(css: str, allowed: Callable[[str], bool]) -> Iterator[str]:
    for prelude, body in _rules(css):
        if prelude.startswith(_GROUPS):
            inner = "".join(_kept(body, allowed))
            if inner:
                yield f"{prelude}{{{inner}}}"
        elif prelude.startswith(("@keyframes", "@-webkit-keyframes", "@font-face", "@import")):
            continue
        elif selectors := [one for one in split_selectors(prelude) if all(map(allowed, _CLASS.findall(one)))]:
            yield f"{','.join(selectors)}{{{body}}}"


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """(prelude, body) of each rule at this depth. Braces within strings do not count."""
    depth, start, opened, quote, prelude = 0, 0, 0, "", ""
    for at, char in enumerate(css):
        if quote:
            quote = "" if char == quote and css[at - 1] != "\\" else quote
        elif char in "\"'":
            quote = char
        elif char == "{":
            if depth == 0:
                prelude, opened = css[start:at].strip(), at + 1
            depth += 1
        elif char == "}":
            depth -= 1
            if depth == 0:
                yield prelude, css[opened:at].strip()
                start = at + 1
        elif char == ";" and depth == 0:
            start = at + 1


def split_selectors(prelude: str) -> list[str]:
    """Splits at commas outside parentheses, so that `:is(a,b)` stays whole."""
    parts, depth, start = [], 0, 0
    for at, char in enumerate(prelude):
        depth += (char in "([") - (char in ")]")
        if char == "," and depth == 0:
            parts.append(prelude[start:at].strip())
            start = at + 1
    return [*parts, prelude[start:].strip()]


def split_declarations(body: str) -> list[str]:
    """Splits at semicolons outside parentheses and strings (data addresses hold them)."""
    parts, depth, start, quote = [], 0, 0, ""
    for at, char in enumerate(body):
        if quote:
            quote = "" if char == quote else quote
        elif char in "\"'":
            quote = char
        elif char == ";" and depth == 0:
            parts.append(body[start:at].strip())
            start = at + 1
        else:
            depth += (char == "(") - (char == ")")
    return [part for part in [*parts, body[start:].strip()] if part]


def _without_dead_properties(css: str) -> str:
    """Repeats until nothing changes: dropping one property can leave another without a reader."""
    while True:
        live = set(_REFERENCE.findall(css))
        pruned = "".join(_pruned(css, live))
        if pruned == css:
            return css
        css = pruned


def _pruned(css: str, live: set[str]) -> Iterator[str]:
    for prelude, body in _rules(css):
        if prelude.startswith(_GROUPS):
            inner = "".join(_pruned(body, live))
            if inner:
                yield f"{prelude}{{{inner}}}"
            continue
        left = [
            one for one in split_declarations(body) if not one.startswith("--") or one.split(":")[0].strip() in live
        ]
        if left:
            yield f"{prelude}{{{';'.join(left)}}}"
