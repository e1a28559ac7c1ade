from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("programme", "0014_drafts_of_acts"),
    ]

    operations = [
        migrations.AddField(
            model_name="evidence",
            name="record_kind",
            field=models.CharField(blank=True, db_default="", default="", max_length=60),
        ),
        migrations.AddField(
            model_name="evidence",
            name="record_id",
            field=models.CharField(blank=True, db_default="", default="", max_length=40),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=Q(record_kind="", record_id="")
                | (~Q(record_kind="") & ~Q(record_id="") & ~Q(paper="") & Q(attachment=None)),
                name="programme_evidence_record_whole_and_named",
            ),
        ),
    ]
