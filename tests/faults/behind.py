"""A program: `python -m tests.faults.behind HOURS MODULE …` runs a module on a clock so many hours behind."""

from __future__ import annotations

import datetime as dt
import runpy
import sys

import time_machine


def main() -> None:
    hours, module, *arguments = sys.argv[1:]
    moment = dt.datetime.now(dt.UTC) - dt.timedelta(hours=int(hours))  # noqa: TID251
    time_machine.travel(moment, tick=True).start()
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
