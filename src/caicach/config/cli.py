"""The command line: `caicach GROUP …`. Each group lives in its room; pure ones start without Django.

Exit codes: 0 done, 1 a check found something, 2 the request could not be carried out (with a message, no traceback).
"""

from __future__ import annotations

import importlib
import os
import sys
from dataclasses import dataclass

from caicach.config import lifeline
from caicach.kernel.command_line import Words, refuse, said


@dataclass(frozen=True, slots=True)
class Group:
    """Where a command lives and whether it needs the database."""

    module: str
    help: Words
    django: bool = True


GROUPS: dict[str, Group] = {
    "run": Group(
        "caicach.config.supervisor",
        Words("chạy máy chủ web và tiến trình nền (như `make run`)", "start web and worker (what `make run` calls)"),
        django=False,
    ),
    "reset": Group(
        "caicach.config.supervisor_reset",
        Words("xóa toàn bộ dữ liệu trên máy này, sau khi hỏi lại", "throw the local data away, after asking"),
        django=False,
    ),
    "assets": Group(
        "caicach.kernel.ui.assets",
        Words("tạo phông chữ, biểu tượng và tệp giao diện", "build fonts, icons and vendor files"),
        django=False,
    ),
    "messages": Group(
        "caicach.config.messages",
        Words("trích và biên dịch bản dịch", "extract and compile translations"),
        django=False,
    ),
    "cite": Group(
        "caicach.registry.legislation.cli",
        Words("tìm các viện dẫn văn bản trong một văn bản", "find legal citations in a text"),
        django=False,
    ),
    "calendar": Group("caicach.kernel.calendar.cli", Words("tính thời gian làm việc", "count working time")),
    "audit": Group(
        "caicach.kernel.audit.cli", Words("niêm phong và kiểm tra sổ nhật ký", "seal and verify the journal")
    ),
    "plan": Group(
        "caicach.measurement.programme.cli", Words("nhập kế hoạch cải cách hành chính", "import a reform plan")
    ),
    "files": Group("caicach.kernel.files.cli", Words("kiểm tra các tệp đã lưu", "check the stored files")),
    "account": Group("caicach.kernel.identity.cli", Words("tạo tài khoản", "make accounts")),
    "prepare": Group(
        "caicach.config.prepare",
        Words(
            "những gì cần có trước khi chạy lần đầu và sau mỗi bản phát hành",
            "what an installation needs before it starts and after each release",
        ),
    ),
    "sample": Group("caicach.config.sample_cli", Words("bộ dữ liệu mẫu", "the sample ministry")),
    "worker": Group("caicach.kernel.jobs.cli", Words("chạy công việc nền", "run background work")),
    "django": Group(
        "caicach.config.django_cli",
        Words("lệnh của chính Django (migrate, check, …)", "Django's own commands (migrate, check, …)"),
        django=False,
    ),
}


def usage() -> str:
    width = max(map(len, GROUPS))
    lines = [f"  {name:<{width}}  {group.help}" for name, group in GROUPS.items()]
    how = said(
        "cách dùng: caicach LỆNH … (xem thêm: caicach LỆNH --help)",
        "usage: caicach COMMAND … (more: caicach COMMAND --help)",
    )
    return f"{how}\n\n" + "\n".join(lines)


def main(argv: list[str] | None = None) -> int:
    arguments = list(sys.argv[1:] if argv is None else argv)
    if not arguments or arguments[0] in ("-h", "--help"):
        print(usage())
        return 0 if arguments else 2
    name, *rest = arguments
    group = GROUPS.get(name)
    if group is None:
        print(usage(), end="\n\n", file=sys.stderr)
        return refuse("", "cli.unknown_command", said("không có lệnh %s", "there is no command %s") % name)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caicach.config.settings")
    lifeline.leave_with_the_starter()
    try:
        if not group.django:
            return int(importlib.import_module(group.module).main(rest) or 0)
        return _with_django(group, rest)
    except BrokenPipeError:  # the reader of our output has seen enough: `caicach … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _with_django(group: Group, rest: list[str]) -> int:
    import django

    django.setup()
    from django.utils import translation

    from caicach.kernel.usecase.errors import UseCaseError

    translation.activate(os.environ.get("CAICACH_LANGUAGE", "vi"))
    try:
        return int(importlib.import_module(group.module).main(rest) or 0)
    except UseCaseError as error:
        print(f"caicach: {error.message} [{error.code}]", file=sys.stderr)
        for name, sentences in error.fields.items():
            print(f"  {name}: {' '.join(sentences)}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
