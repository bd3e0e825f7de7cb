"""Which rules each of many leads is scored by: those of its industry's profile and of the run that delivered it last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import numpy as np
from django.db.models import Q

from leads.models import Run
from scoring import profiles
from scoring.columns import Codes
from scoring.ideal import IdealCustomer
from scoring.models import Profile
from scoring.reading import NOBODY, Keys, Range, key_of
from scoring.rulebook import Closed, ScoringProfile, governing
from scoring.rules import rules_of


@dataclass(slots=True)
class Rulebooks:
    """The rules of one workspace as they are now; profiles, outcomes and each run are read once."""

    workspace: Any
    by_industry: dict[str, Profile]
    closed: dict[str, Closed]
    runs: dict[UUID, Run | None] = field(default_factory=lambda: {NOBODY: None})
    books: dict[tuple[str, UUID], ScoringProfile] = field(default_factory=dict)
    equal: dict[tuple[int | None, IdealCustomer], ScoringProfile] = field(default_factory=dict)

    @classmethod
    def of(cls, workspace: Any) -> Rulebooks:
        return cls(workspace, profiles.published(workspace), profiles.outcomes(workspace.pk))

    def ask_for_words(self) -> bool:
        """Whether any ideal customer looks at a company's words."""
        if any("keywords" in profile.ideal for profile in self.by_industry.values()):
            return True
        return (
            Run.objects.of(self.workspace)
            .filter(Q(criteria__has_key="keywords") | Q(ideal__has_key="keywords"))
            .exists()
        )

    def choose(self, read: Range) -> tuple[Codes, list[ScoringProfile]]:
        """For each lead the place of its rules in the list; equal rules stand there once."""
        self._meet(read.runs)
        industry_of = read.facts.industries.values
        keys, run_codes = np.unique(read.runs, return_inverse=True)
        codes = read.facts.industries.codes * len(keys) + run_codes  # both in one number: sorted many times as quickly
        pairs, lead_codes = np.unique(codes, return_inverse=True)
        chosen = [self.book(industry_of[code], key_of(keys[run])) for code, run in _parted(pairs, len(keys))]
        books = list({id(book): book for book in chosen}.values())
        place_of = {id(book): place for place, book in enumerate(books)}
        return np.array([place_of[id(book)] for book in chosen], dtype=np.intp)[lead_codes], books

    def book(self, industry: str, run: UUID) -> ScoringProfile:
        """The rules of the industry's profile, filled by a run that was met (NOBODY: none); equal rules are one object."""
        profile = governing(self.by_industry, industry)
        if (profile.industry, run) not in self.books:
            rules = rules_of(profile, self.runs[run], closed=self.closed)
            self.books[profile.industry, run] = self.equal.setdefault((rules.id, rules.ideal), rules)
        return self.books[profile.industry, run]

    def _meet(self, runs: Keys) -> None:
        unmet = {key_of(key) for key in np.unique(runs)} - self.runs.keys()
        self.runs |= Run.objects.of(self.workspace).in_bulk(unmet) if unmet else {}


def _parted(pairs: Codes, base: int) -> Iterator[tuple[int, int]]:
    return (divmod(pair, base) for pair in pairs.tolist())
