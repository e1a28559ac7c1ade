"""Pages in a real Chromium. A page that logs an error, breaks its policy or asks another host fails its test."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.servers.basehttp import ThreadedWSGIServer
from django.test import Client
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

# Playwright's loop runs in this thread; Django's test database is used from it too.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

REPOSITORY = Path(__file__).resolve().parents[1]
AXE = REPOSITORY / "node_modules" / "axe-core" / "axe.min.js"
RESULTS = REPOSITORY / "test-results"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

Axe = Callable[..., None]
Shoot = Callable[..., Path]
OpenPage = Callable[..., Page]


_WITH_BROWSER = ("browser", "acceptance")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if any(here / folder in item.path.parents for folder in _WITH_BROWSER):
            item.add_marker(pytest.mark.browser)


class ServerThatKnowsItsLines(ThreadedWSGIServer):
    """Says when every browser has let go of it: until then it may still write what a closing page sent.

    With SQLite in memory its threads and the test's work on one connection, and a test that empties the tables must
    not do so within the transaction of a request.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._open = 0
        self._changed = threading.Condition()

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._changed:
            self._open += 1
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            with self._changed:
                self._open -= 1
                self._changed.notify_all()

    def wait_until_alone(self, *, seconds: float) -> bool:
        with self._changed:
            return self._changed.wait_for(lambda: self._open == 0, timeout=seconds)


LiveServerThread.server_class = ServerThatKnowsItsLines


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


class Watch:
    """What a page did that no page of ours may do."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.wrongs: list[str] = []
        # A bare answer without a head makes Chromium ask for this by itself.
        self.forgiven: set[str] = {"favicon.ico"}

    def follow(self, page: Page) -> None:
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.wrongs.append(f"script error: {error}"))
        page.on("request", self._asked)

    def forgive(self, part: str) -> None:
        """A test that provokes an error names a part of its line here."""
        self.forgiven.add(part)

    def _heard(self, message: ConsoleMessage) -> None:
        # A broken policy is written to the console as an error too.
        if message.type == "error":
            self.wrongs.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.origin, "data:", "blob:", "about:")):
            self.wrongs.append(f"asked another host: {request.url}")

    def unforgiven(self) -> list[str]:
        return [wrong for wrong in self.wrongs if not any(part in wrong for part in self.forgiven)]


@pytest.fixture
def watch(live_server: Any) -> Iterator[Watch]:
    watched = Watch(live_server.url)
    yield watched
    assert watched.unforgiven() == []


@pytest.fixture
def open_page(chromium: Browser, live_server: Any, watch: Watch) -> Iterator[OpenPage]:
    """`open_page(width=320, theme="dark", account=account)`: a fresh profile, signed in when an account is given."""
    opened: list[BrowserContext] = []

    def make(
        *, width: int = 1280, height: int = 900, theme: str = "light", account: Any = None, **options: Any
    ) -> Page:
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            color_scheme=theme,  # type: ignore[arg-type]
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            reduced_motion="reduce",
            **options,
        )
        opened.append(context)
        if account is not None:
            context.add_cookies([_session_of(account, live_server.url)])
        page = context.new_page()
        page.set_default_timeout(10_000)
        watch.follow(page)
        return page

    yield make
    for context in opened:
        context.close()
    assert live_server.thread.httpd.wait_until_alone(seconds=30), "a closed page still asks"


def _session_of(account: Any, url: str) -> Any:
    client = Client()
    client.force_login(account)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": url}


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """1280 wide, light, signed in as nobody."""
    return open_page()


@pytest.fixture
def axe() -> Axe:
    """`axe(page)`: fails with every violation, and where it is."""
    if not AXE.is_file():
        pytest.skip("axe-core is not installed (bash scripts/npm.sh ci)")
    source = AXE.read_text("utf-8")

    def check(page: Page, *, within: str = "") -> None:
        # Through the debugger, not a <script>: the page's policy stays as it is.
        page.evaluate(source)
        found = page.evaluate("(within) => axe.run(within || document)", within)
        said = [
            f"{one['id']} ({one['impact']}): {one['help']}\n"
            + "\n".join(f"    {node['html'][:160]}" for node in one["nodes"])
            for one in found["violations"]
        ]
        assert not said, "\n".join(said)

    return check


@pytest.fixture
def shoot(request: pytest.FixtureRequest) -> Shoot:
    """`shoot(page, "home")`: a picture in test-results/, named by the test."""

    def take(page: Page, name: str, *, full_page: bool = True) -> Path:
        RESULTS.mkdir(exist_ok=True)
        target = RESULTS / f"{request.node.originalname}-{name}.png"
        page.screenshot(path=target, full_page=full_page)
        return target

    return take


@pytest.fixture
def sideways() -> Callable[[Page], int]:
    """By how many pixels the page scrolls sideways; 0 is the only good answer."""

    def measure(page: Page) -> int:
        return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))

    return measure
