import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='StoredFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64, unique=True)),
                ('size_bytes', models.PositiveBigIntegerField()),
                ('kind', models.CharField(max_length=10)),
                ('media_type', models.CharField(max_length=100)),
                ('notices', models.JSONField(default=list)),
                ('first_stored_at', models.DateTimeField()),
                ('first_stored_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200)),
                ('purpose', models.CharField(blank=True, max_length=50)),
                ('subject_type', models.CharField(blank=True, max_length=100)),
                ('subject_id', models.CharField(blank=True, max_length=64)),
                ('uploaded_at', models.DateTimeField()),
                ('detached_at', models.DateTimeField(null=True)),
                ('uploaded_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='files.storedfile')),
            ],
        ),
        migrations.AddConstraint(
            model_name='storedfile',
            constraint=models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='files_storedfile_is_a_sha256'),
        ),
        migrations.AddConstraint(
            model_name='storedfile',
            constraint=models.CheckConstraint(condition=models.Q(('size_bytes__gt', 0)), name='files_storedfile_is_not_empty'),
        ),
        migrations.AddIndex(
            model_name='attachment',
            index=models.Index(fields=['subject_type', 'subject_id'], name='files_attachment_of_a_record'),
        ),
        migrations.AddIndex(
            model_name='attachment',
            index=models.Index(condition=models.Q(('subject_type', '')), fields=['uploaded_at'], name='files_attachment_unheld'),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('subject_id', ''), ('subject_type', '')), models.Q(models.Q(('subject_type', ''), _negated=True), models.Q(('subject_id', ''), _negated=True)), _connector='OR'), name='files_attachment_subject_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='files_attachment_has_a_name'),
        ),
    ]
