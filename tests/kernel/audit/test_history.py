"""The history of a record: who changed what, from, to, when; in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from caicach.kernel.audit import journal, vocabulary
from caicach.kernel.audit.queries import (
    ABSENT,
    Act,
    EntryFilter,
    count_of_records,
    entries,
    entry,
    history_of,
    history_of_records,
    use_cases,
    waiting,
)
from caicach.kernel.audit.wording import HistoryPage, WordedLine, worded
from caicach.kernel.identity.models import Account, Unit
from tests.kernel.audit.writing import (
    DEADLINE_MOVED,
    MORNING,
    OFFICER,
    erase,
    phone_changed,
    seal_now,
    write,
    write_several,
)
from tests.ministry import Ministry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _own_vocabulary(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_use_cases", "_roles", "_unit_names"):
        monkeypatch.setattr(vocabulary, name, type(getattr(vocabulary, name))())


def role_change(before: dict[str, Any], after: dict[str, Any], number: str = "1") -> journal.Change:
    return journal.Change("identity.roleassignment", number, before, after)


def words(change: journal.Change, **given: Any) -> list[str]:
    write([change])
    lines = worded(history_of(change.subject_type, change.subject_id, limit=10), **given)
    return [field.sentence for field in lines[0].fields]


def test_a_record_s_history_is_its_own_and_newest_first() -> None:
    first = write([DEADLINE_MOVED])
    write([phone_changed()])
    last = write([phone_changed(), DEADLINE_MOVED])

    lines = history_of("programme.plantask", "42", limit=10)

    assert [line.entry_id for line in lines] == [last, first]
    assert [change.subject_id for change in lines[0].changes] == ["42"]


def test_older_lines_come_page_by_page() -> None:
    numbers = write_several(5)

    newest = history_of("programme.plantask", "42", limit=2)
    older = history_of("programme.plantask", "42", limit=2, before_id=newest[-1].entry_id)

    assert [line.entry_id for line in newest + older] == numbers[:0:-1]


def test_a_record_and_its_parts_have_one_history() -> None:
    both = write([DEADLINE_MOVED, phone_changed(), phone_changed(person="10")])
    part = write([phone_changed()])
    write([phone_changed(person="10")])
    subjects = {"programme.plantask": ["42"], "identity.person": ["9", "11"]}

    lines = history_of_records(subjects, limit=10)

    assert [(line.entry_id, len(line.changes)) for line in lines] == [(part, 1), (both, 2)]
    assert count_of_records(subjects) == 2


def test_no_records_have_no_history() -> None:
    write()

    assert history_of_records({}, limit=10) == []
    assert count_of_records({"programme.plantask": []}) == 0


def test_a_record_that_was_changed_twice_in_one_use_case_has_one_line() -> None:
    write([DEADLINE_MOVED, DEADLINE_MOVED])
    write([DEADLINE_MOVED])

    assert [len(line.changes) for line in history_of("programme.plantask", "42", limit=2)] == [1, 2]


@pytest.mark.parametrize("lines", [1, 50])
def test_history_takes_the_same_queries_however_long(
    lines: int, django_assert_num_queries: Callable[[int], Any]
) -> None:
    write_several(lines, changes=[phone_changed()])
    # 1. entries of the record  2. their changes  3. personal values  4. the entries  5. their authors
    with django_assert_num_queries(5):
        assert len(history_of("identity.person", "9", limit=100)) == lines


@pytest.mark.parametrize("lines", [1, 50])
def test_the_journal_s_list_takes_the_same_queries_however_long(
    lines: int, django_assert_num_queries: Callable[[int], Any]
) -> None:
    write_several(lines, changes=[phone_changed()])
    # 1. the page's numbers  2. changes counted  3. changes  4. personal values  5. seals  6. entries  7. authors
    with django_assert_num_queries(7):
        assert len(entries(limit=100)) == lines


def test_a_line_says_who_in_what_role_from_where_and_why() -> None:
    write(author=journal.Author(7, "Nguyễn Thị Hòa", "unit_head", "VPB", "Lê Văn Tám"), note="Chờ ý kiến")

    (line,) = history_of("programme.plantask", "42", limit=1)

    author = line.author
    assert (author.account_ref, author.name, author.on_behalf_of) == (7, "Nguyễn Thị Hòa", "Lê Văn Tám")
    assert (author.role, author.unit_code, author.address) == ("unit_head", "VPB", "10.0.0.7")
    assert (line.at, line.via, line.request_id, line.note) == (MORNING, "page", "5f0c", "Chờ ý kiến")


@pytest.mark.parametrize(
    ("before", "after", "act"),
    [({}, {"x": 1}, Act.CREATED), ({"x": 1}, {"x": 2}, Act.CHANGED), ({"x": 1}, {}, Act.DELETED), ({}, {}, Act.SEEN)],
)
def test_what_was_done_to_a_record(before: dict[str, int], after: dict[str, int], act: Act) -> None:
    write([journal.Change("a.b", "1", before, after)])

    assert history_of("a.b", "1", limit=1)[0].changes[0].act == act


def test_personal_values_are_shown_while_they_are_kept() -> None:
    write([phone_changed(after="0912 000 111")])

    (change,) = history_of("identity.person", "9", limit=1)[0].changes
    assert [(field.name, field.before, field.after) for field in change.fields] == [
        ("city", "Huế", "Vinh"),
        ("phone", None, "0912 000 111"),
    ]


def test_erased_values_are_shown_as_erased() -> None:
    write([phone_changed()])
    write([phone_changed(person="10")])

    erased = erase(subjects=[("identity.person", "9")], account_refs=[7])

    assert (erased.values, erased.authors) == (1, 1)
    (line,) = history_of("identity.person", "9", limit=1)
    assert [(field.name, field.is_erased) for field in line.changes[0].fields] == [("city", False), ("phone", True)]
    assert line.changes[0].fields[1].after is ABSENT
    assert line.author.name is None
    (other,) = history_of("identity.person", "10", limit=1)
    assert not any(field.is_erased for field in other.changes[0].fields)
    assert worded([line])[0].author == "Account 7, name erased"
    assert worded([line])[0].fields[1].sentence == "phone: erased as the law asks"


def test_an_erasure_reaches_a_person_for_whom_others_acted() -> None:
    write(author=journal.Author(7, "Nguyễn Thị Hòa", "unit_head", "VPB", "Lê Văn Tám"))
    write(author=OFFICER)

    assert erase(names=["Lê Văn Tám"]).authors == 1
    told = {line.author.on_behalf_of: line.author.name for line in entries(limit=3) if line.author.account_ref == 7}
    assert told == {"": "Nguyễn Thị Hòa", None: None}


def test_an_erasure_done_again_finds_nothing_more() -> None:
    write([phone_changed()])
    erase(subjects=[("identity.person", "9")], account_refs=[7])

    again = erase(subjects=[("identity.person", "9")], account_refs=[7])

    assert (again.values, again.authors) == (0, 0)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (EntryFilter(), [2, 1, 0]),
        (EntryFilter(use_case="identity.sign_in"), [1]),
        (EntryFilter(use_case="programme."), [2, 0]),
        (EntryFilter(outcome=journal.Outcome.REFUSED), [1]),
        (EntryFilter(account_ref=8), [1]),
        (EntryFilter(unit_code="VPB"), [2, 0]),
        (EntryFilter(request_id="abcd"), [1]),
        (EntryFilter(since=MORNING + timedelta(minutes=1)), [2, 1]),
        (EntryFilter(until=MORNING + timedelta(minutes=1)), [0]),
        (EntryFilter(subject_type="identity.person"), [2]),
        (EntryFilter(subject_type="programme.plantask", subject_id="42"), [0]),
        (EntryFilter(subject_type="programme.plantask", subject_id="43"), []),
    ],
)
def test_the_operator_finds_entries_by(wanted: EntryFilter, expected: list[int]) -> None:
    numbers = [
        write(),
        write(
            [],
            minute=1,
            use_case="identity.sign_in",
            outcome=journal.Outcome.REFUSED,
            author=journal.Author(8, "Trần Văn B", "", "", ""),
            request_id="abcd",
        ),
        write([phone_changed()], minute=2),
    ]

    assert [line.entry_id for line in entries(wanted, limit=10)] == [numbers[place] for place in expected]


def test_a_record_s_history_tells_what_happened_to_it_and_not_what_was_tried() -> None:
    """A form sent with a mistake reads like a refused request; the journal of the house keeps it."""
    done = write([DEADLINE_MOVED])
    tried = write([DEADLINE_MOVED], minute=1, outcome=journal.Outcome.REFUSED)
    record = {DEADLINE_MOVED.subject_type: [DEADLINE_MOVED.subject_id]}

    assert [line.entry_id for line in history_of_records(record, limit=10)] == [done]
    assert count_of_records(record) == 1
    assert [line.entry_id for line in entries(limit=10)] == [tried, done]


def test_what_two_parts_of_a_record_tell_alike_is_said_once() -> None:
    started = {"valid_from": "2022-06-20"}
    write([role_change({}, started), role_change({}, started, number="2")])

    (line,) = worded(entries(limit=1))
    assert len(line.fields) == 1


def test_an_entry_that_changed_very_many_records_shows_some_and_counts_all() -> None:
    number = write([DEADLINE_MOVED] * 30)

    (line,) = entries(limit=1)
    assert (len(line.changes), line.changes_total) == (20, 30)
    whole = entry(number)
    assert whole is not None
    assert len(whole.changes) == 30


def test_a_line_of_the_journal_says_in_which_seal_it_is() -> None:
    write()
    seal_now()
    write()

    assert [line.seal for line in entries(limit=2)] == [None, 1]


def test_an_unknown_number_is_no_entry() -> None:
    assert entry(1) is None


def test_the_names_of_use_cases_in_the_journal_are_offered_once() -> None:
    write_several(2)
    write(use_case="identity.sign_in")

    assert use_cases() == ["identity.sign_in", "programme.move_deadline"]


def test_what_waits_for_the_sealer_is_counted_with_its_age() -> None:
    assert (waiting().count, waiting().oldest_at) == (0, None)
    write(minute=3)
    write(minute=1)

    assert (waiting().count, waiting().oldest_at) == (2, MORNING + timedelta(minutes=1))


def test_a_date_is_told_from_old_to_new() -> None:
    with translation.override("vi"):
        told = words(role_change({"valid_to": "2026-06-30"}, {"valid_to": "2026-07-15"}), labels={"valid_to": "Hạn"})

    assert told == ["Hạn: 30/06/2026 thành 15/07/2026"]


def test_a_choice_is_told_by_its_label() -> None:
    assert words(role_change({"role": "staff"}, {"role": "unit_head"})) == [
        "Role: Official of a unit to Head of a unit"
    ]


def test_related_records_are_told_by_name_with_one_query_for_each_kind(
    ministry: Ministry, django_assert_num_queries: Callable[[int], Any]
) -> None:
    office, legal = Unit.objects.get(code="VP"), Unit.objects.get(code="PC")
    holder = Account.objects.all()[0]
    for _ in range(5):
        write(
            [role_change({"unit_id": office.pk, "account_id": holder.pk}, {"unit_id": legal.pk, "account_id": 99_999})]
        )
    lines = history_of("identity.roleassignment", "1", limit=10)

    with django_assert_num_queries(2):
        told = worded(lines)

    assert [field.sentence for field in told[0].fields] == [
        f"Person: {holder} to no. 99999 (deleted)",
        "Unit: Văn phòng Bộ to Vụ Pháp chế",
    ]


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (None, "nothing"),
        ("", "nothing"),
        ([], "nothing"),
        (True, "yes"),
        (False, "no"),
        (12345, "12,345"),
        (["a", 1], "a, 1"),
        ({"a": 1}, '{"a": 1}'),
        ("như cũ", "như cũ"),
    ],
)
def test_values_are_told_as_people_write_them(value: Any, told: str) -> None:
    assert words(journal.Change("gone.model", "1", {}, {"field": value})) == [f"field: {told}"]


def test_a_value_that_no_longer_fits_its_field_is_told_as_it_stands() -> None:
    assert words(role_change({}, {"valid_to": "someday"})) == ["Until (exclusive): someday"]


def test_what_a_deleted_record_had_is_told_as_past() -> None:
    assert words(role_change({"role": "staff"}, {})) == ["Role was: Official of a unit"]


def test_a_record_s_own_id_and_hidden_fields_are_not_told() -> None:
    told = words(role_change({}, {"id": 5, "role": "staff", "valid_from": "2026-01-01"}), hidden=frozenset({"role"}))

    assert told == ["From: 01/01/2026"]


def line_of(**given: Any) -> WordedLine:
    write(**given)
    return worded(entries(limit=1))[0]


def test_rooms_say_how_use_cases_roles_and_units_are_called() -> None:
    assert line_of().title == "Changed"
    assert line_of().place == "unit_head, VPB"

    vocabulary.declare_use_cases({"programme.move_deadline": "Deadline moved"})
    vocabulary.declare_roles({"unit_head": "Head of a unit"})
    vocabulary.declare_unit_names(lambda codes: dict.fromkeys(codes, "Văn phòng Bộ"))

    assert line_of().title == "Deadline moved"
    assert line_of().place == "Head of a unit, Văn phòng Bộ"


@pytest.mark.parametrize(
    ("author", "told"),
    [
        (journal.Author(None, "system", "", "", ""), "The system"),
        (journal.Author(None, "", "", "", ""), "Someone not signed in"),
        (journal.Author(7, "Hòa", "", "", "Tám"), "Hòa on behalf of Tám"),
        (OFFICER, "Nguyễn Thị Hòa"),
    ],
)
def test_an_author_is_told_as(author: journal.Author, told: str) -> None:
    assert line_of(author=author).author == told


def test_a_refusal_is_told_as_one_and_its_code_is_not() -> None:
    line = line_of(outcome=journal.Outcome.REFUSED, note="usecase.not_permitted")

    assert line.title == "Refused: programme.move_deadline"
    assert line.note == ""


def page(lines: list[WordedLine], more_url: str = "") -> str:
    return " ".join(render_to_string("audit/history.html", {"history": HistoryPage(lines, more_url)}).split())


def test_the_tab_shows_title_moment_author_reason_and_changes() -> None:
    with translation.override("vi"):
        write([role_change({"valid_to": "2026-06-30"}, {"valid_to": "2026-07-15"})], note="Chờ <b>ý kiến</b>")
        html = page(worded(history_of("identity.roleassignment", "1", limit=9)), more_url="?before=1")

    assert "11/03/2026 09:00" in html
    assert "Nguyễn Thị Hòa, unit_head, VPB" in html
    assert "Lý do: Chờ &lt;b&gt;ý kiến&lt;/b&gt;" in html
    assert "30/06/2026 thành 15/07/2026" in html
    assert 'href="?before=1"' in html


def test_a_long_text_is_folded_away() -> None:
    write([journal.Change("a.b", "1", {"text": "cũ " * 100}, {"text": "mới " * 100})])

    html = page(worded(history_of("a.b", "1", limit=1)))

    assert html.count("<details>") == 1
    assert "<del>" in html
    assert "<ins>" in html


def test_the_tab_of_a_record_without_history_says_so() -> None:
    assert "Nothing has changed here yet." in page([])
