"""A number in a sheet as a Vietnamese reader sees it: by its number format, with decimal comma and dd/mm/yyyy.

Excel stores 60 % as 0.6 and a day as a count of days; only the format tells. Source: ECMA-376 part 1, 18.8.30 (formats)
and 18.17.4 (dates).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Final

_BUILT_IN: Final = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "dd/mm/yyyy", 15: "d-mmm-yy", 16: "d-mmm",
    17: "mmm-yy", 18: "h:mm", 19: "h:mm:ss", 20: "h:mm", 21: "h:mm:ss", 22: "dd/mm/yyyy h:mm", 37: "#,##0", 38: "#,##0",
    39: "#,##0.00", 40: "#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss",
}  # fmt: skip
_LITERAL: Final = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]')
_NUMBER: Final = re.compile(r"[#0?][#0?,]*(?:\.[#0?]*)?|\.[#0?]+")
_TIME: Final = "%H:%M"
_LAST_DAY: Final = 2_958_465  # 31/12/9999
_DAY_ZERO: Final = datetime.fromisoformat("1899-12-30")
_DAY_ZERO_BEFORE_MARCH_1900: Final = datetime.fromisoformat("1899-12-31")  # Excel counts a 29/02/1900 that never was
_DAY_ZERO_1904: Final = datetime.fromisoformat("1904-01-01")


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """What a format code says, as far as the text of a number needs it.

    `pattern` is strftime's and empty for plain numbers; `decimals` is None when as many are shown as there are.
    """

    pattern: str = ""
    decimals: int | None = None
    digits: int = 1
    is_grouped: bool = False
    is_percent: bool = False
    before: str = ""
    after: str = ""


def built_in(number: int) -> str:
    """The code of a format that files refer to by number only. "General" for 0 and the unknown."""
    return _BUILT_IN.get(number, "General")


@lru_cache(maxsize=1_000)
def number_format(code: str) -> NumberFormat:
    """Understands a format code. What cannot be understood is shown as a plain number."""
    section = code[:200].split(";")[0]
    bare = _LITERAL.sub("", section)
    if re.search(r"[dmyhs]", bare, re.IGNORECASE) and not _NUMBER.search(bare.replace(".0", "")):
        return NumberFormat(pattern=_pattern(bare.lower()))
    marked = _LITERAL.sub(lambda part: "\x00" if part[1] or part[2] else "", section)
    found = _NUMBER.search(marked)
    if found is None or "E" in bare.upper().replace("GENERAL", ""):
        return NumberFormat()
    literals = [part[1] or part[2] for part in _LITERAL.finditer(section) if part[1] or part[2]]
    around = (marked[: found.start()], marked[found.end() :])
    before, after = (_filled(part.replace("%", ""), literals) for part in around)
    whole, _, fraction = found[0].partition(".")
    return NumberFormat(
        decimals=len(re.sub("[^0#?]", "", fraction)),
        digits=max(1, whole.replace(",", "").count("0")),
        is_grouped="," in whole.rstrip(","),
        is_percent="%" in bare,
        before=before,
        after=after,
    )


def as_text(value: float, shape: NumberFormat, *, is_1904: bool = False) -> str:
    """The number as it is read: "1.234,50", "60%", "20/11/2022", "06/2022"."""
    if shape.pattern:
        return _day(value, shape.pattern, is_1904=is_1904)
    number = Decimal(f"{value:.15g}")
    if shape.is_percent:
        number *= 100
    if shape.decimals is not None:
        number = number.quantize(Decimal(1).scaleb(-shape.decimals), ROUND_HALF_UP)
    whole, _, fraction = f"{abs(number):f}".partition(".")
    if shape.decimals is None:
        fraction = fraction.rstrip("0")
    whole = f"{int(whole):,}".replace(",", ".") if shape.is_grouped else whole.zfill(shape.digits)
    sign, percent = "-" if number < 0 else "", "%" if shape.is_percent else ""
    return f"{sign}{shape.before}{whole}{',' if fraction else ''}{fraction}{percent}{shape.after}".strip()


def _filled(marked: str, literals: list[str]) -> str:
    """Puts the quoted words of a format back where they stood; what else stands there is drawn as it is."""
    return re.sub("\x00", lambda _: literals.pop(0) if literals else "", marked)


def _pattern(code: str) -> str:
    """Days as dd/mm/yyyy; a format that shows no day shows month and year; hours and minutes follow."""
    has_time = bool(re.search(r"[hs]", code))
    has_day, has_year = "d" in code, "y" in code
    has_month = bool(re.search(r"m", re.sub(r"h+\W*m+|m+\W*s+", "", code)))
    day = "/".join(mark for mark, shown in (("%d", has_day), ("%m", has_month), ("%Y", has_year)) if shown)
    return " ".join(part for part in (day, _TIME if has_time else "") if part)


def _day(value: float, pattern: str, *, is_1904: bool) -> str:
    if not 0 <= value <= _LAST_DAY:
        return as_text(value, NumberFormat())
    start = _DAY_ZERO_1904 if is_1904 else _DAY_ZERO if value >= 60 else _DAY_ZERO_BEFORE_MARCH_1900
    moment = start + timedelta(seconds=round(value * 86_400))
    # A day typed into a cell of a format with time is a day all the same, as openpyxl writes every day.
    if moment.time() == time():
        pattern = pattern.removesuffix(f" {_TIME}")
    return moment.strftime(pattern) if moment.year >= 1900 else moment.strftime(_TIME)
