"""Where the title of a law ends when the law is cited by name: "Luật Thi đua, khen thưởng và các văn bản …".

Two ways: the longest match in the list of known titles (reference/law_titles.csv), and for laws not in it a rule of
grammar: a title begins with a capital and ends before a word that opens a predicate, a new document or a date.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from caicach.registry.legislation.citations.kinds import KIND
from caicach.registry.legislation.citations.spelling import PARAGRAPH_END, one_line, pairs, straighten, words

REFERENCE = Path(__file__).resolve().parent.parent / "reference" / "law_titles.csv"
_END = "."
Node = dict[str, "Node"]  # a word -> what may follow it; _END marks a whole title


@dataclass(frozen=True, slots=True)
class Title:
    """A title that ends at `text[end - 1]`, on one line, and whether it is in the list of known titles."""

    end: int
    text: str
    known: bool


_SEPARATOR = r"(?P<sep>\s{1,4}|\s?,\s{0,3}|\s{1,2}[-–]\s{1,2}|\s?&\s?)"
_NEXT_WORD = re.compile(rf"{_SEPARATOR}(?P<word>[^\W_]+)")
_PARENTHESIS = re.compile(r"\s?\(HIV\s?/\s?AIDS\)")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_MAX_WORDS = 24
# Words that open a predicate, a clause or a list: a title written in lower case after its first word stops before them.
_STOPS = words(
    """
    các những mọi đã được có là thì này đó nêu nói trên dưới đây số năm ngày tháng để nhằm theo từ đến tới khi
    mà nếu do bởi vì sẽ phải chưa còn bao gồm như cũng đang vừa mới thay ra cùng nhưng hoặc cần nên vào kể cho
    rằng yêu vẫn rất chỉ đều bị qua sau trước tuy so đưa bằng gắn của với về trong
    """
)
_STOP_PAIRS = pairs(
    """
    quy định, sửa đổi, hướng dẫn, áp dụng, điều chỉnh, ban hành, hiện hành, hiện nay, thông qua, ghi nhận,
    ghi rõ, khẳng định, cụ thể, không quy, không có, không được, không cho, không còn, tiếp tục, đối với,
    bổ sung, giao cho, tại điều, tại khoản, tại điểm, yêu cầu, thống nhất, góp phần, tạo điều, thể hiện,
    thi hành, xác định, đặt ra, nghiêm cấm, dự kiến, triển khai, lần này, liên quan, một cách, một số, hết hiệu,
    vi phạm, tương ứng, tương tự
    """
)
_UNIT_STOPS = frozenset(["Điều", "Khoản", "Điểm", "Chương", "Mục", "Phần", "ĐIỀU", "CHƯƠNG", "PHẦN", "MỤC"])
_NO_TITLE = frozenset(["sư", "tnhh", "mới", "này", "khác", "chung", "riêng"])
_NO_TITLE_PAIRS = frozenset([("hợp", "danh"), ("việt", "nam"), ("hà", "nội"), ("tp", "hcm"), ("hồ", "chí")])
_AFTER_ATTACHED = re.compile(r"\s{1,3}(?:(?i:năm)\s{1,3}(?:19|20)\d\d|(?i:số)\s{0,2}:?\s{0,2}\d|(?i:ngày)\s{1,3}\d)")
_BARE_YEAR = re.compile(r"\s{1,3}(?:19[4-9]|20[0-4])\d(?![\d%/.,-])")
_ENDS_LISTED = re.compile(r"\s{0,2}(?:[,;.:()]|$|\n)|\s{1,3}(?:và|năm|ngày|số|\(|(?:19|20)\d\d)(?!\w)")
_ACRONYM = re.compile(r"\s{1,3}(?P<word>[A-ZĐÐ][A-ZĐÐ&]+)(?!\w)")
_IN_CLAUSE = rf"[^.;:(){PARAGRAPH_END}]"
_AMENDS = re.compile(
    rf"\s{{1,3}}(?i:sửa\s+đổi(?:\s?,?\s+bổ\s+sung)?|bổ\s+sung)(?:\s{_IN_CLAUSE}{{0,160}}?\scủa)?(?:\s+các|\s+\d{{1,3}})?"
    r"\s{1,3}(?=(?i:bộ\s+luật|luật|pháp\s+lệnh)\s)"
)
_AMENDED = re.compile(r"(?i:bộ\s+luật|luật|pháp\s+lệnh)(?=\s)")
_NEXT_AMENDED = re.compile(
    rf"(?P<and>\s?,?\s+và\s+|\s?,\s{{1,3}})(?:(?i:các\s+)?[Đđ]iều\s{_IN_CLAUSE}{{1,40}}?của\s+)?"
    r"(?=(?:Bộ\s+luật|Luật|Pháp\s+lệnh)\s)"
)
_MANY_AMENDED = re.compile(r"(?i:luật)(?:\s+(?:có\s+)?(?:liên\s+quan\s+đến|về)(?=\s)|(?=\s+(?:ngày|năm|số)\s+\d))")


def title_at(text: str, pos: int, *, kind_is_capital: bool) -> Title | None:
    """The law's title that follows the kind ending at `pos`, or None when no title stands there."""
    if kind_is_capital and (amending := _amending_title(text, pos)):
        return amending
    return _plain_title(text, pos, kind_is_capital=kind_is_capital)


def known_title_at(text: str, pos: int) -> Title | None:
    """The title of the list that stands at `pos` with a capital and as a whole, where no other word goes on with it."""
    best, _deepest = _walk(text, pos, kind_is_capital=False)
    if best is None or not _ENDS_LISTED.match(text, best):
        return None
    return Title(best, one_line(text[pos:best]), known=True)


def _plain_title(text: str, pos: int, *, kind_is_capital: bool) -> Title | None:
    best, deepest = _walk(text, pos, kind_is_capital=kind_is_capital)
    if best is not None:
        extra = _PARENTHESIS.match(text, best)
        end = extra.end() if extra else best
        return Title(end, one_line(text[pos:end]), known=True)
    if acronym := _ACRONYM.match(text, pos):
        return None if acronym["word"].lower() in _NO_TITLE else Title(acronym.end(), acronym["word"], known=False)
    return _title_by_rule(text, pos, deepest) if kind_is_capital else None


def _walk(text: str, pos: int, *, kind_is_capital: bool) -> tuple[int | None, int]:
    """Follow the known titles from `pos`: where the longest whole one ends, and how far the words of any went along.

    The second is how "Luật Trật tự, an toàn giao thông" is known not to end at its comma, though it is cut short.
    """
    node, here, count, best = _known_titles(), pos, 0, None
    while found := _NEXT_WORD.match(text, here):
        if count == 0 and not _may_begin(found, kind_is_capital=kind_is_capital):
            break
        child = _child(node, found["sep"], _key(found["word"]))
        if child is None:
            break
        node, here, count = child, found.end(), count + 1
        if _END in node and (count > 1 or found["word"][0].isupper()):
            best = here
    return best, here


def _may_begin(found: re.Match[str], *, kind_is_capital: bool) -> bool:
    return not found["sep"].strip() and (found["word"][0].isupper() or kind_is_capital)


def _child(node: Node, separator: str, word: str) -> Node | None:
    """A comma in the text needs one in the title; a title's comma may be missing in the text, or be "&" or a dash."""
    mark = separator.strip()
    if mark == ",":
        return node.get("," + word)
    if mark == "&" and (joined := node.get("và")):
        return joined.get(word)
    return node.get(word) or node.get("," + word)


def _title_by_rule(text: str, pos: int, known_until: int) -> Title | None:
    here, before_comma, read = pos, None, [""]
    while len(read) <= _MAX_WORDS and (found := _NEXT_WORD.match(text, here)):
        word = found["word"]
        if found.end() > known_until and _stops(text, found, word):
            break
        if found["sep"].strip():
            if len(read) == 1 or (word[0].isupper() and found.end() > known_until):
                break
            if found.end() > known_until:
                before_comma = here if before_comma is None else before_comma
        here = found.end()
        read.append(word.lower())
    if len(read) == 1 or read[1] in _NO_TITLE or tuple(read[1:3]) in _NO_TITLE_PAIRS:
        return None
    attached = _AFTER_ATTACHED.match(text, here) or _BARE_YEAR.match(text, here)
    if not attached and not text[pos:here].lstrip()[0].isupper():
        return None
    if before_comma is not None and not attached:
        here = before_comma
    return Title(here, one_line(text[pos:here]), known=False)


def _stops(text: str, found: re.Match[str], word: str) -> bool:
    at = found.start("word")
    if word.isdigit() or word in _STOPS or word in _UNIT_STOPS:
        return True
    following = _NEXT_WORD.match(text, found.end())
    if following and (word, following["word"].lower()) in _STOP_PAIRS:
        return True
    if KIND.match(text, at) and word[0].isupper():
        return True
    if word == "và":
        return following is None or following["word"] in _STOPS or bool(KIND.match(text, following.start("word")))
    return False


def _amending_title(text: str, pos: int) -> Title | None:
    """ "sửa đổi, bổ sung một số điều của Luật Cán bộ, công chức và Luật Viên chức": the amended laws belong to it."""
    opening = _AMENDS.match(text, pos)
    if opening is None:
        return None
    if many := _MANY_AMENDED.match(text, opening.end()):
        rest = _title_of_many(text, many.end())
        return Title(rest, one_line(text[pos:rest]), known=False)
    ends: list[tuple[int, bool]] = []
    here = opening.end()
    while len(ends) < 12:
        amended = _AMENDED.match(text, here)
        title = _plain_title(text, amended.end(), kind_is_capital=amended.group()[0].isupper()) if amended else None
        if title is None:
            break
        following = _NEXT_AMENDED.match(text, title.end)
        ends.append((title.end, following is not None and "và" in following["and"]))
        if following is None:
            break
        here = following.end()
    if not ends:
        return None
    end = _list_end(text, ends)
    return Title(end, one_line(text[pos:end]), known=False)


def _list_end(text: str, ends: list[tuple[int, bool]]) -> int:
    """A list of amended laws is closed by "và"; without it only the first law belongs to the title."""
    last = ends[-1][0]
    if _AFTER_ATTACHED.match(text, last):
        return last
    for n, (_, and_follows) in enumerate(ends[:-1]):
        if and_follows:
            return ends[n + 1][0]
    return ends[0][0]


def _title_of_many(text: str, pos: int) -> int:
    here, count = pos, 0
    while count < _MAX_WORDS and (found := _NEXT_WORD.match(text, here)):
        if _stops(text, found, found["word"]):
            break
        here, count = found.end(), count + 1
    return here


@cache
def _known_titles() -> Node:
    """The titles as a tree of words; a word that follows a comma is keyed with it, and matches without it too."""
    tree: Node = {}
    for title in known_titles():
        node = tree
        for comma, word in re.findall(r"(,?)\s*([^\W_]+)", title.split(" (")[0]):
            node = node.setdefault(comma + _key(word), {})
        node[_END] = {}
    return tree


@cache
def known_titles() -> tuple[str, ...]:
    """Every title and abbreviation of reference/law_titles.csv."""
    with REFERENCE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple(name for row in rows for name in (row["title"], *row["abbreviations"].split(";")) if name)


@lru_cache(maxsize=50_000)
def _key(word: str) -> str:
    """Lower case with the tone at the end, so that "Uỷ" and "Ủy", "hoá" and "hóa" are one word."""
    if word.isascii():
        return word.lower()
    letters = unicodedata.normalize("NFD", straighten(word.lower()))
    tones = "".join(c for c in letters if c in _TONES)
    return "".join(c for c in letters if c not in _TONES) + tones
