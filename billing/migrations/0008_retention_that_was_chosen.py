"""Leads are kept for ever until a manager chooses otherwise: the period that nobody chose, and nothing kept, is dropped."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("billing", "0007_notifications")]

    operations = [
        migrations.AlterField(
            model_name="workspace",
            name="retention_days",
            field=models.PositiveIntegerField(
                blank=True,
                help_text="Days without a sign of life after which a lead is erased; empty: kept for ever.",
                null=True,
            ),
        ),
        migrations.RunSQL(
            "UPDATE billing_workspace SET retention_days = NULL",
            "UPDATE billing_workspace SET retention_days = 1095 WHERE retention_days IS NULL",
        ),
    ]
