"""What risks and opportunities have in common: a finding about one lead, and the rule that makes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from leads.conflicts import PICKABLE
from scoring.case import Case, Citation


class Severity(IntEnum):
    """How much a finding matters; the higher comes first."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3

    @property
    def label(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to know about a lead, in a title and a sentence, with what it rests on."""

    key: str
    severity: Severity
    title: str
    detail: str
    evidence: tuple[Citation, ...] = ()

    @property
    def is_decidable(self) -> bool:
        """Whether somebody can choose among the values that sources told: those of the person, not of the company."""
        return self.key == "conflict" and any(each.field in PICKABLE for each in self.evidence)

    @property
    def is_of_company(self) -> bool:
        """Whether it is decided at the company."""
        return self.key == "conflict" and not self.is_decidable

    def to_json(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "severity": self.severity.label,
            "title": self.title,
            "detail": self.detail,
            "evidence": [cited.to_json() for cited in self.evidence],
        }


Rule = Callable[[Case], Finding | None]


def fit_words(case: Case, value: float) -> str:
    """How much of what it is compared with the company meets; without an ideal customer that is what a search asked for."""
    if case.rulebook.is_fit_to_search:
        return f"The company meets {value * 100:.0f} % of what the search asked for; you have no ideal customer yet."
    return f"The company meets {value * 100:.0f} % of what your ideal customer is."


def findings(rules: Iterable[Rule], case: Case) -> tuple[Finding, ...]:
    """What the rules find, the most severe first, otherwise in the rules' order."""
    found = [finding for rule in rules if (finding := rule(case))]
    return tuple(sorted(found, key=lambda finding: -finding.severity))
