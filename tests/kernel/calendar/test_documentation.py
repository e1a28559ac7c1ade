"""What docs/calendar.md shows is what a person gets."""

from __future__ import annotations

import doctest
import re
import shlex
from pathlib import Path

import pytest
from django.utils import translation

from caicach.kernel.calendar.cli import main

GUIDE = Path(__file__).resolve().parents[3] / "docs" / "calendar.md"
CONSOLE = re.findall(r"```console\n\$ caicach calendar (.*)\n([\s\S]*?)```", GUIDE.read_text(encoding="utf-8"))


def test_the_guide_shows_the_command() -> None:
    assert len(CONSOLE) >= 2


@pytest.mark.django_db
@pytest.mark.parametrize(("typed", "shown"), CONSOLE, ids=[typed for typed, _ in CONSOLE])
def test_a_command_answers_as_the_guide_shows(typed: str, shown: str, capsys: pytest.CaptureFixture[str]) -> None:
    with translation.override("vi"):
        assert main(shlex.split(typed)) == 0

    assert capsys.readouterr().out == shown


def test_the_examples_in_python_hold() -> None:
    failed, tried = doctest.testfile(str(GUIDE), module_relative=False)

    assert tried >= 3
    assert failed == 0
