from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Register",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=100)),
                ("year", models.PositiveSmallIntegerField()),
                ("last", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("code", "year"), name="numbering_register_one_a_year"),
                    models.CheckConstraint(
                        condition=models.Q(("code", ""), _negated=True), name="numbering_register_has_a_code"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("year__gte", 1945), ("year__lte", 9999)),
                        name="numbering_register_real_year",
                    ),
                ],
            },
        ),
    ]
