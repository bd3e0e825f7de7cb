"""What the version that a run names is for, in its help text; nothing changes in the database."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("leads", "0016_company_choices"),
    ]

    operations = [
        migrations.AlterField(
            model_name="run",
            name="profile_id",
            field=models.BigIntegerField(
                help_text="The scoring profile's version in force at the start: its sources are asked by it, whatever is published later."
            ),
        ),
    ]
