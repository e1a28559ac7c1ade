"""What the product refuses to start with, and what it believes of a proxy."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import RequestFactory

from caicach.kernel.usecase.middleware import client_address

SECRET, AUDIT = "k9Qw2mZr7Lx4Tn8Vb3Yc6Hd1Js5Pf0Ga", "Zt4Rb8Kw1Xn6Mq3Vj9Lc2Hf7Ds5Gp0Ya"


def started(tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from caicach.config import settings; print(settings.API_DESCRIPTION)"],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": os.environ.get("PYTHONPATH", ""), "CAICACH_DATA": str(tmp_path)}
        | {"CAICACH_MODE": "production", "CAICACH_SECRET_KEY": SECRET, "CAICACH_AUDIT_KEY": AUDIT}
        | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_production_starts_with_two_strong_keys_and_does_not_describe_its_api(tmp_path: Path) -> None:
    told = started(tmp_path)

    assert (told.returncode, told.stdout.strip()) == (0, "False"), told.stderr
    assert started(tmp_path, CAICACH_API_DESCRIPTION="1").stdout.strip() == "True"


@pytest.mark.parametrize(
    ("environment", "word"),
    [
        ({"CAICACH_SECRET_KEY": ""}, "CAICACH_SECRET_KEY"),
        ({"CAICACH_SECRET_KEY": "a" * 40}, "too weak"),
        ({"CAICACH_AUDIT_KEY": "short"}, "too weak"),
        ({"CAICACH_AUDIT_KEY": SECRET}, "must differ"),
        ({"CAICACH_DEBUG": "1"}, "CAICACH_DEBUG"),
        ({"CAICACH_MODE": "demo"}, "CAICACH_MODE"),
    ],
)
def test_it_refuses_to_start_and_says_why(tmp_path: Path, environment: dict[str, str], word: str) -> None:
    told = started(tmp_path, **environment)

    assert told.returncode != 0
    assert word in told.stderr


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.7", "10.0.0.1"),
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "198.51.100.9, 203.0.113.7", "203.0.113.7"),
        (2, "198.51.100.9, 203.0.113.7, 10.0.0.2", "203.0.113.7"),
        (2, "203.0.113.7", "10.0.0.1"),
        (1, "", "10.0.0.1"),
    ],
)
def test_only_what_our_own_proxies_wrote_counts(settings: Any, proxies: int, forwarded: str, address: str) -> None:
    settings.PROXIES = proxies

    assert client_address(RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=forwarded)) == address


@pytest.mark.parametrize("command", ["run", "reset"])
@pytest.mark.parametrize("argument", ["--help", "--port"])
def test_a_command_that_does_much_does_nothing_when_asked_for_help(tmp_path: Path, command: str, argument: str) -> None:
    asked = subprocess.run(
        [sys.executable, "-m", "caicach.config.cli", command, argument],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": os.environ.get("PYTHONPATH", ""), "CAICACH_DATA": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        stdin=subprocess.DEVNULL,
    )

    is_help = argument == "--help"
    assert asked.returncode == (0 if is_help else 2)
    assert f"cách dùng: caicach {command}" in (asked.stdout if is_help else asked.stderr)
    assert list(tmp_path.iterdir()) == []
