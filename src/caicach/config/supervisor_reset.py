"""`caicach reset`: throws the local data away, after asking."""

from __future__ import annotations

import shutil

from caicach.kernel.command_line import Parser, refuse, said


def main(argv: list[str]) -> int:
    parser = Parser(
        prog="caicach reset",
        description=said(
            "Xóa toàn bộ dữ liệu trên máy này, sau khi hỏi lại.", "Throw the local data away, after asking."
        ),
    )
    parser.add_argument("--yes", action="store_true", help=said("không hỏi lại", "do not ask"))
    is_sure = parser.parse_args(argv).yes
    from django.conf import settings

    from caicach.config.supervisor import only_one

    if not settings.LOCAL:
        words = said(
            "chỉ xóa được dữ liệu trên máy (CAICACH_MODE=local)", "works on local data only (CAICACH_MODE=local)"
        )
        return refuse("reset", "cli.local_only", words)
    lock = only_one(settings.DATA_DIR)
    if lock is None:
        words = said(
            "caicach đang chạy trên dữ liệu này: hãy dừng trước (Ctrl+C)",
            "caicach is running on this data: stop it first (Ctrl+C)",
        )
        return refuse("reset", "cli.running", words)
    with lock:
        if not is_sure and not _confirmed(str(settings.DATA_DIR)):
            print(said("Không có gì thay đổi.", "Nothing was changed."))
            return 1
        shutil.rmtree(settings.DATA_DIR)
    words = said("Đã xóa %s. Chạy lại từ đầu bằng `make run`.", "%s is gone. `make run` starts anew.")
    print(words % settings.DATA_DIR)
    return 0


def _confirmed(path: str) -> bool:
    words = said(
        "Mọi thứ trong %s sẽ bị xóa: cơ sở dữ liệu, tệp, khóa, bản ký nhật ký. Không khôi phục được.",
        "Everything in %s will be thrown away: database, files, keys, journal heads. This cannot be undone.",
    )
    print(words % path)
    try:
        return input(said("Gõ 'reset' để tiếp tục: ", "Type 'reset' to go on: ")).strip() == "reset"
    except EOFError:
        return False
