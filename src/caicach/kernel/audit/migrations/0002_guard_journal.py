from django.db import migrations

from caicach.kernel.audit import triggers


def install(apps, schema_editor):
    triggers.install(schema_editor.connection)


def remove(apps, schema_editor):
    triggers.remove(schema_editor.connection)


class Migration(migrations.Migration):
    """The database refuses UPDATE, DELETE and TRUNCATE on the journal, and lists what waits for a seal."""

    dependencies = [("audit", "0001_journal")]

    operations = [migrations.RunPython(install, remove)]
