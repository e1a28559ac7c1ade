"""What comes by e-mail, to a real mail server."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from email.header import decode_header, make_header
from typing import Any

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from caicach.kernel.calendar import clock
from caicach.kernel.identity.models import Account
from caicach.kernel.jobs.models import Job, JobState
from caicach.kernel.jobs.services import run_again
from caicach.kernel.jobs.worker import JobRunner
from caicach.kernel.notifications import background, letters, listing, services
from caicach.kernel.notifications.models import Notice
from caicach.kernel.usecase.actor import SYSTEM
from tests.ministry import Ministry

from .conftest import Letterbox

pytestmark = pytest.mark.django_db

Tell = Callable[..., int]


def subject(letter: Any) -> str:
    return str(make_header(decode_header(letter["Subject"])))


def body(letter: Any) -> str:
    return str(letter.get_payload(decode=True).decode())


def send_digests(runner: JobRunner) -> None:
    background.ask_for_digests(actor=SYSTEM)
    runner.drain()


def test_what_cannot_wait_goes_at_once(tell: Tell, runner: JobRunner, letterbox: Letterbox) -> None:
    tell("focal", kind="tests.late", deadline=date(2022, 6, 17))

    runner.drain()

    (letter,) = letterbox.letters
    assert letter["To"] == "focal@bnv.example"
    assert subject(letter) == "Việc quá hạn"
    assert "17/06/2022" in body(letter)
    assert "http://localhost:8000/ke-hoach/1/" in body(letter)
    assert Notice.objects.get().mailed_at is not None


def test_nobodys_data_goes_by_mail(tell: Tell, runner: JobRunner, letterbox: Letterbox) -> None:
    marks = {"subject": "Nguyễn Thị Dấu, 012345678901"}
    tell("focal", kind="tests.late", params=marks, about="Đơn của bà Dấu")
    tell("focal", params=marks, about="Đơn của bà Dấu")

    runner.drain()
    send_digests(runner)

    assert len(letterbox.letters) == 2
    for letter in letterbox.letters:
        whole = letter.as_string() + body(letter) + subject(letter)
        assert "Dấu" not in whole
        assert "0123" not in whole
        assert "Người giữ vai" not in whole


def test_the_daily_letter_holds_all_that_waits(tell: Tell, runner: JobRunner, letterbox: Letterbox) -> None:
    tell("focal", deadline=date(2022, 7, 1))
    tell("focal", "head", deadline=date(2022, 6, 24))
    tell("focal", kind="tests.seen")

    send_digests(runner)

    by_person = {letter["To"]: letter for letter in letterbox.letters}
    assert set(by_person) == {"focal@bnv.example", "head@bnv.example"}
    assert "- Việc mới được giao: 2, sớm nhất ngày 24/06/2022" in body(by_person["focal@bnv.example"])
    assert "Có người đã xem" not in body(by_person["focal@bnv.example"])


def test_there_is_one_letter_a_day_and_none_for_nothing(tell: Tell, runner: JobRunner, letterbox: Letterbox) -> None:
    send_digests(runner)
    assert letterbox.letters == []

    tell("focal")
    send_digests(runner)
    tell("focal")
    send_digests(runner)
    assert len(letterbox.letters) == 1

    with time_machine.travel(clock.now() + timedelta(days=1)):
        send_digests(runner)
    assert len(letterbox.letters) == 2


def test_what_was_read_in_the_page_is_not_sent(
    tell: Tell, runner: JobRunner, letterbox: Letterbox, ministry: Ministry
) -> None:
    tell("focal")
    tell("focal", kind="tests.late")
    services.mark_all_read(actor=ministry.focal)

    runner.drain()
    send_digests(runner)

    assert letterbox.letters == []


def test_a_mail_server_that_is_away_is_tried_again(tell: Tell, runner: JobRunner, letterbox: Letterbox) -> None:
    letterbox.refuses = True
    tell("focal", kind="tests.late")
    runner.drain()
    assert Job.objects.get().state == JobState.WAITING
    assert Notice.objects.get().mailed_at is None

    letterbox.refuses = False
    with time_machine.travel(clock.now() + timedelta(minutes=1)):
        runner.drain()

    assert len(letterbox.letters) == 1
    assert Job.objects.get().state == JobState.DONE


def test_a_letter_that_comes_twice_can_be_known_by_its_id(tell: Tell, runner: JobRunner, letterbox: Letterbox) -> None:
    """The server took it and the worker died before noting so: nothing can tell, so it goes again, as the same."""
    tell("focal", kind="tests.late")
    runner.drain()
    Notice.objects.update(mailed_at=None)
    Job.objects.update(state=JobState.FAILED)

    run_again(actor=SYSTEM, job=Job.objects.get())
    runner.drain()

    first, second = letterbox.letters
    assert first["Message-ID"] == second["Message-ID"]


@pytest.mark.parametrize("address", ["no address", "a@bnv.example\nBcc: all@bnv.example"])
def test_a_bad_address_is_shown_to_operators_and_not_tried_for_ever(
    address: str, tell: Tell, runner: JobRunner, letterbox: Letterbox
) -> None:
    Account.objects.filter(username="focal").update(email=address)
    tell("focal", kind="tests.late")

    runner.drain()

    assert letterbox.letters == []
    assert Job.objects.get().error_code == "notifications.bad_address"


def test_letters_are_in_the_readers_language(tell: Tell, runner: JobRunner, letterbox: Letterbox) -> None:
    Account.objects.filter(username="focal").update(language="en")
    tell("focal")
    tell("focal")

    send_digests(runner)

    assert subject(letterbox.letters[0]) == "2 notices wait for you"


@given(st.lists(st.dates(date(2020, 1, 1), date(2030, 1, 1)) | st.none(), min_size=1, max_size=30))
def test_a_daily_letter_counts_what_it_is_about(days: list[date | None]) -> None:
    letter = letters.of_a_day([Notice(kind="tests.assigned", deadline=day) for day in days])

    assert f": {len(days)}" in letter.body
    assert "\n" not in letter.subject


def about_tasks(*numbers: int, deadline: date | None = date(2022, 6, 10)) -> dict[str, Any]:
    records = [listing.Record(f"tests.task:{n}", f"7.{n} Việc số {n}", deadline) for n in numbers]
    return {
        "message": "%(count)d notice waits for you",
        "plural": "%(count)d notices wait for you",
        "params": {"count": len(numbers), **listing.params_of(records)},
        "deadline": deadline,
    }


def test_a_letter_lists_the_tasks_it_is_about(tell: Tell, runner: JobRunner, letterbox: Letterbox) -> None:
    tell("focal", kind="tests.late", **about_tasks(*range(1, 24)))

    runner.drain()

    lines = body(letterbox.letters[0]).splitlines()
    assert lines[0] == "Bạn có 23 thông báo chưa đọc:"
    assert lines[2] == "- 7.1 Việc số 1 (hạn 10/06/2022)"
    assert lines[21] == "- 7.20 Việc số 20 (hạn 10/06/2022)"
    assert lines[22] == "- và 3 nhiệm vụ khác"


def test_the_daily_letter_counts_the_tasks_and_not_the_notices(
    tell: Tell, runner: JobRunner, letterbox: Letterbox
) -> None:
    tell("focal", **about_tasks(*range(1, 21)))

    send_digests(runner)

    assert "- Việc mới được giao: 20, sớm nhất ngày 10/06/2022" in body(letterbox.letters[0])


def test_what_a_letter_of_today_told_is_not_told_again_in_the_daily_letter(
    tell: Tell, runner: JobRunner, letterbox: Letterbox
) -> None:
    tell("focal", "head", **about_tasks(1, 2))
    tell("focal", kind="tests.late", **about_tasks(1, 2, 3))
    runner.drain()
    letterbox.letters.clear()

    send_digests(runner)
    with time_machine.travel(clock.now() + timedelta(days=1)):
        send_digests(runner)

    assert [letter["To"] for letter in letterbox.letters] == ["head@bnv.example"]


def test_a_task_that_no_letter_told_of_is_still_in_the_daily_letter(
    tell: Tell, runner: JobRunner, letterbox: Letterbox
) -> None:
    tell("focal", **about_tasks(1, 4))
    tell("focal", kind="tests.late", **about_tasks(1, 2, 3))
    runner.drain()
    letterbox.letters.clear()

    send_digests(runner)

    assert "- Việc mới được giao: 2" in body(letterbox.letters[0])
