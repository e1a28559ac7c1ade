"""A clause cut down to a title: what is done and to what, without who does it and by when.

A title loses no word of what is to be done. A clause of usual length is its own title; a longer one ends before a
purpose, a manner or another piece of work, never inside a noun phrase, and is left whole where it has no such place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from .commas import OF_A_NOUN, after_verbs
from .lexicon import Verb, VerbKind, VerbPhrase, is_compound_tail, phrases, verb_at, verb_phrase_at
from .words import ENCLOSED, Word, capitalised, is_strong_mark, squeezed, word_set

LONGEST: Final = 480
"""Code points of the longest title, whatever the clause; the whole wording stays with the task."""
_SHORT: Final = 120
"""A clause up to here is its own title."""
_LONG: Final = 200
"""Up to here a title may reach to end well."""
_SMALL_REST: Final = 40
"""No title is cut to spare so little."""
_ENOUGH: Final = 40
"""A title shorter than this says too little when the clause goes on."""
_ENOUGH_OF_A_LIST: Final = 60
_SHORTEST_WORDS: Final = 5
_AROUND: Final = " ,;:.-–"

_ADJUNCTS: Final = phrases(
    "nhằm;để;theo hướng;theo quy định;theo đúng;theo §;theo tinh thần;gắn với;gắn kết với;bảo đảm;đảm bảo;góp phần;"
    "tạo điều kiện;tạo thuận lợi;trên cơ sở;trong đó;đặc biệt là;nhất là;dưới nhiều hình thức;thông qua việc;"
    "phù hợp với;kể cả;bao gồm;với mục tiêu;với mục đích;qua đó;từ đó;cụ thể là;sau khi;, thông qua;, đáp ứng;, cụ thể"
)
"""Words that open a purpose, a manner, a basis or an example."""
_OF_A_NOUN: Final = word_set("pháp phí tác kiện việc về hoạch án chế sách trình năng lực sở các những của là và")
"""After these such words only tell which thing is meant: "các giải pháp nhằm ..." says nothing without them."""
_NEW_WORK: Final = frozenset({VerbKind.ACT, VerbKind.RESULT, VerbKind.PURPOSE, VerbKind.START})
_LEADS_TO_TIME: Final = (
    ("thời", "gian", "thực", "hiện"),
    ("thời", "gian", "hoàn", "thành"),
    ("thời", "gian"),
    ("thời", "hạn"),
    ("dự", "kiến"),
    ("ngay",),
)
_DANGLING: Final = word_set("và hoặc , ; :")

_NAMES_LEAD: Final = re.compile(r"(?<!\w)chủ\s+trì(?!\w)", re.IGNORECASE)


def title_of(text: str, words: Sequence[Word], *, due: str = "") -> str:
    """A title from the words of a clause, flattened, beginning with its verb.

    due : the words that set the task's deadline; where they close the clause, the title ends before them
    """
    if not words:
        return ""
    begins = after_who(words, text)
    ends = _end(words, begins, text, due="".join(due.split()))
    return capitalised(_shortened(squeezed(text[words[begins].start : words[ends - 1].end]).strip(_AROUND)))


def title_of_cell(text: str, words: Sequence[Word]) -> str:
    """The cell of a table as it is written; only one that no title can hold is cut as a clause is."""
    cell = squeezed(text[words[0].start : words[-1].end]) if words else ""
    return cell if len(cell) <= LONGEST else title_of(text, words)


def after_who(words: Sequence[Word], text: str) -> int:
    """The place of the work itself after "chủ trì, phối hợp với ... tiến hành"."""
    if tuple(word.low for word in words[:2]) == ("tập", "trung") and len(words) > 3 and words[2].low == ENCLOSED:
        return 3  # "Tập trung (1) xây dựng ...; (2) ..."
    if tuple(word.low for word in words[:3]) in {("có", "trách", "nhiệm"), ("chịu", "trách", "nhiệm")}:
        return 3 if verb_at(words, 3) else 0
    phrase = verb_phrase_at(words, 0)
    if phrase is None or phrase.main.kind is not VerbKind.ROLE or words[phrase.main.end - 1].low != "trì":
        return 0
    for place in range(phrase.main.end, min(len(words) - 2, phrase.main.end + 40)):
        verb = verb_at(words, place)
        if verb is None or not text[words[place].start].islower() or words[place - 1].low in OF_A_NOUN:
            continue
        is_work = verb.kind in {VerbKind.ACT, VerbKind.START} or words[place].low == "tham"
        if is_work or (verb.kind is VerbKind.BOTH and _acts_on_a_thing(words, verb)):
            return verb.end if words[place].low == "tiến" and verb.end < len(words) else place
    return 0


def _acts_on_a_thing(words: Sequence[Word], verb: Verb) -> bool:
    """A verb that is as often a noun is one before what it acts on ("kiểm tra việc ...", "theo dõi các ...") and before
    another verb that acts on the same ("đánh giá, chấm điểm ...")."""
    if verb.end < len(words) and words[verb.end].low in {",", "và"}:
        following = verb_at(words, verb.end + 1)
        return following is not None and following.kind is VerbKind.ACT
    return verb.end < len(words) and words[verb.end].low in {"việc", "các", "những", "công", "tình"}


def _end(words: Sequence[Word], begins: int, text: str, *, due: str) -> int:
    """Where the title ends."""
    phrase = verb_phrase_at(words, begins)
    shortest = max(begins + _SHORTEST_WORDS, phrase.end + 2 if phrase else 0)
    last = _before_who_and_when(words, text, phrase.end + 1 if phrase else begins + 2, due)
    first = words[begins].start

    def length(place: int) -> int:
        return words[place - 1].end - first

    whole = length(last)
    if whole <= _SHORT:
        return last
    far = next((place for place in range(shortest, last) if length(place) > LONGEST), last)
    adjuncts = list(_adjuncts(words, shortest, far))
    fitting = next((place for place in adjuncts if _ENOUGH <= length(place) <= _LONG), None)
    if fitting is None:
        lists = _other_work(words, phrase, shortest, adjuncts[0] if adjuncts else far)
        fitting = next((place for place in lists if _ENOUGH_OF_A_LIST <= length(place) <= _LONG), None)
    if fitting is None and whole > LONGEST:
        fitting = next(iter(adjuncts), None)
    if fitting is None or (whole <= _LONG and whole - length(fitting) <= _SMALL_REST):
        return last
    return _without_joint(words, fitting, shortest)


def _before_who_and_when(words: Sequence[Word], text: str, earliest: int, due: str) -> int:
    """Where the clause ends without its deadline, or brackets on unit and deadline: they have places of their own."""
    last = len(words)
    closing = words[last - 1]
    if closing.low == ENCLOSED and last > earliest:
        inside = text[closing.start : closing.end]
        if _NAMES_LEAD.search(inside) or (due and due in "".join(inside.split())):
            last = _without_joint(words, last - 1, earliest)
    if not due:
        return last
    place, written = last, ""
    while place > earliest and len(written) < len(due):
        place -= 1
        written = "".join(text[words[place].start : words[last - 1].end].split())
    return _without_time_words(words, place, earliest) if written == due else last


def _without_time_words(words: Sequence[Word], place: int, earliest: int) -> int:
    """Before ", thời gian", ", dự kiến", which only lead to the time that is left out."""
    here = _without_joint(words, place, earliest)
    for lead in _LEADS_TO_TIME:
        begins = here - len(lead)
        if begins > earliest and tuple(word.low for word in words[begins:here]) == lead:
            return _without_joint(words, begins, earliest)
    return here


def _without_joint(words: Sequence[Word], place: int, earliest: int) -> int:
    while place > earliest and words[place - 1].low in _DANGLING:
        place -= 1
    return place


def _adjuncts(words: Sequence[Word], shortest: int, last: int) -> Iterator[int]:
    """Places where a purpose, a manner, or what a strong mark parts off begins."""
    for place in range(shortest, last - 1):
        if _parts_off(words, place) or (_ADJUNCTS.at(words, place) and not _tells_which(words, place)):
            yield place


def _tells_which(words: Sequence[Word], place: int) -> bool:
    """The words only say which thing is meant, or end a longer word."""
    return words[place - 1].low in _OF_A_NOUN or is_compound_tail(words, place)


def _parts_off(words: Sequence[Word], place: int) -> bool:
    """A strong mark; the colon of "ISO 9001:2015" is none."""
    mark = words[place]
    return is_strong_mark(mark.low) and (mark.low != ":" or mark.end < words[place + 1].start)


def _other_work(words: Sequence[Word], phrase: VerbPhrase | None, shortest: int, last: int) -> Iterator[int]:
    """Commas after which something else is done; not those in a row of verbs or of things."""
    if phrase is None:
        return
    for place in range(shortest, last - 2):
        if words[place].low != ",":
            continue
        following = verb_phrase_at(words, place + 1)
        if following is None or after_verbs(words, phrase, place, following):
            continue
        if following.has_starter or following.main.kind in _NEW_WORK:
            yield place


def _shortened(title: str) -> str:
    """A title that no boundary made short enough, cut after a whole word and marked as cut."""
    if len(title) <= LONGEST:
        return title
    return title[:LONGEST].rpartition(" ")[0].rstrip(_AROUND) + "…"
