import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('usecase', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ScheduledTime',
            fields=[
                ('name', models.CharField(max_length=100, primary_key=True, serialize=False)),
                ('cron', models.CharField(max_length=100)),
                ('next_due_at', models.DateTimeField()),
                ('last_due_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Once',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scope', models.CharField(max_length=100)),
                ('key', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['at'], name='jobs_once_age')],
                'constraints': [models.UniqueConstraint(fields=('scope', 'key'), name='jobs_once_a_scope_and_key')],
            },
        ),
        migrations.CreateModel(
            name='Worker',
            fields=[
                ('name', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('host', models.CharField(max_length=255)),
                ('process_id', models.PositiveIntegerField()),
                ('started_at', models.DateTimeField()),
                ('beat_at', models.DateTimeField()),
                ('stopped_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('stopped_at', None)), fields=['beat_at'], name='jobs_worker_at_work')],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subscriber', models.CharField(max_length=200)),
                ('state', models.CharField(choices=[('WAITING', 'Waiting'), ('DONE', 'Delivered'), ('FAILED', 'Failed')], default='WAITING', max_length=10)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('next_attempt_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(null=True)),
                ('error_code', models.CharField(max_length=100)),
                ('error_detail', models.TextField()),
                ('event', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='usecase.outboxevent')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'WAITING')), fields=['next_attempt_at', 'id'], name='jobs_delivery_due'), models.Index(condition=models.Q(('state', 'FAILED')), fields=['-finished_at'], name='jobs_delivery_failed')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['WAITING', 'DONE', 'FAILED'])), name='jobs_delivery_known_state'), models.UniqueConstraint(fields=('event', 'subscriber'), name='jobs_delivery_once_a_subscriber')],
            },
        ),
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=100)),
                ('subject', models.CharField(max_length=200)),
                ('arguments', models.JSONField(default=dict)),
                ('key', models.CharField(max_length=128)),
                ('priority', models.SmallIntegerField(default=0)),
                ('language', models.CharField(max_length=10)),
                ('request_id', models.CharField(max_length=32)),
                ('created_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('WAITING', 'Waiting'), ('RUNNING', 'Running'), ('DONE', 'Done'), ('FAILED', 'Failed'), ('CANCELLED', 'Cancelled')], default='WAITING', max_length=10)),
                ('done', models.PositiveIntegerField(default=0)),
                ('total', models.PositiveIntegerField(null=True)),
                ('words', models.CharField(max_length=300)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('next_attempt_at', models.DateTimeField()),
                ('started_at', models.DateTimeField(null=True)),
                ('finished_at', models.DateTimeField(null=True)),
                ('cancel_requested_at', models.DateTimeField(null=True)),
                ('result', models.JSONField(null=True)),
                ('result_url', models.CharField(max_length=500)),
                ('error_code', models.CharField(max_length=100)),
                ('error_message', models.CharField(max_length=1000)),
                ('error_detail', models.TextField()),
                ('started_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('worker', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jobs.worker')),
            ],
            options={
                'indexes': [models.Index(fields=['started_by', '-created_at'], name='jobs_job_of_a_person'), models.Index(condition=models.Q(('state', 'RUNNING')), fields=['worker'], name='jobs_job_held'), models.Index(condition=models.Q(('state', 'WAITING')), fields=['next_attempt_at'], name='jobs_job_waiting'), models.Index(condition=models.Q(('state', 'FAILED')), fields=['-finished_at'], name='jobs_job_failed'), models.Index(condition=models.Q(('finished_at', None), _negated=True), fields=['finished_at'], name='jobs_job_age')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['WAITING', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED'])), name='jobs_job_known_state'), models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', False), ('state__in', ('DONE', 'FAILED', 'CANCELLED'))), models.Q(models.Q(('state__in', ('DONE', 'FAILED', 'CANCELLED')), _negated=True), ('finished_at', None)), _connector='OR'), name='jobs_job_finished_has_its_time'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'RUNNING'), ('worker__isnull', False)), models.Q(models.Q(('state', 'RUNNING'), _negated=True), ('worker', None)), _connector='OR'), name='jobs_job_running_has_its_worker'), models.UniqueConstraint(condition=models.Q(('key', ''), _negated=True), fields=('kind', 'key'), name='jobs_job_once_a_key')],
            },
        ),
    ]
