"""Whether a draft's ideal customer was set in it; of those there are by what was in force when they were made."""

from typing import Any

from django.db import migrations, models


def find_those_set(apps: Any, schema_editor: Any) -> None:
    profiles = apps.get_model("scoring", "Profile")._base_manager
    for draft in profiles.filter(state="draft"):
        versions = profiles.filter(workspace_id=draft.workspace_id, published_at__lte=draft.created_at)
        then = [
            versions.filter(industry=industry).order_by("-published_at").first() for industry in (draft.industry, "")
        ]
        in_force = next(filter(None, then), None)
        if in_force is not None and draft.ideal != in_force.ideal:
            profiles.filter(pk=draft.pk).update(has_own_ideal=True)


class Migration(migrations.Migration):
    dependencies = [
        ("scoring", "0007_fewer_indexes"),
    ]

    operations = [
        migrations.AddField(
            model_name="profile",
            name="has_own_ideal",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="Of a draft: somebody set the ideal customer in it; without, it follows the workspace's.",
            ),
        ),
        migrations.RunPython(find_those_set, migrations.RunPython.noop),
    ]
