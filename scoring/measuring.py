"""Averages of versions in force, measured range by range of leads: what a worker does where a request would take too long."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self
from uuid import UUID

import numpy as np

from scoring.engine import UNKNOWN, Steps
from scoring.models import Profile, ProfileState
from scoring.publication_lock import while_publishing
from scoring.reading import Reader
from scoring.revaluing import steps_of
from scoring.rulebook import KEYS
from scoring.rulebooks import Rulebooks
from scoring.stored import Scope, average, scope_of

Sums = dict[
    str, list[list[int]]
]  # of all leads under "", by version those it scores: of each factor the sum, and how many
ALL = ""


@dataclass(slots=True)
class Measurer:
    """Adds up the values of a workspace's leads for some of its versions that are in force, by their own ideal customers."""

    reader: Reader
    rulebooks: Rulebooks
    scopes: Mapping[str, Scope]

    @classmethod
    def of(cls, workspace: Any, profile_ids: Collection[int], *, now: datetime) -> Self:
        rulebooks = Rulebooks.of(workspace)
        found = rulebooks.by_industry
        scopes = {str(each.pk): scope_of(code, found) for code, each in found.items() if each.pk in profile_ids}
        return cls(Reader(workspace.pk, now, rulebooks.ask_for_words()), rulebooks, scopes)

    def add(self, sums: Sums, after: UUID | None, most: int) -> tuple[int, UUID | None]:
        """Adds the next leads behind a key to the sums, at most so many: how many there were, and the key of the last."""
        read = self.reader.read(after, most) if self.scopes else None
        if read is None:
            return 0, after
        steps, industries = steps_of(read, self.rulebooks), read.facts.industries
        _add(sums, ALL, steps)
        for version, scope in self.scopes.items():
            is_in = np.array([scope.has(str(each)) for each in industries.values], dtype=bool)
            _add(sums, version, steps[is_in[industries.codes]])
        return len(read.ids), read.last


def freeze(workspace_id: int, sums: Sums) -> None:
    """Gives the versions that are still in force their averages; whoever scores by others meanwhile is waited for."""
    while_publishing(workspace_id)
    for version in sums.keys() - {ALL}:
        pairs = zip(KEYS, sums[version], sums[ALL], strict=True)
        averages = [average(key, (own, of_all)) for key, own, of_all in pairs]
        Profile.objects.filter(pk=int(version), workspace_id=workspace_id, state=ProfileState.PUBLISHED).update(
            expected=averages
        )


def _add(sums: Sums, name: str, steps: Steps) -> None:
    known = steps != UNKNOWN
    found = np.stack([np.where(known, steps, 0).sum(axis=0), known.sum(axis=0)], axis=1)
    sums[name] = (np.array(sums[name]) + found if name in sums else found).tolist()
