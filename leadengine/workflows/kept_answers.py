"""Answers of sources as they are kept before they are used, so that a batch that is run again finds them and asks nothing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from leads.candidate import Candidate
from leads.models import Lane, SourceAnswer
from leads.sources.base import Page, RecordFault


def kept(lane: Lane) -> Page | None:
    """The answer for the lane's batch, if there is one."""
    stored = SourceAnswer.objects.filter(lane=lane, sequence=lane.sequence).first()
    return page_of(stored) if stored else None


@transaction.atomic
def keep(lane: Lane, page: Page, *, now: datetime) -> Page:
    """Whoever was first is right. What it cost is written with it, whosever lane it is by now: it was paid all the same."""
    values = {"workspace_id": lane.workspace_id, "candidates": stored_form(page), "fetched_at": now}
    values["next_cursor"] = page.next_cursor
    stored, _ = SourceAnswer.objects.get_or_create(lane=lane, sequence=lane.sequence, defaults=values)
    if page.asked or page.provider_credits:
        credits = F("provider_credits") + page.provider_credits
        Lane.objects.filter(pk=lane.pk).update(asked=F("asked") + page.asked, provider_credits=credits)
    return page_of(stored)


def stored_form(page: Page) -> dict[str, Any]:
    """What is kept of an answer, beside its cursor."""
    faults = [[fault.record_id, fault.label, fault.reason] for fault in page.faults]
    return {"candidates": [each.to_json() for each in page.candidates], "faults": faults}


def page_of(stored: SourceAnswer) -> Page:
    """The answer as it was kept; its cost was counted when it came."""
    kept = stored.candidates
    return Page(
        candidates=tuple(Candidate.from_json(each) for each in kept["candidates"]),
        next_cursor=stored.next_cursor,
        faults=tuple(RecordFault(*each) for each in kept["faults"]),
    )
