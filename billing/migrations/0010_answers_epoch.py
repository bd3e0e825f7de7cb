"""Erasing a person advances a number of the workspace, by which kept answers of providers are found no more."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0008_retention_that_was_chosen"),
    ]

    operations = [
        migrations.AddField(
            model_name="workspace",
            name="answers_epoch",
            field=models.PositiveIntegerField(
                db_default=0,
                default=0,
                help_text="Advanced when somebody is erased: kept answers of providers then count no more.",
            ),
        ),
    ]
