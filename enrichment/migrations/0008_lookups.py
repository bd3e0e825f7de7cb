"""Lookups about a lead that somebody asked for: an e-mail address, a phone line."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import leadengine.tenancy
from leadengine.tenant_walls import TenantWalls, WithoutWallTarget


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0010_answers_epoch"),
        ("enrichment", "0007_opinion_choices"),
        ("leads", "0018_purchases"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Lookup",
            fields=[
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
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(choices=[("email", "E-mail address"), ("line", "Phone line")], max_length=5)),
                ("about", models.CharField(max_length=260)),
                ("key", models.UUIDField(default=uuid.uuid4)),
                (
                    "price",
                    models.DecimalField(decimal_places=2, help_text="Credits, as the button named it.", max_digits=12),
                ),
                ("charged", models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                ("result", models.JSONField(blank=True, null=True)),
                ("is_invented", models.BooleanField(default=False, help_text="Answered by the sandbox.")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "hold",
                    leadengine.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="billing.hold"
                    ),
                ),
                (
                    "lead",
                    leadengine.tenancy.TenantForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lookups",
                        to="leads.lead",
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
                        condition=models.Q(("state__in", ["queued", "running"])), fields=["due_at"], name="lookup_due"
                    ),
                    models.Index(fields=["lead", "kind", "-created_at"], name="lookup_of_lead"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "key"), name="lookup_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["queued", "running"])),
                        fields=("lead", "kind"),
                        name="lookup_one_open",
                    ),
                    models.CheckConstraint(condition=models.Q(("kind__in", ["email", "line"])), name="lookup_kind"),
                ],
            },
        ),
        TenantWalls("lookup"),
        WithoutWallTarget("lookup"),
    ]
