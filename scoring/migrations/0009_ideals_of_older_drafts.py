"""Drafts made before 0008 whose own ideal customer it misjudged: beside an industry above, a withdrawn or a first version.

It compared a draft with the last version of its industry or of the default that had a time of publication. So it forgot
industries between the two, took a version that was withdrawn for the one in force, and overlooked the default profile's
first version, which has no such time. Only where it and the truth differ, and the draft says still what 0008 found, is it
changed: what somebody has set since stays.
"""

from typing import Any

from django.db import migrations
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Max

from leads.vocabulary.industries import ancestors


def put_right(apps: Any, schema_editor: Any) -> None:
    profiles = apps.get_model("scoring", "Profile")._base_manager
    for draft in profiles.filter(state="draft", created_at__lt=_when_judged()):
        versions = list(profiles.filter(workspace_id=draft.workspace_id).exclude(state="draft").order_by("version"))
        was_found, is_so = _as_0008_found(draft, versions), _is_own(draft, versions)
        if draft.has_own_ideal == was_found != is_so:
            profiles.filter(pk=draft.pk).update(has_own_ideal=is_so)


def _when_judged() -> Any:
    """When 0008 was applied to this database."""
    done = MigrationRecorder.Migration.objects.filter(app="scoring", name="0008_ideal_of_a_draft")
    return done.aggregate(at=Max("applied"))["at"]


def _as_0008_found(draft: Any, versions: list[Any]) -> bool:
    published = [each for each in versions if each.published_at and each.published_at <= draft.created_at]
    for industry in (draft.industry, ""):
        of_it = [each for each in published if each.industry == industry]
        if of_it:
            return draft.ideal != max(of_it, key=lambda each: each.published_at).ideal
    return False


def _is_own(draft: Any, versions: list[Any]) -> bool:
    at = draft.created_at
    in_force = {
        each.industry: each
        for each in versions
        if (each.published_at is None or each.published_at <= at) and (each.retired_at is None or each.retired_at > at)
    }
    return "" in in_force and draft.ideal != _governing(in_force, draft.industry).ideal


def _governing(in_force: dict[str, Any], industry: str) -> Any:
    """As it was when this was written: the industry's own version, else that of the nearest above it, else the default."""
    above = (industry, *ancestors(industry)) if industry else ()
    return next((in_force[code] for code in above if code in in_force), in_force[""])


class Migration(migrations.Migration):
    dependencies = [("scoring", "0008_ideal_of_a_draft")]

    operations = [migrations.RunPython(put_right, migrations.RunPython.noop)]
