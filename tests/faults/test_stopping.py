"""Told to leave in the middle of work, or killed at the top: work goes back to the queue, nobody stays behind."""

from __future__ import annotations

import os
import signal

import psutil
import pytest

from tests.faults.conftest import MakeProduct
from tests.faults.imports import drafts, outcome, start_import, tasks_of, wait_until_it_reads
from tests.faults.plans import plan_text
from tests.faults.product import Product
from tests.faults.waiting import until

pytestmark = pytest.mark.faults

DUTIES = 3000
on_sqlite = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def test_a_worker_told_to_leave_gives_its_work_back(product: Product) -> None:
    job = start_import(product.officer, plan_text(duties=DUTIES))
    wait_until_it_reads(product, job)

    left_with = product.stop("worker")

    assert left_with == [0]
    assert product.job(job)["state"] == "WAITING"
    assert drafts(product) == []
    product.start("worker")
    ended = outcome(product, job)
    assert (ended["state"], drafts(product)) == ("DONE", [ended["result"]["plan"]])
    assert product.rows("SELECT attempts FROM jobs_job WHERE kind = 'programme.read_plan_file'") == [(1,)]
    product.verify_journal()


@on_sqlite
def test_the_whole_product_is_stopped_and_started_in_the_middle_of_work(make_product: MakeProduct) -> None:
    product = make_product()
    running = product.run()
    job = start_import(product.officer, plan_text(duties=DUTIES))
    wait_until_it_reads(product, job)

    assert product.stop("run") == [0]

    assert members_of(running.pid) == set()
    product.run()
    ended = outcome(product, job)
    assert (ended["state"], drafts(product)) == ("DONE", [ended["result"]["plan"]])
    assert tasks_of(product, ended["result"]["plan"]) == DUTIES
    product.verify_journal()


@on_sqlite
def test_a_killed_supervisor_leaves_nobody_at_work(make_product: MakeProduct) -> None:
    product = make_product()
    killed = product.run()

    os.kill(killed.pid, signal.SIGKILL)
    killed.wait()

    until(lambda: not members_of(killed.pid), what="web and worker to follow their supervisor")
    product.kill("run")
    product.run()
    assert product.officer.get("/ke-hoach/").status == 200


@on_sqlite
def test_a_killed_web_server_is_replaced_and_its_child_does_not_answer_beside_it(make_product: MakeProduct) -> None:
    product = make_product()
    running = product.run()
    before = members_of(running.pid)
    web = next(it for it in psutil.Process(running.pid).children() if "granian" in it.cmdline())
    (child,) = [it.pid for it in web.children()]

    web.kill()

    until(lambda: child not in members_of(running.pid), what="the child to follow")
    until(lambda: members_of(running.pid) - before, what="another web server")
    until(lambda: answers(product), what="it to answer")
    assert product.officer.get("/ke-hoach/").status == 200


def answers(product: Product) -> bool:
    try:
        return product.visitor().get("/healthz").status == 200
    except OSError:
        return False


def members_of(group: int) -> set[int]:
    """Processes of a process group that still run."""
    return {number for number in psutil.pids() if _group_of(number) == group}


def _group_of(process: int) -> int:
    try:
        return os.getpgid(process) if psutil.Process(process).status() != psutil.STATUS_ZOMBIE else 0
    except (psutil.NoSuchProcess, ProcessLookupError):
        return 0
