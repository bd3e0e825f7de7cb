"""The ad accounts that LinkedIn named when it was connected, so that no page asks it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("leads", "0022_suppressed_records")]

    operations = [
        migrations.AddField(
            model_name="linkedinconnection",
            name="offered",
            field=models.JSONField(
                blank=True, default=list, help_text="The ad accounts that LinkedIn named: URN and name."
            ),
        ),
    ]
