"""The factor values that leads would have by other ideal customers, from their facts, before one of these is in force.

Stored values are of the ideal customer in force: neither a preview nor an average of another one can be taken from them. All
leads are read and valued by columns, as when they are scored again, without writing: the preview is exact, lead by lead, and
the averages are those that the leads will have. That is done only where the ideal customer really differs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.engine import Steps, values_of
from scoring.models import Profile
from scoring.reading import Keys, Range, Reader
from scoring.rulebook import KEYS
from scoring.rulebooks import Rulebooks
from scoring.stored import OPEN, Scope, Stored

BATCH = 50_000


@dataclass(frozen=True, slots=True)
class Revalued:
    """n living leads in the order of their keys: `ids` of 16 bytes, their values as the engine has them, and industries."""

    ids: Keys
    steps: Steps
    industries: NDArray[np.str_]

    def expected(self, scope: Scope) -> list[float]:
        """What unknown factors would count in a version that scores these, see `Stored`."""
        in_scope = np.array([scope.has(str(each)) for each in self.industries], dtype=bool)
        outcomes = np.full(len(self.ids), OPEN, dtype=np.int16)
        return list(Stored(self.ids.view("V16"), self.steps, in_scope, outcomes).expected())

    def of(self, stored: Stored) -> Stored:
        """The same leads with these values; one that is not here any more keeps its own."""
        if not len(self.ids):
            return stored
        ids = np.ascontiguousarray(stored.ids).view("S16")
        rows = np.searchsorted(self.ids, ids).clip(max=len(self.ids) - 1)
        is_here = self.ids[rows] == ids
        steps = np.where(is_here[:, None], self.steps[rows], stored.steps)
        return Stored(stored.ids, steps, stored.in_scope, stored.outcomes)


def revalued(workspace: Any, drafts: Mapping[str, Profile], *, now: datetime) -> Revalued:
    """All leads of the workspace as they would be valued if these drafts, by industry, were in force beside the others."""
    rulebooks = Rulebooks.of(workspace)
    rulebooks.by_industry |= drafts
    reader = Reader(workspace.pk, now, rulebooks.ask_for_words())
    read = list(_valued(reader, rulebooks))
    if not read:
        return Revalued(np.zeros(0, "S16"), np.zeros((0, len(KEYS)), dtype=np.int64), np.zeros(0, "U1"))
    ids, steps, industries = (np.concatenate(part) for part in zip(*read, strict=True))
    return Revalued(ids, steps, industries)


def _valued(reader: Reader, rulebooks: Rulebooks) -> Iterator[tuple[Keys, Steps, NDArray[np.str_]]]:
    after = None
    while read := reader.read(after, BATCH):
        industries = np.array(read.facts.industries.values)[read.facts.industries.codes]
        yield read.ids, steps_of(read, rulebooks), industries
        after = read.last


def steps_of(read: Range, rulebooks: Rulebooks) -> Steps:
    """The values of these leads by the rules that score them."""
    groups, books = rulebooks.choose(read)
    steps = np.zeros((len(read.ids), len(KEYS)), dtype=np.int64)
    for place, book in enumerate(books):
        rows = np.flatnonzero(groups == place)
        steps[rows] = values_of(read.facts.take(rows), book)
    return steps
