"""Gapless numbers: given inside a use case's transaction, so that a refusal or a crash gives the number back."""

from __future__ import annotations

from django.db import connection
from django.db.models import F

from caicach.kernel.usecase.core import UseCase

from .models import Register


def next_number(uc: UseCase, *, register: str, year: int) -> int:
    """The next number of a register in a year, from 1, without gaps or doubles under any number of writers.

    Call it as late as the use case allows, after every check: the register's row is locked from here to the commit,
    and all other writers of this register wait (writers of others do not, save on SQLite, which has one writer).
    A use case that numbers in two registers takes them in alphabetical order, so that two never wait for each other.
    Raises RuntimeError outside a transaction, where a number could not be given back.
    """
    if not connection.in_atomic_block:
        raise RuntimeError(f"{uc.name} asks for a number outside its transaction")
    row = Register.objects.filter(code=register, year=year)
    # The UPDATE takes the row's lock and counts on from what the writer before us committed; the SELECT then reads
    # our own write. It is one statement less than SELECT FOR UPDATE, and holds the lock for one round trip less.
    if not row.update(last=F("last") + 1):
        # The first of the year. Two first writers at once: the second waits here for the first, then adds to its row.
        Register.objects.bulk_create([Register(code=register, year=year)], ignore_conflicts=True)
        row.update(last=F("last") + 1)
    return row.values_list("last", flat=True).get()
