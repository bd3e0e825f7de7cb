"""LinkedIn: a response that is told becomes a lead at once, for so many credits a month; those told before wait for a run."""

import django.core.validators
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0010_answers_epoch"),
        ("leads", "0020_purchases_side_by_side"),
    ]

    operations = [
        migrations.AddField(
            model_name="linkedinconnection",
            name="most_credits_a_month",
            field=models.DecimalField(
                blank=True,
                decimal_places=2,
                max_digits=12,
                null=True,
                validators=[django.core.validators.MinValueValidator(1)],
            ),
        ),
        migrations.AddField(
            model_name="linkedinevent",
            name="claimed",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="linkedinevent",
            name="cursor",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="linkedinevent",
            name="due_at",
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
        migrations.AddField(
            model_name="linkedinevent",
            name="epoch",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="linkedinevent",
            name="error",
            field=models.CharField(blank=True, default="", max_length=300),
        ),
        migrations.AddField(
            model_name="linkedinevent",
            name="stalls",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="linkedinevent",
            name="state",
            field=models.CharField(
                choices=[
                    ("queued", "Queued"),
                    ("running", "Running"),
                    ("paused", "Paused"),
                    ("done", "Done"),
                    ("stopped", "Stopped"),
                    ("failed", "Failed"),
                ],
                default="paused",
                max_length=8,
            ),
        ),
        migrations.AlterField(
            model_name="linkedinevent",
            name="state",
            field=models.CharField(
                choices=[
                    ("queued", "Queued"),
                    ("running", "Running"),
                    ("paused", "Paused"),
                    ("done", "Done"),
                    ("stopped", "Stopped"),
                    ("failed", "Failed"),
                ],
                default="queued",
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="linkedinevent",
            name="taken_at",
            field=models.DateTimeField(
                blank=True, help_text="When a worker last took it: the measure of fairness.", null=True
            ),
        ),
        migrations.AddIndex(
            model_name="linkedinevent",
            index=models.Index(
                condition=models.Q(("state__in", ["queued", "running"])), fields=["due_at"], name="linkedin_event_due"
            ),
        ),
    ]
