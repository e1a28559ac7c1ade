from __future__ import annotations

from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Exists, OuterRef, Q, Subquery

ONCE = ["before", "head", "officer"]


def name_units(apps: Any, editor: Any) -> None:
    """The unit that leads the task now; of what was sent before the task changed hands, the unit that led it then."""
    urging, task = apps.get_model("programme", "Urging"), apps.get_model("programme", "PlanTask")
    lead = task.objects.filter(pk=OuterRef("task")).values("lead")[:1]
    urging.objects.update(unit=Subquery(lead))
    changed_hands = apps.get_model("programme", "Amendment").objects.filter(kind="reassign", state="approved")
    # The latest first: the earliest change after an urging has the last word on who led then.
    for amendment in changed_hands.order_by("-decided_at", "-pk").iterator():
        before = urging.objects.filter(task=amendment.task_id, at__lt=amendment.decided_at)
        before.update(unit=amendment.change.get("before", {}).get("lead_id"))
    # At once, as no index is made on PostgreSQL while the checks of what was just written are put off.
    editor.connection.check_constraints()


def keep_the_newest(apps: Any, editor: Any) -> None:
    """Backwards only. Of reminders of one task, step and deadline that went to several units, the one written last
    stays and the others are deleted: before this migration there was room for one. The journal keeps them all.
    """
    once = apps.get_model("programme", "Urging").objects.filter(step__in=ONCE)
    newer = once.filter(task=OuterRef("task"), step=OuterRef("step"), deadline=OuterRef("deadline"), pk__gt=OuterRef("pk"))
    once.filter(Exists(newer)).delete()
    editor.connection.check_constraints()


class Migration(migrations.Migration):
    dependencies = [
        ("identity", "0001_initial"),
        ("programme", "0010_name_below_a_signature"),
    ]

    operations = [
        migrations.AddField(
            model_name="urging",
            name="unit",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="identity.unit"
            ),
        ),
        migrations.RunPython(name_units, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name="urging", name="programme_urging_once_a_deadline"),
        # Here, so that it runs backwards when neither constraint is there.
        migrations.RunPython(migrations.RunPython.noop, keep_the_newest),
        migrations.AddConstraint(
            model_name="urging",
            constraint=models.UniqueConstraint(
                condition=Q(step__in=ONCE),
                fields=("task", "unit", "step", "deadline"),
                name="programme_urging_once_a_deadline",
            ),
        ),
    ]
