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
            name='MailChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=100)),
                ('mail', models.CharField(choices=[('NOW', 'At once'), ('DIGEST', 'In the daily letter'), ('NONE', 'No e-mail')], max_length=6)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('account', 'kind'), name='notifications_mailchoice_one_a_kind'), models.CheckConstraint(condition=models.Q(('mail__in', ['NOW', 'DIGEST', 'NONE'])), name='notifications_mailchoice_known_mail')],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=100)),
                ('message', models.CharField(max_length=300)),
                ('plural', models.CharField(blank=True, max_length=300)),
                ('params', models.JSONField(default=dict)),
                ('about', models.CharField(blank=True, max_length=250)),
                ('url', models.CharField(max_length=500)),
                ('deadline', models.DateField(null=True)),
                ('is_urgent', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField()),
                ('read_at', models.DateTimeField(null=True)),
                ('dedupe_key', models.CharField(blank=True, max_length=200)),
                ('mail', models.CharField(choices=[('NOW', 'At once'), ('DIGEST', 'In the daily letter'), ('NONE', 'No e-mail')], max_length=6)),
                ('mailed_at', models.DateTimeField(null=True)),
                ('account', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['account', '-created_at'], name='notifications_of_a_person'), models.Index(condition=models.Q(('read_at', None)), fields=['account'], name='notifications_unread'), models.Index(condition=models.Q(('mail', 'DIGEST'), ('mailed_at', None), ('read_at', None)), fields=['account'], name='notifications_for_the_letter'), models.Index(fields=['created_at'], name='notifications_age')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('dedupe_key', ''), _negated=True), fields=('account', 'dedupe_key'), name='notifications_notice_once_a_key'), models.CheckConstraint(condition=models.Q(('mail__in', ['NOW', 'DIGEST', 'NONE'])), name='notifications_notice_known_mail'), models.CheckConstraint(condition=models.Q(('url__startswith', '/'), models.Q(('url__startswith', '//'), _negated=True)), name='notifications_notice_leads_within_the_site')],
            },
        ),
    ]
