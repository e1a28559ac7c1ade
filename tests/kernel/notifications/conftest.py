from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from django.test import Client
from django.utils.translation import gettext_noop

from caicach.kernel.jobs import leases
from caicach.kernel.jobs.discovery import discover
from caicach.kernel.jobs.instant import true_now
from caicach.kernel.jobs.worker import JobRunner
from caicach.kernel.notifications import kinds, services
from caicach.kernel.notifications.kinds import NoticeKind, register_kind
from caicach.kernel.notifications.models import Mail
from caicach.kernel.usecase.actor import SYSTEM
from tests.ministry import Ministry


@pytest.fixture(autouse=True)
def declared(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, NoticeKind]]:
    """Three kinds, one for each way by e-mail."""
    discover()
    monkeypatch.setattr(kinds, "_KINDS", {})
    register_kind(NoticeKind("tests.late", "Việc quá hạn", is_urgent=True, mail=Mail.NOW))
    register_kind(NoticeKind("tests.assigned", "Việc mới được giao", mail=Mail.DIGEST))
    register_kind(NoticeKind("tests.seen", "Có người đã xem", mail=Mail.NONE))
    return kinds.kinds()


@pytest.fixture
def tell(ministry: Ministry, declared: dict[str, NoticeKind]) -> Callable[..., int]:
    def notify(*names: str, kind: str = "tests.assigned", **keywords: Any) -> int:
        told = {
            "message": gettext_noop("Done: %(subject)s"),
            "params": {"subject": "Kế hoạch năm 2022"},
            "about": "1368/QĐ-BNV",
            "url": "/ke-hoach/1/",
            **keywords,
        }
        accounts = [ministry.accounts[name].pk for name in names]
        return services.notify(actor=SYSTEM, kind=declared[kind], accounts=accounts, **told)

    return notify


@pytest.fixture
def runner(db: None, settings: Any, tmp_path: Path) -> Iterator[JobRunner]:
    settings.DATA_DIR = tmp_path
    with leases.at_work(at=true_now()) as presence:
        yield JobRunner(presence)


@pytest.fixture
def client_of(ministry: Ministry) -> Callable[[str], Client]:
    def signed_in(name: str) -> Client:
        client = Client()
        client.force_login(ministry.accounts[name], backend="caicach.kernel.identity.backends.AccountBackend")
        return client

    return signed_in


class Letterbox(Message):
    """A mail server's end: keeps what is delivered, refuses when told to."""

    def __init__(self) -> None:
        super().__init__()
        self.letters: list[Any] = []
        self.refuses = False

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.refuses:
            return "451 Try again later"
        return str(await super().handle_DATA(server, session, envelope))

    def handle_message(self, message: Any) -> None:
        self.letters.append(message)


@pytest.fixture
def letterbox(settings: Any) -> Iterator[Letterbox]:
    box = Letterbox()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    try:
        yield box
    finally:
        controller.stop()
