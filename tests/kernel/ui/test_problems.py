"""What a person, a fragment and a program are told when something goes wrong."""

from __future__ import annotations

import json
import logging
import re

import pytest
from django.test import Client, override_settings

pytestmark = [pytest.mark.urls("tests.kernel.ui.urls_of_problems"), pytest.mark.django_db]

FRAGMENT = {"HX-Request": "true"}


@pytest.fixture
def browser() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("how", "status", "words"),
    [
        ("missing", 404, "Không có gì ở đây"),
        ("denied", 403, "Bạn chưa được xem mục này"),
        ("refused", 403, "Bạn chưa được xem mục này"),
        ("odd", 400, "Trang gửi nội dung không đọc được"),
        ("big", 413, "Nội dung gửi lên quá lớn"),
        ("invalid", 422, "Thời hạn phải sau ngày bắt đầu."),
        ("conflict", 409, "Người khác vừa sửa mục này"),
        ("ours", 500, "Có lỗi ở phía chúng tôi"),
        ("gone", 503, "Tạm thời chưa dùng được"),
    ],
)
def test_a_page_says_in_vietnamese_what_happened(browser: Client, how: str, status: int, words: str):
    answer = browser.get(f"/hong/{how}/")
    text = answer.content.decode()
    assert answer.status_code == status
    assert words in text
    assert '<html lang="vi"' in text
    assert answer["Cache-Control"] == "no-store"


def test_an_address_that_nobody_serves_is_a_page_too(browser: Client):
    answer = browser.get("/khong-co/")
    assert answer.status_code == 404
    assert "Không có gì ở đây" in answer.content.decode()


def test_english_is_spoken_to_who_chose_it(browser: Client):
    browser.cookies["language"] = "en"
    assert "Nothing to see here" in browser.get("/hong/missing/").content.decode()


def test_a_browser_set_to_english_still_reads_vietnamese(browser: Client):
    answer = browser.get("/hong/missing/", headers={"Accept-Language": "en-US,en"})
    assert "Không có gì ở đây" in answer.content.decode()
    assert answer["Content-Language"] == "vi"


def test_our_fault_gives_a_code_that_the_log_has_too(browser: Client, caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.ERROR):
        answer = browser.get("/hong/ours/")
    (code,) = re.findall(r"CC-[0-9A-F]{4}", answer.content.decode())
    assert code in caplog.text
    assert answer["X-Request-Id"] in caplog.text
    assert answer["X-Request-Id"].upper().startswith(code[3:])


def test_a_page_that_is_not_there_names_whom_to_ask(browser: Client, settings):
    settings.HELP_CONTACT = "Trung tâm Thông tin, 024 1234 5678"
    text = browser.get("/hong/missing/").content.decode()
    assert "Văn phòng đơn vị" in text
    assert "Trung tâm Thông tin, 024 1234 5678" in text


def test_nothing_inside_is_told_outside(browser: Client):
    text = browser.get("/hong/ours/").content.decode() + browser.get("/hong/gone/").content.decode()
    assert "secret detail" not in text
    assert "closed the connection" not in text
    assert "Traceback" not in text


def test_a_conflict_shows_what_changed_and_by_whom(browser: Client):
    text = browser.get("/hong/conflict/").content.decode()
    assert "Người sửa: Trần Thị Bình." in text
    assert "30/06/2022" in text
    assert "<mark>15/07/2022</mark>" in text


def test_a_conflict_tells_what_one_typed_from_what_one_saw(browser: Client):
    seen = browser.get("/hong/conflict/").content.decode()
    typed = browser.get("/hong/typed/").content.decode()
    assert "Bạn đã thấy" in seen
    assert "Bạn đã nhập" not in seen
    assert "Bạn đã nhập" in typed
    assert typed.count("như lúc bạn mở, bạn chưa sửa") == 1


def test_a_fragment_gets_a_note_for_the_top_of_the_page(browser: Client):
    answer = browser.get("/hong/refused/", headers=FRAGMENT)
    text = answer.content.decode()
    assert (answer.status_code, answer["HX-Retarget"]) == (403, "#cc-problems")
    assert 'role="alert"' in text
    assert "<html" not in text


@pytest.mark.parametrize(("how", "code"), [("refused", "usecase.not_permitted"), ("ours", "ui.our_fault")])
def test_a_program_gets_problem_details(browser: Client, how: str, code: str):
    answer = browser.get(f"/api/hong/{how}/")
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == code
    assert answer.json()["status"] == answer.status_code


def test_problem_details_name_the_fields(browser: Client):
    answer = browser.get("/hong/invalid/", headers={"Accept": "application/json"})
    assert answer.json()["errors"] == {"due_date": ["Thời hạn phải sau ngày bắt đầu."]}


def test_try_again_says_when(browser: Client):
    assert browser.get("/hong/gone/")["Retry-After"] == "60"


def test_the_page_of_our_fault_asks_the_database_nothing(browser: Client, django_assert_num_queries):
    with django_assert_num_queries(0):
        browser.get("/hong/ours/")


def test_a_form_without_its_token_is_told_to_open_again():
    answer = Client(enforce_csrf_checks=True).post("/tai-khoan/ngon-ngu/", {"language": "en"})
    assert answer.status_code == 403
    assert "Biểu mẫu mở đã lâu" in answer.content.decode()


# --- headers -------------------------------------------------------------------------------------------------------


def policy(answer) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in answer["Content-Security-Policy"].split(";"))
    return {name: value for name, _, value in parts}


def test_a_page_may_load_only_from_here(browser: Client):
    rules = policy(browser.get("/thiet-ke/"))
    assert rules["default-src"] == "'self'"
    assert (rules["object-src"], rules["base-uri"], rules["frame-ancestors"]) == ("'none'", "'none'", "'none'")
    assert "unsafe" not in " ".join(rules.values())
    assert "*" not in " ".join(rules.values())


@pytest.mark.parametrize("address", ["/thiet-ke/", "/hong/missing/", "/hong/ours/", "/khong-co/", "/tai-khoan/login/"])
def test_every_answer_carries_the_policies(browser: Client, address: str):
    answer = browser.get(address)
    assert answer["Content-Security-Policy"]
    assert "microphone=()" in answer["Permissions-Policy"]
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "HX-Request" in answer["Vary"]


def test_pages_of_signed_in_people_are_not_kept(browser: Client, ministry):
    browser.force_login(ministry.accounts["officer"])
    assert browser.get("/menu/")["Cache-Control"] == "no-store"


def test_a_view_may_set_its_own_policy(browser: Client, ministry):
    browser.force_login(ministry.accounts["officer"])
    answer = browser.get("/rieng/")
    assert answer["Content-Security-Policy"] == "sandbox"
    assert answer["Cache-Control"] == "private, max-age=60"


# --- toasts --------------------------------------------------------------------------------------------------------


def test_toasts_of_a_fragment_travel_in_its_header(browser: Client):
    answer = browser.get("/xong/", headers=FRAGMENT)
    assert answer["HX-Trigger"].isascii()
    assert json.loads(answer["HX-Trigger"])["cc:toasts"]["toasts"] == [
        {"text": "Đã gộp nhiệm vụ.", "undo": "/hoan-tac/", "kind": "done"},
        {"text": "Đã lưu.", "undo": "", "kind": "done"},
    ]


def waiting_toasts(page: str) -> list[dict[str, str]]:
    (block,) = re.findall(r'<script id="cc-waiting-toasts" type="application/json">(.*?)</script>', page)
    return json.loads(block)


def test_toasts_of_a_page_wait_for_the_next_page_and_show_once(browser: Client):
    browser.get("/xong/")
    assert [one["text"] for one in waiting_toasts(browser.get("/thiet-ke/").content.decode())] == [
        "Đã gộp nhiệm vụ.",
        "Đã lưu.",
    ]
    assert waiting_toasts(browser.get("/thiet-ke/").content.decode()) == []


def test_a_fragment_after_the_session_ended_turns_the_whole_page_to_the_sign_in(browser: Client):
    answer = browser.get("/menu/", headers=FRAGMENT)
    assert (answer.status_code, answer["HX-Refresh"]) == (204, "true")


def test_what_a_page_asked_by_itself_does_not_tear_it_away(browser: Client):
    answer = browser.get("/menu/", headers={**FRAGMENT, "X-Background": "1"})
    assert answer.status_code == 204
    assert "HX-Refresh" not in answer


@override_settings(LOCAL=False)
def test_a_production_page_has_no_trial_ribbon(browser: Client):
    assert "Bản thử" not in browser.get("/thiet-ke/").content.decode()


def test_a_trial_says_so_on_every_page(browser: Client):
    assert "Bản thử" in browser.get("/thiet-ke/").content.decode()
