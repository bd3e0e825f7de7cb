"""Indexes of the statement, which orders entries by their number, and of the last grant."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0003_first_prices"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="creditentry",
            name="entry_statement",
        ),
        migrations.AddIndex(
            model_name="creditentry",
            index=models.Index(fields=["workspace", "-id"], name="entry_statement"),
        ),
        migrations.AddIndex(
            model_name="creditentry",
            index=models.Index(condition=models.Q(("kind", "grant")), fields=["workspace", "-id"], name="entry_grant"),
        ),
    ]
