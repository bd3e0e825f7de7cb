"""Profiles to start from, by industry: how their weights differ from the default ones, and the reason of each deviation.

They are our judgement, offered and never imposed; what the workspace's own outcomes say comes before them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from leads.vocabulary import industries
from scoring.rulebook import KEYS, LABELS, WEIGHTS
from scoring.weighting import Weighting

FILE = Path(__file__).parent / "data" / "starting_profiles.json"


@dataclass(frozen=True, slots=True)
class Change:
    """One weight that differs from the default, and why."""

    key: str
    weight: int
    reason: str

    @property
    def label(self) -> str:
        return LABELS[self.key]

    @property
    def before(self) -> int:
        return WEIGHTS[KEYS.index(self.key)]


@dataclass(frozen=True, slots=True)
class StartingProfile:
    """`name` is what commands call it, `industry` the code that it is for."""

    name: str
    industry: str
    about: str
    changes: tuple[Change, ...]

    @property
    def label(self) -> str:
        return industries.label(self.industry)

    @property
    def weighting(self) -> Weighting:
        changed = {change.key: change.weight for change in self.changes}
        return Weighting.from_json({"weights": changed})

    @property
    def slug(self) -> str:
        return self.name.replace(" ", "-")


@cache
def starting_profiles() -> tuple[StartingProfile, ...]:
    """All of them, in the order of the file."""
    return tuple(
        StartingProfile(
            row["name"],
            row["industry"],
            row["about"],
            tuple(Change(key, weight, reason) for key, (weight, reason) in row["changes"].items()),
        )
        for row in json.loads(FILE.read_text(encoding="utf-8"))
    )


def find(name: str) -> StartingProfile | None:
    """By name, slug or industry code: "software", "health-care", "retail"."""
    wanted = name.strip().lower()
    return next((each for each in starting_profiles() if wanted in (each.name, each.slug, each.industry)), None)
