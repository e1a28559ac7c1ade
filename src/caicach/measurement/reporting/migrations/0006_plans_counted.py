from __future__ import annotations

from typing import Any

from django.db import migrations, models


def name_the_plan(apps: Any, _editor: Any) -> None:
    """Until now a report counted one plan."""
    report_model = apps.get_model("reporting", "Report")
    for report in report_model.objects.select_related("plan").iterator():
        plan = report.plan
        counted = {"id": plan.pk, "number": plan.number, "title": plan.title, "is_sample": plan.is_sample}
        report_model.objects.filter(pk=report.pk).update(plans=[counted])


class Migration(migrations.Migration):
    dependencies = [
        ("programme", "0010_name_below_a_signature"),
        ("reporting", "0005_signer_name"),
    ]

    operations = [
        migrations.AddField(
            model_name="report",
            name="plans",
            field=models.JSONField(default=list, verbose_name="plans counted"),
        ),
        migrations.RunPython(name_the_plan, migrations.RunPython.noop),
    ]
