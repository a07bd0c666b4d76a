"""Every table of the app at once, as the migrations it replaces made them one by one."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from wellserved.platform.schema import CreateTogether


class Migration(migrations.Migration):
    replaces = [
        ("people", "0001_initial"),
        ("people", "0002_per_ticket"),
        ("people", "0003_learning"),
    ]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
    ]

    operations = [
        CreateTogether(
            [
                migrations.CreateModel(
                    name="Skill",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=120)),
                        ("description", models.CharField(blank=True, max_length=300)),
                        ("minimum_cover", models.PositiveSmallIntegerField(default=1)),
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
                                models.F("name"), models.F("origin"), name="people_skill_name_is_unique_in_its_origin"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StaffProfile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("job_title", models.CharField(blank=True, max_length=120)),
                        (
                            "availability",
                            models.CharField(
                                choices=[("available", "Available"), ("busy", "Busy"), ("absent", "Absent")],
                                default="available",
                                max_length=12,
                            ),
                        ),
                        ("available_until", models.DateTimeField(blank=True, null=True)),
                        ("phone", models.CharField(blank=True, max_length=40)),
                        ("started_on", models.DateField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "user",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Acknowledgement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=60)),
                        ("record_id", models.BigIntegerField()),
                        ("number", models.PositiveIntegerField()),
                        ("acknowledged_at", models.DateTimeField()),
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
                                models.F("kind"),
                                models.F("record_id"),
                                models.F("user"),
                                models.F("number"),
                                name="people_acknowledgement_is_said_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AuthorityLimit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("customer", "Customer"),
                                    ("agent", "Agent"),
                                    ("team_leader", "Team leader"),
                                    ("manager", "Manager"),
                                    ("analyst", "Analyst"),
                                    ("decision_maker", "Approver"),
                                    ("administrator", "Administrator"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("remedy", models.CharField(max_length=40)),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                        ("currency", models.CharField(default="GBP", max_length=3)),
                        (
                            "period",
                            models.CharField(
                                choices=[("ticket", "per ticket"), ("day", "per day"), ("month", "per month")],
                                default="ticket",
                                max_length=8,
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
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("role", ""), ("user__isnull", False)),
                                    models.Q(models.Q(("role", ""), _negated=True), ("user", None)),
                                    _connector="OR",
                                ),
                                name="people_authoritylimit_is_for_a_role_or_a_person",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount__gte", 0)), name="people_authoritylimit_is_not_negative"
                            ),
                            models.UniqueConstraint(
                                models.F("remedy"),
                                models.F("role"),
                                models.F("origin"),
                                condition=models.Q(("user", None)),
                                name="people_authoritylimit_is_one_for_a_role",
                            ),
                            models.UniqueConstraint(
                                models.F("remedy"),
                                models.F("user"),
                                models.F("origin"),
                                condition=models.Q(("user__isnull", False)),
                                name="people_authoritylimit_is_one_for_a_person",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AuthorityUse",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("remedy", models.CharField(max_length=40)),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                        ("currency", models.CharField(max_length=3)),
                        ("subject_kind", models.CharField(max_length=60)),
                        ("subject_id", models.BigIntegerField()),
                        ("granted_at", models.DateTimeField()),
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                models.F("user"),
                                models.F("remedy"),
                                models.F("granted_at"),
                                name="people_use_by_person",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LearningCheck",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("card", models.CharField(max_length=60)),
                        ("applied", models.CharField(blank=True, max_length=500)),
                        ("understood_at", models.DateTimeField()),
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
                                models.F("user"), models.F("card"), name="people_learningcheck_is_one_a_card"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StaffSkill",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("level", models.PositiveSmallIntegerField()),
                        ("expires_on", models.DateField(blank=True, null=True)),
                        ("evidence", models.CharField(blank=True, max_length=300)),
                        (
                            "skill",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="holders", to="people.skill"
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
                                models.F("user"), models.F("skill"), name="people_staffskill_is_held_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("level__gte", 0), ("level__lte", 4)),
                                name="people_staffskill_level_is_0_to_4",
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]
