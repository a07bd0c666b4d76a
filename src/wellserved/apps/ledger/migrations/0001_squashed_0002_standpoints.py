"""Every table of the app at once, as the migrations it replaces made them one by one."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from wellserved.platform.schema import CreateTogether


class Migration(migrations.Migration):
    replaces = [
        ("ledger", "0001_initial"),
        ("ledger", "0002_standpoints"),
    ]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
    ]

    operations = [
        CreateTogether(
            [
                migrations.CreateModel(
                    name="Cursor",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=120, unique=True)),
                        ("sequence", models.BigIntegerField(default=0)),
                        ("failed_at", models.DateTimeField(blank=True, null=True)),
                        ("failure", models.TextField(blank=True)),
                        ("attempts", models.PositiveIntegerField(default=0)),
                    ],
                ),
                migrations.CreateModel(
                    name="Head",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("sequence", models.BigIntegerField(default=0)),
                        (
                            "digest",
                            models.CharField(
                                default="0000000000000000000000000000000000000000000000000000000000000000",
                                max_length=64,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Approval",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("subject_kind", models.CharField(max_length=60)),
                        ("subject_id", models.BigIntegerField()),
                        ("purpose", models.CharField(max_length=80)),
                        ("summary", models.CharField(max_length=300)),
                        ("detail", models.JSONField(default=list)),
                        ("digest", models.CharField(max_length=64)),
                        ("needed", models.PositiveSmallIntegerField(default=1)),
                        ("capability", models.CharField(blank=True, max_length=60)),
                        ("amount", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                        ("currency", models.CharField(blank=True, max_length=3)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "Waiting for a decision"),
                                    ("countered", "Counter-offer made"),
                                    ("approved", "Approved"),
                                    ("refused", "Refused"),
                                    ("withdrawn", "Withdrawn"),
                                    ("expired", "Expired"),
                                    ("used", "Taken effect"),
                                ],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        ("round", models.PositiveSmallIntegerField(default=1)),
                        ("requested_at", models.DateTimeField()),
                        ("expires_at", models.DateTimeField()),
                        ("settled_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "origin",
                            models.CharField(
                                choices=[("sample", "Sample"), ("import", "Imported"), ("live", "Live")],
                                default="live",
                                max_length=8,
                            ),
                        ),
                        (
                            "requested_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(models.F("state"), models.F("expires_at"), name="ledger_approval_by_state"),
                            models.Index(
                                models.F("subject_kind"), models.F("subject_id"), name="ledger_approval_by_subject"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Approver",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "approval",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="named", to="ledger.approval"
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("approval"), models.F("user"), name="ledger_approver_is_named_once"
                            )
                        ],
                    },
                ),
                migrations.AddField(
                    model_name="approval",
                    name="approvers",
                    field=models.ManyToManyField(
                        related_name="+", through="ledger.Approver", to=settings.AUTH_USER_MODEL
                    ),
                ),
                migrations.CreateModel(
                    name="Comment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("subject_kind", models.CharField(max_length=60)),
                        ("subject_id", models.BigIntegerField()),
                        ("body", models.TextField()),
                        ("written_at", models.DateTimeField()),
                        ("erased_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "origin",
                            models.CharField(
                                choices=[("sample", "Sample"), ("import", "Imported"), ("live", "Live")],
                                default="live",
                                max_length=8,
                            ),
                        ),
                        (
                            "author",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                models.F("subject_kind"), models.F("subject_id"), name="ledger_comment_by_subject"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Entry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("sequence", models.BigIntegerField(null=True, unique=True)),
                        ("digest", models.CharField(max_length=64, null=True)),
                        ("occurred_at", models.DateTimeField()),
                        ("recorded_at", models.DateTimeField()),
                        ("action", models.CharField(max_length=80)),
                        ("subject_kind", models.CharField(max_length=60)),
                        ("subject_id", models.BigIntegerField()),
                        (
                            "origin",
                            models.CharField(
                                choices=[("sample", "Sample"), ("import", "Imported"), ("live", "Live")],
                                default="live",
                                max_length=8,
                            ),
                        ),
                        ("event", models.CharField(blank=True, max_length=80)),
                        ("data", models.TextField(default="{}")),
                        ("commitments", models.TextField(default="[]")),
                        (
                            "actor",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                models.F("subject_kind"),
                                models.F("subject_id"),
                                models.F("id"),
                                name="ledger_entry_by_subject",
                            ),
                            models.Index(models.F("actor"), models.F("id"), name="ledger_entry_by_actor"),
                            models.Index(models.F("action"), models.F("id"), name="ledger_entry_by_action"),
                            models.Index(
                                models.F("event"),
                                models.F("sequence"),
                                condition=models.Q(("event", ""), _negated=True),
                                name="ledger_entry_announced",
                            ),
                            models.Index(
                                models.F("id"), condition=models.Q(("sequence", None)), name="ledger_entry_unsealed"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="File",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("subject_kind", models.CharField(max_length=60)),
                        ("subject_id", models.BigIntegerField()),
                        ("name", models.CharField(max_length=255)),
                        ("content_type", models.CharField(max_length=120)),
                        ("size", models.BigIntegerField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("path", models.CharField(max_length=120, unique=True)),
                        ("uploaded_at", models.DateTimeField()),
                        ("erased_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "origin",
                            models.CharField(
                                choices=[("sample", "Sample"), ("import", "Imported"), ("live", "Live")],
                                default="live",
                                max_length=8,
                            ),
                        ),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                models.F("subject_kind"), models.F("subject_id"), name="ledger_file_by_subject"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Mention",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("seen_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "comment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="calls", to="ledger.comment"
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("comment"), models.F("user"), name="ledger_mention_is_made_once"
                            )
                        ],
                    },
                ),
                migrations.AddField(
                    model_name="comment",
                    name="mentions",
                    field=models.ManyToManyField(
                        related_name="+", through="ledger.Mention", to=settings.AUTH_USER_MODEL
                    ),
                ),
                migrations.CreateModel(
                    name="Standpoint",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("subject_kind", models.CharField(max_length=60)),
                        ("subject_id", models.BigIntegerField()),
                        (
                            "side",
                            models.CharField(
                                choices=[("customer", "Customer"), ("colleague", "Colleague"), ("partner", "Partner")],
                                max_length=10,
                            ),
                        ),
                        (
                            "stance",
                            models.CharField(
                                choices=[("for", "For it"), ("concern", "A concern"), ("against", "Against it")],
                                max_length=8,
                            ),
                        ),
                        ("words", models.CharField(max_length=2000)),
                        ("source_kind", models.CharField(blank=True, max_length=60)),
                        ("source_id", models.BigIntegerField(blank=True, null=True)),
                        ("noted_at", models.DateTimeField()),
                        ("answer", models.CharField(blank=True, max_length=1000)),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "origin",
                            models.CharField(
                                choices=[("sample", "Sample"), ("import", "Imported"), ("live", "Live")],
                                default="live",
                                max_length=8,
                            ),
                        ),
                        (
                            "answered_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "noted_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                models.F("subject_kind"), models.F("subject_id"), name="ledger_standpoint_by_subject"
                            ),
                            models.Index(
                                models.F("source_kind"), models.F("source_id"), name="ledger_standpoint_by_source"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Value",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "entry_id", "position", blank=True, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField()),
                        ("field", models.CharField(max_length=80)),
                        (
                            "side",
                            models.CharField(
                                choices=[("before", "Before"), ("after", "After"), ("reason", "Reason")], max_length=6
                            ),
                        ),
                        ("salt", models.CharField(blank=True, max_length=32)),
                        ("content", models.TextField(blank=True)),
                        ("erased_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="values", to="ledger.entry"
                            ),
                        ),
                        (
                            "erased_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="erased_values",
                                to="ledger.entry",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Vote",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("round", models.PositiveSmallIntegerField()),
                        (
                            "answer",
                            models.CharField(
                                choices=[
                                    ("approve", "Approved"),
                                    ("refuse", "Refused"),
                                    ("counter", "Made a counter-offer"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("reason", models.TextField(blank=True)),
                        ("amount", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                        ("cast_at", models.DateTimeField()),
                        (
                            "approval",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="votes", to="ledger.approval"
                            ),
                        ),
                        (
                            "voter",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("approval"),
                                models.F("voter"),
                                models.F("round"),
                                name="ledger_vote_is_cast_once",
                            )
                        ],
                    },
                ),
            ]
        ),
    ]
