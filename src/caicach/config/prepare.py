"""What happens before the first page: schema, reference lists, files for browsers, the sample ministry.

Safe to repeat at every start.
"""

from __future__ import annotations

import sys

from caicach.kernel.command_line import Parser, said


def prepare(*, with_sample: bool) -> None:
    """Migrates, loads reference data and, on a fresh database when asked, the sample ministry."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from caicach.config import reference_data

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        print("Preparing the database", flush=True)
        call_command("migrate", interactive=False, verbosity=0)
    reference_data.load()
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    if with_sample:
        from caicach.config.sample import ministry

        ministry.load(say=lambda text: print(text, flush=True))
    connection.close()


def announce(port: int) -> None:
    """The address and, while the sample ministry is there, its sign-ins."""
    from django.conf import settings

    from caicach.config.sample import people

    print(f"\ncaicach: http://localhost:{port}  (IPv4 and IPv6; Ctrl+C stops it)\n")
    lines = people.read_passwords(settings.DATA_DIR / "sample-accounts.txt")
    known = {person.username for person in people.PEOPLE}
    shown = [line for line in lines if line[0] in known]
    if shown:
        width = max(len(line[0]) for line in shown)
        print("Sample ministry, sign in as (name, password):")
        for username, password, label in shown:
            print(f"  {username:<{width}}  {password}  {label}")
        print(f"  more: {settings.DATA_DIR / 'sample-accounts.txt'}\n")
    sys.stdout.flush()


def main(argv: list[str]) -> int:
    """`caicach prepare`: what an installation needs before web and worker start, and after every new release."""
    Parser(
        prog="caicach prepare",
        description=said(
            "Chuẩn bị cơ sở dữ liệu, danh mục và tệp giao diện trước khi chạy và sau mỗi bản phát hành.",
            "What an installation needs before web and worker start, and after every new release.",
        ),
    ).parse_args(argv)
    prepare(with_sample=False)
    from django.conf import settings
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)
    words = said("Cơ sở dữ liệu, danh mục và %s đã sẵn sàng.", "Database, reference data and %s are ready.")
    print(words % settings.STATIC_ROOT)
    return 0
