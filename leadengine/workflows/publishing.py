"""Puts versions of scoring profiles in force or takes them out: audited, and all leads are scored again by it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from billing import auditing
from leadengine.workflows.published_versions import record_publication
from leadengine.workflows.scoring import start_rescoring
from scoring import versions
from scoring.averaging import are_measured_later
from scoring.models import Profile, Rescoring
from scoring.pending import awaited
from scoring.profiles import published
from scoring.versions import as_published, title


@transaction.atomic
def publish_profile(draft: Profile, *, seen: int | None = None, by: Any, now: datetime) -> Rescoring | None:
    """Publish a draft, saved or not, and queue all leads to be scored again; the job, or None without leads.

    `seen` is the version that the author saw in force (0: none). Raises CannotPublish when another one is by now.
    Where a worker has to measure its averages first, it stays a draft until then, and the worker puts it in force.
    """
    if _is_measured_later(draft, now):
        versions.save_for_publication(draft, seen=seen, by=by, now=now)
        return start_rescoring(draft.workspace, why=title(draft), publish=[draft], by=by, now=now)
    before = versions.publish(draft, seen=seen, by=by, now=now)
    record_publication(draft, before, by=by, now=now)
    return _score_by(draft, by, now)


def _is_measured_later(draft: Profile, now: datetime) -> bool:
    """Also where another version is on its way whose ideal customer counts for it."""
    if draft.expected:
        return False
    is_waited_for = awaited(draft.workspace, draft.industry) is not None
    return is_waited_for or are_measured_later([as_published(draft)], published(draft.workspace), now=now)


def _score_by(draft: Profile, by: Any, now: datetime) -> Rescoring | None:
    return start_rescoring(draft.workspace, why=title(draft), instead_of=[draft.industry], by=by, now=now)


@transaction.atomic
def roll_back(version: Profile, *, seen: int | None = None, by: Any, now: datetime) -> Profile:
    """Publish an earlier version again, as a new one with the ideal customer of today; the audit names both."""
    draft = versions.restored(version, by=by, now=now)
    before = versions.publish(draft, seen=seen, by=by, now=now)
    record_publication(draft, before, by=by, now=now, back_to=version.version)
    _score_by(draft, by, now)
    return draft


@transaction.atomic
def withdraw_profile(profile: Profile, *, by: Any, now: datetime) -> Rescoring | None:
    """Stop using an industry's own profile, and queue all leads to be scored again."""
    versions.withdraw(profile, now=now)
    before = {"industry": profile.industry, "version": profile.version}
    auditing.record(
        "profile.withdrawn", workspace_id=profile.workspace_id, by=by, obj=profile, before=before, after={}, now=now
    )
    why = f"{title(profile)} taken out of force"
    return start_rescoring(profile.workspace, why=why, instead_of=[profile.industry], by=by, now=now)
