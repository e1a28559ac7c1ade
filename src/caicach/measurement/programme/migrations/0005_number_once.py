# Contract, once 0004 has put the old rows in order: numbers are given once, versions are approved by another.

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('programme', '0004_order_old_numbers_and_versions'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.UniqueConstraint(condition=models.Q(('number', ''), _negated=True), fields=('issuer', 'number_year', 'number'), name='programme_plan_number_once_a_year'),
        ),
        migrations.AddConstraint(
            model_name='plantask',
            constraint=models.UniqueConstraint(condition=models.Q(models.Q(('number', ''), _negated=True), ('is_dropped', False), models.Q(('given_at', None), _negated=True)), fields=('plan', 'number'), name='programme_plantask_number_once'),
        ),
        migrations.AddConstraint(
            model_name='planversion',
            constraint=models.CheckConstraint(condition=models.Q(('approved_by', None), ('asked_by', None), models.Q(('approved_by', models.F('asked_by')), _negated=True), _connector='OR'), name='programme_planversion_approved_by_another'),
        ),
    ]
