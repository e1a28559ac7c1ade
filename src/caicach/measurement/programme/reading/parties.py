"""Who does a task: the lead and the co-operating units, from the clause, its labels and the headings over it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from .lexicon import VerbKind, verb_at
from .naming import names_by_form
from .subjects import shielded, unit_types
from .units import UnitMatcher
from .words import Word, lowered, squeezed, words_of


@dataclass(frozen=True, slots=True)
class Party:
    """A unit as the text names it: `code` and `exact` when it is one of the organisation, else code is empty.

    start, end : its place in the source; is_everyone : "các cơ quan, đơn vị ..." names no one
    """

    name: str
    start: int
    end: int
    code: str = ""
    exact: bool = False
    is_everyone: bool = False


@dataclass(frozen=True, slots=True)
class Parties:
    """Who does a task. `beside` : those of the co-operating units that the text names as leading, after the first."""

    lead: Party | None = None
    cooperating: tuple[Party, ...] = ()
    beside: tuple[Party, ...] = ()


_EVERYONE: Final = re.compile(
    r"\s*(?:thủ trưởng |người đứng đầu |lãnh đạo |trưởng |giám đốc |chủ tịch )?"
    r"(?:ubnd |ủy ban nhân dân )?(?:tất cả )?(?:các|toàn thể|mọi) "
    r"(?:bộ|sở|ban|phòng|cơ quan|đơn vị|vụ|cục|chi cục|ngành|cấp|địa phương|tổ chức|xã|phường|huyện|quận|viện"
    r"|trung tâm|trường|hội|tổ|đội|thôn)"
    r"(?!\w)"
)
_SEPARATOR: Final = re.compile(
    r"\s*(?:[;\n•+]|,|/|(?<!\w)(?:và|cùng với|cùng|phối hợp với)(?!\w)|(?:^|\s)[-–](?=\s))\s*", re.I
)
_NO_NAME: Final = frozenset({"", "chủ trì", "phối hợp", "thực hiện", "tham mưu", "cùng"})
_ROLE_WORDS: Final = re.compile(
    r"(?<!\w)(?:là\s+)?(?:chủ trì|phối hợp(?:\s+với)?|làm đầu mối|đầu mối|thực hiện)(?!\w)", re.I
)
_OWN: Final = frozenset(
    {
        "bộ",
        "sở",
        "tỉnh",
        "huyện",
        "thành phố",
        "ngành",
        "xã",
        "phường",
        "cục",
        "ubnd tỉnh",
        "ubnd huyện",
        "ubnd thành phố",
        "cơ quan",
    }
)
_OF_COUNCIL: Final = re.compile(r"(?<!\w)văn phòng (?:hđnd|hội đồng nhân dân)\s*\Z", re.I)
_COMMITTEE: Final = re.compile(r"(?:ubnd|[uủ][yỷ] ban nhân dân)(?!\w)", re.I)
"""One office serves both: "Văn phòng HĐND và UBND xã"."""
_ROLE_IN_BRACKETS: Final = re.compile(r"\((?:chủ trì|phối hợp|thực hiện|đầu mối|làm đầu mối)\)", re.I)
_ROLE_AT_END: Final = re.compile(r"\s+(?:chủ trì|phối hợp|làm đầu mối)\Z", re.IGNORECASE)
_ADVERBS_AT_END: Final = re.compile(
    r"\s+(?:là|căn cứ|cũng|sẽ|cần|phải|tiếp tục|chủ động|luôn|còn)(?=\s|\Z).*\Z", re.IGNORECASE
)
_LEADS: Final = re.compile(r"(?:cùng\s+|đồng\s+)?chủ\s+trì(?!\w)")
_NAMES_LEADS: Final = re.compile(r"chủ\s+trì|đầu\s+mối|phụ\s+trách|chịu\s+trách\s+nhiệm")
_ENDS_ROLE: Final = frozenset({";", ".", ")", ",", "thực", "cùng"})
_REACH_OF_LEAD: Final = 15
_LONGEST_NAME: Final = 100
_TELLS: Final = re.compile(r"(?<!\w)(?:việc(?!\s+làm(?!\w))|đã|được)(?!\w)")
_HOW_OFTEN: Final = re.compile(r"(?:định kỳ|hằng|hàng)\s")
_NO_PART_OF_A_NAME: Final = frozenset({"đã", "được", "là", "khi", "theo", "từ", "cho", "tại", "sẽ", "do"})
_TIME_AFTER_DASH: Final = re.compile(
    r"\s[-–]\s(?:hoàn thành|thời gian|thời hạn|trong|trước|quý|tháng|năm|ngày|\d)[^,;]*\Z", re.IGNORECASE
)
""" "(Văn phòng Sở - trong tháng 01/2026)"."""
_LONGEST_IN_BRACKETS: Final = 12
"""Words of a unit's name in brackets."""


def parties_in(text: str, start: int, end: int, units: UnitMatcher | None, *, is_prose: bool = False) -> list[Party]:
    """The units named in text[start:end], which holds a list of names and little else.

    is_prose : lines end where the page does, so that a name may go on in the next one
    """
    value = _ROLE_IN_BRACKETS.sub(lambda said: " " * len(said[0]), text[start:end])
    value = value.replace("\n", " ") if is_prose else value
    known = units.find(value) if units else []
    found: list[Party] = []
    place = 0
    for first, last, unit in known:
        if place and not value[place:first].strip(" \t\xa0"):
            place = last  # whose unit it is: "Vụ Pháp chế Bộ Nội vụ"
            continue
        found.extend(_unknown(value, place, first, start, after_known=bool(found)))
        found.append(Party(unit.name, start + first, start + last, unit.code, unit.exact))
        place = last
    found.extend(_unknown(value, place, len(value), start, after_known=bool(known)))
    return _once(found)


def _unknown(value: str, first: int, last: int, offset: int, *, after_known: bool) -> list[Party]:
    """Names that the organisation does not know. What begins in lower case goes on with the name before it."""
    pieces: list[tuple[int, int]] = []
    place = first
    marks = [*(mark for mark in _SEPARATOR.finditer(value, first, last) if _separates(mark, value)), None]
    for mark in marks:
        stop = mark.start() if mark else last
        begins = place + len(value[place:stop]) - len(value[place:stop].lstrip(" \t.,:;-–()/"))
        ends = begins + len(value[begins:stop].rstrip(" \t.,:;-–()/"))
        place = mark.end() if mark else last
        if begins >= ends:
            continue
        head = value[begins:ends]
        goes_on = head[0].islower() and not lowered(head).startswith(("các ", "ủy ban", "sở ", "phòng "))
        goes_on = goes_on or (bool(pieces) and _is_kind_in_a_row(value[pieces[-1][0] : pieces[-1][1]], head))
        if goes_on and pieces and "\n" not in value[pieces[-1][1] : begins]:
            pieces[-1] = (pieces[-1][0], ends)
        elif not (goes_on and after_known):
            pieces.append((begins, ends))
    return [party for begins, ends in pieces if (party := _named(value, begins, ends, offset))]


def _is_kind_in_a_row(before: str, head: str) -> bool:
    """ "Các Vụ, Cục": a kind alone after a name of all of a kind."""
    if not lowered(before).startswith("các "):
        return False
    words = words_of(lowered(head), 0, len(head))
    kind = unit_types().at(words, 0)
    return kind is not None and kind[0] == len(words)


def _separates(mark: re.Match[str], value: str) -> bool:
    """Whether a mark parts two names, and is no part of one ("Sở Lao động, Thương binh và Xã hội")."""
    joint = mark[0].strip().lower()
    if joint == "/":  # "Vụ Đất đai/ các đơn vị", not "đ/c Phó Chủ tịch"
        after = value[mark.end() : mark.end() + 40]
        return unit_types().at(words_of(lowered(after), 0, len(after)), 0) is not None
    is_dash_inside = joint in {"-", "–"} and mark.start() > 0 and "\n" not in mark[0]
    if joint not in {",", "và"} and not is_dash_inside:
        return True
    after = value[mark.end() : mark.end() + 40]
    if joint == "và" and _OF_COUNCIL.search(value[: mark.start()]) and _COMMITTEE.match(after):
        return False
    first = after.split(maxsplit=1)[0] if after.strip() else ""
    is_short = first.strip(",;.").isupper() and len(first) > 1
    if lowered(after).startswith("xã hội"):
        return False  # "Phòng Văn hóa - Xã hội": no commune
    return is_short or unit_types().at(words_of(lowered(after), 0, len(after)), 0) is not None


def _named(value: str, begins: int, ends: int, offset: int) -> Party | None:
    name = _ROLE_AT_END.sub("", _ADVERBS_AT_END.sub("", squeezed(value[begins:ends])))
    low = lowered(name)
    if low in _NO_NAME or len(name) > _LONGEST_NAME or not any(letter.isalpha() for letter in name):
        return None
    if _TELLS.search(low):
        return None  # "UBND tỉnh hoàn tất việc sắp xếp": a clause, no name
    return Party(name, offset + begins, offset + ends, is_everyone=_EVERYONE.match(low) is not None)


def _once(parties: Sequence[Party]) -> list[Party]:
    """Each unit once, at its first place."""
    kept: dict[str, Party] = {}
    for party in parties:
        kept.setdefault(party.code or lowered(party.name), party)
    return list(kept.values())


def owners_in(text: str, start: int, end: int, units: UnitMatcher | None) -> list[Party]:
    """The units that text[start:end] names as those whose duties follow; none for the agency of the plan itself."""
    named = parties_in(text, start, end, units)
    return named if named and not _is_own(named[0]) else []


def parties_of_clause(text: str, low: str, start: int, said: int, end: int, units: UnitMatcher | None) -> Parties:
    """Who does what in a clause: "Vụ Pháp chế chủ trì, phối hợp với Văn phòng Bộ rà soát ... (Vụ CCHC chủ trì)".

    start..said : whoever stands before the verb; said..end : the work itself
    """
    subjects = _subjects(text, start, said, units)
    lead = subjects[0] if subjects else None
    cooperating: list[Party] = list(subjects[1:])
    beside = subjects[1:] if _LEADS.match(low, said) else []
    has_roles = "phối" in low[start:end] or "chủ" in low[start:end]
    words = _words_with_names(text, low, start, end, units) if has_roles else []
    for place in range(len(words) - 1):
        pair = f"{words[place].low} {words[place + 1].low}"
        if pair == "phối hợp":
            cooperating.extend(_with(words, place, text, units))
            is_last = place + 2 == len(words) or words[place + 2].low in _ENDS_ROLE
            if is_last or (verb_at(words, place + 2) and _leads_just_before(words, place)):
                cooperating.extend(_before(words, place, text, units))
        elif pair == "chủ trì" and lead is None and not _is_any_leader(words, place):
            found = _before(words, place, text, units)
            lead = found[0] if found else None
            beside = found[1:]
            cooperating.extend(beside)
    if lead is None:
        lead = _in_brackets_at_end(text, start, end, units) or _does_it(text, said, end, units)
    cooperating = [party for party in _once(cooperating) if lead is None or party.name != lead.name]
    return Parties(lead, tuple(cooperating), tuple(beside))


def leads_beside(said: str, value: str, named: Sequence[Party]) -> tuple[Party, ...]:
    """Of the units that a label or a column gives, those that lead beside the first: "Chủ trì: Sở A, Sở B".

    said : the words of the label or the heading; none where they or the value tell who only co-operates
    """
    both = f"{said} {value}".lower()
    is_told = "phối" in both or "cùng" in both or not _NAMES_LEADS.search(said.lower())
    return () if is_told else tuple(named[1:])


def _leads_just_before(words: Sequence[Word], place: int) -> bool:
    """ "Văn phòng Sở chủ trì, các phòng phối hợp tổ chức ...": a lead and a comma before who joins in."""
    return any(
        (words[n].low, words[n + 1].low, words[n + 2].low) == ("chủ", "trì", ",")
        for n in range(max(0, place - _REACH_OF_LEAD), place - 2)
    )


def _is_any_leader(words: Sequence[Word], place: int) -> bool:
    """ "(các) cơ quan chủ trì", "đơn vị chủ trì": whoever leads, not who."""
    return place >= 2 and (words[place - 2].low, words[place - 1].low) in {("cơ", "quan"), ("đơn", "vị")}


def _words_with_names(text: str, low: str, start: int, end: int, units: UnitMatcher | None) -> list[Word]:
    found = units.find(text[start:end]) if units else []
    known = [(start + first, start + last) for first, last, _unit in found]
    words = words_of(low, start, end)
    return shielded(words, sorted([*known, *names_by_form(words, text, known)]))


def _subjects(text: str, start: int, said: int, units: UnitMatcher | None) -> list[Party]:
    """Whoever stands before the work, the one that leads first: "Sở Nội vụ, Sở Tư pháp và Văn phòng UBND tỉnh rà soát".

    Of a name that the organisation knows and others around it, the known one leads.
    """
    if said <= start or _HOW_OFTEN.match(lowered(text[start:said])):
        return []
    found = parties_in(text, start, said, units, is_prose=True)
    if not found or _is_own(found[0]) or (not found[0].code and _says_more_than_a_name(found[0])):
        return []
    known = [party for party in found if party.code]
    return known or [found[0], *(party for party in found[1:] if _is_unit(party))]


_NEVER_IN_A_NAME: Final = re.compile(r"\s(?:toàn bộ|tất cả|những|mọi|mỗi|từng|cho|để|nhằm|theo|trên|khi|nếu)\s")
_LONGEST_IN_SMALL: Final = 2
"""Words in small letters that may stand before "các" in a name: "Ban Quản lý các khu công nghiệp"."""


def _says_more_than_a_name(party: Party) -> bool:
    """A verb that no list knows stands in it: "Vụ Pháp chế hiệu chuẩn các quy trình"; where it begins nobody knows."""
    if not _is_unit(party):
        return False
    in_small = 0
    for word in party.name.split():
        if word == "các" and in_small > _LONGEST_IN_SMALL:
            return True
        in_small = in_small + 1 if word[0].islower() and word != "và" else 0
    return _NEVER_IN_A_NAME.search(party.name) is not None


def _is_unit(party: Party) -> bool:
    """Its name begins as the names of units do: of what else stands before the work nothing is sure."""
    return unit_types().at(words_of(lowered(party.name), 0, len(party.name)), 0) is not None


def _is_own(party: Party) -> bool:
    """ "Bộ tập trung ...", "UBND tỉnh yêu cầu ...": the agency whose plan it is, not one of its units."""
    name = lowered(party.name)
    return not party.code and (name in _OWN or " " not in name)


def _with(words: Sequence[Word], place: int, text: str, units: UnitMatcher | None) -> list[Party]:
    """Units after "phối hợp (chặt chẽ) (với)", up to the work."""
    first = next((step + 1 for step in range(place + 2, min(place + 5, len(words))) if words[step].low == "với"), None)
    if first is None and _begins_name(words, place + 2, text):
        first = place + 2  # "phối hợp Văn phòng Bộ"
    if first is None or first >= len(words):
        return []
    last = first
    while last < len(words) and words[last].low not in {";", ":", "(", ")", "."}:
        verb = verb_at(words, last) if text[words[last].start].islower() else None
        if verb and verb.kind not in {VerbKind.BOTH, VerbKind.PURPOSE, VerbKind.RESULT} and last > first:
            break
        if verb and verb.kind is VerbKind.BOTH and words[last - 1].low not in {"về", "quan", "vị", "làm", "ban", ","}:
            break
        if words[last].low in {"để", "trong", "nhằm", "theo"}:
            break
        last += 1
    return parties_in(text, words[first].start, words[last - 1].end, units, is_prose=True) if last > first else []


def _before(words: Sequence[Word], place: int, text: str, units: UnitMatcher | None) -> list[Party]:
    """Units right before "chủ trì" or "phối hợp", from the mark or the word that gives the order."""
    first = place
    while first > 0 and place - first < 30 and words[first - 1].low not in {";", ":", "(", ".", "giao", "cho"}:
        first -= 1
    while first < place and not _begins_name(words, first, text):
        first += 1
    if first >= place:
        return []
    return parties_in(text, words[first].start, words[place - 1].end, units, is_prose=True)


def _begins_name(words: Sequence[Word], place: int, text: str) -> bool:
    if place >= len(words):
        return False
    is_name = unit_types().at(words, place) is not None or words[max(0, place - 1)].low == "("
    return is_name and (text[words[place].start].isupper() or words[place].low == "các")


def _in_brackets_at_end(text: str, start: int, end: int, units: UnitMatcher | None) -> Party | None:
    """Brackets at the end of a clause that begin with a unit: "... (Vụ Pháp chế)", "... (Văn phòng Sở, quý II)"."""
    opened = text.rfind("(", start, end)
    if opened < 0 or text[end - 1] != ")" or text.find(")", opened, end) != end - 1:
        return None
    inside = squeezed(_ROLE_WORDS.sub(" ", text[opened + 1 : end - 1])).strip(" :;,.")
    inside = _TIME_AFTER_DASH.sub("", inside)
    name = re.split(r"\s?[,;]\s", inside, maxsplit=1)[0].strip()
    if unit := units and (units.match(inside) or units.match(name)):
        return Party(unit.name, opened + 1, end - 1, unit.code, unit.exact)
    words = words_of(lowered(name), 0, len(name))
    kind = unit_types().at(words, 0)
    is_name = kind is not None and name[0].isupper() and kind[0] < len(words) <= _LONGEST_IN_BRACKETS
    return Party(name, opened + 1, end - 1) if is_name and not _has_work(words, name) else None


_DOES_IT: Final = re.compile(
    r",\s{1,3}(?P<who>[^\W\d_a-zà-ỹđ][^,;:()]{2,70}?)\s{1,3}thực\s{1,3}hiện"
    r"(?:\s{1,3}(?:từ|trong|trước|đến|xong|hoàn thành|chậm nhất|hằng|hàng|thường xuyên)(?!\w)[^,;()]{0,60})?\Z"
)


def _does_it(text: str, said: int, end: int, units: UnitMatcher | None) -> Party | None:
    """ "..., Công an xã thực hiện từ tháng 3 đến tháng 10": who does what stands before."""
    found = _DOES_IT.search(text, max(said, end - 160), end)
    if found is None:
        return None
    named = parties_in(text, found.start("who"), found.end("who"), units)
    return named[0] if named and (named[0].code or _is_unit(named[0])) else None


def _has_work(words: Sequence[Word], name: str) -> bool:
    """More than a name is said: what the unit does, did or has."""
    return _TELLS.search(lowered(name)) is not None or any(
        name[word.start].islower() and (word.low in _NO_PART_OF_A_NAME or verb_at(words, place) is not None)
        for place, word in enumerate(words)
    )
