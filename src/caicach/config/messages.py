"""`caicach messages extract [FLOOR/ROOM …]`, `compile`, `check`: one Vietnamese catalogue a room.

Extraction needs GNU gettext (developers, CI); compiling needs only Babel, so that a fresh machine can run.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import caicach
from caicach.kernel.command_line import Parser, said

ROOT = Path(caicach.__file__).resolve().parent
LOCALE = "vi"
SENTENCES = "use_case_sentences_for_extraction.py"
"""Written beside the code while messages are extracted, and removed again."""


def rooms(names: list[str]) -> list[Path]:
    """Folders with models, templates or code of their own: `kernel/ui` …, and config."""
    every = [path.parent for path in sorted(ROOT.glob("*/*/apps.py"))] + [ROOT / "config"]
    if not names:
        return every
    chosen = [ROOT / name for name in names]
    missing = [path for path in chosen if not path.is_dir()]
    if missing:
        raise SystemExit(f"no such room: {', '.join(str(path.relative_to(ROOT)) for path in missing)}")
    return chosen


def catalogue(room: Path) -> Path:
    return room / "locale" / LOCALE / "LC_MESSAGES" / "django.po"


def extract(names: list[str]) -> int:
    from django.core.management import call_command

    for room in rooms(names):
        catalogue(room).parent.mkdir(parents=True, exist_ok=True)
        before = Path.cwd()
        os.chdir(room)
        sentences = room / SENTENCES
        sentences.write_text(_sentences(room), encoding="utf-8")
        try:
            call_command(
                "makemessages",
                locale=[LOCALE],
                no_location=True,
                no_wrap=True,
                no_obsolete=True,
                verbosity=0,
                ignore_patterns=["static/vendor/*", "migrations/*"],
            )
        finally:
            sentences.unlink()
            os.chdir(before)
        _drop_dates(catalogue(room))
    return 0


def _sentences(room: Path) -> str:
    """The sentences of the room's use cases as calls that the extraction finds: docstrings themselves it does not."""
    from caicach.kernel.identity.roles import Role
    from caicach.kernel.usecase.explanations import every_use_case, first_sentence

    module = ".".join(("caicach", *room.relative_to(ROOT).parts, ""))
    found = [
        first_sentence(use_case)
        for use_case in every_use_case().values()
        if use_case.__module__.startswith(module) and any(use_case.permission.of_role(role) for role in Role)
    ]
    return "".join(f"_({sentence!r})\n" for sentence in found if sentence)


def _drop_dates(path: Path) -> None:
    # A date that changes with every run only makes merges hard.
    if path.exists():
        kept = [line for line in path.read_text().splitlines(keepends=True) if "POT-Creation-Date" not in line]
        path.write_text("".join(kept))


def compile_all(names: list[str]) -> int:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for room in rooms(names):
        source = catalogue(room)
        if not source.exists():
            continue
        with source.open("rb") as handle:
            messages = read_po(handle, locale=LOCALE)
        with source.with_suffix(".mo").open("wb") as handle:
            write_mo(handle, messages)
    return 0


def check(names: list[str]) -> int:
    """Exit 1 when a message is missing, untranslated or fuzzy in some room, or two rooms translate it differently."""
    faults = 0
    for room in rooms(names):
        path = catalogue(room)
        before = path.read_text() if path.exists() else ""
        extract([str(room.relative_to(ROOT))])
        if not path.exists():
            continue
        answer = subprocess.run(
            ["msgattrib", "--no-wrap", "--untranslated", "--no-obsolete", str(path)],
            capture_output=True,
            text=True,
            check=True,
        )
        fuzzy = subprocess.run(
            ["msgattrib", "--no-wrap", "--only-fuzzy", "--no-obsolete", str(path)],
            capture_output=True,
            text=True,
            check=True,
        )
        path.write_text(before) if before else path.unlink()
        for text in (answer.stdout, fuzzy.stdout):
            missing = [line for line in text.splitlines() if line.startswith("msgid ") and line != 'msgid ""']
            for line in missing:
                print(f"{room.relative_to(ROOT)}: {line}", file=sys.stderr)
            faults += len(missing)
    for sentence, translations in collisions(names):
        print(f"translated in different ways: {sentence!r}: {translations}", file=sys.stderr)
        faults += 1
    return 1 if faults else 0


def collisions(names: list[str]) -> list[tuple[str, dict[str, list[str]]]]:
    """Sentences that rooms translate differently: Django has one catalogue, in which the first room would win."""
    from babel.messages.pofile import read_po

    found: dict[tuple[str, str], dict[str, list[str]]] = {}
    for room in rooms(names):
        path = catalogue(room)
        if not path.exists():
            continue
        with path.open("rb") as handle:
            messages = read_po(handle, locale=LOCALE)
        for message in messages:
            sentence = message.id if isinstance(message.id, str) else message.id[0]
            words = message.string if isinstance(message.string, str) else (message.string or ("",))[0]
            if sentence:
                key = (message.context or "", sentence)
                found.setdefault(key, {}).setdefault(words, []).append(str(room.relative_to(ROOT)))
    return [(sentence, words) for (_context, sentence), words in sorted(found.items()) if len(words) > 1]


def main(argv: list[str]) -> int:
    acts = {"extract": extract, "compile": compile_all, "check": check}
    parser = Parser(prog="caicach messages", description=said("Bản dịch của các phân hệ.", "The rooms' translations."))
    parser.add_argument("act", choices=acts)
    parser.add_argument("room", nargs="*", help=said("phân hệ, như kernel/ui", "a room, such as kernel/ui"))
    asked = parser.parse_args(argv)
    if asked.act != "compile":
        import django

        django.setup()
    return acts[asked.act](asked.room)
