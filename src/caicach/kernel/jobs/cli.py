"""`caicach worker [--once]`: run background work."""

from __future__ import annotations

import argparse

from . import worker


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="caicach worker",
        description="Run jobs, hand out events, keep schedules and seal the journal. Several may run at once.",
    )
    parser.add_argument("--once", action="store_true", help="do what is due now and leave")
    return worker.work_once() if parser.parse_args(argv).once else worker.work()
