from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    """Two columns that nothing has ever written or read."""

    dependencies = [
        ("programme", "0010_name_below_a_signature"),
    ]

    operations = [
        migrations.RemoveField(model_name="tasktarget", name="reached"),
        migrations.RemoveField(model_name="tasktarget", name="reached_on"),
    ]
