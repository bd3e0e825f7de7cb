"""Which rules score which lead: those of its industry's profile, else of the nearest industry above, else the default."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from leads.criteria import Criteria
from leads.models import Run
from scoring import engine, profiles
from scoring.columns import LeadFacts
from scoring.engine import Scores
from scoring.ideal import IdealCustomer
from scoring.models import Profile, ProfileState
from scoring.rulebook import Closed, ScoringProfile, nearest
from scoring.subsets import together


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one workspace: those of the default profile, and of each industry that has its own."""

    default: ScoringProfile
    by_industry: Mapping[str, ScoringProfile] = field(default_factory=dict)

    def of(self, industry: str) -> ScoringProfile:
        """What scores a lead of this industry."""
        return nearest(self.by_industry, industry) or self.default

    def score(self, facts: LeadFacts) -> Scores:
        """Scores each lead by the rules of its industry."""
        if not self.by_industry:
            return engine.score(facts, self.default)
        known = {code: self.of(code) for code in facts.industries.values}
        return score_each(facts, [known[facts.industries[row]] for row in range(facts.n)])


def score_each(facts: LeadFacts, rulebooks: Sequence[ScoringProfile]) -> Scores:
    """Scores each lead by the rulebook at its place; those under the same one are scored together."""
    alike: dict[int, list[int]] = {}
    for row, rulebook in enumerate(rulebooks):
        alike.setdefault(id(rulebook), []).append(row)
    if len(alike) <= 1:
        return engine.score(facts, rulebooks[0] if rulebooks else ScoringProfile())
    parts = [np.array(rows, dtype=np.intp) for rows in alike.values()]
    scored = [(rows, engine.score(facts.take(rows), rulebooks[rows[0]])) for rows in parts]
    return together(scored, facts.n)


def rules_of_run(run: Run) -> Rules:
    """What scores the run's leads now: the profiles in force with its criteria, as when all leads are scored again."""
    closed = profiles.outcomes(run.workspace_id)
    made = {each.industry: rules_of(each, run, closed) for each in profiles.published(run.workspace).values()}
    return Rules(made.pop(""), made)


def are_in_force(rules: Rules, workspace: Any) -> bool:
    """Whether nobody has put another version in force, or taken one out, since the rules were read. One query."""
    known = {rules.default.id, *(each.id for each in rules.by_industry.values())}
    found = Profile.objects.of(workspace).filter(state=ProfileState.PUBLISHED).values_list("pk", flat=True)
    return known == set(found)


def started_with(run: Run) -> ScoringProfile:
    """The version that the run began with, and its snapshot of the ideal customer: its sources are asked by these to the
    end, because they go on from where they were in one order."""
    profile = Profile.objects.of(run.workspace_id).select_related("workspace").get(pk=run.profile_id)
    return profiles.as_rulebook(profile, ideal=IdealCustomer.from_json(run.ideal), closed={})


def rules_for(published: Mapping[str, Profile], criteria: Criteria) -> Rules:
    """By the profiles in force; criteria fill what an ideal customer leaves open."""
    closed = profiles.outcomes(published[""].workspace_id)
    made = {industry: filled_by(each, criteria, closed) for industry, each in published.items()}
    return Rules(made.pop(""), made)


def rules_of(profile: Profile, run: Run | None, closed: Mapping[str, Closed] | None = None) -> ScoringProfile:
    """The profile's ideal customer, with what it leaves open from the run that delivered the lead last (None: no run).

    A run of this very version has kept its snapshot of both.
    """
    if run is None:
        return profiles.as_rulebook(profile, closed=closed)
    if run.profile_id == profile.pk:
        return profiles.as_rulebook(profile, ideal=IdealCustomer.from_json(run.ideal), closed=closed)
    return filled_by(profile, Criteria.from_json(run.criteria), closed)


def filled_by(profile: Profile, criteria: Criteria, closed: Mapping[str, Closed] | None = None) -> ScoringProfile:
    ideal = IdealCustomer.from_json(profile.ideal).filled_by(criteria)
    return profiles.as_rulebook(profile, ideal=ideal, closed=closed)
