"""Deleted tags and lists can be brought back; companies are found by industry and place."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0004_entry_indexes"),
        ("leads", "0005_saved_search_limits"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DiscardedGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("tag", "Tag"), ("list", "List")], max_length=4)),
                ("name", models.CharField(max_length=80)),
                ("created_at", models.DateTimeField(blank=True, null=True)),
                (
                    "lead_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), blank=True, default=list, size=None
                    ),
                ),
                (
                    "merged_into",
                    models.BigIntegerField(blank=True, help_text="The tag that took its leads, if one did.", null=True),
                ),
                (
                    "gained_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(),
                        blank=True,
                        default=list,
                        help_text="The leads that the other tag did not have before.",
                        size=None,
                    ),
                ),
                ("discarded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="billing.workspace",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["discarded_at"], name="discarded_when")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("kind__in", ["tag", "list"])), name="discarded_kind")
                ],
            },
        ),
        migrations.AddIndex(
            model_name="company",
            index=models.Index(fields=["workspace", "industry", "country", "city"], name="company_by_industry"),
        ),
    ]
