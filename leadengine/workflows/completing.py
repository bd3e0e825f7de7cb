"""The second step of a source that sells the rest of what it shows: bought for those alone who would be delivered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from leadengine.leased import LeaseState
from leadengine.workflows.asking import Asked, request_of, stored_form
from leadengine.workflows.deciding import decide
from leadengine.workflows.judging import check
from leadengine.workflows.leases import LeaseLost
from leadengine.workflows.outcomes import seen_by
from leadengine.workflows.settling import room
from leads.candidate import Candidate
from leads.criteria import Criteria
from leads.criteria.judging import NOT_KNOWN
from leads.models import Lane, Run, SourceAnswer
from leads.prospecting import Prospect, at_company, prospect
from leads.sources.base import Page, Source
from leads.sources.connector import Connector


def complete(source: Source, run: Run, lane: Lane, asked: Asked, criteria: Criteria, now: datetime) -> Asked:
    """The answer with its wanted candidates completed; what was paid for is kept before it is used. Raises SourceError.

    A batch that is run again finds what was bought and buys nothing. Raises LeaseLost before it buys for a run that ended.
    """
    if not isinstance(source, Connector) or not source.completes:
        return asked
    stored = SourceAnswer.objects.filter(lane=lane, sequence=lane.sequence).first()
    if stored is None or stored.candidates.get("is_completed"):
        return asked
    places = _wanted(source, run, lane, asked, criteria, now)
    if not places:
        return asked
    _must_hold(lane)
    found = source.complete(request_of(run, criteria, now), [asked.page.candidates[place] for place in places])
    page = _with(asked.page, places, found)
    stored.candidates = {**stored_form(page), "is_completed": True}
    stored.save(update_fields=["candidates"])
    return replace(asked, page=page)


def _must_hold(lane: Lane) -> None:
    """Nothing is bought for a run that was stopped, or by a worker whose lane is another's by now."""
    mine = Lane.objects.filter(pk=lane.pk, epoch=lane.epoch, sequence=lane.sequence, state=LeaseState.RUNNING)
    if not mine.exists():
        raise LeaseLost


def _wanted(source: Connector, run: Run, lane: Lane, asked: Asked, criteria: Criteria, now: datetime) -> Sequence[int]:
    """The positions of those whom the run would deliver by all that is known of them without paying."""
    found = [at_company(prospect([each], criteria), asked.told, criteria) for each in asked.page.candidates]
    excused = [replace(each, refusal=None) if _may_hold(each, source, criteria) else each for each in found]
    judged = [check(each, criteria, must_reach=False) for each in excused]
    with transaction.atomic():
        seen = seen_by(run, judged)
    decided = decide(judged, seen, room(run, lane), reuse_days=run.workspace.reuse_days, now=now)
    return [each.index for each in decided if each.accepted]


def _may_hold(found: Prospect, source: Connector, criteria: Criteria) -> bool:
    """Whether all that is missing is unknown still, and was in the question that the source answered."""
    mismatches = criteria.judge(found.candidate)
    return all(each.found == NOT_KNOWN and each.criterion in source.filters for each in mismatches)


def _with(page: Page, places: Sequence[int], found: Page) -> Page:
    candidates: list[Candidate] = list(page.candidates)
    for place, each in zip(places, found.candidates, strict=True):
        candidates[place] = each
    return replace(
        page,
        candidates=tuple(candidates),
        asked=page.asked + found.asked,
        provider_credits=page.provider_credits + found.provider_credits,
    )
