"""Scores stored leads again by the profile in force for each, and records what changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from leads.models import Delivery, Lead, Run
from scoring import profiles
from scoring.facts import from_leads
from scoring.ideal import IdealCustomer
from scoring.recording import record
from scoring.rulebook import ScoringProfile
from scoring.rules import rules_of, score_each


def rescore(leads: Sequence[Lead], *, why: str, now: datetime) -> None:
    """Scores leads of one workspace by today's facts and profiles; free, and without effect where nothing changed.

    Facts are read for all of them at once, and those of one profile are written together: the queries do not grow
    with the leads, nor with the runs that delivered them.
    """
    if not leads:
        return
    rulebooks = rulebooks_of(leads)
    scores = score_each(from_leads(leads, now=now), rulebooks)
    rows_by_profile: dict[int, list[int]] = defaultdict(list)
    for row, rulebook in enumerate(rulebooks):
        rows_by_profile[rulebook.id or 0].append(row)
    for profile_id, rows in rows_by_profile.items():
        ids = [leads[row].pk for row in rows]
        some = scores.of(rows)
        record(leads[0].workspace_id, ids, some, profile_id=profile_id, why=why, now=now)


def rulebooks_of(leads: Sequence[Lead]) -> list[ScoringProfile]:
    """For each lead of one workspace the rules that score it: its industry's, filled by the run that delivered it last."""
    published = profiles.published(leads[0].workspace)
    closed = profiles.outcomes(leads[0].workspace_id)
    runs = last_runs(leads)
    alike: dict[tuple[int, UUID | None], ScoringProfile] = {}
    same: dict[tuple[int | None, IdealCustomer], ScoringProfile] = {}
    found = []
    for lead in leads:
        industry = lead.company.industry if lead.company else ""
        profile, run = profiles.nearest(published, industry) or published[""], runs.get(lead.pk)
        key = profile.pk, run.pk if run else None
        if key not in alike:
            rules = rules_of(profile, run, closed)
            alike[key] = same.setdefault((rules.id, rules.ideal), rules)
        found.append(alike[key])
    return found


def last_runs(leads: Sequence[Lead]) -> dict[UUID, Run]:
    """By lead, the run that delivered it last; nothing for a lead that came another way. Two queries."""
    deliveries = Delivery.objects.filter(lead_id__in=[lead.pk for lead in leads])
    newest = deliveries.order_by("lead_id", "-delivered_at", "-pk").distinct("lead_id")
    run_of = dict(newest.values_list("lead_id", "run_id"))
    runs = Run.objects.in_bulk(set(run_of.values()))
    return {lead_id: runs[run_id] for lead_id, run_id in run_of.items()}
