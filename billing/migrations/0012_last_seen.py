"""When somebody was last at work in a workspace; nobody was seen before."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("billing", "0011_confirm_above")]

    operations = [
        migrations.AddField(
            model_name="membership",
            name="last_seen_at",
            field=models.DateTimeField(
                blank=True,
                editable=False,
                help_text="When they last opened a page or did something, to minutes.",
                null=True,
            ),
        ),
    ]
