"""`caicach run`: prepares the data, then keeps web and worker running until Ctrl+C.

The web server binds 127.0.0.1; a small relay in this process answers the same port on ::1, so that `localhost` works
over IPv4 and IPv6 and nothing is open to the network. A child that dies is started again.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import os
import signal
import socket
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO

from caicach.kernel.command_line import Parser, refuse, said

from .lifeline import SUPERVISOR

FIRST_PORT = 8000
RESTART_PAUSE = 1.0  # seconds before a dead child is started again
LOOK_EVERY = 0.1  # seconds between two looks whether the web server answers yet
STOP_PATIENCE = 10.0  # seconds until a child that does not end is killed


def free_port(wanted: int) -> int:
    """The wanted port, else the next one free on both loopback addresses. Raises OSError after 50 tries."""
    for port in range(wanted, wanted + 50):
        if all(_is_free(family, address, port) for family, address in _loopbacks()):
            return port
    raise OSError(f"no free port from {wanted} to {wanted + 49}")


def _loopbacks() -> list[tuple[socket.AddressFamily, str]]:
    both = [(socket.AF_INET, "127.0.0.1")]
    if socket.has_ipv6 and _is_free(socket.AF_INET6, "::1", 0):
        both.append((socket.AF_INET6, "::1"))
    return both


def _is_free(family: socket.AddressFamily, address: str, port: int) -> bool:
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError:
            return False
    return True


class Relay:
    """Passes bytes between ::1 and 127.0.0.1 on one port."""

    def __init__(self, port: int) -> None:
        self.port = port

    async def start(self) -> asyncio.Server | None:
        if len(_loopbacks()) < 2:
            return None
        return await asyncio.start_server(self._connected, "::1", self.port)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            onward_reader, onward_writer = await asyncio.open_connection("127.0.0.1", self.port)
        except OSError:
            writer.close()
            return
        await asyncio.gather(self._pass(reader, onward_writer), self._pass(onward_reader, writer))

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            while chunk := await reader.read(65536):
                writer.write(chunk)
                await writer.drain()
        with contextlib.suppress(ConnectionError):
            writer.close()


class Child:
    """A process that is started again when it dies, until told to stop."""

    def __init__(self, name: str, command: Sequence[str]) -> None:
        self.name, self.command = name, command
        self.process: asyncio.subprocess.Process | None = None

    async def keep(self, stopping: asyncio.Event) -> None:
        while not stopping.is_set():
            self.process = await asyncio.create_subprocess_exec(*self.command)
            code = await self.process.wait()
            if stopping.is_set():
                return
            print(f"caicach: {self.name} ended with {code}, starting it again", file=sys.stderr)
            await asyncio.sleep(RESTART_PAUSE)

    async def stop(self) -> None:
        if self.process is None or self.process.returncode is not None:
            return
        self.process.terminate()
        try:
            await asyncio.wait_for(self.process.wait(), STOP_PATIENCE)
        except TimeoutError:
            self.process.kill()


def commands(port: int) -> list[tuple[str, list[str]]]:
    web = ["granian", "--interface", "wsgi", "--workers", "1", "--blocking-threads", "16"]
    web += ["--host", "127.0.0.1", "--port", str(port), "--no-ws", "--http", "1", "--log-level", "error"]
    web += ["caicach.config.wsgi:application"]
    return [
        ("web", [sys.executable, "-m", *web]),
        ("worker", [sys.executable, "-m", "caicach.config.cli", "worker"]),
    ]


async def serve(port: int, *, when_open: Callable[[], None]) -> None:
    """when_open : called once, when the first page would be answered."""
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopping.set)
    relay = await Relay(port).start()
    children = [Child(name, command) for name, command in commands(port)]
    keepers = [asyncio.create_task(child.keep(stopping)) for child in children]
    if await _is_open(port, stopping):
        when_open()
    await stopping.wait()
    if relay is not None:
        relay.close()
    await asyncio.gather(*(child.stop() for child in children))
    await asyncio.gather(*keepers)


async def _is_open(port: int, stopping: asyncio.Event) -> bool:
    """Waits until the port takes connections; False when it is to stop before."""
    while not stopping.is_set():
        try:
            _reader, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(LOOK_EVERY)
            continue
        writer.close()
        return True
    return False


def only_one(data_dir: Path) -> IO[str] | None:
    """A lock held for as long as this process runs; None when another `caicach run` holds it."""
    data_dir.mkdir(parents=True, exist_ok=True)
    handle = (data_dir / "run.lock").open("w")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        handle.close()
        return None
    return handle


def main(argv: list[str]) -> int:
    parser = Parser(
        prog="caicach run", description=said("Chạy máy chủ web và tiến trình nền.", "Start web and worker.")
    )
    parser.add_argument(
        "--no-sample", action="store_true", help=said("không tạo bộ dữ liệu mẫu", "without the sample ministry")
    )
    without_sample = parser.parse_args(argv).no_sample
    from django.conf import settings

    lock = only_one(settings.DATA_DIR)
    if lock is None:
        words = said("caicach đang chạy trên dữ liệu này (%s)", "caicach is running already on this data (%s)")
        return refuse("run", "cli.running", words % settings.DATA_DIR)
    port = free_port(int(os.environ.get("CAICACH_PORT", FIRST_PORT)))
    os.environ["CAICACH_BASE_URL"] = f"http://localhost:{port}"
    os.environ[SUPERVISOR] = str(os.getpid())

    from caicach.config import prepare

    prepare.prepare(with_sample=settings.LOCAL and not without_sample)
    with lock:
        asyncio.run(serve(port, when_open=lambda: prepare.announce(port)))
    return 0
