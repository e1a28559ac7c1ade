"""`caicach reset`: throws the local data away, after asking."""

from __future__ import annotations

import shutil
import sys


def main(argv: list[str]) -> int:
    if argv not in ([], ["--yes"]):
        print("usage: caicach reset [--yes]", file=sys.stderr)
        return 2
    from django.conf import settings

    from caicach.config.supervisor import only_one

    if not settings.LOCAL:
        print("caicach reset works on local data only (CAICACH_MODE=local).", file=sys.stderr)
        return 2
    lock = only_one(settings.DATA_DIR)
    if lock is None:
        print("caicach is running on this data: stop it first (Ctrl+C).", file=sys.stderr)
        return 2
    with lock:
        if "--yes" not in argv and not _confirmed(str(settings.DATA_DIR)):
            print("Nothing was changed.")
            return 1
        shutil.rmtree(settings.DATA_DIR)
    print(f"{settings.DATA_DIR} is gone. `make run` starts anew.")
    return 0


def _confirmed(path: str) -> bool:
    print(f"Everything in {path} will be thrown away: database, files, keys, journal heads. This cannot be undone.")
    try:
        return input("Type 'reset' to go on: ").strip() == "reset"
    except EOFError:
        return False
