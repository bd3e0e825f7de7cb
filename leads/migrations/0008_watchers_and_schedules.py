"""Who is told when a run ends (at first whoever started one still under way), and schedules of saved searches."""

import uuid
from typing import Any

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import leadengine.tenancy
from leadengine.tenant_walls import TenantWalls

ACTIVE = ("queued", "running", "paused")


def starters_watch(apps: Any, schema_editor: Any) -> None:
    """Runs that end from now on tell whoever started them."""
    watchers = apps.get_model("leads", "RunWatcher").objects
    for run in apps.get_model("leads", "Run").objects.filter(state__in=ACTIVE).only("pk", "workspace", "started_by"):
        watchers.create(workspace_id=run.workspace_id, run_id=run.pk, user_id=run.started_by_id)


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0007_notifications"),
        ("leads", "0007_views_and_edits"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RunWatcher",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "run",
                    leadengine.tenancy.TenantForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="watchers",
                        to="leads.run",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                "constraints": [models.UniqueConstraint(fields=("run", "user"), name="run_watcher_once")],
            },
        ),
        migrations.CreateModel(
            name="SearchSchedule",
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
                ("code", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "act",
                    models.CharField(
                        choices=[("run", "Run it"), ("alert", "Only tell me how many are new")],
                        default="run",
                        max_length=5,
                    ),
                ),
                (
                    "every",
                    models.CharField(
                        choices=[("daily", "Daily"), ("weekly", "Weekly"), ("monthly", "Monthly")],
                        default="weekly",
                        max_length=7,
                    ),
                ),
                (
                    "weekday",
                    models.PositiveSmallIntegerField(
                        default=0, validators=[django.core.validators.MaxValueValidator(6)]
                    ),
                ),
                (
                    "monthday",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(28),
                        ],
                    ),
                ),
                (
                    "hour",
                    models.PositiveSmallIntegerField(
                        default=7, validators=[django.core.validators.MaxValueValidator(23)]
                    ),
                ),
                (
                    "most_leads",
                    models.PositiveIntegerField(
                        default=25,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(10_000),
                        ],
                    ),
                ),
                (
                    "most_credits_a_month",
                    models.DecimalField(
                        decimal_places=2, max_digits=12, validators=[django.core.validators.MinValueValidator(1)]
                    ),
                ),
                ("next_at", models.DateTimeField()),
                (
                    "note",
                    models.CharField(
                        blank=True, default="", help_text="Why it did not run, for people.", max_length=300
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "search",
                    leadengine.tenancy.TenantOneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="schedule", to="leads.savedsearch"
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
                        condition=models.Q(("state__in", ["queued", "running"])), fields=["due_at"], name="schedule_due"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("weekday__lte", 6)), name="schedule_weekday"),
                    models.CheckConstraint(
                        condition=models.Q(("monthday__gte", 1), ("monthday__lte", 28)), name="schedule_monthday"
                    ),
                    models.CheckConstraint(condition=models.Q(("hour__lte", 23)), name="schedule_hour"),
                ],
            },
        ),
        TenantWalls("runwatcher", "searchschedule"),
        migrations.RunPython(starters_watch, migrations.RunPython.noop),
    ]
