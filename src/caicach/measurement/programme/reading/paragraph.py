"""The duties of one paragraph, sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from itertools import takewhile
from typing import Final

from .aims import after_time, aims_from
from .asides import aside_of
from .clauses import clauses_of
from .due import due_in
from .fields import ReformField, fields_named, head_at
from .labels import Labelled, Role, is_enclosed, labelled_in
from .layout import Paragraph
from .lexicon import VerbKind, verb_at, verb_phrase_at
from .measures import split_by_measures
from .naming import names_by_form
from .opening import Opening, opening_of, opening_of_a_unit, skip_connecting
from .outline import Section, Standing
from .pieces import Clause, is_announcement
from .subjects import duty_of_subject, names_many_units, orders_at, shielded, unit_types
from .targets import is_target
from .words import ENCLOSED, Word, flattened, sentences, words_of

Spans = Sequence[tuple[int, int]]
_LISTS: Final = frozenset({Section.TASKS, Section.OBJECTIVE, Section.SOLUTIONS})
_YEAR_FIRST: Final = re.compile(r"(?:trong\s{1,4}|qua\s{1,4}|kết thúc\s{1,4})?năm\s{1,4}(?P<year>(?:19|20)\d\d)(?!\d)")
_SHORTEST_ITEM: Final = 6
_POINTING: Final = frozenset({"nội", "dung", "nhiệm", "vụ", "mục", "điểm", "khoản", "các", "số", "tại", "và", ","})
_PAPERS_OF_THE_PLAN: Final = frozenset(
    {("kế", "hoạch"), ("chương", "trình"), ("nội", "dung"), ("các", "nội"), ("nhiệm", "vụ"), ("các", "nhiệm")}
)
_TIME_HEAD: Final = re.compile(
    r"(?:phấn đấu\s{1,4})?(?:(?:xong|hoàn thành|chậm nhất|trước|đến|trong|hết|tới|vào|cuối|ngày|là)\s{1,4}){1,4}"
    r"(?:\d{1,2}/\d{1,2}|năm\s{1,4}(?:19|20)\d\d|quý\s{1,4}[iv\d]{1,3}|tháng\s{1,4}\d{1,2})(?:\s{0,2}[/-]\s{0,2}20\d\d|\s{1,4}năm\s{1,4}20\d\d)?\s{0,4}:"
)
_OF_WHAT: Final = frozenset({("đối", "với"), ("riêng", "đối"), ("riêng", "với")})
_TOLD: Final = frozenset({"đã", "vừa", "từng", "đang"})
_SOON: Final = frozenset({"weekly", "monthly", "quarterly", "half_yearly"})
"""Rhythms that are given to somebody; "hằng năm" tells as often what is usual."""


@dataclass(slots=True)
class Duty:
    """One clause that orders something: text[start:end] of the source.

    said : where the words of the work itself begin, after whoever is ordered to do it
    verb : the verb that the clause shares with the one before it ("giảm 10% A và 10% B"), else ""
    frame : (start, end) of what the sentence says before the clause: the time, who orders whom
    owner : (start, end) of a unit named before a colon ("Văn phòng Sở: tổng hợp ...")
    is_objective : stated as an aim, not as work; labelled : facts that labels give about it
    """

    start: int
    end: int
    said: int
    paragraph: int
    section: Section
    field: ReformField | None
    is_objective: bool
    frame: tuple[int, int]
    above: tuple[int, ...]
    has_verb: bool = True
    verb: str = ""
    owner: tuple[int, int] | None = None
    labelled: list[Labelled] = dataclass_field(default_factory=list)


@dataclass(slots=True)
class Prose:
    """What running text said before: it speaks of purposes, of the past, of a field."""

    in_purpose: bool = False
    field: ReformField | None = None


class ParagraphReader:
    """Reads one paragraph; what it says of later ones goes into `prose`."""

    def __init__(
        self,
        text: str,
        low: str,
        paragraph: Paragraph,
        standing: Standing,
        place: int,
        prose: Prose,
        plan_year: int | None,
        *,
        is_plan: bool,
    ) -> None:
        self.text, self.low = text, low
        self.paragraph, self.standing, self.place = paragraph, standing, place
        self.prose, self.plan_year = prose, plan_year
        self.is_item = is_plan and (
            bool(paragraph.kind)
            or standing.section is Section.ARTICLES
            or (standing.section in _LISTS and bool(standing.above))
        )
        self.is_list = self.is_item and standing.section in _LISTS
        self.labelled: list[Labelled] = []
        self.named: list[ReformField] = []
        self.field: ReformField | None = None
        self.rules_on = False
        self.owner: tuple[int, int] | None = None
        self.time_head: tuple[int, int] | None = None
        self.cited: Spans = ()
        self.known: dict[int, int] = {}

    def read(self, cited: Spans, names: Spans) -> list[Duty]:
        """cited, names : where citations and names of known units stand in the paragraph."""
        self.cited = cited
        self.known = dict(names)
        end = self.paragraph.end
        labelled = labelled_in(self.low, self.paragraph.body, end)
        free = [fact for fact in labelled if not self._is_enclosed(fact)]
        if free:
            self.labelled = labelled
            end = free[0].label_start
        elif labelled:
            self.labelled = labelled
        spans = [span for span in cited if span[1] <= end]
        words = flattened(words_of(self.low, self.paragraph.body, end, cited=spans))
        words = shielded(words, sorted([*names, *names_by_form(words, self.text, names)]))
        self._enter(words)
        duties: list[Duty] = []
        first = 0  # of the work that the next aside is about: all since the one before
        is_after_aside = is_past = False
        for number, sentence in enumerate(sentences(words, self.text)):
            year = self._year_first(sentence)
            if year is not None and self.plan_year is not None:
                is_past = year < self.plan_year
                if is_past and (now := self._of_this_year(sentence)):
                    sentence, is_past = now, False
            if is_past or self._is_purpose(sentence):
                continue
            for place, (part, facts) in enumerate(self._parted(sentence, is_after_work=bool(duties) or self.is_item)):
                found = list(self._sentence(part, is_first=number == place == 0)) if part else []
                if found and is_after_aside:
                    first, is_after_aside = len(duties), False
                duties.extend(found)
                if facts:
                    self._add(facts, duties[first:])
                    is_after_aside = True
        if self.field is not None and self.rules_on and not self.paragraph.kind:
            self.prose.field = self.field
        return duties

    def _parted(self, sentence: list[Word], *, is_after_work: bool) -> list[tuple[list[Word], list[Labelled]]]:
        """A sentence as (work, what the asides after it say of that work), more than one where leads come between."""
        if is_after_work and (facts := self._aside(sentence)):
            return [([], facts)]
        ends = [place for place, word in enumerate(sentence) if word.low == ";"]
        pieces = list(zip([0, *(end + 1 for end in ends)], [*ends, len(sentence)], strict=True))
        asides = [self._aside(sentence[begins:end]) for begins, end in pieces]
        if not any(fact.role is Role.LEAD for facts in asides[1:] for fact in facts):
            return [(sentence, [])]
        spans = [pieces[0]]
        said: list[list[Labelled]] = [[]]
        for piece, facts in zip(pieces[1:], asides[1:], strict=True):
            if facts:
                said[-1].extend(facts)
            elif said[-1]:
                spans.append(piece)
                said.append([])
            else:
                spans[-1] = (spans[-1][0], piece[1])
        return [(sentence[begins:end], facts) for (begins, end), facts in zip(spans, said, strict=True)]

    def _aside(self, sentence: Sequence[Word]) -> list[Labelled]:
        """What `aside_of` finds, unless the time that it gives is none."""
        facts = aside_of(sentence, self.text)
        for fact in facts:
            if fact.role is Role.DEADLINE and not self._is_time(fact):
                return []
        return facts

    def _is_time(self, fact: Labelled) -> bool:
        due = due_in(self.text, [(fact.start, fact.end)], plan_year=self.plan_year, excluded=[], is_cell=True)
        return due is not None and "deadline_unsure" not in due.notes

    def _add(self, facts: list[Labelled], duties: Sequence[Duty]) -> None:
        """To the work before it; to that of the paragraph before when this one has no work. The first word counts."""
        for duty in duties:
            has = {fact.role for fact in duty.labelled}
            for fact in facts:
                if fact.role not in has:
                    has.add(fact.role)
                    duty.labelled.append(fact)
        if not duties:
            self.labelled = [*self.labelled, *facts]

    def _is_enclosed(self, fact: Labelled) -> bool:
        return is_enclosed(self.low, fact.label_start)

    def _enter(self, words: Sequence[Word]) -> None:
        """A paragraph of purposes goes on in the next one only when that begins with a connecting word.

        The field that the last paragraphs were about is over where the leader speaks to all units.
        """
        if self.prose.in_purpose and skip_connecting(words, 0) == 0:
            self.prose.in_purpose = False
        if self.prose.field is not None and not self.paragraph.kind and _tells_all_units(words, self.text):
            self.prose.field = None

    def _year_first(self, sentence: Sequence[Word]) -> int | None:
        match = _YEAR_FIRST.match(self.low, sentence[0].start)
        return int(match["year"]) if match else None

    def _of_this_year(self, sentence: list[Word]) -> list[Word]:
        """What a sentence about an earlier year goes on to say: "Năm 2023 đã đạt 45%; năm 2024 tiếp tục ..."."""
        for place, word in enumerate(sentence[:-1]):
            if word.low != ";":
                continue
            year = self._year_first(sentence[place + 1 :])
            if year is not None and self.plan_year is not None and year >= self.plan_year:
                return sentence[place + 1 :]
        return []

    def _is_purpose(self, sentence: Sequence[Word]) -> bool:
        """A sentence on what the plan is for."""
        lows = [word.low for word in sentence[:16]]
        if self.prose.in_purpose:
            return True
        if lows[:3] in (["với", "mục", "tiêu"], ["với", "mục", "đích"]) and not is_target(sentence, 0, len(sentence)):
            self.prose.in_purpose = True
            return True
        for place in range(len(lows) - 1):
            if lows[place] == "mục" and lows[place + 1] == "đích":
                self.prose.in_purpose = "là" in lows[place:] or ":" in lows[place:]
                return self.prose.in_purpose
            if lows[place] == "mục" and lows[place + 1] == "tiêu":
                return "là" in lows[place + 2 :] and not is_target(sentence, 0, len(sentence))
        return False

    def _sentence(self, sentence: list[Word], *, is_first: bool) -> Iterator[Duty]:
        sentence = self._after_field_head(sentence, is_first=is_first)
        if not sentence:
            return
        if len(named := fields_named(sentence)) >= 4:
            self.named.extend(named)
            return
        sentence = self._after_time_head(self._after_owner(self._after_matter(sentence)))
        aims = self._aims(sentence)
        is_objective = self.standing.section is Section.OBJECTIVE or aims is not None
        is_item = self.is_item
        if aims is not None:
            opening: Opening | None = self._opening_of_aims(sentence, aims)
        else:
            is_item = is_item or self._gives_a_unit_a_time(sentence)
            opening = opening_of(sentence, self.text, is_item=is_item)
        if (
            opening is not None
            and self.standing.section is Section.ARTICLES
            and not _orders_somebody(sentence, opening)
        ):
            return
        if opening is None and self.is_list:
            opening = self._opening_of_item(sentence, is_first=is_first)
        if opening is None:
            return
        has_targets = is_objective or self.is_list
        for clause in clauses_of(sentence, self.text, opening, is_item=is_item, has_targets=has_targets):
            for part in split_by_measures(sentence, clause):
                if is_announcement(sentence, part.begins, part.ends) or not self._says_something(sentence, part):
                    continue
                yield self._duty(sentence, part, opening, is_objective=is_objective)

    def _gives_a_unit_a_time(self, sentence: Sequence[Word]) -> bool:
        """Outside a plan's lists: "Vụ Pháp chế xây dựng ... trong quý III", where no word orders but the time does."""
        if self.standing.section is not Section.NONE or self.plan_year is None:
            return False
        begins = skip_connecting(sentence, 0)
        if unit_types().at(sentence, begins) is None or not self.text[sentence[begins].start].isupper():
            return False
        if any(word.low in _TOLD for word in sentence):
            return False
        place = sentence[begins].start, sentence[-1].end
        due = due_in(self.text, [place], plan_year=self.plan_year, excluded=self.cited, is_cell=False)
        return (
            due is not None and "deadline_unsure" not in due.notes and (bool(due.last_day) or due.recurrence in _SOON)
        )

    def _after_field_head(self, sentence: list[Word], *, is_first: bool) -> list[Word]:
        """The sentence after such a head as "Về cải cách thể chế,"; the head's field is remembered.

        A head at the head of a paragraph rules the paragraphs after it; one in its midst, or after a connecting word
        ("trong đó, về ..."), rules no further than its own.
        """
        begins = skip_connecting(sentence, 0)
        is_led = begins < len(sentence) and sentence[begins].low in {"về", "trong", "đối"}
        found = head_at(sentence, begins) if begins < len(sentence) else None
        if found is None:
            return sentence
        end, reform_field = found
        for place in range(end, min(len(sentence) - 1, end + 14)):
            mark = sentence[place].low
            if mark == ":" or (is_led and mark == "," and self._begins_after(sentence, place + 1)):
                self.field = reform_field
                self.rules_on = self.rules_on or (is_first and begins == 0)
                return sentence[place + 1 :]
        return sentence

    def _after_owner(self, sentence: list[Word]) -> list[Word]:
        """The sentence after "Văn phòng Sở:"; the unit is remembered for all that the paragraph says."""
        if unit_types().at(sentence, 0) is None:
            return sentence
        colon = next((place for place in range(1, min(16, len(sentence) - 1)) if sentence[place].low == ":"), None)
        if colon is None or not self.is_item or any(orders_at(sentence, place) for place in range(colon)):
            return sentence
        is_said_before = duty_of_subject(sentence[:colon], self.text, 0, is_item=True) is not None
        if is_said_before and opening_of(sentence[colon + 1 :], self.text, is_item=True) is None:
            return sentence  # "Các đơn vị gửi báo cáo định kỳ: quý I trước ngày 10/3, ..."
        self.owner = sentence[0].start, sentence[colon - 1].end
        return sentence[colon + 1 :]

    def _after_matter(self, sentence: list[Word]) -> list[Word]:
        """The sentence after "Đối với các nhiệm vụ quá hạn:", which only says what it is about."""
        begins = skip_connecting(sentence, 0)
        if tuple(word.low for word in sentence[begins : begins + 2]) not in _OF_WHAT:
            return sentence
        colon = next((place for place in range(begins, len(sentence) - 1) if sentence[place].low == ":"), None)
        return sentence if colon is None else sentence[colon + 1 :]

    def _after_time_head(self, sentence: list[Word]) -> list[Word]:
        """The sentence after "Đến năm 2025:", a time that holds for all that it says."""
        self.time_head = None
        found = _TIME_HEAD.match(self.low, sentence[0].start, sentence[-1].end)
        if found is None:
            return sentence
        after = next((place for place, word in enumerate(sentence) if word.start >= found.end()), None)
        if after is None:
            return sentence
        self.time_head = sentence[0].start, found.end()
        return sentence[after:]

    def _begins_after(self, sentence: Sequence[Word], place: int) -> bool:
        """A duty begins here, and not another name in the head ("chỉ đạo, điều hành")."""
        if head_at(sentence, place) is not None and not verb_at(sentence, place):
            return False
        phrase = verb_phrase_at(sentence, place)
        if phrase is not None:
            is_name = phrase.main.kind is VerbKind.BOTH and not phrase.has_starter
            return phrase.end < len(sentence) and not is_name
        return opening_of(sentence[place:], self.text, is_item=True) is not None

    def _aims(self, sentence: Sequence[Word]) -> int | None:
        """The place after the words that set aims; None where they only say how far the work before them is to go."""
        aims = aims_from(sentence)
        if aims is None or sentence[aims - 1].low != "đấu":
            return aims
        if is_target(sentence, 0, aims - 2):  # "đạt tối thiểu 85%, phấn đấu 90%"
            return None
        work = opening_of(sentence[: aims - 2], self.text, is_item=self.is_item)
        return aims if work is None or work.phrase is None else None

    def _opening_of_aims(self, sentence: Sequence[Word], aims: int) -> Opening | None:
        begins = skip_connecting(sentence, aims)
        begins = after_time(sentence, self.low, begins)
        if begins >= len(sentence):
            return None
        return Opening(begins, verb_phrase_at(sentence, begins), (0, begins))

    def _opening_of_item(self, sentence: Sequence[Word], *, is_first: bool) -> Opening | None:
        """An item of a list that does not begin with a verb we know: a measure, or words around some verb."""
        begins = skip_connecting(sentence, 0)
        if is_target(sentence, begins, len(sentence)):
            return Opening(begins, None)
        is_long = is_first and bool(self.paragraph.kind) and len(sentence) - begins >= _SHORTEST_ITEM
        if is_first and (of_unit := opening_of_a_unit(sentence, self.text, begins, known=self.known)):
            return of_unit
        verbs = [verb for place in range(begins, len(sentence)) if (verb := verb_at(sentence, place))]
        is_told = any(word.low == "đã" for word in sentence) or any(verb.kind is VerbKind.ATTITUDE for verb in verbs)
        is_principle = begins < len(sentence) and sentence[begins].low == "việc"
        return Opening(begins, None) if is_long and verbs and not (is_told or is_principle) else None

    def _says_something(self, sentence: Sequence[Word], clause: Clause) -> bool:
        written = self.text[sentence[clause.begins].start : sentence[clause.ends - 1].end]
        is_empty = not any(letter.isalpha() for letter in written)
        return not (is_empty or _only_points_at_items(sentence, clause) or _only_announces_a_plan(sentence, clause))

    def _duty(self, sentence: Sequence[Word], clause: Clause, opening: Opening, *, is_objective: bool) -> Duty:
        start, end = sentence[clause.begins].start, sentence[clause.ends - 1].end
        said, verb = start, ""
        if opening.said is not None and clause.begins == opening.begins:
            said = sentence[opening.said].start
        if clause.phrase is not None and clause.phrase.place < clause.begins:
            verb = self.text[sentence[clause.phrase.place].start : sentence[clause.phrase.end - 1].end]
        elif clause.phrase is not None:
            said = sentence[clause.phrase.place].start
        frame_from, frame_to = opening.adjunct
        frame = (sentence[frame_from].start, sentence[frame_to].start) if frame_to > frame_from else (start, start)
        if frame[0] == frame[1] and self.time_head is not None:
            frame = self.time_head
        return Duty(
            start=start,
            end=end,
            said=said,
            paragraph=self.place,
            section=self.standing.section,
            field=self.field or self.standing.field or self.prose.field,
            is_objective=is_objective,
            frame=frame,
            above=self.standing.above,
            has_verb=clause.phrase is not None,
            verb=verb,
            owner=self.owner,
        )


def _only_points_at_items(sentence: Sequence[Word], clause: Clause) -> bool:
    """ "Vụ Pháp chế chủ trì nội dung (1), (2)": says who does what stands elsewhere."""
    if clause.phrase is None:
        return False
    after = list(takewhile(lambda word: word.low != ";", sentence[clause.phrase.end : clause.ends]))
    points = [word for word in after if word.low == ENCLOSED or word.low[0].isdigit()]
    return bool(points) and all(word in points or word.low in _POINTING for word in after)


def _only_announces_a_plan(sentence: Sequence[Word], clause: Clause) -> bool:
    """ "Sở Nội vụ xây dựng kế hoạch quý III như sau": says that what follows is the plan."""
    words = [word.low for word in sentence[clause.begins : clause.ends] if word.low not in {",", ":"}]
    if words[-2:] != ["như", "sau"] and words[-2:] != ["sau", "đây"]:
        return False
    here = clause.phrase.end if clause.phrase is not None else clause.begins
    return (sentence[here].low, sentence[min(here + 1, clause.ends - 1)].low) in _PAPERS_OF_THE_PLAN


def _tells_all_units(words: Sequence[Word], text: str) -> bool:
    """ "Bộ trưởng yêu cầu thủ trưởng các cơ quan, đơn vị ..." at the head of a paragraph."""
    if not words or not text[words[0].start].isupper() or verb_phrase_at(words, 0) is not None:
        return False
    place = next((place for place in range(1, min(12, len(words) - 2)) if orders_at(words, place)), None)
    return place is not None and names_many_units(words, place + orders_at(words, place))


def _orders_somebody(sentence: Sequence[Word], opening: Opening) -> bool:
    """Of a decision's articles only those count that give somebody work beyond carrying the decision out."""
    if opening.phrase is None or {"thi", "lực"}.intersection(word.low for word in sentence[opening.begins :]):
        return False
    return opening.begins < opening.phrase.place or opening.adjunct[0] < opening.adjunct[1]
