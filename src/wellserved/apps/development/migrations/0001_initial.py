import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from wellserved.platform.schema import CreateTogether


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("desk", "0013_queue_skills"),
        ("people", "0004_roles"),
        ("standards", "0001_squashed_0007_means_and_ends"),
    ]

    operations = [
        CreateTogether(
            [
                migrations.CreateModel(
                    name="Briefing",
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
                                    ("briefing", "Briefing"),
                                    ("newsletter", "Newsletter"),
                                    ("bulletin", "Best-practice bulletin"),
                                ],
                                default="briefing",
                                max_length=12,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "Draft"), ("published", "Published"), ("withdrawn", "Withdrawn")],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        ("title", models.CharField(max_length=160)),
                        ("items", models.JSONField(default=list)),
                        ("audience", models.JSONField(default=dict)),
                        ("subject_kind", models.CharField(blank=True, max_length=60)),
                        ("subject_id", models.BigIntegerField(blank=True, null=True)),
                        ("subject_number", models.PositiveIntegerField(default=0)),
                        ("is_drafted", models.BooleanField(default=False)),
                        ("reason", models.CharField(blank=True, max_length=300)),
                        ("due_on", models.DateField(blank=True, null=True)),
                        ("by_mail", models.BooleanField(default=False)),
                        ("needs_check", models.BooleanField(default=True)),
                        ("created_at", models.DateTimeField()),
                        ("published_at", models.DateTimeField(blank=True, null=True)),
                        ("chased_at", models.DateTimeField(blank=True, null=True)),
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
                        "indexes": [
                            models.Index(fields=["-created_at", "-id"], name="development_briefing_newest"),
                            models.Index(models.F("state"), models.F("due_on"), name="development_briefing_by_day"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("subject_kind"),
                                models.F("subject_id"),
                                models.F("subject_number"),
                                condition=models.Q(("is_drafted", True)),
                                name="development_briefing_is_drafted_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Check",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("subject_kind", models.CharField(max_length=60)),
                        ("subject_id", models.BigIntegerField()),
                        ("number", models.PositiveIntegerField()),
                        ("size", models.PositiveSmallIntegerField(default=5)),
                        ("pass_share", models.DecimalField(decimal_places=2, default="0.80", max_digits=3)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "origin",
                            models.CharField(
                                choices=[("sample", "Sample"), ("import", "Imported"), ("live", "Live")],
                                default="live",
                                max_length=8,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("subject_kind"),
                                models.F("subject_id"),
                                name="development_check_is_one_a_record",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("pass_share__gt", 0), ("pass_share__lte", 1)),
                                name="development_check_pass_is_a_share",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("size__gte", 1)), name="development_check_asks_something"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Attempt",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("seed", models.PositiveIntegerField()),
                        ("question_ids", models.JSONField(default=list)),
                        ("pass_share", models.DecimalField(decimal_places=2, max_digits=3)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "Begun"),
                                    ("waiting", "Waits for a colleague"),
                                    ("passed", "Passed"),
                                    ("failed", "Not passed"),
                                ],
                                default="open",
                                max_length=8,
                            ),
                        ),
                        ("score", models.DecimalField(blank=True, decimal_places=3, max_digits=4, null=True)),
                        ("started_at", models.DateTimeField()),
                        ("finished_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "check_of",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="attempts",
                                to="development.check",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                models.F("check_of"),
                                models.F("user"),
                                models.F("id"),
                                name="development_attempt_by_person",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("check_of"),
                                models.F("user"),
                                condition=models.Q(("state", "open")),
                                name="development_attempt_is_open_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Coaching",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("ends_on", models.DateField()),
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
                            "kind",
                            models.CharField(
                                choices=[("coaching", "Coaching"), ("mentoring", "Mentoring")],
                                default="coaching",
                                max_length=10,
                            ),
                        ),
                        ("goal", models.CharField(max_length=300)),
                        ("criterion", models.CharField(blank=True, max_length=60)),
                        ("starts_on", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "Under way"), ("reached", "Goal reached"), ("stopped", "Stopped")],
                                default="open",
                                max_length=8,
                            ),
                        ),
                        ("outcome", models.CharField(blank=True, max_length=500)),
                        (
                            "guide",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "indexes": [models.Index(fields=["person", "-ends_on", "-id"], name="development_coaching_of")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("person", models.F("guide")), _negated=True),
                                name="development_coaching_is_of_two_people",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CoachingSession",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("held_on", models.DateField()),
                        (
                            "form",
                            models.CharField(
                                choices=[
                                    ("talk", "Talked it through"),
                                    ("side_by_side", "Worked side by side"),
                                    ("role_play", "Played it through"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("scenario", models.CharField(blank=True, max_length=300)),
                        ("words", models.CharField(max_length=1000)),
                        ("next_step", models.CharField(blank=True, max_length=300)),
                        (
                            "coaching",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sessions",
                                to="development.coaching",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="ConflictCase",
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
                                    ("talking", "Talking"),
                                    ("mediation", "Mediation"),
                                    ("arbitration", "Arbitration"),
                                ],
                                default="talking",
                                max_length=12,
                            ),
                        ),
                        ("summary", models.TextField(max_length=2000)),
                        ("opened_at", models.DateTimeField()),
                        ("agreement", models.TextField(blank=True, max_length=4000)),
                        ("decision", models.TextField(blank=True, max_length=4000)),
                        (
                            "ending",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("settled", "Settled by talking"),
                                    ("agreed", "Agreed and signed"),
                                    ("decided", "Decided by the arbiter"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        ("keep_until", models.DateField(blank=True, null=True)),
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
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "opened_by",
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
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closed_at__isnull", True), ("ending", ""), ("keep_until__isnull", True)),
                                    models.Q(
                                        models.Q(("ending", ""), _negated=True),
                                        ("closed_at__isnull", False),
                                        ("keep_until__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="development_conflict_ends_with_a_day_to_forget_it",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ending", "agreed"), _negated=True),
                                    models.Q(("agreement", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="development_conflict_agreed",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ending", "decided"), _negated=True),
                                    models.Q(("decision", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="development_conflict_decided",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ConflictNote",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.TextField(max_length=2000)),
                        ("written_at", models.DateTimeField()),
                        (
                            "author",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="notes",
                                to="development.conflictcase",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="ConflictParty",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("signed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="parties",
                                to="development.conflictcase",
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
                                models.F("case"), models.F("user"), name="development_conflict_party_is_one_each"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Consultation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=160)),
                        ("proposal", models.TextField(max_length=4000)),
                        ("opened_at", models.DateTimeField()),
                        ("closes_on", models.DateField()),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("as_proposed", "As proposed"),
                                    ("changed", "Changed by what was said"),
                                    ("dropped", "Dropped"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("response", models.TextField(blank=True, max_length=4000)),
                        ("responded_at", models.DateTimeField(blank=True, null=True)),
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
                            "opened_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "responded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["-opened_at", "-id"], name="development_consult_newest")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("outcome", ""), models.Q(("response", ""), _negated=True), _connector="OR"
                                ),
                                name="development_consultation_outcome_has_a_response",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ConsultationView",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.TextField(max_length=2000)),
                        ("said_at", models.DateTimeField()),
                        ("told_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "author",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="views",
                                to="development.consultation",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Contest",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=60)),
                        ("record_id", models.BigIntegerField()),
                        ("title", models.CharField(max_length=200)),
                        ("words", models.CharField(max_length=1000)),
                        ("raised_at", models.DateTimeField()),
                        ("due_on", models.DateField()),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("changed", "The record is corrected"),
                                    ("beside", "Her view stands beside it"),
                                    ("upheld", "The record stays"),
                                ],
                                max_length=10,
                            ),
                        ),
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
                            "decider",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                models.F("decider"), models.F("answered_at"), name="development_contest_by_decider"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("person"),
                                models.F("kind"),
                                models.F("record_id"),
                                condition=models.Q(("answered_at", None)),
                                name="development_contest_is_open_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Course",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=160)),
                        ("aim", models.CharField(blank=True, max_length=500)),
                        ("level", models.PositiveSmallIntegerField(default=3)),
                        ("valid_months", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("pass_score", models.PositiveSmallIntegerField(default=80)),
                        ("behaviour_weeks", models.PositiveSmallIntegerField(default=6)),
                        ("metric", models.CharField(blank=True, max_length=16)),
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
                            "skill",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="people.skill",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("title"), models.F("origin"), name="development_course_title_is_unique"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("level__lte", 4), ("pass_score__lte", 100)),
                                name="development_course_in_bounds",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Decision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("question", models.CharField(max_length=200)),
                        ("needed_by", models.DateField()),
                        ("known", models.TextField(blank=True, max_length=2000)),
                        ("unknown", models.TextField(blank=True, max_length=2000)),
                        ("is_restricted", models.BooleanField(default=False)),
                        ("opened_at", models.DateTimeField()),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        ("decided_on", models.DateField(blank=True, null=True)),
                        ("reasons", models.TextField(blank=True, max_length=2000)),
                        ("expected", models.CharField(blank=True, max_length=500)),
                        ("measure", models.CharField(blank=True, max_length=16)),
                        ("before", models.JSONField(blank=True, null=True)),
                        ("review_on", models.DateField(blank=True, null=True)),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("as_expected", "As expected"),
                                    ("better", "Better than expected"),
                                    ("worse", "Worse than expected"),
                                    ("other", "Something else happened"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("found", models.CharField(blank=True, max_length=1000)),
                        ("after", models.JSONField(blank=True, null=True)),
                        ("reviewed_at", models.DateTimeField(blank=True, null=True)),
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
                            "decider",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "opened_by",
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
                            models.Index(fields=["-needed_by", "-id"], name="development_decision_newest"),
                            models.Index(
                                models.F("decider"),
                                models.F("outcome"),
                                models.F("review_on"),
                                name="development_decision_asked",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decided_at", None), ("decided_on", None), ("review_on", None)),
                                    models.Q(
                                        ("decided_at__isnull", False),
                                        ("decided_on__isnull", False),
                                        ("review_on__isnull", False),
                                        models.Q(("expected", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="development_decision_expects_something",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("review_on", None), ("review_on__gt", models.F("decided_on")), _connector="OR"
                                ),
                                name="development_decision_review_later",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("outcome", ""),
                                    models.Q(("decided_at__isnull", False), ("reviewed_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="development_decision_outcome_of_decided",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DecisionOption",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("words", models.CharField(max_length=200)),
                        ("advantages", models.CharField(blank=True, max_length=1000)),
                        ("disadvantages", models.CharField(blank=True, max_length=1000)),
                        ("is_chosen", models.BooleanField(default=False)),
                        (
                            "decision",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="options",
                                to="development.decision",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("is_chosen", True)),
                                fields=("decision",),
                                name="development_decisionoption_one_chosen",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Delivery",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("sent_at", models.DateTimeField()),
                        ("read_at", models.DateTimeField(blank=True, null=True)),
                        ("heard_at", models.DateTimeField(blank=True, null=True)),
                        ("catch_up_on", models.DateField(blank=True, null=True)),
                        ("reminded_at", models.DateTimeField(blank=True, null=True)),
                        ("reminders", models.PositiveSmallIntegerField(default=0)),
                        (
                            "briefing",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="deliveries",
                                to="development.briefing",
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
                        "indexes": [
                            models.Index(models.F("user"), models.F("read_at"), name="development_delivery_by_person")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("briefing"), models.F("user"), name="development_delivery_is_sent_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Help",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("how", models.CharField(max_length=500)),
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
                            "check_of",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="helps",
                                to="development.check",
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
                ),
                migrations.CreateModel(
                    name="Meeting",
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
                                    ("team", "Team meeting"),
                                    ("customer", "With customers"),
                                    ("partner", "With another organisation"),
                                    ("service_review", "Service review"),
                                    ("praise_review", "Compliments and complaints"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("title", models.CharField(max_length=160)),
                        ("starts_at", models.DateTimeField()),
                        ("lasts", models.PositiveSmallIntegerField(default=60)),
                        ("place", models.CharField(blank=True, max_length=160)),
                        ("is_private", models.BooleanField(default=False)),
                        ("period_from", models.DateField(blank=True, null=True)),
                        ("period_to", models.DateField(blank=True, null=True)),
                        ("agenda", models.JSONField(default=list)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "To come"),
                                    ("held", "Minutes written"),
                                    ("sent", "Minutes sent"),
                                    ("off", "Called off"),
                                ],
                                default="planned",
                                max_length=8,
                            ),
                        ),
                        ("notes", models.TextField(blank=True, max_length=8000)),
                        ("held_at", models.DateTimeField(blank=True, null=True)),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                        ("off_because", models.CharField(blank=True, max_length=300)),
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
                            "chair",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["-starts_at", "-id"], name="development_meeting_newest")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["held", "sent"]), _negated=True),
                                    models.Q(("notes", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="development_meeting_held_has_minutes",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MeetingPerson",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(blank=True, max_length=160)),
                        ("was_there", models.BooleanField(blank=True, null=True)),
                        ("read_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "customer",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="desk.customer",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="people",
                                to="development.meeting",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="desk.organisation",
                            ),
                        ),
                        (
                            "partner",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="standards.partner",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(models.F("user"), models.F("meeting"), name="development_meetingperson_of")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("meeting"), models.F("user"), name="development_meetingperson_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("user__isnull", False),
                                    ("customer__isnull", False),
                                    ("organisation__isnull", False),
                                    ("partner__isnull", False),
                                    models.Q(("name", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="development_meetingperson_is_somebody",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MeetingResult",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "sort",
                            models.CharField(
                                choices=[
                                    ("action", "Action"),
                                    ("requirement", "Requirement agreed"),
                                    ("opportunity", "Opportunity found"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("words", models.CharField(max_length=200)),
                        ("due_on", models.DateField(blank=True, null=True)),
                        (
                            "settled",
                            models.CharField(
                                blank=True, choices=[("done", "Done"), ("dropped", "Will not be done")], max_length=8
                            ),
                        ),
                        ("settled_at", models.DateTimeField(blank=True, null=True)),
                        ("said", models.CharField(blank=True, max_length=300)),
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
                            "expectation",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="standards.expectation",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="results",
                                to="development.meeting",
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
                        (
                            "segment",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="standards.segment",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                models.F("owner"),
                                models.F("settled"),
                                models.F("due_on"),
                                name="development_meetingresult_own",
                            ),
                            models.Index(
                                models.F("sort"),
                                models.F("due_on"),
                                models.F("id"),
                                name="development_meetingresult_due",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("sort", "requirement"), ("due_on__isnull", False), _connector="OR"),
                                name="development_meetingresult_has_its_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("sort", "requirement"), ("expectation", None), _connector="OR"),
                                name="development_meetingresult_expects",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Need",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("what", models.CharField(max_length=200)),
                        ("level", models.PositiveSmallIntegerField(blank=True, null=True)),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("gap", "Asked by the role"),
                                    ("expiry", "Certificate ends"),
                                    ("understanding", "Understanding check"),
                                    ("named", "Named by herself"),
                                    ("leader", "Named by her leader"),
                                    ("observation", "Seen in an observation"),
                                ],
                                max_length=14,
                            ),
                        ),
                        ("words", models.CharField(blank=True, max_length=500)),
                        ("raised_at", models.DateTimeField()),
                        ("comment", models.CharField(blank=True, max_length=500)),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "Open"), ("met", "Met"), ("dropped", "Dropped")],
                                default="open",
                                max_length=8,
                            ),
                        ),
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
                            "commented_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "raised_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "skill",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="people.skill",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(models.F("state"), models.F("person"), name="development_need_by_state")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("person"),
                                models.F("skill"),
                                condition=models.Q(("skill__isnull", False), ("state", "open")),
                                name="development_need_is_open_once_a_skill",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Observation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("ends_on", models.DateField()),
                        (
                            "origin",
                            models.CharField(
                                choices=[("sample", "Sample"), ("import", "Imported"), ("live", "Live")],
                                default="live",
                                max_length=8,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("purpose", models.CharField(max_length=300)),
                        ("criteria", models.JSONField()),
                        ("announced_at", models.DateTimeField()),
                        ("starts_at", models.DateTimeField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("announced", "Announced"),
                                    ("recorded", "Her view is awaited"),
                                    ("answered", "Both views"),
                                ],
                                default="announced",
                                max_length=10,
                            ),
                        ),
                        ("ratings", models.JSONField(default=dict)),
                        ("strengths", models.CharField(blank=True, max_length=1000)),
                        ("one_thing", models.CharField(blank=True, max_length=500)),
                        ("recorded_at", models.DateTimeField(blank=True, null=True)),
                        ("own_view", models.CharField(blank=True, max_length=1000)),
                        ("own_view_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "guide",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "indexes": [
                            models.Index(fields=["person", "-ends_on", "-id"], name="development_observation_of")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("person", models.F("guide")), _negated=True),
                                name="development_observation_is_of_two_people",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("announced_at__lt", models.F("starts_at"))),
                                name="development_observation_is_announced_before",
                            ),
                        ],
                    },
                ),
                migrations.AddField(
                    model_name="coaching",
                    name="observation",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="coachings",
                        to="development.observation",
                    ),
                ),
                migrations.CreateModel(
                    name="OneToOne",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("ends_on", models.DateField()),
                        (
                            "origin",
                            models.CharField(
                                choices=[("sample", "Sample"), ("import", "Imported"), ("live", "Live")],
                                default="live",
                                max_length=8,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("starts_at", models.DateTimeField()),
                        ("place", models.CharField(blank=True, max_length=120)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "Planned"),
                                    ("held", "To be agreed"),
                                    ("agreed", "Agreed by both"),
                                ],
                                default="planned",
                                max_length=8,
                            ),
                        ),
                        ("notes", models.TextField(blank=True, max_length=4000)),
                        ("agreed_by_person_at", models.DateTimeField(blank=True, null=True)),
                        ("agreed_by_guide_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "guide",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "indexes": [models.Index(fields=["person", "-ends_on", "-id"], name="development_onetoone_of")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("person", models.F("guide")), _negated=True),
                                name="development_onetoone_is_of_two_people",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgendaItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("words", models.CharField(max_length=300)),
                        ("added_at", models.DateTimeField()),
                        (
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "talk",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="agenda",
                                to="development.onetoone",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="OpenDoor",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("held_at", models.DateTimeField()),
                        ("minutes", models.PositiveSmallIntegerField()),
                        ("matter", models.CharField(max_length=12)),
                        (
                            "origin",
                            models.CharField(
                                choices=[("sample", "Sample"), ("import", "Imported"), ("live", "Live")],
                                default="live",
                                max_length=8,
                            ),
                        ),
                        (
                            "host",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(models.F("host"), models.F("held_at"), name="development_door_of_host")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Pulse",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("opened_at", models.DateTimeField()),
                        ("closes_on", models.DateField()),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        ("asked", models.JSONField(default=dict)),
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
                            "opened_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["-opened_at", "-id"], name="development_pulse_newest")],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("origin"),
                                condition=models.Q(("closed_at__isnull", True)),
                                name="development_pulse_is_open_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PulseAction",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("item", models.CharField(max_length=16)),
                        ("what", models.CharField(max_length=300)),
                        ("due_on", models.DateField()),
                        ("set_at", models.DateTimeField()),
                        (
                            "pulse",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="actions",
                                to="development.pulse",
                            ),
                        ),
                        (
                            "set_by",
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
                    name="PulseAnswerer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "pulse",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="answerers",
                                to="development.pulse",
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
                                models.F("pulse"), models.F("user"), name="development_pulse_is_answered_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PulseTally",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("team_key", models.PositiveBigIntegerField(default=0)),
                        ("item", models.CharField(max_length=16)),
                        ("score", models.PositiveSmallIntegerField()),
                        ("answers", models.PositiveIntegerField(default=0)),
                        (
                            "pulse",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="tallies",
                                to="development.pulse",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("pulse"),
                                models.F("team_key"),
                                models.F("item"),
                                models.F("score"),
                                name="development_tally_is_counted_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("score__gte", 1), ("score__lte", 5)),
                                name="development_tally_scores_one_to_five",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Question",
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
                                    ("single", "One answer"),
                                    ("multiple", "Several answers"),
                                    ("true_false", "True or false"),
                                    ("teach_back", "In your own words"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("text", models.CharField(max_length=500)),
                        ("options", models.JSONField(default=list)),
                        ("explanation", models.CharField(max_length=500)),
                        ("expectation_id", models.BigIntegerField(blank=True, null=True)),
                        ("is_active", models.BooleanField(default=True)),
                        ("created_at", models.DateTimeField()),
                        (
                            "check_of",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="questions",
                                to="development.check",
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
                ),
                migrations.CreateModel(
                    name="Answer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("given", models.JSONField()),
                        ("is_right", models.BooleanField(blank=True, null=True)),
                        ("reasons", models.CharField(blank=True, max_length=500)),
                        ("judged_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "judged_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "attempt",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="answers",
                                to="development.attempt",
                            ),
                        ),
                        (
                            "question",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="answers",
                                to="development.question",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("attempt"), models.F("question"), name="development_answer_is_given_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Recognition",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("given_at", models.DateTimeField()),
                        ("value", models.CharField(max_length=60)),
                        ("words", models.CharField(blank=True, max_length=300)),
                        ("about_kind", models.CharField(blank=True, max_length=60)),
                        ("about_id", models.BigIntegerField(blank=True, null=True)),
                        (
                            "origin",
                            models.CharField(
                                choices=[("sample", "Sample"), ("import", "Imported"), ("live", "Live")],
                                default="live",
                                max_length=8,
                            ),
                        ),
                        (
                            "given_by",
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["-given_at", "-id"], name="development_thanks_newest"),
                            models.Index(models.F("user"), models.F("given_at"), name="development_thanks_of_one"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("given_by__isnull", True),
                                    models.Q(("given_by", models.F("user")), _negated=True),
                                    _connector="OR",
                                ),
                                name="development_recognition_is_for_another",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Review",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("ends_on", models.DateField()),
                        (
                            "origin",
                            models.CharField(
                                choices=[("sample", "Sample"), ("import", "Imported"), ("live", "Live")],
                                default="live",
                                max_length=8,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("period_from", models.DateField()),
                        ("period_to", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "Her view is awaited"),
                                    ("own", "To be written"),
                                    ("written", "To be agreed"),
                                    ("agreed", "Agreed by both"),
                                ],
                                default="open",
                                max_length=8,
                            ),
                        ),
                        ("own_view", models.TextField(blank=True, max_length=4000)),
                        ("own_view_at", models.DateTimeField(blank=True, null=True)),
                        ("words", models.TextField(blank=True, max_length=4000)),
                        ("rating", models.CharField(blank=True, max_length=12)),
                        ("evidence", models.JSONField(default=list)),
                        ("written_at", models.DateTimeField(blank=True, null=True)),
                        ("agreed_by_person_at", models.DateTimeField(blank=True, null=True)),
                        ("agreed_by_guide_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "guide",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "indexes": [models.Index(fields=["person", "-ends_on", "-id"], name="development_review_of")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("person", models.F("guide")), _negated=True),
                                name="development_review_is_of_two_people",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("period_from__lt", models.F("period_to"))),
                                name="development_review_period_in_order",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Scheme",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=160)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("reward", "Reward"),
                                    ("bonus", "Bonus"),
                                    ("enrichment", "Job enrichment"),
                                    ("team", "Team reward"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("purpose", models.CharField(max_length=500)),
                        ("rules", models.TextField(max_length=2000)),
                        ("criterion", models.CharField(max_length=300)),
                        ("budget", models.DecimalField(decimal_places=2, max_digits=12)),
                        ("currency", models.CharField(default="GBP", max_length=3)),
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField()),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[("reached", "Reached"), ("missed", "Missed"), ("unclear", "Not shown")],
                                max_length=8,
                            ),
                        ),
                        ("findings", models.CharField(blank=True, max_length=1000)),
                        ("evaluated_at", models.DateTimeField(blank=True, null=True)),
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
                        "indexes": [models.Index(fields=["-starts_on", "-id"], name="development_scheme_newest")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                                name="development_scheme_ends_after_it",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("budget__gte", 0)), name="development_scheme_budget_is_none_or_more"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Award",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("what", models.CharField(max_length=160)),
                        ("amount", models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                        ("why", models.CharField(max_length=300)),
                        ("given_at", models.DateTimeField()),
                        (
                            "given_by",
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "scheme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="awards",
                                to="development.scheme",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("amount__gte", 0)), name="development_award_costs_nothing_or_more"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Session",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("held_at", models.DateTimeField()),
                        ("note", models.CharField(blank=True, max_length=500)),
                        (
                            "briefing",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sessions",
                                to="development.briefing",
                            ),
                        ),
                        (
                            "led_by",
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
                    name="Attendance",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("was_there", models.BooleanField()),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="attendances",
                                to="development.session",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("session"), models.F("user"), name="development_attendance_is_kept_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Suggestion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("is_anonymous", models.BooleanField(default=False)),
                        ("receipt_hash", models.CharField(blank=True, max_length=64)),
                        ("title", models.CharField(max_length=160)),
                        ("text", models.TextField(max_length=2000)),
                        ("given_on", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("new", "New"),
                                    ("looking", "Being looked at"),
                                    ("planned", "Will be done"),
                                    ("done", "Done"),
                                    ("declined", "Will not be done"),
                                ],
                                default="new",
                                max_length=12,
                            ),
                        ),
                        ("answer", models.TextField(blank=True, max_length=2000)),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        ("done", models.CharField(blank=True, max_length=500)),
                        ("done_at", models.DateTimeField(blank=True, null=True)),
                        ("told_at", models.DateTimeField(blank=True, null=True)),
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
                            "answered_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["-given_on", "-id"], name="development_suggestion_newest"),
                            models.Index(models.F("receipt_hash"), name="development_suggestion_receipt"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("is_anonymous", False), ("author__isnull", True), _connector="OR"),
                                name="development_suggestion_hides_its_author",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["new", "looking"]),
                                    models.Q(("answer", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="development_suggestion_is_answered",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SupportSlot",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("starts_at", models.DateTimeField()),
                        ("minutes", models.PositiveSmallIntegerField()),
                        ("place", models.CharField(blank=True, max_length=120)),
                        ("about", models.CharField(blank=True, max_length=300)),
                        ("held_minutes", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("is_withdrawn", models.BooleanField(default=False)),
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
                            "guest",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "host",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(models.F("starts_at"), models.F("id"), name="development_slot_by_start")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("minutes__gte", 5), ("minutes__lte", 480)),
                                name="development_slot_has_a_length",
                            ),
                            models.UniqueConstraint(
                                models.F("host"),
                                models.F("starts_at"),
                                condition=models.Q(("is_withdrawn", False)),
                                name="development_slot_is_one_a_start",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Task",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("words", models.CharField(max_length=300)),
                        ("due_on", models.DateField()),
                        ("done_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "origin",
                            models.CharField(
                                choices=[("sample", "Sample"), ("import", "Imported"), ("live", "Live")],
                                default="live",
                                max_length=8,
                            ),
                        ),
                        (
                            "coaching",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="tasks",
                                to="development.coaching",
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
                            "review",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="tasks",
                                to="development.review",
                            ),
                        ),
                        (
                            "talk",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="tasks",
                                to="development.onetoone",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                models.F("owner"),
                                models.F("done_at"),
                                models.F("due_on"),
                                name="development_task_of_owner",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("coaching", None), ("review", None), ("talk__isnull", False)),
                                    models.Q(("coaching__isnull", False), ("review", None), ("talk", None)),
                                    models.Q(("coaching", None), ("review__isnull", False), ("talk", None)),
                                    _connector="OR",
                                ),
                                name="development_task_is_of_one_record",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TeamEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=160)),
                        (
                            "form",
                            models.CharField(
                                choices=[
                                    ("retro", "Look back together"),
                                    ("swap", "Half a day in each other's place"),
                                    ("visit", "Visit to another team"),
                                    ("social", "Something that is not work"),
                                    ("skills", "Teach each other"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("purpose", models.CharField(max_length=500)),
                        ("starts_at", models.DateTimeField()),
                        ("minutes", models.PositiveSmallIntegerField(default=60)),
                        ("place", models.CharField(blank=True, max_length=160)),
                        ("what_changed", models.CharField(blank=True, max_length=1000)),
                        ("held_at", models.DateTimeField(blank=True, null=True)),
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
                            "organiser",
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
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.team"
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["-starts_at", "-id"], name="development_event_newest")],
                    },
                ),
                migrations.CreateModel(
                    name="EventPlace",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("was_there", models.BooleanField(blank=True, null=True)),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "event",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="places",
                                to="development.teamevent",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("event"), models.F("user"), name="development_eventplace_is_one_each"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TrainingEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("starts_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
                        ("place", models.CharField(max_length=160)),
                        ("trainer", models.CharField(blank=True, max_length=160)),
                        ("seats", models.PositiveSmallIntegerField()),
                        ("cost", models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "Open for booking"), ("held", "Held"), ("cancelled", "Cancelled")],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        ("cancelled_because", models.CharField(blank=True, max_length=300)),
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
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="development.course",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="standards.plan",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["-starts_at", "-id"], name="development_event_by_start")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("starts_at__lt", models.F("ends_at"))),
                                name="development_event_ends_after_start",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("seats__gte", 1)), name="development_event_has_a_seat"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LearningPlan",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "measure",
                            models.CharField(
                                choices=[
                                    ("course", "Course"),
                                    ("coaching", "Coaching"),
                                    ("shadowing", "Shadowing a colleague"),
                                    ("reading", "Reading"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("how", models.CharField(blank=True, max_length=300)),
                        ("by_on", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[("planned", "Planned"), ("done", "Done"), ("dropped", "Dropped")],
                                default="planned",
                                max_length=8,
                            ),
                        ),
                        ("done_on", models.DateField(blank=True, null=True)),
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
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "need",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="plans", to="development.need"
                            ),
                        ),
                        (
                            "event",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="plans",
                                to="development.trainingevent",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                models.F("person"),
                                models.F("state"),
                                models.F("by_on"),
                                name="development_plan_of_person",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Booking",
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
                                    ("booked", "Booked"),
                                    ("waiting", "Waiting list"),
                                    ("left", "Gave the seat back"),
                                    ("attended", "Was there"),
                                    ("missed", "Was not there"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("booked_at", models.DateTimeField()),
                        ("score_before", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("score_after", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("useful", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("clear", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("words", models.CharField(blank=True, max_length=500)),
                        ("reacted_at", models.DateTimeField(blank=True, null=True)),
                        ("look_on", models.DateField(blank=True, null=True)),
                        (
                            "seen",
                            models.CharField(
                                blank=True,
                                choices=[("yes", "Seen at work"), ("partly", "Seen in part"), ("no", "Not seen yet")],
                                max_length=8,
                            ),
                        ),
                        ("seen_words", models.CharField(blank=True, max_length=500)),
                        ("seen_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "booked_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "seen_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "event",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="bookings",
                                to="development.trainingevent",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(models.F("person"), models.F("event"), name="development_booking_of_person")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("event"), models.F("person"), name="development_booking_is_one_a_person"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("useful", None),
                                    models.Q(
                                        ("clear__gte", 1), ("clear__lte", 5), ("useful__gte", 1), ("useful__lte", 5)
                                    ),
                                    _connector="OR",
                                ),
                                name="development_booking_marks_are_1_to_5",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Viewing",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=60)),
                        ("record_id", models.BigIntegerField()),
                        ("day", models.DateField()),
                        ("viewed_at", models.DateTimeField()),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "viewer",
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
                                models.F("person"),
                                models.F("viewer"),
                                models.F("kind"),
                                models.F("record_id"),
                                models.F("day"),
                                name="development_viewing_is_one_a_day",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Week",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("starts_on", models.DateField()),
                        ("hours", models.PositiveSmallIntegerField(default=15)),
                        ("by_hand", models.BooleanField(default=False)),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        ("planned", models.PositiveSmallIntegerField(default=0)),
                        ("achieved", models.PositiveSmallIntegerField(default=0)),
                        (
                            "origin",
                            models.CharField(
                                choices=[("sample", "Sample"), ("import", "Imported"), ("live", "Live")],
                                default="live",
                                max_length=8,
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
                                models.F("user"),
                                models.F("starts_on"),
                                models.F("origin"),
                                name="development_week_is_one_each",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("achieved__lte", models.F("planned"))),
                                name="development_week_achieved_of_planned",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Priority",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("words", models.CharField(max_length=200)),
                        ("value", models.PositiveSmallIntegerField()),
                        ("urgency", models.PositiveSmallIntegerField()),
                        ("hours", models.PositiveSmallIntegerField()),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "To do"),
                                    ("done", "Done"),
                                    ("carried", "Carried over"),
                                    ("left", "Left behind"),
                                    ("dropped", "Dropped"),
                                ],
                                default="open",
                                max_length=8,
                            ),
                        ),
                        ("settled_at", models.DateTimeField(blank=True, null=True)),
                        ("carries", models.PositiveSmallIntegerField(default=0)),
                        ("url", models.CharField(blank=True, max_length=200)),
                        (
                            "week",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="priorities",
                                to="development.week",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("hours__gte", 1), ("urgency__range", (1, 5)), ("value__range", (1, 5))
                                ),
                                name="development_priority_within_bounds",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Behaviour",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("value", models.CharField(max_length=60)),
                        ("sentence", models.CharField(max_length=200)),
                        ("quality_item", models.CharField(max_length=200)),
                        ("added_at", models.DateTimeField()),
                        ("retired_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "origin",
                            models.CharField(
                                choices=[("sample", "Sample"), ("import", "Imported"), ("live", "Live")],
                                default="live",
                                max_length=8,
                            ),
                        ),
                        (
                            "added_by",
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
                                models.F("origin"),
                                models.F("value"),
                                models.F("sentence"),
                                condition=models.Q(("retired_at__isnull", True)),
                                name="development_behaviour_is_said_once",
                            )
                        ],
                    },
                ),
            ]
        ),
    ]
