"""A score explained: ten lines that add up, with reasons and evidence, what speaks for and against, and what to do; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any, Self

import numpy as np

from leadengine.wording import signed
from scoring import reasons
from scoring.case import Case, Citation
from scoring.engine import Scores
from scoring.factors.reach import is_writable
from scoring.insights.actions import Action, actions
from scoring.insights.finding import Finding
from scoring.insights.opportunities import opportunities
from scoring.insights.path import Path, cheapest_path
from scoring.insights.risks import risks
from scoring.known_facts import known_and_missing
from scoring.models import ScoreChange
from scoring.rulebook import FACTORS
from scoring.shortfalls.said import shortfall

NO_PRICES: Mapping[str, Decimal] = {}


@dataclass(frozen=True, slots=True)
class Line:
    """One factor: `points` of at most `most`, its value 0..1 (None: unknown, so `points` are assumed), and why.

    `counted` is the value that the points stand on: the value, or what is expected while it is unknown. `shortfall` says
    what the missing points are missing for; "" where none are.
    """

    key: str
    label: str
    points: int
    most: int
    value: float | None
    counted: float
    reason: str
    evidence: tuple[Citation, ...] = ()
    shortfall: str = ""

    @property
    def is_assumed(self) -> bool:
        return self.value is None

    @property
    def percent(self) -> float:
        """How full its bar is, 0..100: as full as the points beside it say."""
        return 100 * self.points / self.most if self.most else 0.0

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
        plain = ("key", "label", "points", "most", "value", "counted", "reason", "shortfall")
        told = {name: getattr(self, name) for name in plain}
        return told | {"assumed": self.is_assumed, "evidence": [cited.to_json() for cited in self.evidence]}


@dataclass(frozen=True, slots=True)
class ScoreReceipt:
    """Why a lead has its score, 0..100. `fresh_total` is what it would be now by `fresh_profile`, the version in force; it
    differs as signals fade, and facts and versions come.

    `scored_at` is None if the score was never stored. `history` are the stored scores, the newest first, each with what it
    was before. `profile` is the version's name. `is_writable`: whether a mail may be sent, by all that is known of the address.
    """

    total: int
    grade: str
    low: int
    high: int
    confidence: int
    profile: str
    fresh_total: int
    fresh_grade: str
    fresh_profile: str
    lines: tuple[Line, ...]
    facts_known: tuple[str, ...]
    facts_missing: tuple[str, ...]
    risks: tuple[Finding, ...]
    opportunities: tuple[Finding, ...]
    actions: tuple[Action, ...]
    path: Path | None
    is_writable: bool
    scored_at: datetime | None = None
    history: tuple[ScoreChange, ...] = field(default=())

    @property
    def known(self) -> int:
        """How many of the factors are known, not assumed."""
        return sum(not line.is_assumed for line in self.lines)

    @property
    def facts_asked(self) -> int:
        return len(self.facts_known) + len(self.facts_missing)

    @property
    def is_refused(self) -> bool:
        """Whether the person does not want to be contacted, so that there is nothing to do."""
        return any(found.key == "opted_out" for found in self.risks)

    @property
    def is_outdated(self) -> bool:
        return (self.fresh_total, self.fresh_grade, self.fresh_profile) != (self.total, self.grade, self.profile)

    @property
    def outdated_words(self) -> str:
        """What it would be now, and why it is another score or version: "By today's facts it would be B 62: ..."."""
        is_other = self.fresh_profile != self.profile
        by = (
            f"By profile {self.fresh_profile}, which is in force by now, and today's facts"
            if is_other
            else "By today's facts"
        )
        if (self.fresh_total, self.fresh_grade) == (self.total, self.grade):
            return f"{by} it stays {self.grade} {self.total}."
        why = "" if is_other else ": signals fade, and facts have changed since"
        return f"{by} it would be {self.fresh_grade} {self.fresh_total}{why}."

    def shown(self, scores: Scores, case: Case) -> Self:
        """The same receipt of a lead whose stored score is this one, its lines explained by the rules that made it."""
        return replace(
            self,
            total=int(scores.total[0]),
            grade=scores.grade[0],
            low=int(scores.low[0]),
            high=int(scores.high[0]),
            confidence=int(scores.confidence[0]),
            lines=_lines(case, scores),
        )

    @property
    def change(self) -> ScoreChange | None:
        """The last time that the total became another one."""
        changes = (each for each in self.history if each.total_before is not None)
        return next((each for each in changes if each.total != each.total_before), None)

    @property
    def change_words(self) -> str:
        """The last stored change: "+7 points, B to A"."""
        if self.change is None or self.change.total_before is None:
            return ""
        step = self.change.total - self.change.total_before
        same = self.change.grade == self.change.grade_before
        grades = "same grade" if same else f"{self.change.grade_before} to {self.change.grade}"
        return f"{signed(step)} {'point' if abs(step) == 1 else 'points'}, {grades}"

    def to_json(self) -> dict[str, Any]:
        """For scripts; points and total are whole numbers that add up, values 0..1, prices credits."""
        plain = ("total", "grade", "low", "high", "confidence", "profile")
        fresh = ("fresh_total", "fresh_grade", "fresh_profile")
        told: dict[str, Any] = {name: getattr(self, name) for name in (*plain, *fresh)}
        told |= {"factors_known": self.known, "facts_known": len(self.facts_known), "facts_asked": self.facts_asked}
        told |= {"facts_missing": list(self.facts_missing)}
        told["scored_at"] = self.scored_at.isoformat() if self.scored_at else None
        for name in ("lines", "risks", "opportunities", "actions"):
            told[name] = [each.to_json() for each in getattr(self, name)]
        return told | {"path": self.path.to_json() if self.path else None, "change": self.change_words}


def explained(case: Case, *, profile: str, prices: Mapping[str, Decimal] = NO_PRICES) -> ScoreReceipt:
    """The receipt of a case by its own facts; `prices` are credits by kind, for the actions."""
    fresh = case.scored
    known, missing = known_and_missing(case)
    return ScoreReceipt(
        total=int(fresh.total[0]),
        grade=fresh.grade[0],
        low=int(fresh.low[0]),
        high=int(fresh.high[0]),
        confidence=int(fresh.confidence[0]),
        profile=profile,
        fresh_total=int(fresh.total[0]),
        fresh_grade=fresh.grade[0],
        fresh_profile=profile,
        lines=_lines(case, fresh),
        facts_known=known,
        facts_missing=missing,
        risks=risks(case),
        opportunities=opportunities(case),
        actions=actions(case, prices),
        path=cheapest_path(case, prices),
        is_writable=is_writable(case.email),
    )


def _lines(case: Case, scores: Scores) -> tuple[Line, ...]:
    points, values = scores.points[0].tolist(), scores.values[0].tolist()
    return tuple(_line(case, place, points[place], values[place]) for place in range(len(FACTORS)))


def _line(case: Case, place: int, points: int, value: float) -> Line:
    factor, most, is_assumed = FACTORS[place], case.rulebook.weights[place], bool(np.isnan(value))
    return Line(
        key=factor.key,
        label=factor.label,
        points=points,
        most=most,
        value=None if is_assumed else value,
        counted=case.rulebook.expected[place] if is_assumed else value,
        reason=reasons.reason(factor.key, case),
        evidence=reasons.evidence(factor.key, case),
        shortfall=shortfall(factor.key, case, points=points, most=most, is_assumed=is_assumed),
    )
