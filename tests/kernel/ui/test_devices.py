"""A session is named by browser and system, as one knows them."""

from __future__ import annotations

import pytest

from caicach.kernel.ui.devices import device

WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) "
WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko) "


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (f"{WINDOWS}{WEBKIT}Chrome/120.0.0.0 Safari/537.36", "Chrome trên Windows"),
        (f"{WINDOWS}{WEBKIT}Chrome/120.0.0.0 Safari/537.36 Edg/120.0.2210.91", "Microsoft Edge trên Windows"),
        (f"{WINDOWS}{WEBKIT}coc_coc_browser/113.0.0 Chrome/107.0.0.0 Safari/537.36", "Cốc Cốc trên Windows"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:121.0) Gecko/20100101 Firefox/121.0", "Firefox trên Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:121.0) Gecko/20100101 Firefox/121.0", "Firefox trên Linux"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
            "Version/17.2 Mobile/15E148 Safari/604.1",
            "Safari trên iPhone",
        ),
        (f"Mozilla/5.0 (Linux; Android 10; K) {WEBKIT}Chrome/120.0.0.0 Mobile Safari/537.36", "Chrome trên Android"),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.1 "
            "Safari/605.1.15",
            "Safari trên macOS",
        ),
        ("curl/8.5.0", "curl/8.5.0"),
        ("x" * 300, "x" * 80),
        ("", "Không rõ thiết bị"),
    ],
)
def test_a_device_is_named_by_browser_and_system(user_agent: str, words: str) -> None:
    assert device(user_agent) == words
