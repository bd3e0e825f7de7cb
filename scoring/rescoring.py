"""Scores stored leads again by the profile in force for each, and records what changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self
from uuid import UUID

import numpy as np
from django.utils import timezone

from leads.models import Delivery, Lead, Run
from scoring import profiles
from scoring.engine import score
from scoring.facts import from_leads
from scoring.models import Profile
from scoring.reading import Range, Reader
from scoring.receipt import rules_of
from scoring.recording import Batch, record, record_all
from scoring.rulebooks import Rulebooks


def rescore(leads: Sequence[Lead], *, why: str, now: datetime) -> None:
    """Scores leads of one workspace by today's facts and profiles; free, and without effect where nothing changed.

    Leads under the same rules are scored together, so the queries do not grow with the number of leads.
    """
    runs = last_runs(leads)
    in_force: dict[str, Profile] = {}
    alike: dict[tuple[int, UUID | None], list[Lead]] = defaultdict(list)
    for lead in leads:
        industry = lead.company.industry if lead.company else ""
        if industry not in in_force:
            in_force[industry] = profiles.current(lead.workspace, industry)
        run = runs.get(lead.pk)
        alike[in_force[industry].pk, run.pk if run else None].append(lead)
    by_id = {profile.pk: profile for profile in in_force.values()}
    for (profile_id, _), members in alike.items():
        rules = rules_of(by_id[profile_id], runs.get(members[0].pk))
        scores = score(from_leads(members, now=now), rules)
        ids = [lead.pk for lead in members]
        record(members[0].workspace_id, ids, scores, profile_id=profile_id, why=why, now=now)


@dataclass(slots=True)
class Rescorer:
    """Scores a workspace's leads in the order of their keys, by the facts and profiles of the time `now`.

    What many leads share is read once: profiles by industry, runs, outcomes, and each distinct fact.
    """

    workspace: Any
    why: str
    now: datetime
    reader: Reader
    rulebooks: Rulebooks

    @classmethod
    def of(cls, workspace: Any, *, why: str, now: datetime) -> Self:
        rulebooks = Rulebooks.of(workspace)
        return cls(workspace, why, now, Reader(workspace.pk, now, rulebooks.ask_for_words()), rulebooks)

    def rescore(self, after: UUID | None, most: int) -> tuple[int, UUID | None]:
        """Scores the next leads behind a key, at most so many: how many there were, and the key of the last.

        A lead that was scored by others since `now` keeps that score.
        """
        read = self.reader.read(after, most)
        if read is None:
            return 0, after
        record_all(self.workspace.pk, self._scored(read), why=self.why, now=timezone.now(), unless_after=self.now)
        return len(read.ids), read.last

    def _scored(self, read: Range) -> list[Batch]:
        groups, books = self.rulebooks.choose(read)
        batches = []
        for place, book in enumerate(books):
            rows = np.flatnonzero(groups == place)
            scores = score(read.facts.take(rows), book)
            batches.append(Batch.of(read.ids[rows], np.full(len(rows), book.id), scores))
        return batches


def last_runs(leads: Sequence[Lead]) -> dict[UUID, Run]:
    """By lead, the run that delivered it last; nothing for a lead that came another way. Two queries."""
    deliveries = Delivery.objects.filter(lead_id__in=[lead.pk for lead in leads])
    newest = deliveries.order_by("lead_id", "-delivered_at", "-pk").distinct("lead_id")
    run_of = dict(newest.values_list("lead_id", "run_id"))
    runs = Run.objects.in_bulk(set(run_of.values()))
    return {lead_id: runs[run_id] for lead_id, run_id in run_of.items()}
