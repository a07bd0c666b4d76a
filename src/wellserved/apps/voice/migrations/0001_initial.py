import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from wellserved.platform.schema import CreateTogether


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('desk', '0013_queue_skills'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTogether([
        migrations.CreateModel(
            name='Silence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateTimeField()),
                ('origin', models.CharField(choices=[('sample', 'Sample'), ('import', 'Imported'), ('live', 'Live')], default='live', max_length=8)),
                ('customer', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='desk.customer')),
            ],
        ),
        migrations.CreateModel(
            name='Survey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('kind', models.CharField(choices=[('csat', 'Satisfaction'), ('nps', 'Recommendation (NPS)'), ('ces', 'Effort (CES)'), ('own', 'Our own question')], max_length=4)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('running', 'Running'), ('paused', 'Paused'), ('ended', 'Ended')], default='draft', max_length=8)),
                ('rules', models.JSONField(default=dict)),
                ('number', models.PositiveIntegerField(default=1)),
                ('created_at', models.DateTimeField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('origin', models.CharField(choices=[('sample', 'Sample'), ('import', 'Imported'), ('live', 'Live')], default='live', max_length=8)),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('planned', 'To be asked'), ('asked', 'Asked'), ('dropped', 'Not asked')], default='planned', max_length=8)),
                ('reason', models.CharField(blank=True, max_length=12)),
                ('ask_at', models.DateTimeField()),
                ('asked_at', models.DateTimeField(blank=True, null=True)),
                ('score', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('answers', models.JSONField(default=dict)),
                ('wants_call', models.BooleanField(default=False)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('origin', models.CharField(choices=[('sample', 'Sample'), ('import', 'Imported'), ('live', 'Live')], default='live', max_length=8)),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='desk.customer')),
                ('queue', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='desk.queue')),
                ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='desk.ticket')),
                ('survey', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='voice.survey')),
            ],
        ),
        migrations.CreateModel(
            name='SurveyVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('lead', models.CharField(max_length=200)),
                ('questions', models.JSONField(default=list)),
                ('created_at', models.DateTimeField()),
                ('survey', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='voice.survey')),
            ],
        ),
        migrations.CreateModel(
            name='Feedback',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('compliment', 'Compliment'), ('remark', 'Remark'), ('suggestion', 'Suggestion'), ('review', 'Review')], max_length=12)),
                ('source', models.CharField(choices=[('verbal', 'Said to one of us'), ('letter', 'Letter or mail'), ('review_site', 'Review site'), ('social', 'Social media'), ('event', 'Shop, visit or event')], max_length=12)),
                ('words', models.TextField(max_length=4000)),
                ('themes', models.JSONField(default=list)),
                ('given_at', models.DateTimeField()),
                ('origin', models.CharField(choices=[('sample', 'Sample'), ('import', 'Imported'), ('live', 'Live')], default='live', max_length=8)),
                ('customer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='desk.customer')),
                ('taken_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ticket', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='desk.ticket')),
            ],
            options={
                'indexes': [models.Index(fields=['-given_at', '-id'], name='voice_feedback_newest')],
            },
        ),
        migrations.CreateModel(
            name='FollowUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(choices=[('low', 'Low score'), ('call', 'Asked to be called back')], max_length=4)),
                ('opened_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('done', models.TextField(blank=True, max_length=1000)),
                ('version', models.PositiveIntegerField(default=1)),
                ('origin', models.CharField(choices=[('sample', 'Sample'), ('import', 'Imported'), ('live', 'Live')], default='live', max_length=8)),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('invitation', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='follow_up', to='voice.invitation')),
            ],
            options={
                'indexes': [models.Index(models.F('closed_at'), models.F('due_at'), models.F('id'), name='voice_follow_up_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(('closed_at', None), models.Q(('done', ''), _negated=True), _connector='OR'), name='voice_follow_up_says_what_was_done')],
            },
        ),
        migrations.AddConstraint(
            model_name='survey',
            constraint=models.UniqueConstraint(models.F('name'), models.F('origin'), name='voice_survey_name_is_unique_in_its_origin'),
        ),
        migrations.AddIndex(
            model_name='invitation',
            index=models.Index(models.F('state'), models.F('ask_at'), name='voice_invitation_due'),
        ),
        migrations.AddIndex(
            model_name='invitation',
            index=models.Index(models.F('customer'), models.F('asked_at'), name='voice_invitation_by_customer'),
        ),
        migrations.AddIndex(
            model_name='invitation',
            index=models.Index(models.F('survey'), models.F('asked_at'), name='voice_invitation_by_survey'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.UniqueConstraint(models.F('survey'), models.F('ticket'), name='voice_invitation_is_one_a_ticket'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('score', None)), models.Q(('answered_at__isnull', False), ('score__isnull', False)), _connector='OR'), name='voice_invitation_answered_at_iff_answered'),
        ),
        migrations.AddConstraint(
            model_name='surveyversion',
            constraint=models.UniqueConstraint(models.F('survey'), models.F('number'), name='voice_survey_version_is_numbered_once'),
        ),
        ]),
    ]
