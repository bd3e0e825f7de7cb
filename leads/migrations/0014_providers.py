"""Providers on the network: sealed keys, shared gates and health, and what each lane asked of them."""

from decimal import Decimal

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0008_retention_that_was_chosen"),
        ("leads", "0012_checked_activities"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="lane",
            name="asked",
            field=models.PositiveIntegerField(
                default=0, help_text="Questions put to the provider, those that failed included."
            ),
        ),
        migrations.AddField(
            model_name="lane",
            name="provider_credits",
            field=models.DecimalField(
                decimal_places=2,
                default=Decimal("0"),
                help_text="What the provider charged, in credits of its own.",
                max_digits=12,
            ),
        ),
        migrations.CreateModel(
            name="ProviderHealth",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("provider", models.CharField(max_length=40)),
                ("key_digest", models.CharField(blank=True, default="", max_length=64)),
                (
                    "standing",
                    models.CharField(
                        choices=[
                            ("untried", "Not asked yet"),
                            ("working", "Working"),
                            ("slow", "Slow"),
                            ("waiting", "Asks us to wait"),
                            ("unavailable", "Does not answer"),
                            ("out_of_credits", "Out of credits"),
                            ("key_refused", "Key refused"),
                        ],
                        default="untried",
                        max_length=16,
                    ),
                ),
                ("gate", models.JSONField(default=dict, help_text="Rate limits and breaker (leadengine/gating.py).")),
                ("asked", models.PositiveBigIntegerField(default=0)),
                ("milliseconds", models.PositiveIntegerField(default=0, help_text="Of an answer, lately.")),
                ("last_answer_at", models.DateTimeField(blank=True, null=True)),
                ("last_error", models.CharField(blank=True, default="", max_length=300)),
                ("last_error_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name_plural": "provider health",
                "constraints": [
                    models.UniqueConstraint(fields=("provider", "key_digest"), name="provider_health_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "standing__in",
                                [
                                    "untried",
                                    "working",
                                    "slow",
                                    "waiting",
                                    "unavailable",
                                    "out_of_credits",
                                    "key_refused",
                                ],
                            )
                        ),
                        name="provider_health_standing",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProviderKey",
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
                ("provider", models.CharField(max_length=40)),
                ("sealed", models.TextField()),
                (
                    "digest",
                    models.CharField(
                        help_text="Keyed, to find how it fares; nobody can read the key from it.", max_length=64
                    ),
                ),
                (
                    "ending",
                    models.CharField(help_text="The last characters, by which people know it again.", max_length=4),
                ),
                (
                    "standing",
                    models.CharField(
                        choices=[
                            ("untried", "Not asked yet"),
                            ("working", "Working"),
                            ("slow", "Slow"),
                            ("waiting", "Asks us to wait"),
                            ("unavailable", "Does not answer"),
                            ("out_of_credits", "Out of credits"),
                            ("key_refused", "Key refused"),
                        ],
                        default="untried",
                        max_length=16,
                    ),
                ),
                ("said", models.CharField(blank=True, default="", max_length=300)),
                ("credits_left", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                ("tested_at", models.DateTimeField(blank=True, null=True)),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "added_by",
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
                        blank=True,
                        null=True,
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
                        name="provider_key_due",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "provider"), name="provider_key_once", nulls_distinct=False
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "standing__in",
                                [
                                    "untried",
                                    "working",
                                    "slow",
                                    "waiting",
                                    "unavailable",
                                    "out_of_credits",
                                    "key_refused",
                                ],
                            )
                        ),
                        name="provider_key_standing",
                    ),
                ],
            },
        ),
    ]
