"""The rules that a score is made by: the ten factors with their weights, the grades, and one version of a profile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from leads.vocabulary.industries import ancestors
from scoring.ideal import IdealCustomer

STEPS = 10_000  # a factor's value is kept in this many steps between 0 and 1
FIRST_EXPECTED = 0.4  # what an unknown factor counts until a workspace has LEAST_FOR_EXPECTED leads
LEAST_FOR_EXPECTED = 30
# Unknown here means that nothing happened, which is no gap in the data: the mean of those where something did would
# reward silence, so it stays at FIRST_EXPECTED.
NEVER_AVERAGED = frozenset({"engagement"})
GRADES = ("A+", "A", "B", "C", "D")

Each = TypeVar("Each")


@dataclass(frozen=True, slots=True)
class Factor:
    """One of the ten: its key, what a person reads, and its default weight in per cent."""

    key: str
    label: str
    weight: int


FACTORS = (
    Factor("potential", "Potential", 15),
    Factor("engagement", "Engagement", 12),
    Factor("company_fit", "Company fit", 15),
    Factor("contactability", "Contactability", 10),
    Factor("industry_match", "Industry match", 12),
    Factor("job_title", "Job title", 10),
    Factor("location", "Location", 6),
    Factor("company_size", "Company size", 8),
    Factor("engagement_history", "Engagement history", 8),
    Factor("email_validity", "E-mail validity", 4),
)
KEYS = tuple(factor.key for factor in FACTORS)
LABELS = {factor.key: factor.label for factor in FACTORS}
WEIGHTS = tuple(factor.weight for factor in FACTORS)
CUTS = (85, 75, 60, 45)
EXPECTED = (FIRST_EXPECTED,) * len(FACTORS)


@dataclass(frozen=True, slots=True)
class Closed:
    """How many leads of one industry were won, of how many closed."""

    won: int
    closed: int


@dataclass(frozen=True, slots=True)
class ScoringProfile:
    """One version of the rules, ready to score with.

    `weights` are ten whole per cents that add up to 100, in the order of FACTORS; `cuts` the least totals of A+, A, B
    and C; `expected` ten values 0..1 that unknown factors count; `home` the ISO code of the country where the team
    works, or ""; `is_fit_to_search`: what companies are compared with is what a search asked for, because the
    profile's own ideal customer says nothing of companies; `closed` the workspace's outcomes by industry code. `id`
    is None for rules that no row stands for.
    """

    id: int | None = None
    weights: tuple[int, ...] = WEIGHTS
    cuts: tuple[int, int, int, int] = CUTS
    ideal: IdealCustomer = field(default_factory=IdealCustomer)
    expected: tuple[float, ...] = EXPECTED
    home: str = ""
    is_fit_to_search: bool = False
    closed: Mapping[str, Closed] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if len(self.weights) != len(FACTORS) or min(self.weights) < 0 or sum(self.weights) != 100:
            raise ValueError("The ten weights must add up to 100.")
        if len(self.expected) != len(FACTORS) or not all(0 <= value <= 1 for value in self.expected):
            raise ValueError("The ten expected values must lie between 0 and 1.")

    def expected_of(self, key: str) -> float:
        """What the factor counts while it is unknown, 0..1."""
        return self.expected[KEYS.index(key)]


def grade_of(total: int, cuts: tuple[int, int, int, int] = CUTS) -> str:
    """The grade of an integer total: 85 -> "A+" with the default cuts."""
    return next((grade for grade, cut in zip(GRADES, cuts, strict=False) if total >= cut), GRADES[-1])


def at_least(grade: str, lowest: str) -> bool:
    """True if `grade` is `lowest` or better."""
    return GRADES.index(grade) <= GRADES.index(lowest)


def nearest(by_industry: Mapping[str, Each], industry: str) -> Each | None:
    """What stands under the industry, else under the nearest one above it; None where nothing does.

    >>> nearest({"retail": 1, "": 2}, "retail-groceries")
    1
    """
    above = (industry, *ancestors(industry)) if industry else ()
    return next((by_industry[code] for code in above if code in by_industry), None)


def governing(in_force: Mapping[str, Each], industry: str) -> Each:
    """What scores an industry, of all that is in force: its own, else that of the nearest above it, else the default."""
    return nearest(in_force, industry) or in_force[""]
