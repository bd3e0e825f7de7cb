"""What people think of scores, a vote a person and lead."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import leadengine.tenancy
from leadengine.tenant_walls import TenantWalls


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0006_display"),
        ("leads", "0007_views_and_edits"),
        ("scoring", "0004_indexes_that_are_read"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
        TenantWalls("scorefeedback"),
    ]
