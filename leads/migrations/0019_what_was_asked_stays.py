"""What was asked of a run stays when people include more by hand: they are counted beside its limits."""

from decimal import Decimal

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("leads", "0018_purchases")]

    operations = [
        migrations.RemoveConstraint(model_name="run", name="run_within_leads"),
        migrations.RemoveConstraint(model_name="run", name="run_within_credits"),
        migrations.AddField(
            model_name="run",
            name="included",
            field=models.PositiveIntegerField(
                db_default=0,
                default=0,
                help_text="Of the delivered ones those that were included by hand, beyond what was asked.",
            ),
        ),
        migrations.AddField(
            model_name="run",
            name="included_cost",
            field=models.DecimalField(
                db_default=0,
                decimal_places=2,
                default=Decimal(0),
                help_text="What they cost, of what was spent.",
                max_digits=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="run",
            constraint=models.CheckConstraint(
                condition=models.Q(("delivered__lte", models.F("most_leads") + models.F("included"))),
                name="run_within_leads",
            ),
        ),
        migrations.AddConstraint(
            model_name="run",
            constraint=models.CheckConstraint(
                condition=models.Q(("spent__lte", models.F("most_credits") + models.F("included_cost"))),
                name="run_within_credits",
            ),
        ),
    ]
