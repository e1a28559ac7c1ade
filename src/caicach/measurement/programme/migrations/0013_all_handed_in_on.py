from __future__ import annotations

from typing import Any

from django.db import migrations, models
from django.db.models import Exists, Max, OuterRef, Subquery

HANDED_IN, TO_HAND_IN = ("submitted", "accepted"), ("missing", "refused")


def fill(apps: Any, _editor: Any) -> None:
    """Of tasks of before this field: the day of the last handing in, where nothing is left to hand in."""
    products = apps.get_model("programme", "TaskProduct").objects.filter(task=OuterRef("pk")).order_by()
    last = products.filter(state__in=HANDED_IN).values("task").annotate(day=Max("submitted_on")).values("day")
    tasks = apps.get_model("programme", "PlanTask").objects.filter(
        Exists(products.filter(state__in=HANDED_IN)), ~Exists(products.filter(state__in=TO_HAND_IN))
    )
    tasks.update(handed_in_on=Subquery(last))


class Migration(migrations.Migration):
    dependencies = [
        ("programme", "0012_targets_without_what_was_reached"),
    ]

    operations = [
        migrations.AddField(
            model_name="plantask",
            name="handed_in_on",
            field=models.DateField(blank=True, null=True, verbose_name="all handed in on"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
