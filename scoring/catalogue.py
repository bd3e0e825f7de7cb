"""The profiles of a workspace as their pages list them: in force, drafts, profiles to start from, versions of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from leads.vocabulary import industries
from scoring.models import LeadScore, Profile, ProfileState
from scoring.profiles import ensure_default, weights_of
from scoring.rulebook import FACTORS, WEIGHTS
from scoring.starting import StartingProfile, starting_profiles
from scoring.versions import name_of

MOST_VERSIONS = 20


@dataclass(frozen=True, slots=True)
class Weight:
    """One of ten; `usual` is the default weight."""

    label: str
    weight: int
    usual: int

    @property
    def percent_of_most(self) -> float:
        """How long its bar is: 30 of 100 fills it, since no sensible profile goes beyond."""
        return min(100.0, 100 * self.weight / 30)


@dataclass(frozen=True, slots=True)
class Entry:
    """A version in a list; `leads` are scored by it now, and so many `earlier` ones can be brought back."""

    profile: Profile
    leads: int = 0
    earlier: int = 0

    @property
    def name(self) -> str:
        return name_of(self.profile.industry)

    @property
    def strongest(self) -> list[Weight]:
        """The three heaviest factors."""
        return sorted(weights(self.profile), key=lambda each: -each.weight)[:3]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The default profile stands first in `in_force`; `offered` are of industries that have no profile or draft yet,
    `others` the top industries without one, as (code, label)."""

    in_force: list[Entry]
    drafts: list[Entry]
    offered: list[StartingProfile]
    others: list[tuple[str, str]]


def catalogue(workspace: Any) -> Catalogue:
    """Four queries, however many profiles there are."""
    ensure_default(workspace)
    living = Profile.objects.of(workspace).exclude(state=ProfileState.RETIRED).select_related("created_by")
    found = sorted(living, key=lambda each: (name_of(each.industry) if each.industry else "", -each.version))
    counted = LeadScore.objects.of(workspace).order_by().values_list("profile").annotate(number=Count("pk"))
    leads = dict(counted)
    retired = Profile.objects.of(workspace).filter(state=ProfileState.RETIRED).order_by().values_list("industry")
    earlier = dict(retired.annotate(number=Count("pk")))
    in_force = [
        Entry(each, leads.get(each.pk, 0), earlier.get(each.industry, 0))
        for each in found
        if each.state == ProfileState.PUBLISHED
    ]
    drafts = [Entry(each) for each in found if each.state == ProfileState.DRAFT]
    taken = {each.industry for each in found}
    offered = [each for each in starting_profiles() if each.industry not in taken]
    free = [(code, industries.label(code)) for code in industries.TOP if code not in taken]
    return Catalogue(in_force, drafts, offered, sorted(free, key=lambda choice: choice[1]))


def versions_of(workspace: Any, industry: str) -> list[Profile]:
    """The newest versions of one industry's profile."""
    found = Profile.objects.of(workspace).filter(industry=industry).select_related("created_by")
    return list(found.order_by("-version")[:MOST_VERSIONS])


def weights(profile: Profile) -> list[Weight]:
    both = zip(FACTORS, weights_of(profile), WEIGHTS, strict=True)
    return [Weight(factor.label, weight, usual) for factor, weight, usual in both]
