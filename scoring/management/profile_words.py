"""How commands name profiles: industries by code or label, versions by number, and both in words and JSON."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError

from leads.vocabulary import industries
from scoring.laboratory import Experiment
from scoring.models import Profile, ProfileState
from scoring.rulebook import GRADES
from scoring.versions import name_of, title


def industry_code(text: str) -> str:
    """The code of an industry that is named by code or label; "" for the default profile."""
    found = industries.find(text) if text else None
    if text and found is None:
        near = ", ".join(each.label for each in industries.suggest(text, 3))
        raise CommandError(f"There is no industry “{text}”." + (f" Near: {near}." if near else ""))
    return found.code if found else ""


def version_of(workspace: Any, industry: str, version: int) -> Profile:
    found = Profile.objects.of(workspace).filter(industry=industry, version=version).select_related("workspace")
    profile = found.first()
    if profile is None:
        raise CommandError(f"{name_of(industry)} has no version {version}.")
    return profile


def listed(profile: Profile) -> dict[str, Any]:
    return {
        "industry": profile.industry,
        "version": profile.version,
        "state": str(profile.state),
        "note": profile.note,
        "published_at": profile.published_at.isoformat() if profile.published_at else None,
    }


def described(profile: Profile) -> str:
    return f"{title(profile)} ({profile.state})" + (f": {profile.note}" if profile.note else "")


def in_force_or_not(profile: Profile) -> str:
    is_in_force = profile.state == ProfileState.PUBLISHED
    return "is in force" if is_in_force else "will be in force when the averages of all leads are measured"


def in_words(found: Experiment) -> str:
    """The migration matrix for people at a terminal: a row for each grade today, a column for each then."""
    head = "today   " + "".join(f"{grade:>8}" for grade in GRADES)
    rows = [
        f"{grade:<8}" + "".join(f"{number:>8,}" for number in row)
        for grade, row in zip(GRADES, found.trial.matrix(), strict=True)
    ]
    return "\n".join([found.said, head, *rows])
