"""Averages of versions on their way into force, measured range by range of leads: a worker's, where a request takes too long."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self
from uuid import UUID

import numpy as np

from scoring.engine import UNKNOWN, Steps
from scoring.models import Profile
from scoring.reading import Reader
from scoring.revaluing import steps_of
from scoring.rulebook import KEYS
from scoring.rulebooks import Rulebooks
from scoring.stored import Scope, average, scope_of
from scoring.versions import as_published

ALL = "*"
# Of all leads under ALL, by industry those that its draft scores: of each factor the sum of known values, and their number.
Sums = dict[str, list[list[int]]]


@dataclass(slots=True)
class Measurer:
    """Adds up the values of a workspace's leads as they are when these drafts, by industry, are in force beside the others.

    `basis` is what they are measured by, in the form of JSON.
    """

    reader: Reader
    rulebooks: Rulebooks
    scopes: Mapping[str, Scope]
    basis: list[Any]

    @classmethod
    def of(cls, workspace: Any, drafts: Mapping[str, Profile], *, now: datetime) -> Self:
        rulebooks = Rulebooks.of(workspace)
        basis = basis_of(drafts, rulebooks.by_industry)
        rulebooks.by_industry |= {industry: as_published(each) for industry, each in drafts.items()}
        scopes = {industry: scope_of(industry, rulebooks.by_industry) for industry in drafts}
        return cls(Reader(workspace.pk, now, rulebooks.ask_for_words()), rulebooks, scopes, basis)

    def add(self, sums: Sums, after: UUID | None, most: int) -> tuple[int, UUID | None]:
        """Adds the next leads behind a key to the sums, at most so many: how many there were, and the key of the last."""
        read = self.reader.read(after, most) if self.scopes else None
        if read is None:
            return 0, after
        steps, industries = steps_of(read, self.rulebooks), read.facts.industries
        _add(sums, ALL, steps)
        for industry, scope in self.scopes.items():
            is_in = np.array([scope.has(str(each)) for each in industries.values], dtype=bool)
            _add(sums, industry, steps[is_in[industries.codes]])
        return len(read.ids), read.last


def basis_of(drafts: Mapping[str, Profile], found: Mapping[str, Profile]) -> list[Any]:
    """What averages of drafts stand on: which versions are in force, and whom the drafts look for."""
    in_force = sorted([industry, each.pk] for industry, each in found.items())
    return [in_force, [[each.pk, as_published(each).ideal] for _, each in sorted(drafts.items())]]


def averages(sums: Sums, industry: str) -> list[float]:
    """What unknown factors count in the industry's draft."""
    of_all = sums.get(ALL) or [[0, 0]] * len(KEYS)
    return [average(key, both) for key, *both in zip(KEYS, sums.get(industry, of_all), of_all, strict=True)]


def _add(sums: Sums, name: str, steps: Steps) -> None:
    known = steps != UNKNOWN
    found = np.stack([np.where(known, steps, 0).sum(axis=0), known.sum(axis=0)], axis=1)
    sums[name] = (np.array(sums[name]) + found if name in sums else found).tolist()
