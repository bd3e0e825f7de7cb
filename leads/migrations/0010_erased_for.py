"""Why a lead is a stub: asked for, or kept long enough; empty for those that were erased before it was told."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("leads", "0009_undo_of_every_edit")]

    operations = [
        migrations.AddField(
            model_name="lead",
            name="erased_for",
            field=models.CharField(
                blank=True,
                choices=[("request", "On request"), ("retention", "Kept long enough")],
                db_default="",
                default="",
                max_length=9,
            ),
        ),
    ]
