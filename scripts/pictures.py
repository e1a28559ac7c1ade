"""Takes the pictures of README and the guides from the running sample ministry.

    make run            # in another window, on a fresh data folder
    .venv/bin/python scripts/pictures.py http://localhost:8000 var

It signs in with the sample's own accounts, approves the sample's plan and reports some progress, so the pictures show
a ministry at work. Run it on a copy that may change.
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "pictures"


def main(address: str, data: str) -> int:
    PICTURES.mkdir(exist_ok=True)
    passwords = dict(
        line.split("\t")[:2] for line in (Path(data) / "sample-accounts.txt").read_text("utf-8").splitlines()
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])

        def signed_in(name: str) -> Page:
            return _signed_in(browser, address, name, passwords[name])

        _plans(signed_in)
        browser.close()
    return 0


def _plans(signed_in) -> None:  # type: ignore[no-untyped-def]
    leader = signed_in("lanh-dao-bo")
    leader.goto("/ke-hoach/")
    leader.get_by_role("link", name=re.compile("Kế hoạch cải cách hành chính năm 2022")).first.click()
    leader.wait_for_url("**/ra/")
    leader.locator("[data-row-focus]").nth(4).focus()
    shoot(leader, "review")
    leader.click("[data-open=approve-plan]")
    leader.click("#approve-plan .btn-primary")
    leader.wait_for_url(re.compile(r"/ke-hoach/\d+/$"))
    leader.goto("/ke-hoach/tong-quan/")
    shoot(leader, "overview")
    focal = signed_in("dau-moi-van-phong")
    focal.goto("/viec-cua-toi/")
    shoot(focal, "my-work")


def shoot(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    page.screenshot(path=PICTURES / f"{name}.png")


def _signed_in(browser: Browser, address: str, name: str, password: str) -> Page:
    context = browser.new_context(
        base_url=address, viewport={"width": 1280, "height": 800}, locale="vi-VN", reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto("/tai-khoan/login/")
    page.locator("input[name=login]").fill(name)
    page.locator("input[name=password]").fill(password)
    page.get_by_role("button", name="Đăng nhập", exact=True).first.click()
    page.wait_for_load_state("networkidle")
    return page


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:3]))
