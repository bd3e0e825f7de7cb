"""What is known stays: the grade of who was left out, what a search counted last, and how many in the roll-up have what."""

from django.db import migrations, models
from django.db.models import F


class Migration(migrations.Migration):
    dependencies = [("leads", "0024_imports")]

    operations = [
        migrations.AddField(
            model_name="exclusion",
            name="grade",
            field=models.CharField(blank=True, db_default="", default="", max_length=2),
        ),
        migrations.AddField(
            model_name="exclusion",
            name="total",
            field=models.PositiveSmallIntegerField(
                blank=True, help_text="The score of 100 that was judged when it was left out, where one was.", null=True
            ),
        ),
        migrations.RemoveIndex(model_name="exclusion", name="exclusion_group"),
        migrations.AddIndex(
            model_name="exclusion",
            index=models.Index(
                F("run"), F("reason"), F("total").desc(nulls_last=True), F("id"), name="exclusion_best_first"
            ),
        ),
        migrations.AddField(
            model_name="savedsearch",
            name="new_matches",
            field=models.PositiveIntegerField(
                blank=True, help_text="How many new people matched when it was counted last.", null=True
            ),
        ),
        migrations.AddField(
            model_name="savedsearch",
            name="counted_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="directorycount",
            name="has_email",
            field=models.PositiveIntegerField(
                help_text="How many of them, as all below; unknown until rolled up.", null=True
            ),
        ),
        *(
            migrations.AddField(model_name="directorycount", name=name, field=models.PositiveIntegerField(null=True))
            for name in ("has_phone", "hiring", "new_in_role")
        ),
    ]
