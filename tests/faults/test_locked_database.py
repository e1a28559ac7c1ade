"""The database is held by someone else, or goes away for a moment: people are told, and nothing is lost."""

from __future__ import annotations

import threading

import psycopg
import pytest

from tests.faults.imports import approved_tasks, drafts, outcome, start_import
from tests.faults.people import Answer
from tests.faults.plans import plan_text
from tests.faults.product import Product
from tests.faults.waiting import until

pytestmark = pytest.mark.faults

only_postgresql = pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
COMMENTS = "SELECT count(*) FROM programme_taskcomment"


def test_whoever_waits_too_long_is_told_to_come_again(product: Product) -> None:
    task = approved_tasks(product)[0]["id"]
    job = start_import(product.officer, plan_text(duties=20))

    with product.locked("programme_taskcomment"):
        refused = say(product, task)
        read_meanwhile = product.officer.get(f"/ke-hoach/nhiem-vu/{task}/")

    assert (refused.status, refused.code, refused.headers["retry-after"]) == (503, "ui.unavailable", "60")
    assert "Hãy thử lại sau một phút" in refused.said
    assert read_meanwhile.status == 200
    assert product.rows(COMMENTS) == [(0,)]
    assert say(product, task).status == 201
    assert product.rows(COMMENTS) == [(1,)]
    assert outcome(product, job)["state"] == "DONE"
    assert len(drafts(product)) == 1
    product.verify_journal()


@only_postgresql
def test_lines_that_the_server_cut_are_opened_anew(product: Product) -> None:
    task = approved_tasks(product)[0]["id"]
    cut_lines(product)

    assert product.officer.get("/ke-hoach/").status == 200
    assert say(product, task).status == 201
    job = start_import(product.officer, plan_text(duties=20))
    assert outcome(product, job)["state"] == "DONE"


@only_postgresql
def test_a_write_whose_line_was_cut_is_done_once_when_sent_again(product: Product) -> None:
    task = approved_tasks(product)[0]["id"]
    answers: list[Answer] = []
    with product.locked("programme_taskcomment"):
        waiting = threading.Thread(target=lambda: answers.append(say(product, task)))
        waiting.start()
        until(lambda: product.rows(WAITS_FOR_A_LOCK) != [(0,)], what="the write to wait for its turn")
        cut_lines(product, which="wait_event_type = 'Lock'")
        waiting.join()

    assert [(answer.status, answer.code) for answer in answers] == [(503, "ui.unavailable")]
    assert product.rows(COMMENTS) == [(0,)]
    assert say(product, task).status == 201
    assert say(product, task).status == 201
    assert product.rows(COMMENTS) == [(1,)]
    product.verify_journal()


WAITS_FOR_A_LOCK = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


def say(product: Product, task: int) -> Answer:
    """The same thing with the same key, however often."""
    return product.officer.call("POST", f"/programme/tasks/{task}/comments", {"text": "Đang chờ số liệu"}, key="loi-1")


def cut_lines(product: Product, *, which: str = "true") -> None:
    with psycopg.connect(product.database_url, autocommit=True) as server:
        server.execute(
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity "  # type: ignore[call-overload]
            f"WHERE datname = current_database() AND pid <> pg_backend_pid() AND {which}"
        )
