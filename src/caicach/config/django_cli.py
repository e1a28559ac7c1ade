"""`caicach django …`: Django's management commands under our settings."""

from __future__ import annotations


def main(argv: list[str]) -> int:
    from django.core.management import execute_from_command_line

    execute_from_command_line(["caicach django", *argv])
    return 0
