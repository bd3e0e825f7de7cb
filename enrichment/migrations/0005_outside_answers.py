"""Answers of providers of second opinions, kept for the workspace that paid for them."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0008_retention_that_was_chosen"),
        ("enrichment", "0003_domain_technology"),
    ]

    operations = [
        migrations.CreateModel(
            name="OutsideAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("provider", models.CharField(max_length=40)),
                ("subject", models.CharField(max_length=64)),
                ("facts", models.JSONField(null=True)),
                (
                    "credits",
                    models.DecimalField(decimal_places=2, default=0, help_text="Of the provider's own.", max_digits=10),
                ),
                ("asked_for", models.UUIDField(null=True)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField()),
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
                "indexes": [models.Index(fields=["expires_at"], name="outside_answer_by_end")],
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "subject", "provider"), name="outside_answer_once")
                ],
            },
        ),
    ]
