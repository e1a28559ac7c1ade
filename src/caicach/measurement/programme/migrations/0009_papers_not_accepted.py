from __future__ import annotations

from typing import Any

from django.db import migrations, models

KIND, REFUSAL = "programme.taskproduct", "programme.refuse_product"


def mark_refused_before(apps: Any, _editor: Any) -> None:
    """Refusals of before this field: the journal has the product and the moment of each."""
    evidence = apps.get_model("programme", "Evidence")
    change = apps.get_model("audit", "EntryChange")
    refusals = change.objects.filter(subject_type=KIND, entry__use_case=REFUSAL, entry__outcome="done")
    for product, at in refusals.order_by("entry_id").values_list("subject_id", "entry__at").iterator():
        evidence.objects.filter(product=int(product), at__lte=at, refused_at=None).update(refused_at=at)


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0001_journal"),
        ("programme", "0008_answer_to_a_return"),
    ]

    operations = [
        migrations.AddField(
            model_name="evidence",
            name="refused_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="not accepted on"),
        ),
        migrations.RunPython(mark_refused_before, migrations.RunPython.noop),
    ]
