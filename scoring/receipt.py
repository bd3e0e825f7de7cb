"""The score receipt of one lead: what is stored of it, explained by the rules and evidence that it was made with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import numpy as np
from django.db.models import F, Q

from leads.fact_words import in_words, told
from leads.models import EmailStatus, Evidence, Lead, Run
from scoring import profiles
from scoring.case import CHECK, Case, Citation
from scoring.engine import UNKNOWN, tally
from scoring.explanation import NO_PRICES, ScoreReceipt, explained
from scoring.facts import from_leads
from scoring.last_check import last_check
from scoring.models import LeadScore, Profile, ScoreChange
from scoring.rulebook import ScoringProfile, governing
from scoring.rules import rules_of

REMEMBERED = 8
REPORTED = "reported_bounced"


def receipt(lead: Lead, *, now: datetime, prices: Mapping[str, Decimal] = NO_PRICES) -> ScoreReceipt:
    """The receipt of the score that is stored, or else of a fresh one; `prices` are credits by kind, for the actions.

    Only the ten lines are by the version that the score was made with: what it would be now, and what each action leads
    to, is by the one in force.
    """
    stored = LeadScore.objects.of(lead.workspace_id).filter(lead=lead).select_related("profile__workspace").first()
    in_force = profiles.published(lead.workspace)
    profile = governing(in_force, lead.company.industry if lead.company else "")
    cited = citations(lead, now=now)
    case = Case(from_leads([lead], now=now), rules_for(lead, profile), cited, rules_elsewhere(lead, in_force))
    told = explained(case, profile=str(profile), prices=prices)
    if stored:
        made_by = case if stored.profile_id == profile.pk else replace(case, rulebook=rules_for(lead, stored.profile))
        told = told.shown(tally(_steps(stored), made_by.rulebook), made_by)
        told = replace(told, profile=str(stored.profile), scored_at=stored.scored_at)
    return replace(told, history=_history(lead))


def rules_for(lead: Lead, profile: Profile) -> ScoringProfile:
    """The rules for this lead: the profile's ideal customer, with what it leaves open from the run that delivered it last.

    A run of this very version has kept its snapshot of both.
    """
    return rules_of(profile, _last_run(lead))


def rules_elsewhere(lead: Lead, in_force: Mapping[str, Profile]) -> dict[str, ScoringProfile]:
    """For a lead whose industry is yet to be found, the rules of those industries that have a profile of their own."""
    if lead.company and lead.company.industry:
        return {}
    own = {industry: each for industry, each in in_force.items() if industry}
    if not own:
        return {}
    run, closed = _last_run(lead), profiles.outcomes(lead.workspace_id)
    return {industry: rules_of(each, run, closed) for industry, each in own.items()}


def _last_run(lead: Lead) -> Run | None:
    """The run that delivered it last."""
    runs = Run.objects.of(lead.workspace_id).filter(deliveries__lead=lead)
    found: Run | None = runs.order_by("-deliveries__delivered_at").first()
    return found


def citations(lead: Lead, *, now: datetime) -> dict[str, tuple[Citation, ...]]:
    """The lead's evidence by field, what is in use first, then the newest; the same value of one source once."""
    wanted = Q(lead=lead) | Q(company=lead.company_id) if lead.company_id else Q(lead=lead)
    found: dict[str, dict[tuple[str, str], Citation]] = {}
    own_first = F("lead").asc(nulls_last=True)
    stored = Evidence.objects.of(lead.workspace_id).filter(wanted)
    rows = list(stored.order_by("-is_current", "-observed_at", own_first, "-id"))
    words = {line.fact.pk: line.words for line in told(rows, lead.company)}
    for row in rows:
        name = row.field if row.lead_id else f"company.{row.field}"
        text = words.get(row.pk) or in_words(name, row.value)
        cited = Citation(text, row.source, row.observed_at.date(), row.url, name, row.is_current)
        found.setdefault(name, {}).setdefault((row.value, row.source), cited)
    return {name: tuple(seen.values()) for name, seen in found.items()} | _own_check(lead) | last_check(lead, now=now)


def _own_check(lead: Lead) -> dict[str, tuple[Citation, ...]]:
    """Our own check of the address, unless a person's report has overtaken it."""
    at, is_known = lead.email_checked_at, lead.email_verdict != EmailStatus.UNCHECKED
    if not (lead.email and at and is_known) or lead.email_reason == REPORTED:
        return {}
    source = "sandbox_check" if lead.is_sample else "own_check"
    return {CHECK: (Citation(lead.email_verdict.label, source, at.date(), field=CHECK),)}


def _steps(stored: LeadScore) -> np.ndarray:
    return np.array([[UNKNOWN if step is None else step for step in stored.values]], dtype=np.int64)


def _history(lead: Lead) -> tuple[ScoreChange, ...]:
    changes = ScoreChange.objects.of(lead.workspace_id).filter(lead=lead)
    return tuple(changes.order_by("-id")[:REMEMBERED])
