"""Every command: both languages, a stable code, exit 2, no traceback."""

from __future__ import annotations

import errno
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from django.utils import translation

from caicach.config.cli import GROUPS, main
from caicach.kernel.command_line import reason_of

Captured = pytest.CaptureFixture[str]


@pytest.fixture(params=["vi", "en"])
def language(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("CAICACH_LANGUAGE", request.param)
    return str(request.param)


@pytest.fixture
def type_it(language: str, capsys: Captured) -> Callable[..., tuple[int, str, str]]:
    """Exit code, output and errors of a command line."""

    def type_it(*words: str) -> tuple[int, str, str]:
        with translation.override(language):
            try:
                code = main(list(words))
            except SystemExit as stop:
                code = int(stop.code or 0)
        told = capsys.readouterr()
        return code, told.out, told.err

    return type_it


REFUSED: tuple[tuple[Sequence[str], str, str, str], ...] = (
    (["nothing"], "cli.unknown_command", "không có lệnh nothing", "there is no command nothing"),
    (["plan"], "cli.missing", "thiếu đối số bắt buộc", "required arguments are missing"),
    (["plan", "import"], "cli.missing", "thiếu đối số bắt buộc: file", "required arguments are missing: file"),
    (["plan", "export"], "cli.unknown_choice", "không nhận giá trị 'export'", "does not take 'export'"),
    (["plan", "import", "x", "--year"], "cli.missing_value", "tùy chọn --year thiếu giá trị", "--year lacks its value"),
    (
        ["plan", "import", "x", "--year", "99999"],
        "cli.bad_value",
        "99999 không phải là số nguyên từ 2000 đến 2100",
        "99999 is no whole number from 2000 to 2100",
    ),
    (["plan", "import", "x", "--year", "0"], "cli.bad_value", "0 không phải là số nguyên", "0 is no whole number"),
    (["plan", "import", "x", "--year", "hai"], "cli.bad_value", "hai không phải là số", "hai is no whole number"),
    (
        ["plan", "import", "x", "--dryrun"],
        "cli.unknown_option",
        "không có tùy chọn --dryrun",
        "no such option: --dryrun",
    ),
    (["plan", "import", "x", "--json=1"], "cli.bad_value", "--json không nhận giá trị", "--json takes no value"),
    (["audit", "verify", "--processes", "0"], "cli.bad_value", "0 không phải là số", "0 is no whole number"),
    (["audit", "erase"], "cli.missing", "thiếu đối số bắt buộc: --reason", "required arguments are missing: --reason"),
    (
        ["account", "create", "lan", "--role", "king"],
        "cli.unknown_choice",
        "không nhận giá trị 'king'",
        "not take 'king'",
    ),
    (["calendar", "when"], "cli.unknown_command", "Không có lệnh calendar when", "There is no command calendar when"),
    (["sample", "day", "20/6/2022"], "cli.bad_value", "20/6/2022 không phải là ngày", "20/6/2022 is not a day"),
    (["worker", "--twice"], "cli.unknown_option", "không có tùy chọn --twice", "no such option: --twice"),
    (["prepare", "x"], "cli.unknown_option", "không có tùy chọn x", "no such option: x"),
    (["cite", "/none.txt"], "cite.cannot_open", "không có tệp", "there is no such file"),
    (["messages", "translate"], "cli.unknown_choice", "không nhận giá trị", "does not take"),
    (["assets"], "cli.missing", "thiếu đối số bắt buộc", "required arguments are missing"),
)


@pytest.mark.parametrize(("typed", "code", "vietnamese", "english"), REFUSED, ids=[" ".join(row[0]) for row in REFUSED])
def test_a_refusal_is_one_sentence_in_the_readers_language_with_a_code(
    typed: Sequence[str],
    code: str,
    vietnamese: str,
    english: str,
    language: str,
    type_it: Callable[..., tuple[int, str, str]],
) -> None:
    exit_code, out, err = type_it(*typed)

    assert (exit_code, out) == (2, "")
    last = err.splitlines()[-1]
    assert last.startswith("caicach")
    assert last.endswith(f"[{code}]")
    assert (vietnamese if language == "vi" else english) in last


@pytest.mark.django_db
@pytest.mark.parametrize("dry", [["--dry-run"], []])
def test_a_file_that_is_not_there_is_told_in_the_readers_language(
    dry: list[str], language: str, tmp_path: Path, type_it: Callable[..., tuple[int, str, str]]
) -> None:
    exit_code, _out, err = type_it("plan", "import", str(tmp_path / "none.txt"), *dry)

    assert exit_code == 2
    assert err.strip().endswith("[programme.no_such_file]")
    assert ("không có tệp" if language == "vi" else "there is no such file") in err


@pytest.mark.parametrize("group", sorted(set(GROUPS) - {"django", "calendar"}))
def test_help_is_in_the_readers_language(
    group: str, language: str, type_it: Callable[..., tuple[int, str, str]]
) -> None:
    exit_code, out, err = type_it(group, "--help")

    assert (exit_code, err) == (0, "")
    headings = ("cách dùng: ", "tùy chọn:", "in hướng dẫn này")
    english = ("usage: ", "options:", "print this help")
    assert all(word in out for word in (headings if language == "vi" else english))
    assert not any(word in out for word in (english if language == "vi" else headings))


@pytest.mark.parametrize("command", [["plan", "import"], ["audit", "verify"], ["files", "check"]])
def test_help_of_a_command_in_a_group_begins_once(
    command: list[str], language: str, type_it: Callable[..., tuple[int, str, str]]
) -> None:
    _exit_code, out, _err = type_it(*command, "--help")

    assert out.startswith(f"{'cách dùng' if language == 'vi' else 'usage'}: caicach {' '.join(command)} ")


def test_the_list_of_commands_is_in_the_readers_language(
    language: str, type_it: Callable[..., tuple[int, str, str]]
) -> None:
    exit_code, out, _err = type_it("--help")

    assert exit_code == 0
    assert ("nhập kế hoạch cải cách hành chính" if language == "vi" else "import a reform plan") in out


def test_what_the_system_says_has_words_or_a_number(language: str) -> None:
    with translation.override(language):
        full, odd = reason_of(OSError(errno.ENOSPC, "No space left on device")), reason_of(OSError(errno.EXDEV, "x"))

    assert full == ("ổ đĩa đã đầy" if language == "vi" else "the disk is full")
    assert str(errno.EXDEV) in odd
