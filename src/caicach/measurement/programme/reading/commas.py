"""Where a comma begins another duty, and where it only goes on with verbs, things or purposes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from .lexicon import VerbKind, VerbPhrase, is_compound_tail, phrases, verb_at, verb_phrase_at
from .measures import is_measure
from .opening import skip_connecting
from .pieces import Clause, Piece
from .subjects import unit_types
from .words import Word

_PURPOSE: Final = phrases(
    "nhằm;để;theo hướng;gắn với;góp phần;tạo điều kiện;tạo thuận lợi;bảo đảm;đảm bảo;qua đó;từ đó;phục vụ;"
    "hướng tới;hướng đến;thông qua;bằng cách;bằng việc;bao gồm;gồm;như;trong việc;đối với việc;tạo;đáp ứng;"
    "nhất là;đặc biệt là"
)
_FOLLOWS_UP: Final = frozenset({"đềxuất", "kiếnnghị", "báocáo", "thammưu", "tổnghợp"})
"""What is done with the outcome of the work before the comma: "rà soát ..., đề xuất sửa đổi ..." is one duty."""
TIME_OR_MANNER: Final = frozenset({"theo", "đúng", "tại", "ở", "từ", "trước", "sau", "trong", "vào", "đến", "chậm"})
SAYS_WHEN: Final = TIME_OR_MANNER | {"hết", "cuối", "đầu", "giữa", "tháng", "quý", "năm", "ngày", "xong"}
"""After "hoàn thành" the beginning of a time, and not of something that is to be completed."""
_PURE_TIME: Final = frozenset({"trước", "sau", "trong", "vào", "đến", "chậm", "hết"})
_PERIODS: Final = frozenset({"ngày", "tháng", "quý", "năm", "tuần", "nhất", "thời", "hết"})
_WHERE_TO: Final = frozenset({"sang", "lên", "thành", "tới", "vào"})
_LISTS_UNITS: Final = frozenset({"với", "cho", "giữa", "gồm", "gửi", "tới", "đến", "tại", "thuộc"})
_AFTER_MANNER: Final = frozenset({"trên", "trong", "tại", "ở", "giữa", "và", ","})
OF_A_NOUN: Final = frozenset({"về", "việc", "tác", "của", "động", "trình", "các", "những"})
_SHORTEST_DONE: Final = 6
"""Words that a verb must have acted on before a comma can begin another duty."""
_SHORTEST_NEW: Final = 3
_SHORTEST_ROW: Final = 3
_SHORTEST_OBJECT: Final = 2


def by_commas(
    words: Sequence[Word], piece: Piece, phrase: VerbPhrase | None, *, is_list: bool = False
) -> Iterator[Clause]:
    """The duties inside a piece; in an enumeration each verb after a comma begins one."""
    begins, current = piece.begins, phrase
    if phrase is None:
        yield Clause(begins, piece.ends, None)
        return
    if row := _row_of_duties(words, piece, phrase):
        yield from row
        return
    for place in range(piece.begins + 1, piece.ends - 1):
        is_after_time = words[place].low == "và" and _ends_time(words, place)
        if words[place].low != "," and not is_after_time:
            continue
        after = skip_connecting(words, place + 1)
        following = verb_phrase_at(words, after) if after < piece.ends else None
        if is_after_time and (following is None or following.main.kind is not VerbKind.ACT):
            continue
        if following is None and current is not None and after < piece.ends:
            following = _other_subject(words, current, place, after, piece.ends)
            if following is not None:
                yield Clause(begins, place, current)
                begins, current = after, following
            continue
        if following is None or current is None:
            continue
        joined = is_after_time or after > place + 1 or (is_list and not after_verbs(words, current, place, following))
        if _is_new_duty(words, current, place, following, piece.ends, joined=joined):
            yield Clause(begins, place, current)
            begins, current = after, following
    yield Clause(begins, piece.ends, current)


def _row_of_duties(words: Sequence[Word], piece: Piece, phrase: VerbPhrase) -> list[Clause]:
    """Three duties or more in a row, each a verb with an object of its own; [] for anything else.

    "Xây dựng kế hoạch kiểm tra, tổ chức kiểm tra tại các đơn vị, tổng hợp kết quả và công khai kết luận".
    """
    if phrase.has_starter or phrase.main.kind is not VerbKind.ACT:
        return []
    begins, current = piece.begins, phrase
    row: list[Clause] = []
    commas = [place for place in range(piece.begins + 1, piece.ends - 1) if words[place].low == ","]
    last_and = _last_and(words, commas[-1] + 1, piece.ends) if commas else None
    for joint in [*commas, *([last_and] if last_and else [])]:
        following = verb_phrase_at(words, joint + 1)
        if following is not None and _says_when(words, following, piece.ends):
            continue
        if following is None or following.has_starter or not _has_own_object(words, current, joint):
            return []
        if after_verbs(words, current, joint, following, but=VerbKind.BOTH):
            return []
        row.append(Clause(begins, joint, current))
        begins, current = joint + 1, following
    row.append(Clause(begins, piece.ends, current))
    return row if len(row) >= _SHORTEST_ROW and _has_own_object(words, current, piece.ends) else []


def _says_when(words: Sequence[Word], phrase: VerbPhrase, ends: int) -> bool:
    """ "..., hoàn thành trong năm 2023": by when, and no duty of its own."""
    return phrase.end < ends and words[phrase.place].low == "hoàn" and words[phrase.end].low in SAYS_WHEN


def _last_and(words: Sequence[Word], begins: int, ends: int) -> int | None:
    """The "và" before the last duty of a row."""
    found = [place for place in range(begins, ends - 2) if words[place].low == "và"]
    phrase = verb_phrase_at(words, found[-1] + 1) if found else None
    return found[-1] if phrase is not None and _has_own_object(words, phrase, ends) else None


def _has_own_object(words: Sequence[Word], phrase: VerbPhrase, ends: int) -> bool:
    is_work = phrase.main.kind in {VerbKind.ACT, VerbKind.BOTH}
    if _is_only_time(words, phrase.end, ends):
        return False  # "..., ban hành trước ngày 20/01/2024, gửi ..."
    is_purpose = any((aim := _PURPOSE.at(words, place)) and place + aim[0] < ends for place in range(phrase.end, ends))
    return is_work and ends - phrase.end >= _SHORTEST_OBJECT and not is_purpose


def _is_only_time(words: Sequence[Word], begins: int, ends: int) -> bool:
    """A time and nothing that is acted on: "trước ngày 20/01/2024"."""
    if begins + 1 >= ends or words[begins].low not in _PURE_TIME:
        return False
    is_time = words[begins + 1].low in _PERIODS or words[begins + 1].low[:1].isdigit()
    stop = next((place for place in range(begins, ends) if words[place].low in {",", "và"}), ends)
    return is_time and not any(verb_at(words, place) for place in range(begins + 2, stop))


def _ends_time(words: Sequence[Word], place: int) -> bool:
    """ "... trong tháng 9/2023 và tổ chức ...": with its time the work before is complete."""
    before = [word.low for word in words[max(0, place - 5) : place]]
    names_time = not {"tháng", "quý", "ngày", "năm"}.isdisjoint(before)
    return names_time and (before[-1][:1].isdigit() or before[-2:-1] == ["quý"])


def _other_subject(words: Sequence[Word], current: VerbPhrase, comma: int, after: int, ends: int) -> VerbPhrase | None:
    """The verb phrase of another unit after a comma: "Văn phòng sửa quy chế ..., các phòng rút gọn biểu mẫu".

    Not where units are listed, as after "phối hợp với".
    """
    if unit_types().at(words, after) is None or comma - current.end < 3:
        return None
    if any(
        unit_types().at(words, place) or words[place].low in _LISTS_UNITS
        for place in range(max(current.end, comma - 7), comma)
    ):
        return None
    for place in range(after + 1, min(after + 9, ends - 1)):
        if words[place].low in {",", "và"}:
            return None
        phrase = verb_phrase_at(words, place)
        if phrase is not None and _only_does_it(words, phrase, ends):
            return None
        if (
            phrase is not None
            and phrase.main.kind is VerbKind.ACT
            and phrase.end < ends
            and words[place - 1].low not in OF_A_NOUN
        ):
            return phrase
    return None


def _only_does_it(words: Sequence[Word], phrase: VerbPhrase, ends: int) -> bool:
    """ "..., Công an xã thực hiện từ tháng 3 đến tháng 10": who does the work before and when, no other work."""
    verb = (words[phrase.main.place].low, words[phrase.main.end - 1].low)
    return verb == ("thực", "hiện") and (phrase.end >= ends or words[phrase.end].low in TIME_OR_MANNER)


def _is_new_duty(
    words: Sequence[Word], current: VerbPhrase, comma: int, following: VerbPhrase, ends: int, *, joined: bool
) -> bool:
    """Whether the verb phrase after a comma is work of its own."""
    done = sum(word.low not in {",", "-"} for word in words[current.end : comma])
    if following.end < ends and words[following.end].low == ",":
        return False  # "lĩnh vực đất đai, xây dựng, hộ tịch": it acts on nothing, so it is one of what is listed
    if done < 2 or after_verbs(words, current, comma, following) or following.end >= ends:
        return False
    kind = following.main.kind
    has_measure = is_measure(words, following.end, ends)
    if kind is VerbKind.RESULT and (joined or has_measure):
        return True
    if kind is VerbKind.ACT and has_measure and is_measure(words, current.end, comma):
        return True  # "cắt giảm 20% hồ sơ giấy, số hóa 50% kết quả"
    if kind in {VerbKind.PURPOSE, VerbKind.ATTITUDE} or (kind is VerbKind.RESULT and not following.has_starter):
        return False
    if joined or words[following.place].low == "tiếp":
        return True
    if _says_when(words, following, ends) and not any(
        verb_at(words, place) for place in range(following.end + 2, ends)
    ):
        return False
    if _in_purpose(words, current.end, comma) or _is_manner(words, current.end, comma, following):
        return False
    if following.has_starter:
        return done >= 4
    if kind is VerbKind.BOTH or following.main.end - following.main.place < 2 or words[following.end].low in _WHERE_TO:
        return False
    if words[following.main.place].low + words[following.main.place + 1].low in _FOLLOWS_UP:
        return False
    return done >= _SHORTEST_DONE and _acts_on(words, following, ends) >= _SHORTEST_NEW


def _acts_on(words: Sequence[Word], phrase: VerbPhrase, ends: int) -> int:
    """How many words the verbs act on; a time or manner alone ("trước ngày 01/3") is nothing."""
    if words[phrase.end].low not in TIME_OR_MANNER:
        return ends - phrase.end
    if _is_only_time(words, phrase.end, ends):
        return 0
    return ends - phrase.end if any(verb_at(words, place) for place in range(phrase.end + 3, ends)) else 0


def after_verbs(
    words: Sequence[Word], current: VerbPhrase, comma: int, following: VerbPhrase, *, but: VerbKind | None = None
) -> bool:
    """The word before the comma is a verb itself: "quản lý, sử dụng" share what follows.

    Not so where it tells what was done ("đã được phê duyệt") and a starter follows.

    but : a kind that counts as a noun here ("kế hoạch kiểm tra, ...")
    """
    for place in range(max(current.place, comma - 3), comma):
        verb = verb_at(words, place)
        is_told = following.has_starter and words[place - 1].low in {"được", "đã", "bị"}
        if verb and verb.end == comma and not is_told and verb.kind not in {VerbKind.ADVERB, VerbKind.PURPOSE, but}:
            return True
    return False


def _is_manner(words: Sequence[Word], begins: int, comma: int, following: VerbPhrase) -> bool:
    """ "một cách khách quan, khoa học, thống nhất trên toàn thành phố": a word of manner acts on nothing."""
    if words[following.end].low not in _AFTER_MANNER:
        return False
    places = range(max(begins, comma - 9), comma - 1)
    return any((words[place].low, words[place + 1].low) == ("một", "cách") for place in places)


def _in_purpose(words: Sequence[Word], begins: int, comma: int) -> bool:
    """A purpose or manner was opened and goes on over the comma."""
    return any(_PURPOSE.at(words, place) and not is_compound_tail(words, place) for place in range(begins, comma))
