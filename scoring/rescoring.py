"""Scores stored leads again by the profile in force for each, and records what changed."""

from __future__ import annotations

from datetime import datetime

from leads.models import Lead
from scoring.engine import score
from scoring.facts import from_leads
from scoring.receipt import profile_of, rules_for
from scoring.recording import record


def rescore_lead(lead: Lead, *, why: str, now: datetime) -> None:
    """Scores one lead by today's facts and profile; free, and without effect if nothing has changed."""
    profile = profile_of(lead)
    scores = score(from_leads([lead], now=now), rules_for(lead, profile))
    record(lead.workspace_id, [lead.pk], scores, profile_id=profile.pk, why=why, now=now)
