"""`caicach files check`: what the operator types when the status page tells of damaged files."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.utils import translation

from caicach.kernel.files import storage
from caicach.kernel.files.cli import main
from caicach.kernel.files.models import Attachment

from .conftest import PLAN

pytestmark = pytest.mark.django_db

Send = Callable[..., Attachment]


def test_files_that_are_whole_are_told_in_one_sentence(send: Send, capsys: pytest.CaptureFixture[str]) -> None:
    send()

    assert main(["check"]) == 0
    assert capsys.readouterr().out == "Mọi tệp đều nguyên vẹn.\n"


def test_each_damaged_file_is_named_and_the_exit_code_is_1(send: Send, capsys: pytest.CaptureFixture[str]) -> None:
    gone = send(name="Kế hoạch.txt").file.sha256
    altered = send(PLAN + b"x", name="Phụ lục.txt").file.sha256
    storage.place_of(gone).unlink()
    storage.place_of(altered).write_bytes(b"other")

    assert main(["check"]) == 1

    told = capsys.readouterr()
    assert told.out.splitlines() == [f"{gone}  bị mất  Kế hoạch.txt", f"{altered}  bị sửa  Phụ lục.txt"]
    assert "2 tệp bị hỏng" in told.err


def test_programs_read_json(send: Send, capsys: pytest.CaptureFixture[str]) -> None:
    gone = send(name="a.txt").file.sha256
    storage.place_of(gone).unlink()

    with translation.override("en"):
        assert main(["check", "--json"]) == 1

    told = json.loads(capsys.readouterr().out)
    assert told == {"whole": False, "damaged": [{"sha256": gone, "damage": "missing", "names": ["a.txt"]}]}
