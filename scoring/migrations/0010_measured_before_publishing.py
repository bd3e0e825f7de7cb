"""Rescorings that are open and measure averages of a version that is in force: they score all leads by it, as it is."""

from typing import Any

from django.db import migrations


def begin_anew(apps: Any, schema_editor: Any) -> None:
    rescorings = apps.get_model("scoring", "Rescoring")._base_manager
    rescorings.filter(state__in=("queued", "running"), cursor__has_key="measure").update(cursor={}, done=0)


class Migration(migrations.Migration):
    dependencies = [("scoring", "0009_ideals_of_older_drafts")]

    operations = [migrations.RunPython(begin_anew, migrations.RunPython.noop)]
