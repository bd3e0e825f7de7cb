"""Verifications of leads' e-mail addresses, as leased rows of work."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import leadengine.tenancy
from leadengine.tenant_walls import TenantWalls


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0006_display"),
        ("enrichment", "0001_initial"),
        ("leads", "0012_checked_activities"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="EmailCheck",
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
                ("email", models.CharField(max_length=320)),
                ("key", models.UUIDField(default=uuid.uuid4)),
                (
                    "price",
                    models.DecimalField(decimal_places=2, help_text="Credits, as the button named it.", max_digits=12),
                ),
                ("charged", models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                ("verdict", models.JSONField(blank=True, null=True)),
                ("is_invented", models.BooleanField(default=False, help_text="Answered by the sandbox.")),
                (
                    "is_known",
                    models.BooleanField(default=False, help_text="Verified before, and still good: nobody was asked."),
                ),
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
                        related_name="email_checks",
                        to="leads.lead",
                    ),
                ),
                (
                    "run",
                    leadengine.tenancy.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="email_checks",
                        to="leads.run",
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
                        name="email_check_due",
                    ),
                    models.Index(fields=["lead", "-created_at"], name="email_check_of_lead"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "key"), name="email_check_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["queued", "running"])),
                        fields=("lead",),
                        name="email_check_one_open",
                    ),
                ],
            },
        ),
        TenantWalls("emailcheck"),
        migrations.AlterField(
            model_name="memory",
            name="kind",
            field=models.CharField(
                choices=[
                    ("dns", "DNS answer"),
                    ("mailbox", "Mailbox verdict"),
                    ("catch_all", "Domain takes any recipient"),
                    ("unresolved", "Mail exchangers not found"),
                    ("block", "Provider blocks us"),
                    ("cut_off", "No name can be looked up"),
                ],
                max_length=10,
            ),
        ),
    ]
