"""How a person likes the pages: theme, density, and whether single keys do something."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("billing", "0005_indexes_that_are_read")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="theme",
            field=models.CharField(
                blank=True,
                choices=[("system", "As the system"), ("light", "Light"), ("dark", "Dark")],
                db_default="",
                default="",
                help_text="Empty until chosen: then the cookie decides.",
                max_length=6,
            ),
        ),
        migrations.AddField(
            model_name="user",
            name="density",
            field=models.CharField(
                choices=[("roomy", "Comfortable"), ("compact", "Compact")],
                db_default="roomy",
                default="roomy",
                max_length=7,
            ),
        ),
        migrations.AddField(
            model_name="user",
            name="has_keys",
            field=models.BooleanField(db_default=True, default=True, help_text="Whether single keys do something."),
        ),
    ]
