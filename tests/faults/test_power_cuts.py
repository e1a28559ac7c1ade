"""Web and worker killed at once, as a power cut does it: all or nothing, and what was promised is done once."""

from __future__ import annotations

import random
import threading
from dataclasses import dataclass, field

import pytest

from tests.faults.imports import approved_tasks, drafts, outcome, start_import, tasks_of, wait_until_it_reads
from tests.faults.people import Answer, Person
from tests.faults.plans import plan_text
from tests.faults.product import Product
from tests.faults.waiting import PATIENCE_SECONDS, let_pass, until

pytestmark = pytest.mark.faults

DUTIES = 2000


def test_a_plan_that_was_being_read_becomes_one_draft(product: Product) -> None:
    job = start_import(product.officer, plan_text(duties=DUTIES), key="nhap-1")
    wait_until_it_reads(product, job)
    product.kill("worker")
    assert drafts(product) == []

    product.start("worker")

    ended = outcome(product, job)
    assert (ended["state"], ended["result"]["tasks"]) == ("DONE", DUTIES)
    assert drafts(product) == [ended["result"]["plan"]]
    assert tasks_of(product, ended["result"]["plan"]) == DUTIES
    assert start_import(product.officer, plan_text(duties=DUTIES), key="nhap-1") == job
    product.verify_journal()


def test_half_an_upload_leaves_nothing_and_can_be_sent_again(product: Product) -> None:
    content = plan_text(duties=8_000)
    half = len(content) // 2
    line = product.officer.begin_upload("ke-hoach.txt", content[:half], of=len(content))
    until(product.incoming_files, what="the first half to arrive")
    product.kill("web")
    line.close()

    product.start("web")

    assert product.stored_files() == []
    assert product.rows("SELECT count(*) FROM files_attachment") == [(0,)]
    sent = product.officer.upload("ke-hoach.txt", content)
    assert sent.status == 201
    assert product.officer.get(f"/tep/{sent.json()['id']}/").text == content.decode()


def test_a_write_that_was_cut_off_is_done_once_by_its_key(product: Product) -> None:
    officer, content = product.officer, plan_text(duties=10)
    with product.locked("files_storedfile"):
        waiting = threading.Thread(target=_sent_or_cut_off, args=(officer, content))
        waiting.start()
        until(lambda: product.incoming_files() or product.stored_files(), what="the write to wait for its turn")
        product.kill("web")
        waiting.join()

    product.start("web")

    assert product.rows("SELECT count(*) FROM files_attachment") == [(0,)]
    first = officer.upload("ke-hoach.txt", content, key="mot-lan")
    again = officer.upload("ke-hoach.txt", content, key="mot-lan")
    assert (first.status, first.json()) == (201, again.json())
    assert product.rows("SELECT count(*) FROM files_attachment") == [(1,)]
    product.verify_journal()


def _sent_or_cut_off(officer: Person, content: bytes) -> Answer | None:
    try:
        return officer.upload("ke-hoach.txt", content, key="mot-lan")
    except OSError:
        return None


ROUNDS = 4
DUTIES_A_ROUND = 60


@pytest.mark.parametrize("seed", [7])
def test_struck_at_random_nothing_is_lost_and_nothing_done_twice(product: Product, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311
    writer = Writer(product.officer, approved_tasks(product)[0]["id"])
    writer.start()
    jobs = []
    for number in range(ROUNDS):
        jobs.append(
            start_import(product.officer, plan_text(duties=DUTIES_A_ROUND + number), key=f"nhap-{seed}-{number}")
        )
        struck = dice.choice([("web",), ("worker",), ("web", "worker")])
        enough = len(writer.said) + dice.randint(1, 5)
        until(lambda enough=enough: len(writer.said) >= enough, what="people to go on writing")  # type: ignore[misc]
        let_pass(dice.random() * 0.2)
        product.kill(*struck)
        product.start(*struck)
    said = writer.finish()

    ends = [outcome(product, job) for job in jobs]
    assert [end["state"] for end in ends] == ["DONE"] * ROUNDS
    assert sorted(drafts(product)) == sorted(end["result"]["plan"] for end in ends)
    assert [tasks_of(product, end["result"]["plan"]) for end in ends] == [DUTIES_A_ROUND + n for n in range(ROUNDS)]
    assert sorted(text for (text,) in product.rows("SELECT text FROM programme_taskcomment")) == sorted(said)
    until(lambda: _undelivered(product) == 0, what="every event to be handed on")
    assert product.rows("SELECT count(*) FROM jobs_delivery WHERE state = 'FAILED'") == [(0,)]
    product.verify_journal()


def _undelivered(product: Product) -> int:
    waiting = "SELECT count(*) FROM usecase_outboxevent WHERE dispatched_at IS NULL"
    undone = "SELECT count(*) FROM jobs_delivery WHERE state = 'WAITING'"
    return int(product.rows(waiting)[0][0]) + int(product.rows(undone)[0][0])


@dataclass
class Writer:
    """Someone who says one thing after the other, and says it again with its key whenever no answer came."""

    person: Person
    task_id: int
    said: list[str] = field(default_factory=list)

    def start(self) -> None:
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._write, daemon=True)
        self._thread.start()

    def finish(self) -> list[str]:
        """All that was answered with "done"."""
        self._stopping.set()
        self._thread.join(timeout=PATIENCE_SECONDS)
        assert not self._thread.is_alive()
        return self.said

    def _write(self) -> None:
        while not self._stopping.is_set():
            text = f"Lời số {len(self.said)}"
            until(lambda text=text: self._is_heard(text), what=f"an answer to: {text}")  # type: ignore[misc]
            self.said.append(text)

    def _is_heard(self, text: str) -> bool:
        try:
            answer = self.person.call(
                "POST", f"/programme/tasks/{self.task_id}/comments", {"text": text}, key=f"loi-{len(self.said)}"
            )
        except OSError:
            return False
        assert answer.status in (201, 503), answer.text[:2000]
        return answer.status == 201
