"""Saved views of the list of leads, and edits of many leads that can be undone."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import leads.models.keys
from leadengine.tenant_walls import TenantWalls


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0004_entry_indexes"),
        ("leads", "0006_groups_and_companies"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LeadEdit",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=leads.models.keys.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "field",
                    models.CharField(
                        choices=[("stage", "Stage"), ("owner", "Owner"), ("tag", "Tag"), ("list", "List")], max_length=8
                    ),
                ),
                (
                    "value_id",
                    models.BigIntegerField(
                        blank=True, help_text="Stage, user, tag or list; empty for nobody.", null=True
                    ),
                ),
                ("words", models.CharField(help_text="What was done, for people.", max_length=120)),
                ("changed", models.PositiveIntegerField(default=0, help_text="How many leads it changed.")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60)),
                ("query", models.TextField(blank=True, default="", help_text="Canonical text; “me” is whoever looks.")),
                (
                    "columns",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        blank=True,
                        default=list,
                        help_text="Empty: one's own.",
                        size=None,
                    ),
                ),
                ("sort", models.CharField(blank=True, default="", max_length=20)),
                ("is_shared", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("deleted_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.AddField(
            model_name="activity",
            name="edit_id",
            field=models.UUIDField(blank=True, help_text="The LeadEdit that it is part of.", null=True),
        ),
        migrations.AddIndex(
            model_name="activity",
            index=models.Index(
                condition=models.Q(("edit_id__isnull", False)), fields=["edit_id"], name="activity_of_edit"
            ),
        ),
        migrations.AddField(
            model_name="leadedit",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="leadedit",
            name="workspace",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="billing.workspace",
            ),
        ),
        migrations.AddField(
            model_name="savedview",
            name="owner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="savedview",
            name="workspace",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="billing.workspace",
            ),
        ),
        migrations.AddConstraint(
            model_name="leadedit",
            constraint=models.CheckConstraint(
                condition=models.Q(("field__in", ["stage", "owner", "tag", "list"])), name="lead_edit_field"
            ),
        ),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.UniqueConstraint(
                condition=models.Q(("deleted_at__isnull", True)),
                fields=("workspace", "owner", "name"),
                name="saved_view_once",
            ),
        ),
        TenantWalls("savedview", "leadedit"),
    ]
