"""Indexes and constraints that are read or relied on stay; those that only cost, or tempt the planner, go (ADR 6)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import leadengine.tenancy
from leadengine.tenant_walls import WithoutWallTarget


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0005_indexes_that_are_read"),
        ("leads", "0004_indexes_that_are_read"),
        ("scoring", "0003_rescorings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="leadscore",
            name="workspace",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="billing.workspace",
            ),
        ),
        migrations.AlterField(
            model_name="profile",
            name="workspace",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="billing.workspace"
            ),
        ),
        migrations.AlterField(
            model_name="rescoring",
            name="workspace",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="billing.workspace"
            ),
        ),
        migrations.AlterField(
            model_name="scorechange",
            name="lead",
            field=leadengine.tenancy.TenantForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="score_changes",
                to="leads.lead",
            ),
        ),
        migrations.AlterField(
            model_name="scorechange",
            name="workspace",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="billing.workspace",
            ),
        ),
        migrations.AddIndex(
            model_name="rescoring",
            index=models.Index(fields=["workspace", "-created_at"], name="rescoring_recent"),
        ),
        WithoutWallTarget("leadscore", "scorechange"),
    ]
