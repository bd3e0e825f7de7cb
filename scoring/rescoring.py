"""Scores stored leads again by the profile in force for each, and records what changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self
from uuid import UUID

import numpy as np
from django.db import transaction
from django.utils import timezone

from leadengine.binary_copy import UUID as UUID_BYTES
from leads.models import Delivery, Lead, Run
from scoring.engine import score
from scoring.facts import from_leads
from scoring.models import LeadScore
from scoring.publication_lock import once_delivered, while_delivering
from scoring.reading import NOBODY, Range, Reader
from scoring.recording import Batch, record_all
from scoring.rulebook import ScoringProfile
from scoring.rulebooks import Rulebooks
from scoring.rules import score_each


@transaction.atomic
def rescore(leads: Sequence[Lead], *, why: str, now: datetime) -> None:
    """Scores leads of one workspace by today's facts and profiles; free, and without effect where nothing changed.

    Facts are read for all of them at once, and scores written in one statement: the queries grow neither with the leads,
    nor with their profiles, nor with the runs that delivered them. No version is put in force until that is committed, and
    two who score the same lead do so one by one, so that the second has seen what the first knew.
    """
    if not leads:
        return
    while_delivering(leads[0].workspace_id)
    leads = _held(leads)
    if not leads:  # erased meanwhile
        return
    rulebooks = rulebooks_of(leads)
    scores = score_each(from_leads(leads, now=now), rulebooks)
    keys = np.array([lead.pk.bytes for lead in leads], dtype=UUID_BYTES)
    profile_ids = np.array([rulebook.id for rulebook in rulebooks])
    record_all(leads[0].workspace_id, [Batch.of(keys, profile_ids, scores)], why=why, now=now)


def hold(leads: Sequence[Lead]) -> None:
    """Locks leads of one workspace with their scores, for whoever scores them in several goes of one transaction.

    Everybody takes these locks in one order: the workspace's, the leads, their scores, each by key. Who took them go by go
    would wait for somebody who waits for them.
    """
    if not leads:
        return
    while_delivering(leads[0].workspace_id)
    rows = Lead.objects.of(leads[0].workspace_id).filter(pk__in=[lead.pk for lead in leads])
    list(rows.select_for_update(no_key=True, of=("self",)).order_by("pk").values_list("pk"))
    hold_scores(leads[0].workspace_id, [lead.pk for lead in leads])


def hold_scores(workspace_id: int, lead_ids: Sequence[UUID]) -> None:
    """Locks the scores of these leads in the order in which everybody writes them: for whoever has locked the leads
    themselves, or would be too late to."""
    scores = LeadScore.objects.of(workspace_id).filter(lead_id__in=lead_ids)
    list(scores.select_for_update(no_key=True).order_by("lead_id").values_list("lead_id"))


def _held(leads: Sequence[Lead]) -> list[Lead]:
    """The leads as they are now, their scores locked."""
    workspace, keys = leads[0].workspace_id, [lead.pk for lead in leads]
    hold_scores(workspace, keys)
    found = Lead.objects.of(workspace).living().select_related("company", "workspace").in_bulk(keys)
    return [found[key] for key in keys if key in found]


def rulebooks_of(leads: Sequence[Lead]) -> list[ScoringProfile]:
    """For each lead of one workspace the rules that score it: its industry's, filled by the run that delivered it last."""
    rulebooks, runs = Rulebooks.of(leads[0].workspace), last_runs(leads)
    rulebooks.runs |= {run.pk: run for run in runs.values()}
    return [
        rulebooks.book(lead.company.industry if lead.company else "", runs[lead.pk].pk if lead.pk in runs else NOBODY)
        for lead in leads
    ]


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

        A lead that others scored since its facts were read keeps that score.
        """
        since = once_delivered(self.workspace.pk)
        read = self.reader.read(after, most)
        if read is None:
            return 0, after
        record_all(
            self.workspace.pk,
            self._scored(read),
            why=self.why,
            now=timezone.now(),
            unless_after=since,
            with_values=False,
        )
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
