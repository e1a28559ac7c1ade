"""What all commands of `caicach` share: their two languages, their options, their refusals. Starts without Django.

A refusal is one sentence in the reader's language with a stable code, on stderr, and exit code 2:
`caicach plan import: thiếu đối số bắt buộc: file [cli.missing]`.
"""

from __future__ import annotations

import argparse
import errno
import os
import re
import sys
from collections.abc import Callable
from datetime import date
from typing import Any, Final, NamedTuple, NoReturn

CANNOT_BE_DONE: Final = 2
"""Exit code of a request that could not be carried out."""


class Words(NamedTuple):
    """One sentence in both languages. Pairs, not a catalogue: reading a catalogue means starting Django."""

    vietnamese: str
    english: str

    def __str__(self) -> str:
        return self.vietnamese if is_vietnamese() else self.english


def is_vietnamese() -> bool:
    """The language that Django has active where it runs, else CAICACH_LANGUAGE; Vietnamese when nobody says."""
    translation = sys.modules.get("django.utils.translation")
    settings = sys.modules.get("django.conf")
    if translation is not None and settings is not None and settings.settings.configured:
        return str(translation.get_language() or "vi").startswith("vi")
    return os.environ.get("CAICACH_LANGUAGE", "vi").startswith("vi")


def said(vietnamese: str, english: str) -> str:
    return str(Words(vietnamese, english))


def refuse(command: str, code: str, sentence: str) -> int:
    """Prints the refusal; gives the exit code. command : as typed after `caicach`, "" for `caicach` alone."""
    print(f"{f'caicach {command}'.rstrip()}: {sentence.rstrip('.')} [{code}]", file=sys.stderr)  # noqa: T201
    return CANNOT_BE_DONE


_OF_THE_SYSTEM: Final = {
    errno.ENOENT: Words("không có tệp hoặc thư mục này", "there is no such file or folder"),
    errno.EISDIR: Words("đây là thư mục, không phải tệp", "it is a folder, not a file"),
    errno.ENOTDIR: Words("đường dẫn đi qua một tệp không phải thư mục", "its path leads through what is no folder"),
    errno.EACCES: Words("không có quyền truy cập", "access is not allowed"),
    errno.EPERM: Words("không có quyền truy cập", "access is not allowed"),
    errno.ENOSPC: Words("ổ đĩa đã đầy", "the disk is full"),
    errno.EROFS: Words("ổ đĩa chỉ cho phép đọc", "the disk can only be read"),
    errno.ENAMETOOLONG: Words("tên tệp quá dài", "its name is too long"),
    errno.EMFILE: Words("quá nhiều tệp đang mở", "too many files are open"),
    errno.EIO: Words("ổ đĩa bị lỗi khi đọc hoặc ghi", "the disk failed while reading or writing"),
}


def reason_of(error: OSError) -> str:
    """What the operating system says, in the reader's language; its number where there are no words for it."""
    words = _OF_THE_SYSTEM.get(error.errno or 0)
    if words is not None:
        return str(words)
    return said("lỗi số %s của hệ điều hành", "error %s of the operating system") % error.errno


class BadValue(argparse.ArgumentTypeError):
    """Raised by the type of an option: a sentence in the reader's language."""


def whole_number(*, least: int, most: int) -> Callable[[str], int]:
    """Type of an option that takes a whole number from `least` to `most`."""

    def read(text: str) -> int:
        digits = text.strip()
        number = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 19 else None
        if number is None or not least <= number <= most:
            words = said("%s không phải là số nguyên từ %d đến %d", "%s is no whole number from %d to %d")
            raise BadValue(words % (text or "''", least, most))
        return number

    return read


def day(text: str) -> date:
    """Type of an option that takes a day, ISO 8601."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        words = said("%s không phải là ngày: hãy viết như 2022-06-20", "%s is not a day: write it as 2022-06-20")
        raise BadValue(words % text) from None


class _Told(NamedTuple):
    """One of argparse's sentences: how it looks, our code, our words with its groups."""

    pattern: re.Pattern[str]
    code: str
    words: Words


def _told(pattern: str, code: str, vietnamese: str, english: str) -> _Told:
    return _Told(re.compile(pattern, re.DOTALL), code, Words(vietnamese, english))


_TOLD: Final = (
    _told(
        r"the following arguments are required: (.+)",
        "cli.missing",
        r"thiếu đối số bắt buộc: \1",
        r"required arguments are missing: \1",
    ),
    _told(
        r"one of the arguments (.+) is required",
        "cli.missing",
        r"cần một trong các tùy chọn \1",
        r"one of the options \1 is needed",
    ),
    _told(
        r"unrecognized arguments: (.+)", "cli.unknown_option", r"không có tùy chọn \1", r"there is no such option: \1"
    ),
    _told(
        r"ambiguous option: (.+) could match (.+)",
        "cli.unknown_option",
        r"tùy chọn \1 chưa rõ: có thể là \2",
        r"the option \1 is not clear; it may be \2",
    ),
    _told(
        r"argument (.+): invalid choice: (.+) \(choose from (.+)\)",
        "cli.unknown_choice",
        r"\1 không nhận giá trị \2; chọn một trong: \3",
        r"\1 does not take \2; choose one of \3",
    ),
    _told(
        r"argument (.+): invalid \S+ value: (.+)",
        "cli.bad_value",
        r"\1 không nhận giá trị \2",
        r"\1 does not take \2",
    ),
    _told(
        r"argument (.+): expected .+",
        "cli.missing_value",
        r"tùy chọn \1 thiếu giá trị",
        r"the option \1 lacks its value",
    ),
    _told(
        r"argument (.+): not allowed with argument (.+)",
        "cli.not_together",
        r"không dùng \1 cùng với \2",
        r"\1 cannot be used together with \2",
    ),
    _told(
        r"argument (.+): ignored explicit argument (.+)",
        "cli.bad_value",
        r"tùy chọn \1 không nhận giá trị",
        r"the option \1 takes no value",
    ),
    _told(r"argument ([^:]+): (.+)", "cli.bad_value", r"\1: \2", r"\1: \2"),
)


def told(message: str) -> tuple[str, str]:
    """argparse's English sentence as (code, sentence in the reader's language)."""
    for known in _TOLD:
        if found := known.pattern.fullmatch(message):
            return known.code, found.expand(str(known.words))
    return "cli.bad_request", said(
        "Có tùy chọn không đúng hoặc thiếu giá trị", "an option is unknown or lacks its value"
    )


class _Formatter(argparse.HelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        # Asked with "" too: for the name of a sub-command, which begins with the usage of its group.
        super().add_usage(usage, actions, groups, said("cách dùng: ", "usage: ") if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """argparse in both languages. Sub-commands made by `add_commands` are of this class too."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**{"formatter_class": _Formatter, "allow_abbrev": False, **settings, "add_help": False})
        self._positionals.title = said("đối số", "arguments")
        self._optionals.title = said("tùy chọn", "options")
        self.add_argument("-h", "--help", action="help", help=said("in hướng dẫn này", "print this help"))

    def add_commands(self) -> argparse._SubParsersAction[Parser]:
        """The commands of the group, one of which must be named."""
        return self.add_subparsers(
            dest="act", required=True, metavar=said("LỆNH", "COMMAND"), title=said("lệnh", "commands")
        )

    def error(self, message: str) -> NoReturn:
        code, sentence = told(message)
        self.print_usage(sys.stderr)
        sys.exit(refuse(self.prog.removeprefix("caicach").strip(), code, sentence))
