"""`caicach worker [--once]`: run background work."""

from __future__ import annotations

from caicach.kernel.command_line import Parser, said

from . import worker


def main(argv: list[str]) -> int:
    parser = Parser(
        prog="caicach worker",
        description=said(
            "Chạy công việc nền, chuyển sự kiện, giữ lịch và niêm phong nhật ký. Chạy được nhiều tiến trình cùng lúc.",
            "Run jobs, hand out events, keep schedules and seal the journal. Several may run at once.",
        ),
    )
    parser.add_argument(
        "--once", action="store_true", help=said("làm những việc đến hạn rồi dừng", "do what is due now and leave")
    )
    return worker.work_once() if parser.parse_args(argv).once else worker.work()
