"""The paper by which a plan was issued: its number, its day, its issuer and its title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from caicach.registry.legislation.citations import Citation

from .headline import HEAD, title_in
from .issuers import NATION, agency, letterhead_issuer, place_issuer, planning_issuer, signing_issuer
from .layout import Paragraph
from .results import Decision

_PLACE_AND_DATE: Final = re.compile(
    r"[^\W\d_][^\n,;.:]{2,30},\s{0,4}ngày\s{1,4}(?P<d>\d{1,2})\s{1,4}tháng\s{1,4}(?P<m>\d{1,2})\s{1,4}năm\s{1,4}(?P<y>(?:19|20)\d\d)"
)
_DAY_BEFORE: Final = re.compile(
    r"(?<!\w)ngày\s{1,4}(?P<d>\d{1,2})(?:[/\-.]|\s{1,4}tháng\s{1,4})(?P<m>\d{1,2})(?:(?:[/\-.]|\s{1,4}năm\s{1,4})(?P<y>\d{4}))?\s{0,4},",
    re.IGNORECASE,
)
_PUBLISHED: Final = re.compile(r"(?<![\d/])(?P<d>\d{1,2})[/\-](?P<m>\d{1,2})[/\-](?P<y>20\d\d)(?![\d/])")
_CHROME: Final = re.compile(
    r"\d{1,2}[:h]\d{2}|lượt xem|cập nhật|ngày đăng|thứ\s+(?:hai|ba|tư|năm|sáu|bảy)", re.IGNORECASE
)
_ISSUES: Final = re.compile(
    r"[^.;]{0,90}?(?:ban hành|phê duyệt|về(?: việc)?)\s[^.;]{0,60}?(?:kế\s+hoạch|nhiệm\s+vụ)", re.IGNORECASE
)
_SIGNS: Final = re.compile(
    r"(?<!\w)(?:ký|ban hành|vừa có|có|theo)(?:\s+(?:công|văn)\s+(?:văn|bản))?\s*$", re.IGNORECASE
)
_ATTACHED: Final = re.compile(r"(?<!\w)kèm\s+theo\s*$", re.IGNORECASE)
_ON_REFORM: Final = re.compile(r"cải\s+cách|cchc", re.IGNORECASE)


def decision_of(text: str, paragraphs: Sequence[Paragraph], citations: Sequence[Citation]) -> Decision:
    """What the text says of its own paper; each part is None when the text does not give it."""
    head = text[:HEAD]
    own = _own_citation(head, citations)
    if own is None:
        written = _written_date(head) if NATION.search(head) else None
        issuer = letterhead_issuer(head) or planning_issuer(head) or place_issuer(head)
        return Decision(None, written, issuer, title_in(text, paragraphs, None))
    if own.letterhead:
        issuer = letterhead_issuer(head, number_at=own.start) or own.issuer or _issuer_elsewhere(own, citations)
        return Decision(own.number, own.date or _written_date(head), issuer, title_in(text, paragraphs, None))
    return Decision(
        own.number, own.date or _news_date(head, own), _news_issuer(head, own), title_in(text, paragraphs, own.end)
    )


def _own_citation(head: str, citations: Sequence[Citation]) -> Citation | None:
    """The citation by which the text gives its own number: in its letterhead, or "Quyết định ... ban hành Kế hoạch"."""
    early = [citation for citation in citations if citation.end <= len(head) and citation.number]
    for citation in early:
        if citation.letterhead:
            return citation
    for citation in early:
        # "(Ban hành kèm theo Quyết định số ...)" under the title of a plan: the paper that the plan was issued with.
        if _ATTACHED.search(head[max(0, citation.start - 40) : citation.start]):
            return citation
    for citation in early:
        after = head[citation.end : citation.end + 200]
        if _SIGNS.search(head[max(0, citation.start - 80) : citation.start]) is None:
            continue
        if _ISSUES.match(after) or (citation.kind == "Kế hoạch" and _ON_REFORM.search(after)):
            return citation
    return None


def _issuer_elsewhere(own: Citation, citations: Sequence[Citation]) -> str | None:
    """ "(Ban hành kèm theo Quyết định số 2455/QĐ-BGTVT ... của Bộ trưởng Bộ Giao thông vận tải)"."""
    named = (citation.issuer for citation in citations if citation.number == own.number and citation.issuer)
    return next(map(agency, named), None)


def _written_date(head: str) -> str | None:
    """The day in "Hà Nội, ngày 31 tháng 12 năm 2020"."""
    match = _PLACE_AND_DATE.search(head)
    return _iso(int(match["y"]), int(match["m"]), int(match["d"])) if match else None


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _news_date(head: str, own: Citation) -> str | None:
    """The last day before the number. Where it names no year, it is the last such day before the news came out."""
    line_start = max(head.rfind("\n", 0, own.start) + 1, own.start - 200)
    days = list(_DAY_BEFORE.finditer(head, line_start, own.start))
    if not days:
        return None
    day, month, year = int(days[-1]["d"]), int(days[-1]["m"]), days[-1]["y"]
    if year:
        return _iso(int(year), month, day)
    published = _publication(head)
    if published is None:
        return None
    return _iso(published[0] - ((month, day) > published[1:]), month, day)


def _publication(head: str) -> tuple[int, int, int] | None:
    """The day on which a news text came out, from the line that also gives the hour or the number of readers."""
    for line in head.split("\n")[:12]:
        match = _PUBLISHED.search(line)
        if match and _CHROME.search(line) and len(line) < 120:
            return int(match["y"]), int(match["m"]), int(match["d"])
    return None


def _news_issuer(head: str, own: Citation) -> str | None:
    if own.issuer:
        return agency(own.issuer)
    starts = max(head.rfind("\n", 0, own.start), head.rfind(". ", 0, own.start)) + 1
    return signing_issuer(_DAY_BEFORE.sub("", head[starts : own.start])) or place_issuer(head)
