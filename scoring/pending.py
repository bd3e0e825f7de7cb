"""Versions on their way into force: they stay drafts while a worker measures their averages."""

from __future__ import annotations

from typing import Any

from leadengine.leased import OPEN_STATES
from scoring.models import Profile, ProfileState, Rescoring
from scoring.profiles import published
from scoring.rulebook import governing


def being_published(workspace: Any) -> dict[str, Profile]:
    """By industry, what the rescoring that is open will put in force."""
    job = Rescoring.objects.of(workspace).filter(state__in=OPEN_STATES).first()
    return drafts_of(job) if job else {}


def drafts_of(job: Rescoring) -> dict[str, Profile]:
    """By industry, what this rescoring will put in force; what somebody discarded meanwhile is not among it."""
    if not job.to_publish:
        return {}
    drafts = Profile.objects.of(job.workspace_id).filter(state=ProfileState.DRAFT, pk__in=map(int, job.to_publish))
    return {each.industry: each for each in drafts.select_related("workspace", "created_by")}


def awaited(workspace: Any, industry: str) -> Profile | None:
    """What is on its way and will score this industry, of its own or by standing above it."""
    waiting = being_published(workspace)
    found = governing({**published(workspace), **waiting}, industry) if waiting else None
    return found if found in waiting.values() else None
