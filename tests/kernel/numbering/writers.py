"""A program: many processes number at once, some change their mind; what was committed is printed as JSON.

usage: python -m tests.kernel.numbering.writers PROCESSES NUMBERS_EACH
"""

from __future__ import annotations

import json
import multiprocessing
import random
import sys
from typing import Any

import django

django.setup()

from caicach.kernel.numbering.services import next_number  # noqa: E402
from caicach.kernel.usecase.actor import SYSTEM, Actor  # noqa: E402
from caicach.kernel.usecase.core import UseCase, use_case  # noqa: E402
from caicach.kernel.usecase.errors import UseCaseError  # noqa: E402
from caicach.kernel.usecase.models import OutboxEvent  # noqa: E402
from tests.registers import last_number  # noqa: E402


class ChangedMind(UseCaseError):
    code = "tests.changed_mind"


def anyone(actor: Actor, **_: Any) -> bool:
    return True


@use_case("tests.number_a_paper", permission=anyone)
def number_a_paper(uc: UseCase, *, changes_mind: bool) -> int:
    number = next_number(uc, register="tests.papers", year=2026)
    uc.emit("tests.numbered", number=number)
    if changes_mind:
        raise ChangedMind
    return number


def write(seed: int, numbers: int, start: Any, failures: Any) -> None:
    dice = random.Random(seed)  # noqa: S311
    start.wait()
    try:
        left = numbers
        while left:
            try:
                number_a_paper(actor=SYSTEM, changes_mind=dice.random() < 0.25)
                left -= 1
            except ChangedMind:
                continue
    except BaseException as error:  # told to the parent, which prints it
        failures.put(f"{type(error).__name__}: {error}")
        raise


def main(processes: int, numbers: int) -> None:
    context = multiprocessing.get_context("fork")
    start, failures = context.Barrier(processes), context.Queue()
    writers = [context.Process(target=write, args=(seed, numbers, start, failures)) for seed in range(processes)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    told = []
    while not failures.empty():
        told.append(failures.get())
    given = [event.payload["number"] for event in OutboxEvent.objects.filter(name="tests.numbered").order_by("id")]
    print(json.dumps({"given": given, "last": last_number(register="tests.papers", year=2026), "failures": told}))  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
