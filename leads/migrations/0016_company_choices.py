"""Which of several sources' values somebody chose to hold for a company."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import leadengine.tenancy
from leadengine.tenant_walls import TenantWalls, WithoutWallTarget


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0010_answers_epoch"),
        ("leads", "0015_linkedin"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CompanyChoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("group", models.CharField(help_text="The columns that are chosen together.", max_length=40)),
                ("text", models.CharField(max_length=500)),
                ("before", models.JSONField(help_text="What stood in these columns.")),
                (
                    "evidence_id",
                    models.BigIntegerField(blank=True, help_text="The evidence that was in use before.", null=True),
                ),
                ("occurred_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "company",
                    leadengine.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="choices", to="leads.company"
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
                "indexes": [models.Index(fields=["company", "group", "-id"], name="company_choice_last")],
            },
        ),
        TenantWalls("companychoice"),
        WithoutWallTarget("companychoice"),
    ]
