"""The running product: the web and the worker as `caicach run` starts them, on data of their own."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import psycopg

from caicach.config.supervisor import SUPERVISOR, commands
from tests.faults.people import Person
from tests.faults.waiting import until

REPOSITORY = Path(__file__).resolve().parents[2]
START_WITHIN_SECONDS = 120.0


class Product:
    """Processes and data of one ministry.

    around : a command that the processes are started under; root : where the tests see the root of their file system.
    """

    def __init__(
        self, data: Path, database_url: str, *, around: tuple[str, ...] = (), root: str = "", **settings: str
    ) -> None:
        self.data = data
        self.root = root
        self.database_url = database_url
        self.port = _free_port()
        self.settings = settings
        self.around = around
        self.log = data.parent / f"{data.name}.log"
        self.hours_back = 0
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._people: dict[str, Person] = {}

    # --- processes ---

    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("CAICACH_", "DATABASE_URL"))}
        return {
            **kept,
            "CAICACH_DATA": str(self.data),
            "CAICACH_BASE_URL": f"http://localhost:{self.port}",
            # Should the tests be killed themselves, nothing of the product stays behind.
            SUPERVISOR: str(os.getpid()),
            # The tests look fifty times a second whether a thing has come; no client of a ministry does.
            "CAICACH_LIMIT_API": "60000/60",
            "PYTHONPATH": os.pathsep.join([str(REPOSITORY / "src"), str(REPOSITORY)]),
            **({"DATABASE_URL": self.database_url} if self.database_url else {}),
            **self.settings,
        }

    def start(self, *names: str) -> Product:
        """The web, the worker, or (no name) both; returns when the web answers and the worker has signed on."""
        wanted = names or ("web", "worker")
        before = self._workers_known() if "worker" in wanted else 0
        for name, command in commands(self.port):
            if name in wanted:
                assert name not in self._running, f"{name} runs already"
                self._running[name] = self._launch([*self.around, *self._at_its_hour(command)])
        if "web" in wanted:
            until(
                self._answers, what=f"the web to answer; its log:\n{self.last_words()}", patience=START_WITHIN_SECONDS
            )
        if "worker" in wanted:
            until(lambda: self._workers_known() > before, what="the worker to sign on", patience=START_WITHIN_SECONDS)
        return self

    def _at_its_hour(self, command: list[str]) -> list[str]:
        """The same Python program on a computer whose clock goes `hours_back` behind."""
        if not self.hours_back:
            return command
        python, _m, module, *arguments = command
        return [python, "-m", "tests.faults.behind", str(self.hours_back), module, *arguments]

    def run(self) -> subprocess.Popen[bytes]:
        """`caicach run`, which starts both and keeps them; returns when the web answers."""
        self.settings["CAICACH_PORT"] = str(self.port)
        before = self._workers_known()
        command = [*self.around, sys.executable, "-m", "caicach.config.cli", "run", "--no-sample"]
        self._running["run"] = process = self._launch(command)
        until(self._answers, what="`caicach run` to answer", patience=START_WITHIN_SECONDS)
        until(lambda: self._workers_known() > before, what="the worker to sign on", patience=START_WITHIN_SECONDS)
        return process

    def kill(self, *names: str) -> None:
        """kill -9, with all that they started: what a power cut does to them."""
        self._end(signal.SIGKILL, names)

    def stop(self, *names: str) -> list[int]:
        """Tell them to leave, and wait until they have; what each left with."""
        return self._end(signal.SIGTERM, names)

    def _end(self, number: signal.Signals, names: tuple[str, ...]) -> list[int]:
        left_with = []
        for name in names or tuple(self._running):
            process = self._running.pop(name, None)
            if process is None:
                continue
            with contextlib.suppress(ProcessLookupError):
                if number == signal.SIGKILL:
                    os.killpg(process.pid, number)
                else:
                    process.send_signal(number)
            left_with.append(process.wait(timeout=START_WITHIN_SECONDS))
        return left_with

    def command(self, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
        """`caicach …`, to its end."""
        return subprocess.run(
            [*self.around, sys.executable, "-m", "caicach.config.cli", *arguments],
            env=self.environment() | settings,
            cwd=self.data.parent,
            capture_output=True,
            text=True,
            timeout=120,
        )

    def _launch(self, command: list[str]) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            return subprocess.Popen(
                command,
                env=self.environment(),
                cwd=self.data.parent,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def last_words(self) -> str:
        return self.log.read_text("utf-8", "replace")[-3000:] if self.log.exists() else ""

    def _answers(self) -> bool:
        with contextlib.suppress(OSError):
            return self.visitor().get("/healthz").status == 200
        return False

    def _workers_known(self) -> int:
        return int(self.rows("SELECT count(*) FROM jobs_worker")[0][0])

    # --- people ---

    def visitor(self) -> Person:
        return Person(self.port, "", "")

    def person(self, username: str) -> Person:
        """Signed in; the same person each time."""
        if username not in self._people:
            self._people[username] = self.another_browser_of(username)
        return self._people[username]

    def another_browser_of(self, username: str) -> Person:
        lines = (self.seen("sample-accounts.txt")).read_text("utf-8").splitlines()
        passwords = {name: password for name, password, _label in (line.split("\t") for line in lines)}
        return Person(self.port, username, passwords[username]).sign_in()

    @property
    def officer(self) -> Person:
        return self.person("chuyen-vien-cchc")

    @property
    def leader(self) -> Person:
        return self.person("lanh-dao-bo")

    # --- what is there ---

    def seen(self, name: str = "") -> Path:
        """A path of the data folder as the tests see it."""
        return Path(f"{self.root}{self.data}") / name

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        """Looked up beside the product."""
        if self.database_url:
            with psycopg.connect(self.database_url, autocommit=True) as server:
                return server.execute(statement).fetchall()  # type: ignore[call-overload,no-any-return]
        file = str(self.data / "caicach.sqlite3")
        if self.around:  # SQLite follows a path to its end, which is another one there
            look = [*self.around, sys.executable, "-c", LOOK_UP, file, statement]
            return [tuple(row) for row in json.loads(subprocess.run(look, capture_output=True, check=True).stdout)]
        with contextlib.closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=30)) as database:
            return database.execute(statement).fetchall()

    @contextlib.contextmanager
    def locked(self, table: str) -> Iterator[None]:
        """Another program holds `table` (on SQLite: the whole file) for writing of its own."""
        if self.database_url:
            with psycopg.connect(self.database_url) as server:
                server.execute(f'LOCK TABLE "{table}" IN EXCLUSIVE MODE')  # type: ignore[call-overload]
                yield
            return
        with contextlib.closing(sqlite3.connect(self.data / "caicach.sqlite3", isolation_level=None)) as file:
            file.execute("BEGIN IMMEDIATE")
            yield
            file.execute("ROLLBACK")

    def stored_files(self) -> list[Path]:
        """Contents in their places."""
        return [path for path in self.seen("files").glob("??/??/*") if path.is_file()]

    def stored_files_named(self, name: str) -> int:
        return int(self.rows(f"SELECT count(*) FROM files_attachment WHERE name = '{name}'")[0][0])

    def memory_mb(self, name: str) -> int:
        """The most that it and what it started ever held."""
        main = psutil.Process(self._running[name].pid)
        peaks = [Path(f"/proc/{process.pid}/status").read_text() for process in (main, *main.children(recursive=True))]
        return max(int(peak.partition("VmHWM:")[2].split()[0]) for peak in peaks) // 1024

    def incoming_files(self) -> list[Path]:
        """Contents on their way, or left on it."""
        return [path for path in self.seen("files/incoming").glob("*") if path.is_file()]

    def job(self, job_id: str) -> dict[str, Any]:
        answer = self.officer.call("GET", f"/jobs/{job_id}")
        assert answer.status == 200, answer.text[:2000]
        return dict(answer.json())

    def plans(self) -> list[dict[str, Any]]:
        answer = self.officer.call("GET", "/programme/plans")
        assert answer.status == 200, answer.text[:2000]
        return list(answer.json()["plans"])

    def verify_journal(self) -> dict[str, Any]:
        """Fails unless `caicach audit verify` finds the journal intact."""
        done = self.command("audit", "verify", "--json")
        assert done.returncode == 0, done.stdout + done.stderr
        return dict(json.loads(done.stdout))


LOOK_UP = """
import json, sqlite3, sys
database = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True, timeout=30)
print(json.dumps(database.execute(sys.argv[2]).fetchall()))
"""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def nothing_left_running(product: Product) -> Iterator[Product]:
    """Whatever happens in the block, its processes are gone after it."""
    try:
        yield product
    finally:
        product.kill()


__all__ = ["Product", "nothing_left_running"]
