from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from caicach.kernel.notifications import queries
from caicach.kernel.notifications.models import Notice
from tests.ministry import Ministry

pytestmark = pytest.mark.django_db

Tell = Callable[..., int]


@pytest.fixture
def focal(client_of: Callable[[str], Client]) -> Client:
    return client_of("focal")


def test_notices_stand_by_day_each_a_link_to_its_place(focal: Client, tell: Tell, at: Any) -> None:
    with at("2022-06-17 09:00"):
        tell("focal", url="/ke-hoach/1/")
    with at("2022-06-20 09:00"):
        tell("focal", url="/ke-hoach/2/")

        page = focal.get("/thong-bao/").content.decode()

    assert page.index("20/06/2022") < page.index("/ke-hoach/2/") < page.index("17/06/2022") < page.index("/ke-hoach/1/")
    assert "2 thông báo chưa đọc" in page


def test_a_deadline_that_nobody_keeps_up_to_date_is_said_to_be_that_of_the_day(
    focal: Client, tell: Tell, at: Any
) -> None:
    with at("2022-06-17 09:00"):
        tell("focal", url="/ke-hoach/1/", deadline=date(2022, 6, 20))
    with at("2022-07-20 09:00"):
        page = focal.get("/thong-bao/").content.decode()

    assert "Hạn lúc báo: 20/06/2022" in page
    assert "Quá hạn" not in page


def test_words_of_others_cannot_become_markup(focal: Client, tell: Tell) -> None:
    tell("focal", params={"subject": "<script>alert(1)</script>"}, about="<b>in đậm</b>")

    page = focal.get("/thong-bao/").content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    assert "<b>in" not in page


def test_only_the_unread_ones_are_shown_on_wish(focal: Client, tell: Tell, ministry: Ministry) -> None:
    tell("focal", url="/ke-hoach/1/")
    notice = Notice.objects.get()
    tell("focal", url="/ke-hoach/2/")

    focal.post(f"/thong-bao/{notice.pk}/da-doc/")

    page = focal.get("/thong-bao/?xem=chua-doc").content.decode()
    assert "/ke-hoach/1/" not in page
    assert "/ke-hoach/2/" in page
    assert '<a href="/thong-bao/?xem=chua-doc" aria-current="page"' in page


def test_the_script_reads_a_notice_as_its_link_is_followed(focal: Client, tell: Tell) -> None:
    tell("focal")
    notice = Notice.objects.get()

    answer = focal.post(f"/thong-bao/{notice.pk}/da-doc/", headers={"X-Requested-With": "fetch"})

    assert answer.status_code == 204
    assert Notice.objects.get().read_at is not None


def test_looking_never_changes_anything(focal: Client, tell: Tell) -> None:
    tell("focal")
    notice = Notice.objects.get()

    assert focal.get(f"/thong-bao/{notice.pk}/da-doc/").status_code == 405
    assert focal.get("/thong-bao/da-doc/").status_code == 405
    focal.get("/thong-bao/")
    focal.get("/thong-bao/chuong/")
    assert Notice.objects.get().read_at is None


def test_someone_elses_notice_is_not_there(focal: Client, tell: Tell) -> None:
    tell("head")

    assert focal.post(f"/thong-bao/{Notice.objects.get().pk}/da-doc/").status_code == 404
    assert Notice.objects.get().read_at is None


def test_all_are_read_by_one_button(focal: Client, tell: Tell, ministry: Ministry) -> None:
    tell("focal")
    tell("focal")

    assert focal.post("/thong-bao/da-doc/").status_code == 302
    assert queries.unread_count(ministry.focal) == 0


def test_the_bell_is_not_sent_again_while_nothing_changes(
    focal: Client, tell: Tell, django_assert_max_num_queries: Any
) -> None:
    tell("focal")
    first = focal.get("/thong-bao/chuong/")
    assert first.status_code == 200
    assert first["Cache-Control"] == "private, no-cache"

    # the session, the account, what the actor holds and reaches, and one for the bell
    with django_assert_max_num_queries(7):
        again = focal.get("/thong-bao/chuong/", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")

    tell("focal")
    assert focal.get("/thong-bao/chuong/", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_a_long_list_goes_on_where_the_page_ended(focal: Client, tell: Tell, at: Any) -> None:
    for number in range(60):
        with at(f"2022-06-20 09:{number:02}"):
            tell("focal", url=f"/ke-hoach/{number}/")

    first = focal.get("/thong-bao/")
    second = focal.get("/thong-bao/", {"truoc": first.context["older"]})

    assert "/ke-hoach/59/" in first.content.decode()
    assert "/ke-hoach/9/" not in first.content.decode()
    assert "/ke-hoach/9/" in second.content.decode()
    assert "/ke-hoach/10/" not in second.content.decode()
    assert second.context["older"] == ""


@pytest.mark.parametrize("asked", ["x", "2022-13-01", "2022-06-20", ""])
def test_a_moment_that_is_none_shows_the_newest(asked: str, focal: Client, tell: Tell) -> None:
    tell("focal", url="/ke-hoach/1/")

    assert "/ke-hoach/1/" in focal.get("/thong-bao/", {"truoc": asked}).content.decode()


def test_a_choice_is_kept_and_shown(focal: Client, ministry: Ministry) -> None:
    answer = focal.post("/thong-bao/cach-nhan/", {"tests.assigned": "NONE"})

    assert answer.status_code == 302
    page = focal.get("/thong-bao/cach-nhan/").content.decode()
    assert 'name="tests.assigned" value="NONE" checked' in page
    assert 'name="tests.late" value="NOW" checked' in page


def test_an_empty_list_says_what_it_is_for(focal: Client) -> None:
    assert "Chưa có thông báo" in focal.get("/thong-bao/").content.decode()


@pytest.mark.parametrize("path", ["", "chuong/", "cach-nhan/"])
def test_a_stranger_is_sent_to_sign_in(path: str) -> None:
    assert Client().get(f"/thong-bao/{path}").status_code == 302
