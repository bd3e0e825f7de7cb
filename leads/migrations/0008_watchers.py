"""Who is told when a run ends: at first whoever started one that is still under way."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import leadengine.tenancy
from leadengine.tenant_walls import TenantWalls

ACTIVE = ("queued", "running", "paused")


def starters_watch(apps: Any, schema_editor: Any) -> None:
    """Runs that end from now on tell whoever started them."""
    watchers = apps.get_model("leads", "RunWatcher").objects
    for run in apps.get_model("leads", "Run").objects.filter(state__in=ACTIVE).only("pk", "workspace", "started_by"):
        watchers.create(workspace_id=run.workspace_id, run_id=run.pk, user_id=run.started_by_id)


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0007_notifications"),
        ("leads", "0007_views_and_edits"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RunWatcher",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "run",
                    leadengine.tenancy.TenantForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="watchers",
                        to="leads.run",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="billing.workspace",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("run", "user"), name="run_watcher_once")],
            },
        ),
        TenantWalls("runwatcher"),
        migrations.RunPython(starters_watch, migrations.RunPython.noop),
    ]
