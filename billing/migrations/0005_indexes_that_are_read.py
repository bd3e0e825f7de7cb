"""Indexes and constraints that are read or relied on stay; those that only cost, or tempt the planner, go (ADR 6)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0004_entry_indexes"),
    ]

    operations = [
        migrations.AlterField(
            model_name="membership",
            name="workspace",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="memberships",
                to="billing.workspace",
            ),
        ),
        migrations.AlterField(
            model_name="creditentry",
            name="workspace",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="billing.workspace"
            ),
        ),
        migrations.AlterField(
            model_name="hold",
            name="workspace",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="billing.workspace"
            ),
        ),
        migrations.AlterField(
            model_name="invitation",
            name="workspace",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="billing.workspace"
            ),
        ),
        migrations.AddIndex(
            model_name="hold",
            index=models.Index(fields=["workspace", "-created_at"], name="hold_recent"),
        ),
        migrations.AddIndex(
            model_name="invitation",
            index=models.Index(fields=["workspace", "-created_at"], name="invitation_recent"),
        ),
    ]
