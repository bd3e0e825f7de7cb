"""A record of a source can be suppressed, so that an erased person is known again under another address."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("leads", "0021_responses_taken_in")]

    operations = [
        migrations.AlterField(
            model_name="suppression",
            name="kind",
            field=models.CharField(
                choices=[
                    ("email", "E-mail"),
                    ("domain", "Domain"),
                    ("phone", "Phone"),
                    ("linkedin", "LinkedIn"),
                    ("record", "Record of a source"),
                ],
                max_length=8,
            ),
        ),
    ]
