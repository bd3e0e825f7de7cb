"""Scoring profiles by version: the one in force for an industry, its rules ready to score with, and new versions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, Q

from leads.models import Lead, Outcome
from leads.vocabulary.industries import ancestors
from scoring.ideal import IdealCustomer
from scoring.models import Profile, ProfileState
from scoring.rulebook import EXPECTED, FIRST_EXPECTED, KEYS, LEAST_FOR_EXPECTED, STEPS, Closed, ScoringProfile

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


def current(workspace: Any, industry: str = "") -> Profile:
    """The profile in force for an industry: its own, else that of the nearest industry above it, else the default."""
    wanted = (industry, *ancestors(industry)) if industry else ()
    published = Profile.objects.of(workspace).filter(state=ProfileState.PUBLISHED, industry__in=wanted)
    found = {profile.industry: profile for profile in published} if wanted else {}
    return next((found[code] for code in wanted if code in found), None) or ensure_default(workspace)


def in_force(workspace: Any, industry: str = "") -> Profile | None:
    """The published version of exactly this industry ("" is the default), if there is one."""
    published = Profile.objects.of(workspace).filter(industry=industry, state=ProfileState.PUBLISHED)
    return published.select_related("workspace").first()


def as_rulebook(
    profile: Profile, *, ideal: IdealCustomer | None = None, closed: Mapping[str, Closed] | None = None
) -> ScoringProfile:
    """The rules of a version with the outcomes so far, unless they were read already; `ideal`, a run's snapshot,
    replaces the profile's own.
    """
    return ScoringProfile(
        id=profile.pk,
        weights=tuple(getattr(profile, key) for key in KEYS),
        cuts=(profile.cut_a_plus, profile.cut_a, profile.cut_b, profile.cut_c),
        ideal=IdealCustomer.from_json(profile.ideal) if ideal is None else ideal,
        expected=tuple(profile.expected) or EXPECTED,
        home=profile.workspace.country,
        closed=outcomes(profile.workspace_id) if closed is None else closed,
    )


@transaction.atomic
def save_ideal(workspace: Any, ideal: IdealCustomer, *, by: Any, now: datetime) -> Profile:
    """Publishes a new version of the default profile with this ideal customer; the same one again changes nothing."""
    ensure_default(workspace)
    published = Profile.objects.select_for_update().of(workspace).filter(industry="", state=ProfileState.PUBLISHED)
    before = published.get()
    if IdealCustomer.from_json(before.ideal) == ideal:
        return before
    newest = Profile.objects.of(workspace).filter(industry="").order_by("-version").values_list("version", flat=True)[0]
    Profile.objects.filter(pk=before.pk).update(state=ProfileState.RETIRED)
    return Profile.objects.create(
        workspace=workspace,
        version=newest + 1,
        state=ProfileState.PUBLISHED,
        ideal=ideal.to_json(),
        expected=expected_values(workspace),
        note="Ideal customer changed",
        created_by=by,
        created_at=now,
        published_at=now,
        **{name: getattr(before, name) for name in (*KEYS, "cut_a_plus", "cut_a", "cut_b", "cut_c")},
    )


def outcomes(workspace_id: int) -> dict[str, Closed]:
    """How many leads the workspace won, of how many it won or lost, by the industry of their company."""
    closed = Lead.objects.filter(workspace_id=workspace_id, outcome__in=CLOSED, company__isnull=False).order_by()
    counted = closed.values_list("company__industry").annotate(
        won=Count("pk", filter=Q(outcome=Outcome.WON)), closed=Count("pk")
    )
    return {industry: Closed(won, all_closed) for industry, won, all_closed in counted}


def expected_values(workspace: Any) -> list[float]:
    """The workspace's mean of each factor where it is known; 0.4 for a factor that fewer than 30 leads know."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT item.place, avg(item.value), count(item.value) FROM scoring_leadscore AS score, "
            'unnest(score."values") WITH ORDINALITY AS item (value, place) '
            "WHERE score.workspace_id = %s GROUP BY item.place",
            [workspace.pk],
        )
        means = {place: float(mean) / STEPS for place, mean, known in cursor if known >= LEAST_FOR_EXPECTED}
    return [round(means.get(place, FIRST_EXPECTED), 4) for place in range(1, len(KEYS) + 1)]
