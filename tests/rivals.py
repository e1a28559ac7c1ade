"""A program: many processes do the same at the same moment; what each was told is printed as JSON.

usage: python -m tests.rivals MODULE:FUNCTION COUNT     the function does it once and raises what refuses it
"""

from __future__ import annotations

import importlib
import json
import multiprocessing
import subprocess
import sys
from collections import Counter
from typing import Any

RIVALS = 8


def told(environment: dict[str, str], what: str) -> Counter[str]:
    """For a test: "done" or the code of the refusal, and how many of eight were told so."""
    ran = subprocess.run(
        [sys.executable, "-m", "tests.rivals", what, str(RIVALS)],
        env={"DJANGO_SETTINGS_MODULE": "caicach.config.settings", **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert ran.returncode == 0, ran.stderr
    return Counter(json.loads(ran.stdout))


def _try(what: str, start: Any, answers: Any) -> None:
    from caicach.kernel.usecase.errors import UseCaseError

    module, _, name = what.partition(":")
    act = getattr(importlib.import_module(module), name)
    start.wait()
    try:
        act()
        answers.put("done")
    except UseCaseError as error:
        answers.put(error.code)
    except Exception as error:  # noqa: BLE001 - printed for the test to see
        answers.put(f"{type(error).__name__}: {error}")


def main(what: str, count: int) -> list[str]:
    import django

    django.setup()
    context = multiprocessing.get_context("fork")
    start, answers = context.Barrier(count), context.Queue()
    rivals = [context.Process(target=_try, args=(what, start, answers)) for _ in range(count)]
    for rival in rivals:
        rival.start()
    found = [answers.get(timeout=60) for _ in rivals]
    for rival in rivals:
        rival.join()
    return found


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], int(sys.argv[2]))))  # noqa: T201
