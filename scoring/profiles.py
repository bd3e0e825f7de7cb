"""Scoring profiles in force: the one of an industry, its rules ready to score with, and what it stands on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from leads.models import Lead, Outcome
from scoring import stored
from scoring.ideal import IdealCustomer
from scoring.models import Profile, ProfileState
from scoring.rulebook import EXPECTED, KEYS, Closed, ScoringProfile, governing

CLOSED = (Outcome.WON, Outcome.LOST)


def ensure_default(workspace: Any) -> Profile:
    """The workspace's default profile in force; its first version is made if there is none. Idempotent."""
    return (
        in_force(workspace)
        or Profile.objects.get_or_create(
            workspace=workspace,
            industry="",
            version=1,
            defaults={"state": ProfileState.PUBLISHED, "expected": list(EXPECTED)},
        )[0]
    )


def published(workspace: Any) -> dict[str, Profile]:
    """The profiles in force by industry; the default, under "", is made if there is none."""
    found = Profile.objects.of(workspace).filter(state=ProfileState.PUBLISHED).select_related("workspace")
    in_force = {profile.industry: profile for profile in found}
    return in_force if "" in in_force else {**in_force, "": ensure_default(workspace)}


def current(workspace: Any, industry: str = "") -> Profile:
    """The profile in force for an industry: its own, else that of the nearest industry above it, else the default."""
    found = published(workspace)
    return governing(found, industry)


def in_force(workspace: Any, industry: str = "") -> Profile | None:
    """The published version of exactly this industry ("" is the default), if there is one."""
    found = Profile.objects.of(workspace).filter(industry=industry, state=ProfileState.PUBLISHED)
    return found.select_related("workspace").first()


def in_force_at(workspace: Any, at: datetime) -> dict[str, Profile]:
    """The versions that were in force at that time, by industry."""
    since = Q(published_at__lte=at) | Q(published_at__isnull=True)
    still = Q(retired_at__isnull=True) | Q(retired_at__gt=at)
    found = Profile.objects.of(workspace).exclude(state=ProfileState.DRAFT).filter(since, still)
    return {profile.industry: profile for profile in found.order_by("version")}


def as_rulebook(
    profile: Profile, *, ideal: IdealCustomer | None = None, closed: Mapping[str, Closed] | None = None
) -> ScoringProfile:
    """The rules of a version with the outcomes so far (looked up, unless given as `closed`).

    `ideal`, a run's snapshot, replaces the profile's own.
    """
    own = IdealCustomer.from_json(profile.ideal)
    ideal = own if ideal is None else ideal
    return ScoringProfile(
        id=profile.pk,
        weights=weights_of(profile),
        cuts=cuts_of(profile),
        ideal=ideal,
        expected=tuple(profile.expected) or EXPECTED,
        home=profile.workspace.country,
        is_fit_to_search=ideal.describes_companies and not own.describes_companies,
        closed=outcomes(profile.workspace_id) if closed is None else closed,
    )


def weights_of(profile: Profile) -> tuple[int, ...]:
    """The ten weights in the order of FACTORS."""
    return tuple(getattr(profile, key) for key in KEYS)


def cuts_of(profile: Profile) -> tuple[int, int, int, int]:
    return profile.cut_a_plus, profile.cut_a, profile.cut_b, profile.cut_c


def outcomes(workspace_id: int) -> dict[str, Closed]:
    """How many leads the workspace won, of how many it won or lost, by the industry of their company."""
    closed = Lead.objects.filter(workspace_id=workspace_id, outcome__in=CLOSED, company__isnull=False).order_by()
    counted = closed.values_list("company__industry").annotate(
        won=Count("pk", filter=Q(outcome=Outcome.WON)), closed=Count("pk")
    )
    return {industry: Closed(won, all_closed) for industry, won, all_closed in counted}


def expected_values(workspace: Any, industry: str = "", *, now: datetime) -> list[float]:
    """What unknown factors count from now on: means of the leads that this industry's profile scores, see `Stored`."""
    found = Profile.objects.of(workspace).filter(state=ProfileState.PUBLISHED).values_list("industry", flat=True)
    return list(stored.read(workspace.pk, stored.scope_of(industry, set(found)), now=now).expected())
