"""Writes what was decided of a batch: leads, evidence and scores, of those that are new and of those that exist.

Everything but charges, exclusions and counters. Call it before the credit account is locked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from leadengine.workflows.deciding import Decided
from leads import intake, merging_evidence
from leads.intake import Accepted
from leads.merging_evidence import More
from leads.models import Lane, Lead, Run
from scoring import engine, recording
from scoring.engine import Scores
from scoring.rescoring import rescore
from scoring.rulebook import ScoringProfile

Shares = Mapping[Lane, Sequence[Decided]]


def save(run: Run, shares: Shares, scores: Scores, rulebook: ScoringProfile, *, why: str, now: datetime) -> None:
    """Write each lane's share of what was decided; `scores` are in the order of `Decided.index`."""
    for lane, decided in shares.items():
        intake.save(lane, accepted(decided), now=now)
    everything = [each for decided in shares.values() for each in decided]
    _score(run, everything, scores, rulebook, why, now)
    for lane, decided in shares.items():
        _add_evidence(lane, decided, now)


def accepted(decided: Sequence[Decided]) -> list[Accepted]:
    """What of it is delivered."""
    return [each.accepted for each in decided if each.accepted]


def _score(
    run: Run, decided: Sequence[Decided], scores: Scores, rulebook: ScoringProfile, why: str, now: datetime
) -> None:
    delivered = [(each.index, each.accepted.lead_id) for each in decided if each.accepted]
    if not delivered:
        return
    tallied = engine.tally(scores.steps[[index for index, _ in delivered]], rulebook)
    lead_ids: list[UUID] = [lead_id for _, lead_id in delivered]
    recording.record(run.workspace_id, lead_ids, tallied, profile_id=run.profile_id, why=why, now=now)


def _add_evidence(lane: Lane, decided: Sequence[Decided], now: datetime) -> None:
    """What a duplicate knows goes to the lead, free of charge; a lead that is better known by it is scored again."""
    more = [
        More(lead_id, each.judged.prospect, each.judged.contact, is_delivery=each.accepted is not None)
        for each in decided
        if (lead_id := each.adds_to)
    ]
    changed = set(merging_evidence.save(lane, more, now=now)) - {each.lead_id for each in more if each.is_delivery}
    leads = Lead.objects.of(lane.workspace_id).filter(pk__in=changed).select_related("company", "workspace")
    rescore(list(leads), why=f"More facts from {lane.source}", now=now)
