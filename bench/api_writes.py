"""What the guarantees of a write cost: a comment sent through the API beside a bare Django endpoint, on PostgreSQL.

    .venv/bin/python bench/api_writes.py [--seconds 5] [--rounds 5] [--clients 8] [--postgres URL]

Through the API each request is of a session, permission-checked, typed, journalled, sends an event and keeps its
idempotency key. The bare endpoint inserts the same rows with the ORM in one transaction and asks nothing: without any
middleware (`same rows`), of a session as Django itself does it (`same rows, signed in`), or the comment alone, without
middleware (`one row`). All run on the product's own server set-up with one worker; rounds alternate, and which is
measured first changes with the round. Limit: at least half of the requests of the bare endpoint that inserts the same
rows, by the median of the rounds. Beside the requests it tells the processor time that one request took of the web
process and of PostgreSQL: that holds too while the machine does other work. Prints JSON.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psutil

POSTGRESQL_PORT = 5432
ROOT = Path(__file__).resolve().parent.parent
STATED = 0.5
API, SAME_ROWS, SIGNED_IN, ONE_ROW = "api", "same rows", "same rows, signed in", "one row"
PATHS = {SAME_ROWS: "/same-rows", SIGNED_IN: "/same-rows", ONE_ROW: "/one-row"}
KINDS = (API, *PATHS)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--postgres", default="postgres://postgres@127.0.0.1:5432/postgres")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, database(asked.postgres) as url:
        os.environ.update(
            DATABASE_URL=url,
            CAICACH_DATA=folder,
            CAICACH_LIMIT_API="1000000/60",  # counted as ever, but one person sends all of it
            DJANGO_SETTINGS_MODULE="caicach.config.settings",
            PYTHONPATH=os.pathsep.join((str(ROOT / "src"), str(ROOT))),
        )
        sys.path.insert(0, str(ROOT))
        api = prepared()
        with (
            server("caicach.config.wsgi") as own,
            server("bench.bare_endpoint") as bare,
            server("bench.bare_endpoint", BARE_SIGNED_IN="1") as signed_in,
        ):
            servers = {API: own, SAME_ROWS: bare, SIGNED_IN: signed_in, ONE_ROW: bare}
            requests = {kind: api | ({"path": PATHS[kind]} if kind in PATHS else {}) for kind in KINDS}
            for kind in KINDS:  # the API first: the bare endpoint copies what it leaves
                load(servers[kind].port, requests[kind], clients=asked.clients, seconds=1)
            rates: dict[str, list[float]] = {kind: [] for kind in KINDS}
            costs: dict[str, list[float]] = {kind: [] for kind in KINDS}
            for number in range(asked.rounds):
                for kind in KINDS if number % 2 else reversed(KINDS):
                    before = servers[kind].processor_seconds()
                    done, rate = load(servers[kind].port, requests[kind], clients=asked.clients, seconds=asked.seconds)
                    rates[kind].append(rate)
                    costs[kind].append(1000 * (servers[kind].processor_seconds() - before) / done)
    shares = {kind: [a / b for a, b in zip(rates[API], rates[kind], strict=True)] for kind in PATHS}
    print(
        json.dumps(
            {
                "requests_per_second": {kind: spread(values) for kind, values in rates.items()},
                "share_of": {kind: spread(values) for kind, values in shares.items()},
                "share_of_best_rounds": {kind: round(max(rates[API]) / max(rates[kind]), 2) for kind in PATHS},
                "processor_ms_of_a_request": {kind: spread(values) for kind, values in costs.items()},
                "share_by_processor": {kind: round(min(costs[kind]) / min(costs[API]), 2) for kind in PATHS},
                "stated": STATED,
            },
            indent=2,
        )
    )
    return 0 if statistics.median(shares[SAME_ROWS]) >= STATED else 1


def spread(values: list[float]) -> dict[str, float]:
    return {
        "min": round(min(values), 2),
        "median": round(statistics.median(values), 2),
        "max": round(max(values), 2),
    }


@contextmanager
def database(postgres: str) -> Iterator[str]:
    import psycopg

    name = f"caicach_bench_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield urlunsplit(urlsplit(postgres)._replace(path=f"/{name}"))
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def prepared() -> dict[str, str]:
    """A ministry with an approved plan, and what a request of its focal point to one of its tasks needs."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.middleware.csrf import _get_new_csrf_string
    from django.test import Client
    from tests.measurement.programme.conftest import ROWS, proposal
    from tests.ministry import make_ministry

    from caicach.measurement.programme import services
    from caicach.measurement.programme.models import PlanTask

    call_command("migrate", verbosity=0)
    ministry = make_ministry()
    made = services.import_plan(
        actor=ministry.officer, issuer=ministry.units["BNV"], proposal=proposal(*(row[1] for row in ROWS))
    )
    services.paste_rows(
        actor=ministry.officer,
        plan=made,
        replace=list(made.tasks.values_list("pk", flat=True)),
        rows=[{"field": field, "lead": lead, "time": time_} for field, _title, lead, time_ in ROWS],
    )
    made.refresh_from_db()
    services.submit(actor=ministry.officer, plan=made)
    services.approve(actor=ministry.leader, plan=made)
    client = Client()
    client.force_login(ministry.accounts["focal"], backend="caicach.kernel.identity.backends.AccountBackend")
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    token = _get_new_csrf_string()
    task = PlanTask.objects.get(plan=made, title__contains="Số hóa")
    return {
        "path": f"/api/programme/tasks/{task.pk}/comments",
        "cookie": f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={token}",
        "token": token,
    }


@dataclass(frozen=True)
class Server:
    port: int
    process: psutil.Process

    def processor_seconds(self) -> float:
        """Taken so far by the web process with its worker, and by PostgreSQL for it: those that hold its lines."""
        web = [self.process, *self.process.children(recursive=True)]
        ports = {line.laddr.port for each in web for line in each.net_connections() if line.raddr}
        database = [
            psutil.Process(line.pid)
            for line in psutil.net_connections("tcp4")
            if line.pid and line.raddr and line.raddr.port in ports and line.laddr.port == POSTGRESQL_PORT
        ]
        return sum(sum(each.cpu_times()[:2]) for each in (*web, *database))


@contextmanager
def server(module: str, **environment: str) -> Iterator[Server]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1", "--blocking-threads", "16"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--no-ws", "--http", "1", "--log-level", "error"]
    process = subprocess.Popen([*command, f"{module}:application"], cwd=ROOT, env=os.environ | environment)
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            with socket.socket() as trial:
                if trial.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield Server(port, psutil.Process(process.pid))
    finally:
        process.terminate()
        process.wait(20)


def load(port: int, request: dict[str, str], *, clients: int, seconds: float) -> tuple[int, float]:
    """Requests that were answered with 201, in all and a second; any other answer ends the run."""
    done, wrong = [0] * clients, []
    until = time.monotonic() + seconds

    def one(place: int) -> None:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while time.monotonic() < until and not wrong:
            headers = {
                "Content-Type": "application/json",
                "Cookie": request["cookie"],
                "X-CSRFToken": request["token"],
                "Idempotency-Key": uuid.uuid4().hex,
            }
            line.request("POST", request["path"], json.dumps({"text": "Đã gửi văn bản."}), headers)
            answer = line.getresponse()
            body = answer.read()
            if answer.status != 201:
                wrong.append(f"{answer.status} {body[:300]!r}")
                return
            done[place] += 1

    began = time.monotonic()
    threads = [threading.Thread(target=one, args=(place,)) for place in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise SystemExit(wrong[0])
    return sum(done), sum(done) / (time.monotonic() - began)


if __name__ == "__main__":
    raise SystemExit(main())
