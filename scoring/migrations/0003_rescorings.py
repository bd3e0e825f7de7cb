"""All leads of a workspace scored again, as a leased row of long work."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from leadengine.tenant_walls import TenantWalls


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0004_entry_indexes"),
        ("scoring", "0002_walls"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="billing.workspace"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["queued", "running"])),
                        fields=["due_at"],
                        name="rescoring_due",
                    )
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
        TenantWalls("rescoring"),
    ]
