"""The tables of scoring as their migrations left them, with the walls between workspaces."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import leadengine.tenancy
from leadengine.tenant_walls import TenantWalls, WithoutWallTarget


class Migration(migrations.Migration):
    replaces = [
        ("scoring", "0001_profiles_and_scores"),
        ("scoring", "0002_walls"),
        ("scoring", "0003_rescorings"),
        ("scoring", "0004_indexes_that_are_read"),
        ("scoring", "0005_feedback"),
        ("scoring", "0006_versions_over_time"),
        ("scoring", "0007_fewer_indexes"),
        ("scoring", "0008_ideal_of_a_draft"),
        ("scoring", "0009_ideals_of_older_drafts"),
        ("scoring", "0010_measured_before_publishing"),
    ]

    initial = True

    dependencies = [
        ("billing", "0006_display"),
        ("leads", "0007_views_and_edits"),
    ]

    operations = [
        migrations.CreateModel(
            name="Profile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "industry",
                    models.CharField(
                        blank=True, default="", help_text="Empty: the workspace's default profile.", max_length=80
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("published", "Published"), ("retired", "Retired")],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("potential", models.PositiveSmallIntegerField(default=15)),
                ("engagement", models.PositiveSmallIntegerField(default=12)),
                ("company_fit", models.PositiveSmallIntegerField(default=15)),
                ("contactability", models.PositiveSmallIntegerField(default=10)),
                ("industry_match", models.PositiveSmallIntegerField(default=12)),
                ("job_title", models.PositiveSmallIntegerField(default=10)),
                ("location", models.PositiveSmallIntegerField(default=6)),
                ("company_size", models.PositiveSmallIntegerField(default=8)),
                ("engagement_history", models.PositiveSmallIntegerField(default=8)),
                ("email_validity", models.PositiveSmallIntegerField(default=4)),
                ("cut_a_plus", models.PositiveSmallIntegerField(default=85)),
                ("cut_a", models.PositiveSmallIntegerField(default=75)),
                ("cut_b", models.PositiveSmallIntegerField(default=60)),
                ("cut_c", models.PositiveSmallIntegerField(default=45)),
                (
                    "ideal",
                    models.JSONField(
                        blank=True, default=dict, help_text="The ideal customer in the JSON form of criteria."
                    ),
                ),
                (
                    "expected",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.FloatField(),
                        blank=True,
                        default=list,
                        help_text="Ten expected values 0..1, frozen at publishing.",
                        size=None,
                    ),
                ),
                ("note", models.CharField(blank=True, default="", max_length=300)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="billing.workspace",
                    ),
                ),
                (
                    "retired_at",
                    models.DateTimeField(blank=True, help_text="When another took its place, or none did.", null=True),
                ),
                (
                    "has_own_ideal",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        help_text="Of a draft: somebody set the ideal customer in it; without, it follows the workspace's.",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "industry", "version"), name="profile_version_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "published")),
                        fields=("workspace", "industry"),
                        name="profile_one_published",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "potential",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.expressions.CombinedExpression(
                                                django.db.models.expressions.CombinedExpression(
                                                    django.db.models.expressions.CombinedExpression(
                                                        django.db.models.expressions.CombinedExpression(
                                                            django.db.models.expressions.CombinedExpression(
                                                                django.db.models.expressions.CombinedExpression(
                                                                    models.Value(100), "-", models.F("engagement")
                                                                ),
                                                                "-",
                                                                models.F("company_fit"),
                                                            ),
                                                            "-",
                                                            models.F("contactability"),
                                                        ),
                                                        "-",
                                                        models.F("industry_match"),
                                                    ),
                                                    "-",
                                                    models.F("job_title"),
                                                ),
                                                "-",
                                                models.F("location"),
                                            ),
                                            "-",
                                            models.F("company_size"),
                                        ),
                                        "-",
                                        models.F("engagement_history"),
                                    ),
                                    "-",
                                    models.F("email_validity"),
                                ),
                            )
                        ),
                        name="profile_weights_are_100",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cut_a__gt", models.F("cut_b")),
                            ("cut_a_plus__gt", models.F("cut_a")),
                            ("cut_a_plus__lte", 100),
                            ("cut_b__gt", models.F("cut_c")),
                            ("cut_c__gt", 0),
                        ),
                        name="profile_cuts_fall",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LeadScore",
            fields=[
                (
                    "lead",
                    leadengine.tenancy.TenantOneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="score",
                        serialize=False,
                        to="leads.lead",
                    ),
                ),
                (
                    "values",
                    django.contrib.postgres.fields.ArrayField(base_field=models.SmallIntegerField(null=True), size=10),
                ),
                (
                    "total",
                    models.PositiveSmallIntegerField(
                        help_text="0..100, the integer on screen; the grade is taken from it."
                    ),
                ),
                ("low", models.PositiveSmallIntegerField(help_text="With every unknown at 0.")),
                ("high", models.PositiveSmallIntegerField(help_text="With every unknown at 1.")),
                ("confidence", models.PositiveSmallIntegerField(help_text="Per cent of the weight that is known.")),
                ("grade", models.CharField(max_length=2)),
                ("probability", models.FloatField(blank=True, null=True)),
                ("scored_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "workspace",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="billing.workspace",
                    ),
                ),
                (
                    "profile",
                    leadengine.tenancy.TenantForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scores",
                        to="scoring.profile",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["workspace", "-total", "lead"], name="score_best_first")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("high__lte", 100), ("low__lte", models.F("total")), ("total__lte", models.F("high"))
                        ),
                        name="score_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("grade__in", ["A+", "A", "B", "C", "D"])), name="score_grade"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ScoreChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("total", models.PositiveSmallIntegerField()),
                ("grade", models.CharField(max_length=2)),
                ("total_before", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("grade_before", models.CharField(blank=True, default="", max_length=2)),
                (
                    "values",
                    django.contrib.postgres.fields.ArrayField(base_field=models.SmallIntegerField(null=True), size=10),
                ),
                ("why", models.CharField(blank=True, default="", max_length=200)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "lead",
                    leadengine.tenancy.TenantForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="score_changes",
                        to="leads.lead",
                    ),
                ),
                (
                    "profile",
                    leadengine.tenancy.TenantForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="scoring.profile",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="billing.workspace",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["lead", "-changed_at"], name="score_change_lead"),
                    models.Index(
                        condition=models.Q(("grade", models.F("grade_before")), _negated=True),
                        fields=["workspace", "changed_at"],
                        include=("grade_before", "grade"),
                        name="score_change_of_grade",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Rescoring",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Queued"),
                            ("running", "Running"),
                            ("paused", "Paused"),
                            ("done", "Done"),
                            ("stopped", "Stopped"),
                            ("failed", "Failed"),
                        ],
                        default="queued",
                        max_length=8,
                    ),
                ),
                ("cursor", models.JSONField(blank=True, default=dict)),
                ("due_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("claimed", models.BooleanField(default=False)),
                (
                    "taken_at",
                    models.DateTimeField(
                        blank=True, help_text="When a worker last took it: the measure of fairness.", null=True
                    ),
                ),
                ("epoch", models.PositiveIntegerField(default=0)),
                ("stalls", models.PositiveSmallIntegerField(default=0)),
                ("error", models.CharField(blank=True, default="", max_length=300)),
                ("why", models.CharField(max_length=200)),
                ("leads", models.PositiveIntegerField(default=0, help_text="How many there were when it was queued.")),
                ("done", models.PositiveIntegerField(default=0)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "started_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="billing.workspace",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["queued", "running"])),
                        fields=["due_at"],
                        name="rescoring_due",
                    ),
                    models.Index(fields=["workspace", "-created_at"], name="rescoring_recent"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["queued", "running"])),
                        fields=("workspace",),
                        name="rescoring_one_open",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ScoreFeedback",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_right", models.BooleanField()),
                (
                    "factor",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("potential", "Potential"),
                            ("engagement", "Engagement"),
                            ("company_fit", "Company fit"),
                            ("contactability", "Contactability"),
                            ("industry_match", "Industry match"),
                            ("job_title", "Job title"),
                            ("location", "Location"),
                            ("company_size", "Company size"),
                            ("engagement_history", "Engagement history"),
                            ("email_validity", "E-mail validity"),
                        ],
                        default="",
                        help_text="What is wrong; empty where it is none of the ten, or nothing.",
                        max_length=20,
                    ),
                ),
                ("text", models.CharField(blank=True, default="", max_length=500)),
                ("total", models.PositiveSmallIntegerField()),
                ("grade", models.CharField(max_length=2)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "lead",
                    leadengine.tenancy.TenantForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="score_feedback",
                        to="leads.lead",
                    ),
                ),
                (
                    "profile",
                    leadengine.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="scoring.profile"
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="billing.workspace",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "score feedback",
                "indexes": [models.Index(fields=["workspace", "-created_at", "-id"], name="score_feedback_recent")],
                "constraints": [models.UniqueConstraint(fields=("lead", "by"), name="score_feedback_once")],
            },
        ),
        TenantWalls(
            "profile",
            "leadscore",
            "scorechange",
            "rescoring",
            "scorefeedback",
        ),
        WithoutWallTarget(
            "leadscore",
            "scorechange",
        ),
    ]
