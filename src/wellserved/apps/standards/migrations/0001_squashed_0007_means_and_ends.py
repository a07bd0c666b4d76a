"""Every table of the app at once, as the migrations it replaces made them one by one."""

import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

from wellserved.platform.schema import CreateTogether


class Migration(migrations.Migration):
    replaces = [
        ("standards", "0001_initial"),
        ("standards", "0002_law"),
        ("standards", "0003_commitments"),
        ("standards", "0004_offer"),
        ("standards", "0005_risks"),
        ("standards", "0006_plans"),
        ("standards", "0007_means_and_ends"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("accounts", "__first__"),
    ]

    operations = [
        CreateTogether(
            [
                migrations.CreateModel(
                    name="Policy",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=120)),
                        ("position", models.PositiveIntegerField()),
                        (
                            "agreement",
                            models.CharField(
                                choices=[
                                    ("sla", "Promise to customers"),
                                    ("ola", "Internal agreement"),
                                    ("supplier", "Agreement with a supplier"),
                                ],
                                default="sla",
                                max_length=10,
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True)),
                        (
                            "origin",
                            models.CharField(
                                choices=[("sample", "Sample"), ("import", "Imported"), ("live", "Live")],
                                default="live",
                                max_length=8,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "ordering": ["position", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="Calendar",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=120)),
                        (
                            "origin",
                            models.CharField(
                                choices=[("sample", "Sample"), ("import", "Imported"), ("live", "Live")],
                                default="live",
                                max_length=8,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("name"),
                                models.F("origin"),
                                name="standards_calendar_name_is_unique_in_its_origin",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Contingency",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=160)),
                        ("current", models.PositiveIntegerField(default=1)),
                        ("trigger", models.JSONField(blank=True, default=dict)),
                        ("rehearse_months", models.PositiveSmallIntegerField(default=6)),
                        ("rehearsal_due", models.DateField()),
                        ("holding_since", models.DateTimeField(blank=True, null=True)),
                        ("is_armed", models.BooleanField(default=True)),
                        ("is_active", models.BooleanField(default=True)),
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
                            "owner",
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
                                models.F("name"), models.F("origin"), name="standards_contingency_name_is_unique"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Activation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("proposed", "Proposed"),
                                    ("active", "At work"),
                                    ("recovered", "Recovered"),
                                    ("dismissed", "Dismissed"),
                                ],
                                max_length=9,
                            ),
                        ),
                        ("evidence", models.CharField(max_length=300)),
                        ("detected_at", models.DateTimeField()),
                        ("activated_at", models.DateTimeField(blank=True, null=True)),
                        ("recovered_at", models.DateTimeField(blank=True, null=True)),
                        ("steps", models.JSONField(default=list)),
                        ("outcome", models.CharField(blank=True, max_length=500)),
                        (
                            "origin",
                            models.CharField(
                                choices=[("sample", "Sample"), ("import", "Imported"), ("live", "Live")],
                                default="live",
                                max_length=8,
                            ),
                        ),
                        (
                            "activated_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "contingency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="activations",
                                to="standards.contingency",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                models.F("stage"), models.F("detected_at"), name="standards_activation_by_stage"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("contingency"),
                                condition=models.Q(("stage__in", ["proposed", "active"])),
                                name="standards_activation_runs_once_at_a_time",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ContingencyVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("content", models.JSONField()),
                        ("created_at", models.DateTimeField()),
                        ("reason", models.CharField(blank=True, max_length=300)),
                        (
                            "contingency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="versions",
                                to="standards.contingency",
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
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("contingency"),
                                models.F("number"),
                                name="standards_contingencyversion_is_unique",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Crisis",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=160)),
                        ("what", models.CharField(max_length=1000)),
                        ("declared_at", models.DateTimeField()),
                        ("proposed_at", models.DateTimeField(blank=True, null=True)),
                        ("stood_down_at", models.DateTimeField(blank=True, null=True)),
                        ("worked", models.CharField(blank=True, max_length=1000)),
                        ("to_change", models.CharField(blank=True, max_length=1000)),
                        ("cost", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                        ("public_line", models.CharField(blank=True, max_length=200)),
                        ("public_since", models.DateTimeField(blank=True, null=True)),
                        ("public_expected_at", models.DateTimeField(blank=True, null=True)),
                        ("public_fixed_at", models.DateTimeField(blank=True, null=True)),
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
                            "activation",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="crises",
                                to="standards.activation",
                            ),
                        ),
                        (
                            "declared_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["-declared_at", "-id"], name="standards_crisis_newest")],
                    },
                ),
                migrations.CreateModel(
                    name="CrisisEntry",
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
                                    ("proposal", "Proposed course"),
                                    ("decision", "Decision"),
                                    ("action", "Done"),
                                    ("update", "Told staff"),
                                    ("notice", "Told customers"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("body", models.CharField(max_length=2000)),
                        ("detail", models.JSONField(blank=True, default=dict)),
                        ("is_accepted", models.BooleanField(blank=True, null=True)),
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
                            "crisis",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="entries",
                                to="standards.crisis",
                            ),
                        ),
                        (
                            "decides",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="decisions",
                                to="standards.crisisentry",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("decides"),
                                condition=models.Q(("decides__isnull", False)),
                                name="standards_proposal_is_decided_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Evaluation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("finding", models.CharField(max_length=1000)),
                        (
                            "decision",
                            models.CharField(
                                choices=[
                                    ("keep", "Keep the plan"),
                                    ("modify", "Modify the plan"),
                                    ("stop", "Stop the plan"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("figures", models.JSONField(default=list)),
                        (
                            "by",
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
                    name="Objective",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=160)),
                        ("why", models.TextField(blank=True, max_length=1000)),
                        ("measured_by", models.CharField(max_length=300)),
                        ("due_on", models.DateField()),
                        ("state", models.CharField(default="open", max_length=8)),
                        ("outcome", models.CharField(blank=True, max_length=500)),
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
                            models.Index(models.F("due_on"), models.F("id"), name="standards_objective_by_day")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Obligation",
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
                                choices=[("law", "Law"), ("code", "Code of practice"), ("policy", "Our own policy")],
                                default="law",
                                max_length=6,
                            ),
                        ),
                        ("title", models.CharField(max_length=200)),
                        ("summary", models.TextField(max_length=2000)),
                        ("process", models.CharField(blank=True, max_length=200)),
                        ("source", models.CharField(blank=True, max_length=500)),
                        ("pack_key", models.CharField(blank=True, max_length=60)),
                        ("clock", models.CharField(blank=True, max_length=60)),
                        ("letter", models.CharField(blank=True, max_length=60)),
                        ("review_on", models.DateField()),
                        ("roles", models.JSONField(default=list)),
                        ("is_attested", models.BooleanField(default=False)),
                        ("retired_at", models.DateTimeField(blank=True, null=True)),
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
                            models.Index(models.F("title"), models.F("id"), name="standards_obligation_by_title")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DutyAttestation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("obligation_version", models.PositiveIntegerField()),
                        ("attested_at", models.DateTimeField()),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "obligation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="attestations",
                                to="standards.obligation",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("obligation"),
                                models.F("user"),
                                models.F("obligation_version"),
                                name="standards_dutyattestation_is_one_a_version",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Partner",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=160)),
                        ("known_as", models.CharField(blank=True, max_length=80)),
                        ("contact", models.CharField(blank=True, max_length=160)),
                        ("contact_email", models.EmailField(blank=True, max_length=254)),
                        ("headings", models.JSONField(blank=True, default=dict)),
                        ("review_on", models.DateField(blank=True, null=True)),
                        ("is_active", models.BooleanField(default=True)),
                        (
                            "origin",
                            models.CharField(
                                choices=[("sample", "Sample"), ("import", "Imported"), ("live", "Live")],
                                default="live",
                                max_length=8,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "indexes": [models.Index(models.F("name"), models.F("id"), name="standards_partner_by_name")],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("name"),
                                models.F("origin"),
                                name="standards_partner_name_is_unique_in_its_origin",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Declaration",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("has_interest", models.BooleanField()),
                        ("words", models.CharField(blank=True, max_length=500)),
                        ("declared_at", models.DateTimeField()),
                        (
                            "user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "partner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="declarations",
                                to="standards.partner",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="PartnerReview",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("findings", models.JSONField()),
                        ("reviewed_at", models.DateTimeField()),
                        ("next_on", models.DateField()),
                        (
                            "partner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reviews",
                                to="standards.partner",
                            ),
                        ),
                        (
                            "reviewed_by",
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
                    name="Plan",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=120)),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "Draft"), ("asked", "Sent for approval"), ("agreed", "Agreed")],
                                default="draft",
                                max_length=8,
                            ),
                        ),
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField()),
                        ("content", models.JSONField(default=dict)),
                        ("amount", models.DecimalField(decimal_places=2, default=0, max_digits=14)),
                        ("currency", models.CharField(default="GBP", max_length=3)),
                        ("approval_id", models.BigIntegerField(blank=True, null=True)),
                        ("agreed_number", models.PositiveIntegerField(default=0)),
                        ("reason", models.CharField(blank=True, max_length=500)),
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
                            "evaluation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="standards.evaluation",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(models.F("name"), models.F("id"), name="standards_plan_by_name")],
                    },
                ),
                migrations.CreateModel(
                    name="Mark",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(choices=[("action", "Action"), ("review", "Review")], max_length=8)),
                        ("key", models.CharField(max_length=20)),
                        ("on", models.DateField()),
                        ("done_at", models.DateTimeField()),
                        ("note", models.CharField(blank=True, max_length=500)),
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
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="marks", to="standards.plan"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("plan"),
                                models.F("kind"),
                                models.F("key"),
                                models.F("on"),
                                name="standards_mark_is_made_once",
                            )
                        ],
                    },
                ),
                migrations.AddField(
                    model_name="evaluation",
                    name="plan",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="evaluations", to="standards.plan"
                    ),
                ),
                migrations.CreateModel(
                    name="Bid",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=120)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("people", "People"), ("equipment", "Equipment"), ("licences", "Licences")],
                                max_length=10,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("asked", "Under negotiation"),
                                    ("granted", "Granted"),
                                    ("refused", "Refused"),
                                ],
                                default="draft",
                                max_length=8,
                            ),
                        ),
                        ("asked", models.DecimalField(decimal_places=2, max_digits=10)),
                        ("granted", models.DecimalField(blank=True, decimal_places=2, max_digits=10, null=True)),
                        ("monthly", models.DecimalField(decimal_places=2, max_digits=12)),
                        ("months", models.PositiveSmallIntegerField()),
                        ("currency", models.CharField(default="GBP", max_length=3)),
                        ("justification", models.CharField(max_length=2000)),
                        ("fallbacks", models.JSONField(default=list)),
                        ("interests", models.CharField(blank=True, max_length=500)),
                        ("trades", models.CharField(blank=True, max_length=500)),
                        ("alternative", models.CharField(blank=True, max_length=500)),
                        ("walk_away", models.DecimalField(blank=True, decimal_places=2, max_digits=10, null=True)),
                        ("measure", models.CharField(blank=True, max_length=40)),
                        ("aim", models.DecimalField(blank=True, decimal_places=4, max_digits=6, null=True)),
                        ("needed_from", models.DateField()),
                        ("approval_id", models.BigIntegerField(blank=True, null=True)),
                        ("outcome", models.CharField(blank=True, max_length=1000)),
                        ("settled_at", models.DateTimeField(blank=True, null=True)),
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
                            "owner",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="bids",
                                to="standards.plan",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(models.F("name"), models.F("id"), name="standards_bid_by_name")],
                    },
                ),
                migrations.CreateModel(
                    name="PlanVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("content", models.JSONField()),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=14)),
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField()),
                        ("digest", models.CharField(max_length=64)),
                        ("approval_id", models.BigIntegerField()),
                        ("agreed_at", models.DateTimeField()),
                        ("approved_by", models.CharField(max_length=300)),
                        ("condition", models.CharField(blank=True, max_length=500)),
                        ("reason", models.CharField(blank=True, max_length=500)),
                        (
                            "evaluation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="standards.evaluation",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="versions",
                                to="standards.plan",
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
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("plan"), models.F("number"), name="standards_planversion_number_is_unique"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PolicyVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("conditions", models.JSONField(default=dict)),
                        ("targets", models.JSONField(default=list)),
                        ("escalation", models.JSONField(default=list)),
                        ("effective_from", models.DateTimeField()),
                        ("created_at", models.DateTimeField()),
                        ("reason", models.CharField(blank=True, max_length=300)),
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
                            "policy",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="versions",
                                to="standards.policy",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("policy"), models.F("number"), name="standards_policyversion_number_is_unique"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PromisePage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("introduction", models.TextField(blank=True, max_length=1000)),
                        ("published_at", models.DateTimeField(blank=True, null=True)),
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
                            "published_by",
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
                                models.F("origin"), name="standards_promisepage_is_one_in_its_origin"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Rehearsal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("held_on", models.DateField()),
                        ("who", models.CharField(max_length=300)),
                        (
                            "result",
                            models.CharField(
                                choices=[
                                    ("worked", "It worked"),
                                    ("partly", "It worked in part"),
                                    ("failed", "It did not work"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("findings", models.CharField(max_length=1000)),
                        ("to_change", models.CharField(blank=True, max_length=500)),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "contingency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rehearsals",
                                to="standards.contingency",
                            ),
                        ),
                        (
                            "recorded_by",
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
                    name="Resource",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=120)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("people", "People"), ("equipment", "Equipment"), ("licences", "Licences")],
                                max_length=10,
                            ),
                        ),
                        ("quantity", models.DecimalField(decimal_places=2, max_digits=10)),
                        ("monthly", models.DecimalField(decimal_places=2, max_digits=12)),
                        ("currency", models.CharField(default="GBP", max_length=3)),
                        ("available_from", models.DateField()),
                        ("available_until", models.DateField(blank=True, null=True)),
                        ("comment", models.CharField(blank=True, max_length=1000)),
                        ("commented_at", models.DateTimeField(blank=True, null=True)),
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
                            "commented_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
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
                        "indexes": [models.Index(models.F("name"), models.F("id"), name="standards_resource_by_name")],
                    },
                ),
                migrations.CreateModel(
                    name="Price",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("from_on", models.DateField()),
                        ("monthly", models.DecimalField(decimal_places=2, max_digits=12)),
                        (
                            "resource",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="prices",
                                to="standards.resource",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("resource"), models.F("from_on"), name="standards_price_is_one_a_day"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Allocation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("quantity", models.DecimalField(decimal_places=2, max_digits=10)),
                        ("cost", models.DecimalField(decimal_places=2, max_digits=14)),
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField()),
                        ("bases", models.JSONField()),
                        ("warning", models.CharField(blank=True, max_length=300)),
                        ("made_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
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
                            "objective",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="allocations",
                                to="standards.objective",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="allocations",
                                to="standards.plan",
                            ),
                        ),
                        (
                            "resource",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="allocations",
                                to="standards.resource",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Risk",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=160)),
                        (
                            "category",
                            models.CharField(
                                choices=[
                                    ("absence", "Absence of staff"),
                                    ("surge", "Surge of demand"),
                                    ("system_loss", "Loss of a system"),
                                    ("supplier_failure", "Failure of a supplier"),
                                    ("weather", "Weather and premises"),
                                    ("data_breach", "Breach of personal data"),
                                    ("other", "Something else"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("description", models.CharField(blank=True, max_length=1000)),
                        ("trigger", models.CharField(blank=True, max_length=300)),
                        ("events_a_year", models.FloatField()),
                        ("loss_low", models.DecimalField(decimal_places=2, max_digits=12)),
                        ("loss_mode", models.DecimalField(decimal_places=2, max_digits=12)),
                        ("loss_high", models.DecimalField(decimal_places=2, max_digits=12)),
                        ("customers", models.PositiveIntegerField(default=0)),
                        ("controls", models.JSONField(default=list)),
                        (
                            "proximity",
                            models.CharField(
                                choices=[
                                    ("now", "Any day"),
                                    ("month", "Within a month"),
                                    ("quarter", "Within three months"),
                                    ("year", "Within a year"),
                                    ("later", "Later than a year"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("review_on", models.DateField()),
                        ("likelihood", models.PositiveSmallIntegerField()),
                        ("impact", models.PositiveSmallIntegerField()),
                        ("score", models.PositiveSmallIntegerField()),
                        ("expected_loss", models.DecimalField(decimal_places=2, max_digits=14)),
                        ("p90_loss", models.DecimalField(decimal_places=2, max_digits=14)),
                        ("figures", models.JSONField(default=dict)),
                        ("seed", models.PositiveBigIntegerField()),
                        ("is_open", models.BooleanField(default=True)),
                        ("closed_because", models.CharField(blank=True, max_length=300)),
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
                            "owner",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["-expected_loss", "-id"], name="standards_risk_by_loss")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("loss_low__lte", models.F("loss_mode")), ("loss_mode__lte", models.F("loss_high"))
                                ),
                                name="standards_risk_losses_in_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "score",
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("likelihood"), "*", models.F("impact")
                                        ),
                                    )
                                ),
                                name="standards_risk_score_is_the_product",
                            ),
                        ],
                    },
                ),
                migrations.AddField(
                    model_name="contingency",
                    name="risks",
                    field=models.ManyToManyField(blank=True, related_name="playbooks", to="standards.risk"),
                ),
                migrations.CreateModel(
                    name="RulePack",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(max_length=60)),
                        ("title", models.CharField(max_length=200)),
                        ("is_active", models.BooleanField(default=True)),
                        ("is_default", models.BooleanField(default=False)),
                        (
                            "origin",
                            models.CharField(
                                choices=[("sample", "Sample"), ("import", "Imported"), ("live", "Live")],
                                default="live",
                                max_length=8,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("key"),
                                models.F("origin"),
                                name="standards_rulepack_key_is_unique_in_its_origin",
                            ),
                            models.UniqueConstraint(
                                models.F("origin"),
                                condition=models.Q(("is_default", True)),
                                name="standards_rulepack_has_one_default",
                            ),
                        ],
                    },
                ),
                migrations.AddField(
                    model_name="obligation",
                    name="pack",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="obligations",
                        to="standards.rulepack",
                    ),
                ),
                migrations.CreateModel(
                    name="RulePackVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("content", models.JSONField()),
                        ("effective_from", models.DateField()),
                        ("effective_to", models.DateField()),
                        ("created_at", models.DateTimeField()),
                        ("reason", models.CharField(blank=True, max_length=300)),
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
                            "pack",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="versions",
                                to="standards.rulepack",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("pack"), models.F("number"), name="standards_rulepackversion_number_is_unique"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Segment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=120)),
                        ("description", models.CharField(blank=True, max_length=500)),
                        ("rule", models.JSONField(default=dict)),
                        ("review_on", models.DateField(blank=True, null=True)),
                        ("is_active", models.BooleanField(default=True)),
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
                        "indexes": [models.Index(models.F("name"), models.F("id"), name="standards_segment_by_name")],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("name"),
                                models.F("origin"),
                                name="standards_segment_name_is_unique_in_its_origin",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Expectation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=200)),
                        ("detail", models.TextField(blank=True, max_length=1000)),
                        ("basis", models.CharField(max_length=8)),
                        ("nature", models.CharField(max_length=9)),
                        ("importance", models.PositiveSmallIntegerField()),
                        ("source", models.CharField(max_length=12)),
                        ("source_note", models.CharField(blank=True, max_length=200)),
                        ("source_on", models.DateField()),
                        ("credibility", models.PositiveSmallIntegerField()),
                        ("signals", models.JSONField(default=dict)),
                        ("review_on", models.DateField()),
                        ("is_active", models.BooleanField(default=True)),
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
                            "segment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="expectations",
                                to="standards.segment",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["-importance", "id"], name="standards_expect_by_importance"),
                            models.Index(
                                models.F("is_active"), models.F("review_on"), name="standards_expect_by_review"
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("importance__gte", 1), ("importance__lte", 5)),
                                name="standards_expectation_importance_is_1_to_5",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("credibility__gte", 1), ("credibility__lte", 3)),
                                name="standards_expectation_credibility_is_1_to_3",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Service",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=120)),
                        ("kind", models.CharField(default="service", max_length=8)),
                        ("summary", models.CharField(blank=True, max_length=300)),
                        ("is_offered", models.BooleanField(default=True)),
                        ("number", models.PositiveIntegerField(default=0)),
                        ("changed_at", models.DateTimeField()),
                        ("strengths", models.PositiveSmallIntegerField(default=0)),
                        ("weaknesses", models.PositiveSmallIntegerField(default=0)),
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
                            "meets",
                            models.ManyToManyField(blank=True, related_name="services", to="standards.expectation"),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(models.F("name"), models.F("id"), name="standards_service_by_name"),
                            models.Index(models.F("changed_at"), models.F("id"), name="standards_service_by_change"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("name"),
                                models.F("origin"),
                                name="standards_service_name_is_unique_in_its_origin",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ServiceVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("content", models.JSONField()),
                        ("effective_on", models.DateField()),
                        ("created_at", models.DateTimeField()),
                        ("reason", models.CharField(blank=True, max_length=300)),
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
                            "service",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="versions",
                                to="standards.service",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("service"),
                                models.F("number"),
                                name="standards_serviceversion_number_is_unique",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Spending",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("line", models.CharField(max_length=20)),
                        ("month", models.DateField()),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=14)),
                        ("note", models.CharField(blank=True, max_length=300)),
                        ("entered_at", models.DateTimeField()),
                        (
                            "entered_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="spendings",
                                to="standards.plan",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("plan"),
                                models.F("line"),
                                models.F("month"),
                                name="standards_spending_is_one_a_month",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Standard",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=120)),
                        ("audience", models.CharField(blank=True, max_length=12)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("agreed", "Agreed"),
                                    ("live", "Live"),
                                    ("retired", "Retired"),
                                ],
                                default="draft",
                                max_length=8,
                            ),
                        ),
                        ("measure", models.CharField(blank=True, max_length=40)),
                        ("review_on", models.DateField(blank=True, null=True)),
                        ("effective_on", models.DateField(blank=True, null=True)),
                        ("owns_policy", models.BooleanField(default=False)),
                        ("carried_from", models.PositiveIntegerField(default=0)),
                        ("draft", models.JSONField(blank=True, null=True)),
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
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "partner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agreements",
                                to="standards.partner",
                            ),
                        ),
                        (
                            "policy",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="standards",
                                to="standards.policy",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(models.F("name"), models.F("id"), name="standards_standard_by_name"),
                            models.Index(models.F("state"), models.F("review_on"), name="standards_standard_by_review"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reading",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("on", models.DateField()),
                        ("value", models.DecimalField(decimal_places=2, max_digits=14)),
                        ("cases", models.PositiveIntegerField()),
                        ("source", models.CharField(max_length=12)),
                        ("note", models.CharField(blank=True, max_length=200)),
                        ("entered_at", models.DateTimeField()),
                        (
                            "entered_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "standard",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="readings",
                                to="standards.standard",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("standard"), models.F("on"), name="standards_reading_is_one_a_day"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StandardVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("content", models.JSONField()),
                        ("effective_on", models.DateField()),
                        ("created_at", models.DateTimeField()),
                        ("reason", models.CharField(blank=True, max_length=300)),
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
                            "standard",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="versions",
                                to="standards.standard",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("standard"),
                                models.F("number"),
                                name="standards_standardversion_number_is_unique",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Target",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[("organisation", "Organisation"), ("team", "Team"), ("person", "Person")],
                                max_length=12,
                            ),
                        ),
                        ("statement", models.CharField(max_length=300)),
                        ("measure", models.CharField(max_length=40)),
                        ("value", models.DecimalField(decimal_places=4, max_digits=12)),
                        ("due_on", models.DateField()),
                        ("change", models.CharField(blank=True, max_length=300)),
                        ("baseline", models.JSONField(blank=True, null=True)),
                        (
                            "origin",
                            models.CharField(
                                choices=[("sample", "Sample"), ("import", "Imported"), ("live", "Live")],
                                default="live",
                                max_length=8,
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="children",
                                to="standards.target",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="targets", to="standards.plan"
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
                        (
                            "user",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Vision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "origin",
                            models.CharField(
                                choices=[("sample", "Sample"), ("import", "Imported"), ("live", "Live")],
                                default="live",
                                max_length=8,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(models.F("origin"), name="standards_vision_is_one_in_its_origin")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="VisionVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("text", models.TextField(max_length=2000)),
                        ("values", models.JSONField(default=list)),
                        ("priorities", models.TextField(blank=True, max_length=2000)),
                        ("created_at", models.DateTimeField()),
                        ("reason", models.CharField(blank=True, max_length=300)),
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
                            "vision",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="versions",
                                to="standards.vision",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("vision"), models.F("number"), name="standards_visionversion_number_is_unique"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CalendarVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("spec", models.JSONField()),
                        ("tzdata", models.CharField(max_length=20)),
                        ("effective_from", models.DateTimeField()),
                        ("created_at", models.DateTimeField()),
                        ("reason", models.CharField(blank=True, max_length=300)),
                        (
                            "calendar",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="versions",
                                to="standards.calendar",
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
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("calendar"),
                                models.F("number"),
                                name="standards_calendarversion_number_is_unique",
                            )
                        ],
                    },
                ),
                migrations.AddConstraint(
                    model_name="obligation",
                    constraint=models.UniqueConstraint(
                        models.F("pack"),
                        models.F("pack_key"),
                        condition=models.Q(("pack_key", ""), _negated=True),
                        name="standards_obligation_of_a_pack_is_loaded_once",
                    ),
                ),
            ]
        ),
    ]
