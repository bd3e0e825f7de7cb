"""Scores stored leads again by the profile in force for each, and records what changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from leads.models import Delivery, Lead, Run
from scoring import profiles
from scoring.engine import score
from scoring.facts import from_leads
from scoring.models import Profile
from scoring.receipt import rules_of
from scoring.recording import record


def rescore(leads: Sequence[Lead], *, why: str, now: datetime) -> None:
    """Scores leads of one workspace by today's facts and profiles; free, and without effect where nothing changed.

    Leads under the same rules are scored together, so the queries do not grow with the number of leads.
    """
    runs = last_runs(leads)
    in_force: dict[str, Profile] = {}
    alike: dict[tuple[int, UUID | None], list[Lead]] = defaultdict(list)
    for lead in leads:
        industry = lead.company.industry if lead.company else ""
        if industry not in in_force:
            in_force[industry] = profiles.current(lead.workspace, industry)
        run = runs.get(lead.pk)
        alike[in_force[industry].pk, run.pk if run else None].append(lead)
    by_id = {profile.pk: profile for profile in in_force.values()}
    for (profile_id, _), members in alike.items():
        rules = rules_of(by_id[profile_id], runs.get(members[0].pk))
        scores = score(from_leads(members, now=now), rules)
        ids = [lead.pk for lead in members]
        record(members[0].workspace_id, ids, scores, profile_id=profile_id, why=why, now=now)


def last_runs(leads: Sequence[Lead]) -> dict[UUID, Run]:
    """By lead, the run that delivered it last; nothing for a lead that came another way. Two queries."""
    deliveries = Delivery.objects.filter(lead_id__in=[lead.pk for lead in leads])
    newest = deliveries.order_by("lead_id", "-delivered_at", "-pk").distinct("lead_id")
    run_of = dict(newest.values_list("lead_id", "run_id"))
    runs = Run.objects.in_bulk(set(run_of.values()))
    return {lead_id: runs[run_id] for lead_id, run_id in run_of.items()}
