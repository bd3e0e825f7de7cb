"""When a verification counts as known, in its help text; nothing changes in the database."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("enrichment", "0005_outside_answers"),
    ]

    operations = [
        migrations.AlterField(
            model_name="emailcheck",
            name="is_known",
            field=models.BooleanField(
                default=False,
                help_text="A certain verdict was there already, or somebody else came to one meanwhile: nothing is charged.",
            ),
        ),
    ]
