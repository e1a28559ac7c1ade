from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    """Two columns that nothing has ever written or read."""

    dependencies = [
        ("programme", "0011_urging_of_a_unit"),
    ]

    operations = [
        migrations.RemoveField(model_name="tasktarget", name="reached"),
        migrations.RemoveField(model_name="tasktarget", name="reached_on"),
    ]
