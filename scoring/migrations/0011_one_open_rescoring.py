"""Ends all but the newest open rescoring of a workspace: databases that began with 0004 lost the index that allows one only."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.utils import timezone

TAKEN_OVER = "A newer one took its place."


def end_older(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    rows = apps.get_model("scoring", "Rescoring").objects.filter(state__in=["queued", "running"])
    newest = rows.order_by("workspace_id", "-created_at", "-pk").distinct("workspace_id").values_list("pk", flat=True)
    ended = {"state": "stopped", "claimed": False, "error": TAKEN_OVER, "due_at": timezone.now()}
    for row in rows.exclude(pk__in=list(newest)):
        rows.filter(pk=row.pk).update(**ended, epoch=row.epoch + 1)


class Migration(migrations.Migration):
    dependencies = [("scoring", "0010_measured_before_publishing")]

    operations = [migrations.RunPython(end_older, migrations.RunPython.noop)]
