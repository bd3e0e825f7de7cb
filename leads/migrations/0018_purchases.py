"""Purchases at providers, written down before they are asked for, so that none is paid twice."""

from decimal import Decimal

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import leadengine.tenancy
from leadengine.tenant_walls import TenantWalls, WithoutWallTarget


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0010_answers_epoch"),
        ("leads", "0017_help_of_a_runs_profile"),
    ]

    operations = [
        migrations.CreateModel(
            name="Purchase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveIntegerField()),
                ("number", models.PositiveSmallIntegerField(help_text="Of people.")),
                (
                    "people",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), blank=True, default=list, size=None
                    ),
                ),
                ("at_most", models.DecimalField(decimal_places=2, max_digits=12)),
                ("credits", models.DecimalField(decimal_places=2, default=Decimal("0"), max_digits=12)),
                ("is_assumed", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Asked"),
                            ("answered", "Answered"),
                            ("unknown", "Not known whether charged"),
                        ],
                        default="asked",
                        max_length=8,
                    ),
                ),
                (
                    "said",
                    models.CharField(
                        blank=True, default="", help_text="Why it is not known, for people.", max_length=300
                    ),
                ),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "lane",
                    leadengine.tenancy.TenantForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="purchases",
                        to="leads.lane",
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
                    models.Index(
                        condition=models.Q(("state", "answered"), _negated=True),
                        fields=["workspace", "asked_at"],
                        name="purchase_open",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("lane", "sequence"), name="purchase_once"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["asked", "answered", "unknown"])), name="purchase_state"
                    ),
                ],
            },
        ),
        TenantWalls("purchase"),
        WithoutWallTarget("purchase"),
    ]
