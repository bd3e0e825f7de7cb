"""Which rules each of many leads is scored by: those of its industry's profile and of the run that delivered it last."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import numpy as np
from django.db.models import Q

from leads.models import Run
from scoring import profiles
from scoring.columns import Codes
from scoring.models import Profile
from scoring.reading import NOBODY, Keys, Range, key_of
from scoring.rulebook import Closed, ScoringProfile
from scoring.rules import rules_of


@dataclass(slots=True)
class Rulebooks:
    """The rules of one workspace as they are now; profiles, outcomes and each run are read once."""

    workspace: Any
    by_industry: dict[str, Profile]
    closed: dict[str, Closed]
    runs: dict[UUID, Run | None] = field(default_factory=lambda: {NOBODY: None})
    books: dict[tuple[int, UUID], ScoringProfile] = field(default_factory=dict)

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
        profile_of = [self.profile(industry) for industry in read.facts.industries.values]
        keys, run_codes = np.unique(read.runs, return_inverse=True)
        codes = read.facts.industries.codes * len(keys) + run_codes  # both in one number: sorted many times as quickly
        pairs, lead_codes = np.unique(codes, return_inverse=True)
        places: dict[Any, int] = {}
        books: list[ScoringProfile] = []
        place_of_pair = []
        for industry, run in (divmod(pair, len(keys)) for pair in pairs.tolist()):
            book = self._book(profile_of[industry], key_of(keys[run]))
            place = places.setdefault((book.id, book.ideal), len(books))
            if place == len(books):
                books.append(book)
            place_of_pair.append(place)
        return np.array(place_of_pair, dtype=np.intp)[lead_codes], books

    def profile(self, industry: str) -> Profile:
        """The profile in force for an industry: its own, else that of the nearest industry above it, else the default."""
        return profiles.nearest(self.by_industry, industry) or self.by_industry[""]

    def _book(self, profile: Profile, run: UUID) -> ScoringProfile:
        if (profile.pk, run) not in self.books:
            self.books[profile.pk, run] = rules_of(profile, self.runs[run], closed=self.closed)
        return self.books[profile.pk, run]

    def _meet(self, runs: Keys) -> None:
        unmet = {key_of(key) for key in np.unique(runs)} - self.runs.keys()
        self.runs |= Run.objects.of(self.workspace).in_bulk(unmet) if unmet else {}
