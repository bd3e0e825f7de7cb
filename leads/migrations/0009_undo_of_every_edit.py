"""Outcomes, and tags and lists that were taken off, are edits that can be undone too; who undid one is kept."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("leads", "0008_watchers_and_schedules"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="leadedit", name="lead_edit_field"),
        migrations.AddField(
            model_name="leadedit",
            name="undone_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="leadedit",
            name="field",
            field=models.CharField(
                choices=[
                    ("stage", "Stage"),
                    ("owner", "Owner"),
                    ("tag", "Tag"),
                    ("list", "List"),
                    ("outcome", "Outcome"),
                    ("untag", "Tag taken off"),
                    ("unlist", "Taken off a list"),
                ],
                max_length=8,
            ),
        ),
        migrations.AddConstraint(
            model_name="leadedit",
            constraint=models.CheckConstraint(
                condition=models.Q(("field__in", ["stage", "owner", "tag", "list", "outcome", "untag", "unlist"])),
                name="lead_edit_field",
            ),
        ),
    ]
