"""What a worker does by itself about the weekly letters: for `tests.rivals`, and as a program that dies in it.

usage: python -m tests.measurement.programme.reminding [TABLE]     dies at the second person's first INSERT there
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from datetime import datetime
from typing import Any

MONDAY = datetime.fromisoformat("2022-06-20T08:00+07:00")


def weekly_letters() -> None:
    from caicach.measurement.programme import reminders

    reminders.write_weekly_letters(at=MONDAY, written=lambda _count: None)


class PowerCut:
    """Ends this process at once, as a cut of the power does, at the first INSERT into a table after a letter."""

    def __init__(self, table: str) -> None:
        self.table = table
        self.letters = 0

    def written(self, count: int) -> None:
        self.letters = count

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if self.letters and sql.startswith("INSERT") and f'"{self.table}"' in sql:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)


def main(table: str) -> None:
    import django

    django.setup()
    from django.db import connection

    from caicach.measurement.programme import reminders

    cut = PowerCut(table)
    with connection.execute_wrapper(cut):
        reminders.write_weekly_letters(at=MONDAY, written=cut.written)


if __name__ == "__main__":
    main(sys.argv[1])
