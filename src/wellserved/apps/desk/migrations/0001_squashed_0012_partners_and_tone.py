"""Every table of the app at once, as the migrations it replaces made them one by one."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from wellserved.platform.schema import CreateTogether

SQLITE = (
    "CREATE VIRTUAL TABLE desk_search USING fts5(ticket_id UNINDEXED, words, tokenize='unicode61 remove_diacritics 2')"
)
POSTGRES = (
    "CREATE TABLE desk_search (id bigint PRIMARY KEY, ticket_id bigint NOT NULL, words tsvector NOT NULL)",
    "CREATE INDEX desk_search_by_words ON desk_search USING gin (words)",
)


def lay_table(apps: Any, editor: Any) -> None:
    """Make the table of the database at hand."""
    for statement in (SQLITE,) if editor.connection.vendor == "sqlite" else POSTGRES:
        editor.execute(statement)


def drop_table(apps: Any, editor: Any) -> None:
    """Undo it."""
    editor.execute("DROP TABLE desk_search")


class Migration(migrations.Migration):
    replaces = [
        ("desk", "0001_initial"),
        ("desk", "0002_search"),
        ("desk", "0003_open_tickets"),
        ("desk", "0004_escalations_wait_for_opening"),
        ("desk", "0005_days_of_the_service"),
        ("desk", "0006_team_views"),
        ("desk", "0007_people_and_risks"),
        ("desk", "0008_complaints"),
        ("desk", "0009_incidents"),
        ("desk", "0010_keeping"),
        ("desk", "0011_knowledge"),
        ("desk", "0012_partners_and_tone"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("accounts", "__first__"),
        ("standards", "0001_squashed_0007_means_and_ends"),
    ]

    operations = [
        migrations.RunPython(lay_table, drop_table),
        CreateTogether(
            [
                migrations.CreateModel(
                    name="Numbering",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("next_number", models.BigIntegerField(default=1001)),
                    ],
                ),
                migrations.CreateModel(
                    name="Complaint",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("received_at", models.DateTimeField()),
                        ("received_on", models.DateField()),
                        ("holidays", models.JSONField(default=list)),
                        ("channel", models.CharField(max_length=8)),
                        ("complainant", models.CharField(max_length=200)),
                        ("summary", models.TextField(max_length=4000)),
                        ("record", models.JSONField(default=dict)),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("receipt", "Receipt"),
                                    ("acknowledgement", "Acknowledgement"),
                                    ("assessment", "Assessment"),
                                    ("investigation", "Investigation"),
                                    ("response", "Response"),
                                    ("review", "Independent review"),
                                    ("outside", "With an outside body"),
                                    ("closed", "Closed"),
                                ],
                                default="acknowledgement",
                                max_length=16,
                            ),
                        ),
                        ("is_restricted", models.BooleanField(default=False)),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("upheld", "Upheld"),
                                    ("partly", "Partly upheld"),
                                    ("not_upheld", "Not upheld"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "cause",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("product", "Product"),
                                    ("process", "Process"),
                                    ("people", "People"),
                                    ("partner", "Partner"),
                                    ("policy", "Policy"),
                                    ("system", "System"),
                                    ("communication", "Communication"),
                                    ("expectation", "Expectation"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("answer", models.TextField(blank=True, max_length=8000)),
                        ("lessons", models.TextField(blank=True, max_length=4000)),
                        ("cost", models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        ("extended", models.JSONField(default=list)),
                        ("extension_reason", models.CharField(blank=True, max_length=500)),
                        ("next_due_at", models.DateTimeField(blank=True, null=True)),
                        ("next_due_on", models.DateField(blank=True, null=True)),
                        ("next_clock", models.CharField(blank=True, max_length=120)),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        ("created_at", models.DateTimeField()),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "origin",
                            models.CharField(
                                choices=[("sample", "Sample"), ("import", "Imported"), ("live", "Live")],
                                default="live",
                                max_length=8,
                            ),
                        ),
                        (
                            "handler",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "pack",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="standards.rulepackversion",
                            ),
                        ),
                        (
                            "reviewer",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(models.F("received_at"), models.F("id"), name="desk_complaint_by_receipt"),
                            models.Index(models.F("closed_at"), models.F("next_due_at"), name="desk_complaint_by_due"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closed_at__isnull", False), ("stage", "closed")),
                                    models.Q(models.Q(("stage", "closed"), _negated=True), ("closed_at", None)),
                                    _connector="OR",
                                ),
                                name="desk_complaint_closed_at_iff_closed",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("handler", None),
                                    ("reviewer", None),
                                    models.Q(("handler", models.F("reviewer")), _negated=True),
                                    _connector="OR",
                                ),
                                name="desk_complaint_reviewer_is_not_its_handler",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ComplaintRemedy",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("apology", "Apology"),
                                    ("explanation", "Explanation"),
                                    ("action", "Practical action"),
                                    ("refund", "Refund"),
                                    ("goodwill", "Goodwill payment"),
                                    ("discount", "Discount"),
                                    ("replacement", "Replacement"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("amount", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                        ("currency", models.CharField(default="GBP", max_length=3)),
                        ("note", models.CharField(blank=True, max_length=500)),
                        ("granted_at", models.DateTimeField()),
                        (
                            "complaint",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="remedies",
                                to="desk.complaint",
                            ),
                        ),
                        (
                            "granted_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="ComplaintStage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("receipt", "Receipt"),
                                    ("acknowledgement", "Acknowledgement"),
                                    ("assessment", "Assessment"),
                                    ("investigation", "Investigation"),
                                    ("response", "Response"),
                                    ("review", "Independent review"),
                                    ("outside", "With an outside body"),
                                    ("closed", "Closed"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("entered_at", models.DateTimeField()),
                        ("left_at", models.DateTimeField(blank=True, null=True)),
                        ("note", models.TextField(blank=True, max_length=2000)),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "complaint",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="stages", to="desk.complaint"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Customer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
                        ("email", models.EmailField(blank=True, max_length=254)),
                        ("phone", models.CharField(blank=True, max_length=40)),
                        ("sees_organisation", models.BooleanField(default=False)),
                        ("is_internal", models.BooleanField(default=False)),
                        ("time_zone", models.CharField(blank=True, max_length=64)),
                        ("language", models.CharField(blank=True, max_length=12)),
                        (
                            "preferred_channel",
                            models.CharField(
                                blank=True,
                                choices=[("", "No wish"), ("email", "By mail"), ("phone", "By phone")],
                                max_length=8,
                            ),
                        ),
                        ("needs", models.CharField(blank=True, max_length=300)),
                        ("note", models.CharField(blank=True, max_length=500)),
                        ("created_at", models.DateTimeField()),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "origin",
                            models.CharField(
                                choices=[("sample", "Sample"), ("import", "Imported"), ("live", "Live")],
                                default="live",
                                max_length=8,
                            ),
                        ),
                        ("batch", models.BigIntegerField(blank=True, db_index=True, null=True)),
                        ("external_id", models.CharField(blank=True, max_length=120)),
                        (
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="merged",
                                to="desk.customer",
                            ),
                        ),
                        (
                            "user",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(models.F("email"), name="desk_customer_by_email"),
                            models.Index(models.F("external_id"), models.F("origin"), name="desk_customer_by_external"),
                            models.Index(models.F("name"), models.F("id"), name="desk_customer_by_name"),
                            models.Index(models.F("phone"), name="desk_customer_by_phone"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Guideline",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("guideline", "Guideline"), ("procedure", "Procedure")], max_length=10
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Not yet in force"),
                                    ("in_force", "In force"),
                                    ("retired", "Retired"),
                                ],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        ("title", models.CharField(max_length=160)),
                        ("review_on", models.DateField(blank=True, null=True)),
                        ("scope_key", models.TextField(blank=True)),
                        ("narrowness", models.PositiveSmallIntegerField(default=0)),
                        ("concern_key", models.TextField(blank=True)),
                        ("draft", models.JSONField(blank=True, null=True)),
                        ("draft_reason", models.CharField(blank=True, max_length=300)),
                        ("writers", models.JSONField(default=list)),
                        ("approval_id", models.BigIntegerField(blank=True, null=True)),
                        ("asked_digest", models.CharField(blank=True, max_length=64)),
                        ("created_at", models.DateTimeField()),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "origin",
                            models.CharField(
                                choices=[("sample", "Sample"), ("import", "Imported"), ("live", "Live")],
                                default="live",
                                max_length=8,
                            ),
                        ),
                        (
                            "asked_of",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(models.F("title"), models.F("id"), name="desk_guideline_by_title"),
                            models.Index(
                                models.F("state"), models.F("title"), models.F("id"), name="desk_guideline_by_state"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GuidelineVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("content", models.JSONField()),
                        ("in_force_from", models.DateTimeField()),
                        ("approval_id", models.BigIntegerField(blank=True, null=True)),
                        ("reason", models.CharField(blank=True, max_length=300)),
                        (
                            "approved_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "guideline",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="versions",
                                to="desk.guideline",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("guideline"), models.F("number"), name="desk_guidelineversion_number_is_unique"
                            )
                        ],
                    },
                ),
                migrations.AddField(
                    model_name="guideline",
                    name="current",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="desk.guidelineversion",
                    ),
                ),
                migrations.CreateModel(
                    name="Attestation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="attestations",
                                to="desk.guidelineversion",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("version"), models.F("user"), name="desk_attestation_is_one_a_version"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Incident",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=160)),
                        ("what", models.CharField(blank=True, max_length=1000)),
                        ("found_at", models.DateTimeField()),
                        ("notice", models.TextField(blank=True)),
                        ("noticed_at", models.DateTimeField(blank=True, null=True)),
                        ("is_urgent", models.BooleanField(default=False)),
                        ("fixed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "origin",
                            models.CharField(
                                choices=[("sample", "Sample"), ("import", "Imported"), ("live", "Live")],
                                default="live",
                                max_length=8,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "found_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["-found_at", "-id"], name="desk_incident_newest")],
                    },
                ),
                migrations.CreateModel(
                    name="Affected",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reference", models.CharField(blank=True, max_length=120)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("none", "Not told"),
                                    ("waiting", "Being sent"),
                                    ("sent", "Told"),
                                    ("today", "Had an automatic message today"),
                                    ("no_address", "No address"),
                                ],
                                default="none",
                                max_length=10,
                            ),
                        ),
                        ("told_at", models.DateTimeField(blank=True, null=True)),
                        ("outbox_id", models.BigIntegerField(blank=True, null=True)),
                        (
                            "customer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="desk.customer"
                            ),
                        ),
                        (
                            "incident",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="affected", to="desk.incident"
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(models.F("customer"), models.F("told_at"), name="desk_affected_by_customer")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("incident"), models.F("customer"), name="desk_affected_once_an_incident"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Merge",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("ticket_ids", models.JSONField(default=list)),
                        ("reason", models.CharField(max_length=300)),
                        ("merged_at", models.DateTimeField()),
                        ("undone_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "kept",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="merges", to="desk.customer"
                            ),
                        ),
                        (
                            "merged_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "other",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="desk.customer"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Message",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("customer", "From the customer"),
                                    ("reply", "Public reply"),
                                    ("note", "Internal note"),
                                    ("automatic", "Automatic message"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("email", "Email"),
                                    ("web", "Web"),
                                    ("phone", "Phone"),
                                    ("chat", "Chat"),
                                    ("api", "API"),
                                    ("walk_in", "Walk-in"),
                                    ("import", "Import"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("author_label", models.CharField(blank=True, max_length=200)),
                        ("body", models.TextField()),
                        ("sent_at", models.DateTimeField()),
                        ("recorded_at", models.DateTimeField()),
                        ("outbox_id", models.BigIntegerField(blank=True, null=True)),
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
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "customer",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="desk.customer",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="GuidelineUse",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("used", models.BooleanField(default=False)),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="uses",
                                to="desk.guidelineversion",
                            ),
                        ),
                        (
                            "message",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="guidelines",
                                to="desk.message",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("message"), models.F("version"), name="desk_guidelineuse_is_one_a_reply"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ComplaintLetter",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(max_length=60)),
                        ("body", models.TextField(max_length=50000)),
                        ("ticks", models.JSONField(default=dict)),
                        ("saved_at", models.DateTimeField()),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                        ("sent_on", models.DateField(blank=True, null=True)),
                        (
                            "complaint",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="letters", to="desk.complaint"
                            ),
                        ),
                        (
                            "sent_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "message",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="desk.message",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("complaint"),
                                models.F("key"),
                                condition=models.Q(("sent_at", None)),
                                name="desk_complaintletter_has_one_draft",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Notice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=200)),
                        ("body", models.TextField()),
                        ("is_required", models.BooleanField(default=False)),
                        ("created_at", models.DateTimeField()),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "origin",
                            models.CharField(
                                choices=[("sample", "Sample"), ("import", "Imported"), ("live", "Live")],
                                default="live",
                                max_length=8,
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "sent_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(models.F("created_at"), models.F("id"), name="desk_notice_by_time")],
                    },
                ),
                migrations.CreateModel(
                    name="Organisation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
                        ("is_internal", models.BooleanField(default=False)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "origin",
                            models.CharField(
                                choices=[("sample", "Sample"), ("import", "Imported"), ("live", "Live")],
                                default="live",
                                max_length=8,
                            ),
                        ),
                        ("batch", models.BigIntegerField(blank=True, db_index=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("name"),
                                models.F("origin"),
                                name="desk_organisation_name_is_unique_in_its_origin",
                            )
                        ],
                    },
                ),
                migrations.AddField(
                    model_name="customer",
                    name="organisation",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="customers",
                        to="desk.organisation",
                    ),
                ),
                migrations.CreateModel(
                    name="OutsideCase",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("ombudsman", "Ombudsman or regulator"),
                                    ("mediation", "Mediation"),
                                    ("arbitration", "Arbitration"),
                                    ("court", "Court"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("body", models.CharField(max_length=200)),
                        ("reference", models.CharField(blank=True, max_length=120)),
                        ("person", models.CharField(blank=True, max_length=200)),
                        ("is_binding", models.BooleanField(default=False)),
                        ("opened_on", models.DateField()),
                        ("decision", models.TextField(blank=True, max_length=4000)),
                        ("signed_on", models.DateField(blank=True, null=True)),
                        ("closed_on", models.DateField(blank=True, null=True)),
                        (
                            "complaint",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="outside", to="desk.complaint"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Place",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=160)),
                        (
                            "origin",
                            models.CharField(
                                choices=[("sample", "Sample"), ("import", "Imported"), ("live", "Live")],
                                default="live",
                                max_length=8,
                            ),
                        ),
                        ("batch", models.BigIntegerField(blank=True, db_index=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("name"), models.F("origin"), name="desk_place_name_is_unique_in_its_origin"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProcedureRun",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("running", "Under way"), ("completed", "Completed"), ("stopped", "Stopped")],
                                default="running",
                                max_length=10,
                            ),
                        ),
                        ("started_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("reason", models.CharField(blank=True, max_length=500)),
                        (
                            "guideline",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="runs", to="desk.guideline"
                            ),
                        ),
                        (
                            "started_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="runs",
                                to="desk.guidelineversion",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="ProcedureStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField()),
                        ("state", models.CharField(choices=[("done", "Done"), ("skipped", "Skipped")], max_length=8)),
                        ("reason", models.CharField(blank=True, max_length=500)),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="steps",
                                to="desk.procedurerun",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("run"), models.F("order"), name="desk_procedurestep_is_settled_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Product",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=160)),
                        (
                            "origin",
                            models.CharField(
                                choices=[("sample", "Sample"), ("import", "Imported"), ("live", "Live")],
                                default="live",
                                max_length=8,
                            ),
                        ),
                        ("batch", models.BigIntegerField(blank=True, db_index=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("name"), models.F("origin"), name="desk_product_name_is_unique_in_its_origin"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Queue",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=120)),
                        ("is_default", models.BooleanField(default=False)),
                        (
                            "origin",
                            models.CharField(
                                choices=[("sample", "Sample"), ("import", "Imported"), ("live", "Live")],
                                default="live",
                                max_length=8,
                            ),
                        ),
                        ("batch", models.BigIntegerField(blank=True, db_index=True, null=True)),
                        (
                            "team",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="accounts.team",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("name"), models.F("origin"), name="desk_queue_name_is_unique_in_its_origin"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Referral",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("decision", "Decision"), ("advice", "Advice")],
                                default="decision",
                                max_length=8,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "Waiting"),
                                    ("accepted", "Accepted"),
                                    ("granted", "Granted"),
                                    ("other", "Other terms"),
                                    ("refused", "Refused"),
                                    ("advised", "Advised"),
                                    ("returned", "Returned"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default="waiting",
                                max_length=9,
                            ),
                        ),
                        ("question", models.CharField(max_length=2000)),
                        ("remedy", models.CharField(blank=True, max_length=40)),
                        ("amount", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                        ("asked_at", models.DateTimeField()),
                        ("due_at", models.DateTimeField()),
                        ("accepted_at", models.DateTimeField(blank=True, null=True)),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        ("answer", models.CharField(blank=True, max_length=2000)),
                        ("granted_remedy", models.CharField(blank=True, max_length=40)),
                        ("granted_amount", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                        ("used_at", models.DateTimeField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "origin",
                            models.CharField(
                                choices=[("sample", "Sample"), ("import", "Imported"), ("live", "Live")],
                                default="live",
                                max_length=8,
                            ),
                        ),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "asked_of",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "closed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "used_in",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="desk.message",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                models.F("closed_at"), models.F("due_at"), models.F("id"), name="desk_referral_by_due"
                            ),
                            models.Index(models.F("asked_of"), models.F("closed_at"), name="desk_referral_by_adviser"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("asked_by", models.F("asked_of")), _negated=True),
                                name="desk_referral_is_put_to_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("amount", None), ("remedy", "")),
                                    models.Q(models.Q(("remedy", ""), _negated=True), ("amount__gt", 0)),
                                    _connector="OR",
                                ),
                                name="desk_referral_remedy_has_an_amount",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closed_at", None), ("state__in", ["waiting", "accepted"])),
                                    ("closed_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="desk_referral_closed_at_iff_over",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReferralPass",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reason", models.CharField(max_length=500)),
                        ("passed_at", models.DateTimeField()),
                        (
                            "passed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "passed_from",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "passed_to",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "referral",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="passes", to="desk.referral"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="ReplyTone",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("missed", models.CharField(blank=True, max_length=80)),
                        (
                            "message",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE, related_name="tone", to="desk.message"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Solution",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.CharField(max_length=2000)),
                        ("shared_at", models.DateTimeField()),
                        (
                            "shared_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(models.F("shared_at"), models.F("id"), name="desk_solution_by_time")],
                    },
                ),
                migrations.CreateModel(
                    name="SolutionRead",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("read_at", models.DateTimeField()),
                        (
                            "solution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="reads", to="desk.solution"
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
                                models.F("solution"), models.F("user"), name="desk_solution_is_read_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Tag",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=60)),
                        (
                            "origin",
                            models.CharField(
                                choices=[("sample", "Sample"), ("import", "Imported"), ("live", "Live")],
                                default="live",
                                max_length=8,
                            ),
                        ),
                        ("batch", models.BigIntegerField(blank=True, db_index=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("name"), models.F("origin"), name="desk_tag_name_is_unique_in_its_origin"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Ticket",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.BigIntegerField(unique=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("request", "Request"),
                                    ("problem", "Issue"),
                                    ("complaint", "Complaint"),
                                    ("compliment", "Compliment"),
                                    ("question", "Question"),
                                ],
                                default="request",
                                max_length=12,
                            ),
                        ),
                        ("subject", models.CharField(max_length=300)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("new", "New"),
                                    ("open", "Open"),
                                    ("waiting_customer", "Waiting for customer"),
                                    ("waiting_supplier", "Waiting for supplier"),
                                    ("waiting_other", "On hold"),
                                    ("resolved", "Resolved"),
                                    ("closed", "Closed"),
                                ],
                                default="new",
                                max_length=18,
                            ),
                        ),
                        ("status_reason", models.CharField(blank=True, max_length=120)),
                        (
                            "impact",
                            models.CharField(
                                choices=[("high", "High"), ("medium", "Medium"), ("low", "Low")],
                                default="medium",
                                max_length=6,
                            ),
                        ),
                        (
                            "urgency",
                            models.CharField(
                                choices=[("high", "High"), ("medium", "Medium"), ("low", "Low")],
                                default="medium",
                                max_length=6,
                            ),
                        ),
                        (
                            "priority",
                            models.PositiveSmallIntegerField(
                                choices=[(1, "Critical"), (2, "High"), (3, "Normal"), (4, "Low")], default=3
                            ),
                        ),
                        ("priority_reason", models.CharField(blank=True, max_length=200)),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("email", "Email"),
                                    ("web", "Web"),
                                    ("phone", "Phone"),
                                    ("chat", "Chat"),
                                    ("api", "API"),
                                    ("walk_in", "Walk-in"),
                                    ("import", "Import"),
                                ],
                                default="web",
                                max_length=8,
                            ),
                        ),
                        ("opened_at", models.DateTimeField()),
                        ("first_replied_at", models.DateTimeField(blank=True, null=True)),
                        ("resolved_at", models.DateTimeField(blank=True, null=True)),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        ("last_message_at", models.DateTimeField(blank=True, null=True)),
                        ("last_message_kind", models.CharField(blank=True, max_length=10)),
                        ("preview", models.CharField(blank=True, max_length=200)),
                        ("next_due_at", models.DateTimeField(blank=True, null=True)),
                        ("next_metric", models.CharField(blank=True, max_length=16)),
                        ("breached_at", models.DateTimeField(blank=True, null=True)),
                        ("act_by", models.DateTimeField(blank=True, null=True)),
                        ("at_risk_from", models.DateTimeField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "origin",
                            models.CharField(
                                choices=[("sample", "Sample"), ("import", "Imported"), ("live", "Live")],
                                default="live",
                                max_length=8,
                            ),
                        ),
                        ("batch", models.BigIntegerField(blank=True, db_index=True, null=True)),
                        ("external_system", models.CharField(blank=True, max_length=60)),
                        ("external_id", models.CharField(blank=True, max_length=120)),
                        ("external_url", models.CharField(blank=True, max_length=500)),
                        ("attributes", models.JSONField(blank=True, default=dict)),
                        (
                            "assignee",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "customer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="tickets", to="desk.customer"
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="desk.place",
                            ),
                        ),
                        (
                            "product",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="desk.product",
                            ),
                        ),
                        (
                            "queue",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="tickets", to="desk.queue"
                            ),
                        ),
                        ("tags", models.ManyToManyField(blank=True, related_name="tickets", to="desk.tag")),
                    ],
                    options={
                        "indexes": [
                            models.Index(models.F("act_by"), models.F("id"), name="desk_ticket_by_urgency"),
                            models.Index(
                                condition=models.Q(("act_by__isnull", False)),
                                fields=["act_by", "kind", "status", "assignee", "queue", "origin"],
                                name="desk_ticket_open",
                            ),
                            models.Index(
                                models.F("queue"), models.F("act_by"), models.F("id"), name="desk_ticket_by_queue"
                            ),
                            models.Index(
                                models.F("assignee"), models.F("act_by"), models.F("id"), name="desk_ticket_by_assignee"
                            ),
                            models.Index(fields=["customer", "-opened_at"], name="desk_ticket_by_customer"),
                            models.Index(models.F("opened_at"), models.F("id"), name="desk_ticket_by_opening"),
                            models.Index(
                                models.F("status"), models.F("act_by"), models.F("id"), name="desk_ticket_by_status"
                            ),
                            models.Index(models.F("resolved_at"), models.F("id"), name="desk_ticket_by_resolved"),
                            models.Index(models.F("at_risk_from"), models.F("act_by"), name="desk_ticket_by_risk"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("resolved_at__isnull", False), ("status__in", ["resolved", "closed"])),
                                    models.Q(
                                        ("resolved_at", None),
                                        (
                                            "status__in",
                                            ["new", "open", "waiting_customer", "waiting_other", "waiting_supplier"],
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="desk_ticket_resolved_at_iff_resolved",
                            ),
                            models.UniqueConstraint(
                                models.F("external_system"),
                                models.F("external_id"),
                                condition=models.Q(("external_id", ""), _negated=True),
                                name="desk_ticket_external_id_is_unique",
                            ),
                        ],
                    },
                ),
                migrations.AddField(
                    model_name="solution",
                    name="ticket",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="solutions", to="desk.ticket"
                    ),
                ),
                migrations.AddField(
                    model_name="referral",
                    name="ticket",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="referrals", to="desk.ticket"
                    ),
                ),
                migrations.CreateModel(
                    name="Promise",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.CharField(max_length=300)),
                        ("due_at", models.DateTimeField()),
                        (
                            "made_to",
                            models.CharField(
                                choices=[
                                    ("customer", "Customer"),
                                    ("colleague", "Colleague"),
                                    ("partner", "Service partner"),
                                ],
                                default="customer",
                                max_length=10,
                            ),
                        ),
                        ("to_name", models.CharField(blank=True, max_length=200)),
                        ("made_at", models.DateTimeField()),
                        ("reminded_at", models.DateTimeField(blank=True, null=True)),
                        ("settled_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "Open"),
                                    ("kept", "Kept"),
                                    ("broken", "Broken"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        (
                            "cause",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("forgotten", "Forgotten"),
                                    ("capacity", "Too much to do"),
                                    ("information", "Information was missing"),
                                    ("partner", "A partner was late"),
                                    ("colleague", "A colleague was late"),
                                    ("system", "A system failed"),
                                    ("unrealistic", "The time was not realistic"),
                                    ("customer", "The customer could not be reached"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("cause_note", models.CharField(blank=True, max_length=300)),
                        (
                            "made_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "settled_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "to_user",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "ticket",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="promises", to="desk.ticket"
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(models.F("state"), models.F("due_at"), name="desk_promise_by_due"),
                            models.Index(models.F("state"), models.F("settled_at"), name="desk_promise_by_settling"),
                        ],
                    },
                ),
                migrations.AddField(
                    model_name="procedurerun",
                    name="ticket",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="procedures", to="desk.ticket"
                    ),
                ),
                migrations.CreateModel(
                    name="Presence",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("seen_at", models.DateTimeField()),
                        ("is_typing", models.BooleanField(default=False)),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "ticket",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="desk.ticket"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("ticket"), models.F("user"), name="desk_presence_is_one_a_person"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NoticeCopy",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "Waits for its turn"),
                                    ("sent", "Sent"),
                                    ("beside", "On the ticket; she had the mail on another of hers"),
                                    ("no_mail", "On the ticket; we have no address"),
                                    ("over", "Not told: the ticket was closed first"),
                                ],
                                default="waiting",
                                max_length=8,
                            ),
                        ),
                        ("not_before", models.DateTimeField(blank=True, null=True)),
                        ("told_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "customer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="desk.customer"
                            ),
                        ),
                        (
                            "message",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="desk.message",
                            ),
                        ),
                        (
                            "notice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="copies", to="desk.notice"
                            ),
                        ),
                        (
                            "ticket",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="desk.ticket"
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                models.F("state"),
                                models.F("not_before"),
                                models.F("id"),
                                name="desk_noticecopy_by_turn",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("notice"), models.F("ticket"), name="desk_noticecopy_is_one_a_ticket"
                            )
                        ],
                    },
                ),
                migrations.AddField(
                    model_name="message",
                    name="ticket",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="messages", to="desk.ticket"
                    ),
                ),
                migrations.CreateModel(
                    name="Escalation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("metric", models.CharField(max_length=16)),
                        ("cycle", models.PositiveIntegerField()),
                        ("level", models.PositiveSmallIntegerField()),
                        ("tell", models.CharField(blank=True, max_length=20)),
                        ("how", models.CharField(default="screen", max_length=8)),
                        ("due_at", models.DateTimeField()),
                        ("fired_at", models.DateTimeField(blank=True, null=True)),
                        ("held_until", models.DateTimeField(blank=True, null=True)),
                        ("told", models.JSONField(default=list)),
                        ("seen_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "ticket",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="escalations",
                                to="desk.ticket",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(models.F("fired_at"), models.F("due_at"), name="desk_escalation_by_due")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("ticket"),
                                models.F("metric"),
                                models.F("cycle"),
                                models.F("level"),
                                name="desk_escalation_fires_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Draft",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("customer", "From the customer"),
                                    ("reply", "Public reply"),
                                    ("note", "Internal note"),
                                    ("automatic", "Automatic message"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("body", models.TextField(blank=True)),
                        ("saved_at", models.DateTimeField()),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "ticket",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="desk.ticket"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("user"), models.F("ticket"), models.F("kind"), name="desk_draft_is_one_a_kind"
                            )
                        ],
                    },
                ),
                migrations.AddField(
                    model_name="complaint",
                    name="ticket",
                    field=models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="complaint", to="desk.ticket"
                    ),
                ),
                migrations.CreateModel(
                    name="ComfortCheck",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "moment",
                            models.CharField(
                                choices=[("before", "Before we act"), ("after", "After we acted")], max_length=6
                            ),
                        ),
                        ("about", models.CharField(max_length=300)),
                        ("asked_at", models.DateTimeField()),
                        (
                            "answer",
                            models.CharField(
                                blank=True,
                                choices=[("yes", "Yes"), ("no", "No"), ("concern", "Yes, with a concern")],
                                max_length=8,
                            ),
                        ),
                        ("words", models.CharField(blank=True, max_length=1000)),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        ("settled_at", models.DateTimeField(blank=True, null=True)),
                        ("settled_how", models.CharField(blank=True, max_length=300)),
                        (
                            "asked_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "settled_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "message",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="desk.message",
                            ),
                        ),
                        (
                            "ticket",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="comfort_checks",
                                to="desk.ticket",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                models.F("ticket"),
                                models.F("answer"),
                                models.F("settled_at"),
                                name="desk_comfort_by_ticket",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answer", ""), ("answered_at", None)),
                                    models.Q(models.Q(("answer", ""), _negated=True), ("answered_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="desk_comfortcheck_answer_has_a_time",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Collaborator",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
                        ("email", models.EmailField(blank=True, max_length=254)),
                        ("organisation", models.CharField(blank=True, max_length=200)),
                        ("ask", models.CharField(max_length=2000)),
                        ("handed_as", models.CharField(blank=True, max_length=80)),
                        ("asked_at", models.DateTimeField()),
                        ("contribution", models.CharField(blank=True, max_length=2000)),
                        ("done_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "asked_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "done_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "ticket",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="collaborators",
                                to="desk.ticket",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(models.F("user"), models.F("done_at"), name="desk_collaborator_by_user")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("ticket"),
                                models.F("user"),
                                condition=models.Q(("done_at", None), ("user__isnull", False)),
                                name="desk_collaborator_is_asked_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Clock",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("metric", models.CharField(max_length=16)),
                        ("cycle", models.PositiveIntegerField()),
                        ("policy", models.CharField(max_length=80)),
                        ("calendar", models.CharField(max_length=80)),
                        ("target_seconds", models.BigIntegerField()),
                        ("state", models.CharField(max_length=10)),
                        ("started_at", models.DateTimeField()),
                        ("due_at", models.DateTimeField(blank=True, null=True)),
                        ("stopped_at", models.DateTimeField(blank=True, null=True)),
                        ("breached_at", models.DateTimeField(blank=True, null=True)),
                        ("elapsed_seconds", models.BigIntegerField()),
                        ("warnings", models.JSONField(default=list)),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        ("decided_on", models.DateField(blank=True, null=True)),
                        ("is_kept", models.BooleanField(default=False)),
                        (
                            "origin",
                            models.CharField(
                                choices=[("sample", "Sample"), ("import", "Imported"), ("live", "Live")],
                                default="live",
                                max_length=8,
                            ),
                        ),
                        (
                            "queue",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="desk.queue",
                            ),
                        ),
                        (
                            "ticket",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="clocks", to="desk.ticket"
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                models.F("decided_on"),
                                models.F("metric"),
                                models.F("is_kept"),
                                models.F("origin"),
                                models.F("decided_at"),
                                models.F("queue"),
                                name="desk_clock_by_decision",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("ticket"), models.F("metric"), models.F("cycle"), name="desk_clock_is_unique"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TicketEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("order", models.PositiveIntegerField()),
                        ("kind", models.CharField(max_length=20)),
                        ("at", models.DateTimeField()),
                        ("recorded_at", models.DateTimeField()),
                        ("status", models.CharField(blank=True, max_length=18)),
                        ("reason", models.CharField(blank=True, max_length=120)),
                        ("policy", models.CharField(blank=True, max_length=80)),
                        ("activity", models.CharField(blank=True, max_length=160)),
                        ("detail", models.JSONField(blank=True, default=dict)),
                        (
                            "actor",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "ticket",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="events", to="desk.ticket"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("ticket"), models.F("order"), name="desk_ticketevent_order_is_unique"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="View",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=80)),
                        ("query", models.CharField(max_length=500)),
                        ("is_shared", models.BooleanField(default=False)),
                        (
                            "origin",
                            models.CharField(
                                choices=[("sample", "Sample"), ("import", "Imported"), ("live", "Live")],
                                default="live",
                                max_length=8,
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="accounts.team",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="ComplaintAlert",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("clock", models.CharField(max_length=60)),
                        (
                            "level",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (1, "Three quarters of the time are over"),
                                    (2, "Two working days are left"),
                                    (3, "The time has passed"),
                                ]
                            ),
                        ),
                        ("due_at", models.DateTimeField()),
                        ("fired_at", models.DateTimeField()),
                        ("told", models.JSONField(default=list)),
                        (
                            "complaint",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="alerts", to="desk.complaint"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("complaint"),
                                models.F("clock"),
                                models.F("level"),
                                name="desk_complaintalert_fires_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ComplaintClock",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(max_length=60)),
                        ("title", models.CharField(max_length=200)),
                        ("is_route", models.BooleanField(default=False)),
                        ("letter", models.CharField(blank=True, max_length=60)),
                        ("due_on", models.DateField(blank=True, null=True)),
                        ("due_at", models.DateTimeField(blank=True, null=True)),
                        ("warn_at", models.DateTimeField(blank=True, null=True)),
                        ("last_call_at", models.DateTimeField(blank=True, null=True)),
                        ("stopped_on", models.DateField(blank=True, null=True)),
                        (
                            "complaint",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="clocks", to="desk.complaint"
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                models.F("stopped_on"), models.F("warn_at"), name="desk_complaintclock_by_warn"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("complaint"), models.F("key"), name="desk_complaintclock_is_unique"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ComplaintWait",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reason", models.CharField(max_length=20)),
                        ("note", models.CharField(blank=True, max_length=500)),
                        ("begins", models.DateField()),
                        ("ends", models.DateField(blank=True, null=True)),
                        (
                            "complaint",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="waits", to="desk.complaint"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("complaint"),
                                condition=models.Q(("ends", None)),
                                name="desk_complaintwait_is_one_at_a_time",
                            )
                        ],
                    },
                ),
                migrations.AddConstraint(
                    model_name="procedurerun",
                    constraint=models.UniqueConstraint(
                        models.F("ticket"),
                        models.F("guideline"),
                        condition=models.Q(("state", "running")),
                        name="desk_procedurerun_is_one_at_a_time",
                    ),
                ),
                migrations.AddIndex(
                    model_name="message",
                    index=models.Index(
                        models.F("ticket"), models.F("sent_at"), models.F("id"), name="desk_message_by_ticket"
                    ),
                ),
                migrations.AddIndex(
                    model_name="complaint",
                    index=models.Index(models.F("is_restricted"), models.F("ticket"), name="desk_complaint_restricted"),
                ),
            ]
        ),
    ]
