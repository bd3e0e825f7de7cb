"""When a version was retired, so that a run is scored by what was in force when it began; grades over weeks, by an index."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("scoring", "0005_feedback")]

    operations = [
        migrations.AddField(
            model_name="profile",
            name="retired_at",
            field=models.DateTimeField(blank=True, help_text="When another took its place, or none did.", null=True),
        ),
        migrations.AddIndex(
            model_name="scorechange",
            index=models.Index(
                condition=models.Q(("grade", models.F("grade_before")), _negated=True),
                fields=["workspace", "changed_at"],
                include=("grade_before", "grade"),
                name="score_change_of_grade",
            ),
        ),
    ]
