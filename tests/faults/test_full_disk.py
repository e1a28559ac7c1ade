"""A disk of 48 MB that fills up: said in words, nothing half-saved, and all goes on when there is room again."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.conftest import Founded
from tests.faults.imports import drafts, outcome, start_import, tasks_of, wait_until_it_reads
from tests.faults.plans import plan_text
from tests.faults.product import Product, nothing_left_running
from tests.faults.waiting import until

pytestmark = [
    pytest.mark.faults,
    pytest.mark.parametrize("engine", ["sqlite"], indirect=True),  # PostgreSQL's disk is its own server's
]

DISK_MB = 48
DUTIES = 2000
NO_ROOM = "Máy chủ hết chỗ lưu"


class SmallDisk:
    """A file system of its own in a mount namespace of its own, which goes with the last process in it."""

    def __init__(self, place: Path) -> None:
        script = f'mount -t tmpfs -o size={DISK_MB}m,mode=700 tmpfs "$0" && echo mounted && exec cat'
        alone = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--user", "--map-root-user", "--mount"]
        self._holder = subprocess.Popen(
            [*alone, "sh", "-c", script, str(place)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert self._holder.stdout is not None
        self.is_there = self._holder.stdout.readline() == b"mounted\n"
        process = str(self._holder.pid)
        users = () if os.geteuid() == 0 else ("--user", "--preserve-credentials")
        self.around = ("nsenter", "--target", process, "--mount", *users)
        self.root = f"/proc/{process}/root"
        self._ballast = Path(f"{self.root}{place}/ballast")

    def fill(self, *, but_kb: int) -> None:
        """Only so much is free afterwards."""
        while (free := self._free_bytes() - but_kb * 1024) > 0:
            try:
                with self._ballast.open("ab", buffering=0) as ballast:
                    ballast.write(bytes(free))
            except OSError as error:  # the product wrote meanwhile
                if error.errno != errno.ENOSPC:
                    raise

    def _free_bytes(self) -> int:
        folder = os.statvfs(self._ballast.parent)
        return folder.f_bavail * folder.f_frsize

    def make_room(self) -> None:
        self._ballast.unlink(missing_ok=True)

    def close(self) -> None:
        self._holder.communicate()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    if shutil.which("unshare") is None or shutil.which("nsenter") is None:
        pytest.skip("no unshare and nsenter (util-linux) on this machine")
    (tmp_path / "var").mkdir()
    made = SmallDisk(tmp_path / "var")
    try:
        if not made.is_there:
            pytest.skip("no small disk can be mounted here")
        yield made
    finally:
        made.close()


@pytest.fixture
def product(founded: Founded, disk: SmallDisk, tmp_path: Path) -> Iterator[Product]:
    made = Product(tmp_path / "var", "", around=disk.around, root=disk.root)
    shutil.copytree(founded.data, made.seen(), dirs_exist_ok=True)
    with nothing_left_running(made):
        yield made.start()


def test_an_upload_is_refused_with_words_and_taken_when_there_is_room(product: Product, disk: SmallDisk) -> None:
    content = plan_text(duties=8_000)
    disk.fill(but_kb=1_000)

    by_api = product.officer.upload("ke-hoach.txt", content)
    by_page = product.officer.post_file("/ke-hoach/nhap/", "ke-hoach.txt", content, _import_form(product))

    assert (by_api.status, by_api.code) == (507, "files.disk_full")
    assert NO_ROOM in by_api.said
    assert by_page.status < 500
    assert NO_ROOM in by_page.text
    assert (product.stored_files(), product.incoming_files()) == ([], [])
    disk.make_room()
    assert product.officer.upload("ke-hoach.txt", content).status == 201
    product.verify_journal()


def test_a_write_is_refused_with_words_and_done_when_there_is_room(product: Product, disk: SmallDisk) -> None:
    paper = {"text": "Đang chờ số liệu. " * 200}
    product.leader.call("POST", "/programme/plans/1/approve")
    task = product.officer.call("GET", "/programme/tasks?plan=1").json()["tasks"][0]["id"]
    comment = f"/programme/tasks/{task}/comments"
    disk.fill(but_kb=0)

    answers = [product.officer.call("POST", comment, paper, key=f"loi-{number}") for number in range(60)]
    refused = [number for number, answer in enumerate(answers) if answer.status == 507]

    assert {answer.status for answer in answers} <= {201, 507}
    assert refused
    assert answers[refused[0]].code == "ui.disk_full"
    assert NO_ROOM in answers[refused[0]].said
    assert product.officer.get("/ke-hoach/").status == 200
    disk.make_room()
    again = [product.officer.call("POST", comment, paper, key=f"loi-{number}").status for number in range(60)]
    assert again == [201] * 60
    assert product.rows("SELECT count(*) FROM programme_taskcomment") == [(60,)]
    product.verify_journal()


def test_an_import_that_finds_no_room_for_its_draft_ends_well_later(product: Product, disk: SmallDisk) -> None:
    job = start_import(product.officer, plan_text(duties=DUTIES))
    wait_until_it_reads(product, job)
    disk.fill(but_kb=0)
    until(lambda: "database" in product.last_words(), what="the worker to find the disk full")
    disk.make_room()

    ended = outcome(product, job)

    assert (ended["state"], ended["error_message"]) == ("DONE", "")
    assert drafts(product) == [ended["result"]["plan"]]
    assert tasks_of(product, ended["result"]["plan"]) == DUTIES
    product.verify_journal()


def _import_form(product: Product) -> dict[str, str]:
    ((unit,),) = product.rows("SELECT id FROM identity_unit WHERE code = 'BNV'")
    return {"csrfmiddlewaretoken": product.officer.form_token, "issuer": str(unit), "key": "bieu-mau"}
