"""A sentence cut into its duties: one clause for each, where a new main verb begins a new piece of work.

A clause begins after a semicolon, or after a comma when what stands before is complete and what follows is work of its
own. Verbs in a row over one object ("xây dựng, hoàn thiện"), purposes ("nhằm", "để"), enumerations and everything in
brackets or quotation marks stay inside the clause.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from .commas import OF_A_NOUN, SAYS_WHEN, by_commas
from .lexicon import VerbKind, VerbPhrase, says_work, verb_at, verb_phrase_at
from .opening import Opening, after_rhythm, opening_of, skip_connecting
from .pieces import Clause, Listed, Piece, listed_after, pieces_of, without_announcement
from .stages import begins_a_stage
from .subjects import unit_types
from .targets import is_target
from .words import Word

_MARKS: Final = frozenset({",", ";", ":", ".", "/", "…", "-", "–", "|"})
_COUNTS_AS_DUTY_IN_A_LIST: Final = frozenset({VerbKind.ACT, VerbKind.RESULT, VerbKind.ROLE, VerbKind.START})


def clauses_of(words: Sequence[Word], text: str, opening: Opening, *, is_item: bool, has_targets: bool) -> list[Clause]:
    """The duties of a sentence whose first begins at `opening`.

    `has_targets` : the sentence states objectives, so that a measure with a number counts without a verb.
    """
    pieces = [piece for piece in pieces_of(words) if piece.ends > opening.begins]
    found: list[Clause] = []
    listed: Listed | None = None
    in_stages = False
    for place, piece in enumerate(pieces):
        if place == 0:
            first = Piece(opening.begins, piece.ends, "")
            found = list(by_commas(words, first, opening.phrase, is_list=opening.is_list))
            continue
        if piece.mark == ":":
            listed = listed_after(words, pieces[place - 1], pieces[place:])
            if listed is Listed.DUTIES and found:
                found = without_announcement(words, found)
        begins = _after_giao(words, skip_connecting(words, piece.begins))
        phrase = _duty_in(words, text, piece, begins, listed=listed, is_item=is_item)
        is_amount = (
            piece.mark == ":" and listed is Listed.MORE and _is_amount_of(found, is_last=place == len(pieces) - 1)
        )
        if phrase is None and (is_amount or not (has_targets and is_target(words, begins, piece.ends))):
            if found and found[-1].ends + 1 >= piece.begins:
                found[-1] = found[-1]._replace(ends=piece.ends)
            continue
        if phrase is not None and phrase.main.kind is VerbKind.ATTITUDE:
            continue
        in_stages = (in_stages or piece.mark == ":") and begins_a_stage(words, begins, piece.ends)
        if found and in_stages:
            found[-1] = found[-1]._replace(ends=piece.ends)
            continue
        found.extend(by_commas(words, Piece(begins, piece.ends, piece.mark), phrase))
        if listed is Listed.THINGS:
            listed = None
    kept = [clause for clause in found if not _is_attitude(words, clause)]
    return [trimmed for clause in kept if (trimmed := _trimmed(words, clause)).begins < trimmed.ends]


def _after_giao(words: Sequence[Word], place: int) -> int:
    """The unit in "...; giao Sở Nội vụ theo dõi ..."."""
    is_given = place + 1 < len(words) and words[place].low == "giao" and unit_types().at(words, place + 1)
    return place + 1 if is_given else place


def _is_amount_of(found: Sequence[Clause], *, is_last: bool) -> bool:
    """A measure after a colon says how much of what stands before it: "Tỷ lệ hồ sơ trực tuyến: trên 70%".

    Several measures after work are each one of their own.
    """
    return bool(found) and (is_last or found[-1].phrase is None)


def _is_attitude(words: Sequence[Word], clause: Clause) -> bool:
    """ "Có nhận thức đầy đủ ...", "xác định cải cách hành chính là nhiệm vụ thường xuyên": what to think, not to do."""
    if clause.phrase is None:
        return False
    if clause.phrase.main.kind is VerbKind.ATTITUDE:
        return True
    if words[clause.phrase.main.place].low == "chịu":  # "chịu trách nhiệm trước ...": who answers, not what is done
        return clause.phrase.end < clause.ends and words[clause.phrase.end].low in {"trước", "toàn", "thi", "về"}
    names_it = [word.low for word in words[clause.phrase.main.place : clause.phrase.main.end]] == ["xác", "định"]
    return names_it and any(word.low == "là" for word in words[clause.phrase.end : clause.phrase.end + 10])


def _duty_in(
    words: Sequence[Word], text: str, piece: Piece, begins: int, *, listed: Listed | None, is_item: bool
) -> VerbPhrase | None:
    """The verb phrase by which a piece begins a duty of its own; None when it goes on with the one before."""
    if begins >= piece.ends:
        return None
    phrase = verb_phrase_at(words, begins) or verb_phrase_at(words, after_rhythm(words, begins))
    if phrase is None:
        if listed is Listed.MORE or not unit_types().at(words, begins):
            return None
        found = opening_of(words[begins : piece.ends], text, is_item=True)  # it goes on with what is ordered
        if found is None or found.phrase is None or _only_shares_work(words[begins : piece.ends], found.phrase):
            return None
        return _moved(found.phrase, begins)
    if not says_work(phrase, piece.ends) or _only_shares_work(words[: piece.ends], phrase):
        return None
    if _only_sets_time(words, phrase, piece.ends):
        return None
    kind = phrase.main.kind
    if listed is Listed.THINGS:
        return phrase if kind in _COUNTS_AS_DUTY_IN_A_LIST else None
    if listed is Listed.MORE and piece.mark == ":" and kind not in {VerbKind.ACT, VerbKind.ROLE, VerbKind.START}:
        return None
    if kind is VerbKind.BOTH and not phrase.has_starter and _names_a_thing_before(words, piece, begins):
        return None
    return phrase


def _moved(phrase: VerbPhrase, by: int) -> VerbPhrase:
    main = phrase.main._replace(place=phrase.main.place + by, end=phrase.main.end + by)
    return phrase._replace(place=phrase.place + by, end=phrase.end + by, main=main)


def _only_shares_work(words: Sequence[Word], phrase: VerbPhrase) -> bool:
    """ "Văn phòng Bộ phối hợp": says who works with whom, not what."""
    if phrase.main.kind is not VerbKind.ROLE:
        return False
    if phrase.end > phrase.main.end:
        return False  # "tham mưu kiểm tra ..."
    return not any(verb_at(words, place) for place in range(phrase.end, len(words)) if place > phrase.main.end)


def _only_sets_time(words: Sequence[Word], phrase: VerbPhrase, ends: int) -> bool:
    """ "Hoàn thành trước tháng 6": says by when the work before it is to be done."""
    if words[phrase.main.place].low != "hoàn" or phrase.place != phrase.main.place:
        return False
    return phrase.end < ends and words[phrase.end].low in SAYS_WHEN and ends - phrase.end <= 12


def _names_a_thing_before(words: Sequence[Word], piece: Piece, begins: int) -> bool:
    """The same word stood as a noun just before ("quy định về phân cấp ...; phân cấp ..."): the list goes on."""
    same = words[begins].low, words[begins + 1].low if begins + 1 < piece.ends else ""
    for place in range(max(1, piece.begins - 60), piece.begins - 2):
        if (words[place].low, words[place + 1].low) == same and words[place - 1].low in OF_A_NOUN:
            return True
    return False


def _trimmed(words: Sequence[Word], clause: Clause) -> Clause:
    begins, ends = clause.begins, clause.ends
    while begins < ends and words[begins].low in _MARKS:
        begins += 1
    while ends > begins and words[ends - 1].low in _MARKS:
        ends -= 1
    return clause._replace(begins=begins, ends=ends)
