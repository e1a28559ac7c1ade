from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.models import Min


def keep_the_first(apps: Any, _editor: Any) -> None:
    """Of keys that several accounts sent to one use case; the others' are past being repeated within days anyway."""
    results = apps.get_model("usecase", "IdempotentResult").objects
    firsts = results.values("use_case", "key").annotate(first=Min("id")).values("first")
    results.exclude(id__in=firsts).delete()


class Migration(migrations.Migration):
    dependencies = [("usecase", "0001_initial")]
    operations = [migrations.RunPython(keep_the_first, migrations.RunPython.noop)]
