"""A workspace says above which sum an enrichment is confirmed a second time; it was the same for all."""

from decimal import Decimal

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0010_answers_epoch"),
    ]

    operations = [
        migrations.AddField(
            model_name="workspace",
            name="confirm_above",
            field=models.DecimalField(
                blank=True,
                db_default=Decimal(100),
                decimal_places=2,
                default=Decimal(100),
                help_text="Credits; an enrichment that may cost more is confirmed a second time. Empty: none is.",
                max_digits=12,
                null=True,
            ),
        ),
    ]
