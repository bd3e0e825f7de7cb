"""The score receipt of one lead: ten lines that add up, with reasons and evidence, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import numpy as np
from django.db.models import F, Q

from leads.criteria import Criteria
from leads.fact_words import in_words, told
from leads.models import Evidence, Lead, Run
from scoring import profiles, reasons
from scoring.case import Case, Citation
from scoring.engine import UNKNOWN, Scores, tally
from scoring.facts import from_leads
from scoring.ideal import IdealCustomer
from scoring.insights.actions import Action, actions, cheapest
from scoring.insights.finding import Finding
from scoring.insights.opportunities import opportunities
from scoring.insights.risks import risks
from scoring.models import LeadScore, Profile, ScoreChange
from scoring.rulebook import FACTORS, ScoringProfile

REMEMBERED = 8
NO_PRICES: Mapping[str, Decimal] = {}


@dataclass(frozen=True, slots=True)
class Line:
    """One factor: `points` of at most `most`, its value 0..1 (None: unknown, so `points` are assumed), and why."""

    key: str
    label: str
    points: int
    most: int
    value: float | None
    reason: str
    evidence: tuple[Citation, ...] = ()

    @property
    def is_assumed(self) -> bool:
        return self.value is None

    @property
    def percent(self) -> float:
        """How full its bar is, 0..100."""
        return 100 * (self.value if self.value is not None else self.points / (self.most or 1))

    @property
    def sources(self) -> tuple[Citation, ...]:
        """Who saw it, each source once with what it saw last."""
        newest: dict[str, Citation] = {}
        for cited in self.evidence:
            if cited.source not in newest or cited.on > newest[cited.source].on:
                newest[cited.source] = cited
        return tuple(newest.values())

    @property
    def spoken(self) -> str:
        """What a screen reader says of the bar, without its per cent."""
        return f"{self.label}, assumed" if self.is_assumed else self.label

    def to_json(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "points": self.points,
            "most": self.most,
            "value": self.value,
            "reason": self.reason,
            "evidence": [cited.to_json() for cited in self.evidence],
        }


@dataclass(frozen=True, slots=True)
class ScoreReceipt:
    """Why a lead has its score, 0..100. `fresh_total` is what it would be now; it differs as signals fade and facts come.

    `scored_at` is None if the score was never stored. `history` are the stored scores, the newest first, at most REMEMBERED,
    each with what it was before. `profile` is the version's name.
    """

    total: int
    grade: str
    low: int
    high: int
    confidence: int
    profile: str
    scored_at: datetime | None
    fresh_total: int
    fresh_grade: str
    lines: tuple[Line, ...]
    risks: tuple[Finding, ...]
    opportunities: tuple[Finding, ...]
    actions: tuple[Action, ...]
    cheapest: Action | None
    history: tuple[ScoreChange, ...]

    @property
    def known(self) -> int:
        """How many of the factors are known, not assumed."""
        return sum(not line.is_assumed for line in self.lines)

    @property
    def is_outdated(self) -> bool:
        return self.fresh_total != self.total

    @property
    def change(self) -> ScoreChange | None:
        """The last time that a score became another one."""
        return next((each for each in self.history if each.total_before is not None), None)

    @property
    def change_words(self) -> str:
        """The last stored change: "+7 points, B to A"."""
        if self.change is None or self.change.total_before is None:
            return ""
        step = self.change.total - self.change.total_before
        same = self.change.grade == self.change.grade_before
        grades = "same grade" if same else f"{self.change.grade_before} to {self.change.grade}"
        return f"{step:+d} {'point' if abs(step) == 1 else 'points'}, {grades}"

    def to_json(self) -> dict[str, Any]:
        """For scripts; points and total are whole numbers that add up, values 0..1."""
        plain = ("total", "grade", "low", "high", "confidence", "profile", "fresh_total", "fresh_grade")
        told = {name: getattr(self, name) for name in plain}
        told["scored_at"] = self.scored_at.isoformat() if self.scored_at else None
        for name in ("lines", "risks", "opportunities", "actions"):
            told[name] = [each.to_json() for each in getattr(self, name)]
        return told | {"cheapest": self.cheapest.key if self.cheapest else None, "change": self.change_words}


def receipt(lead: Lead, *, now: datetime, prices: Mapping[str, Decimal] = NO_PRICES) -> ScoreReceipt:
    """The receipt of the score that is stored, or else of a fresh one; `prices` are credits by kind, for the actions."""
    stored = LeadScore.objects.of(lead.workspace_id).filter(lead=lead).select_related("profile__workspace").first()
    profile = stored.profile if stored else profile_of(lead)
    case = Case(from_leads([lead], now=now), rules_for(lead, profile), citations(lead))
    fresh = case.scored()
    scores = tally(_steps(stored), case.rulebook) if stored else fresh
    todo = actions(case, prices)
    return ScoreReceipt(
        total=int(scores.total[0]),
        grade=scores.grade[0],
        low=int(scores.low[0]),
        high=int(scores.high[0]),
        confidence=int(scores.confidence[0]),
        profile=str(profile),
        scored_at=stored.scored_at if stored else None,
        fresh_total=int(fresh.total[0]),
        fresh_grade=fresh.grade[0],
        lines=_lines(case, scores),
        risks=risks(case),
        opportunities=opportunities(case),
        actions=todo,
        cheapest=cheapest(todo),
        history=_history(lead),
    )


def profile_of(lead: Lead) -> Profile:
    """The profile in force for the lead's industry."""
    return profiles.current(lead.workspace, lead.company.industry if lead.company else "")


def rules_for(lead: Lead, profile: Profile) -> ScoringProfile:
    """The rules for this lead: the profile's ideal customer, with what it leaves open from the run that delivered it last.

    A run of this very version has kept its snapshot of both.
    """
    run = Run.objects.of(lead.workspace_id).filter(deliveries__lead=lead).order_by("-deliveries__delivered_at").first()
    return rules_of(profile, run)


def rules_of(profile: Profile, run: Run | None) -> ScoringProfile:
    """As `rules_for`, for all leads that this run (None: no run) delivered last."""
    if run is None:
        return profiles.as_rulebook(profile)
    if run.profile_id == profile.pk:
        return profiles.as_rulebook(profile, ideal=IdealCustomer.from_json(run.ideal))
    filled = IdealCustomer.from_json(profile.ideal).filled_by(Criteria.from_json(run.criteria))
    return profiles.as_rulebook(profile, ideal=filled)


def citations(lead: Lead) -> dict[str, tuple[Citation, ...]]:
    """The lead's evidence by field, what is in use first, then the newest; the same value of one source once."""
    wanted = Q(lead=lead) | Q(company=lead.company_id) if lead.company_id else Q(lead=lead)
    found: dict[str, dict[tuple[str, str], Citation]] = {}
    own_first = F("lead").asc(nulls_last=True)
    stored = Evidence.objects.of(lead.workspace_id).filter(wanted)
    rows = list(stored.order_by("-is_current", "-observed_at", own_first, "-id"))
    words = {line.fact.pk: line.words for line in told(rows)}
    for row in rows:
        name = row.field if row.lead_id else f"company.{row.field}"
        text = words.get(row.pk) or in_words(name, row.value)
        cited = Citation(text, row.source, row.observed_at.date(), row.url, name, row.is_current)
        found.setdefault(name, {}).setdefault((row.value, row.source), cited)
    return {name: tuple(seen.values()) for name, seen in found.items()}


def _lines(case: Case, scores: Scores) -> tuple[Line, ...]:
    points, values = scores.points[0].tolist(), scores.values[0].tolist()
    return tuple(
        Line(
            key=factor.key,
            label=factor.label,
            points=points[place],
            most=case.rulebook.weights[place],
            value=None if np.isnan(values[place]) else values[place],
            reason=reasons.reason(factor.key, case),
            evidence=reasons.evidence(factor.key, case),
        )
        for place, factor in enumerate(FACTORS)
    )


def _steps(stored: LeadScore) -> np.ndarray:
    return np.array([[UNKNOWN if step is None else step for step in stored.values]], dtype=np.int64)


def _history(lead: Lead) -> tuple[ScoreChange, ...]:
    changes = ScoreChange.objects.of(lead.workspace_id).filter(lead=lead)
    return tuple(changes.order_by("-changed_at", "-id")[:REMEMBERED])
