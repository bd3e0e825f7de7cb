"""The second step of a source that sells the rest of what it shows: bought for those alone who would be delivered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.utils import timezone

from leadengine.workflows import purchases
from leadengine.workflows.asking import Asked, request_of
from leadengine.workflows.kept_answers import page_of, stored_form
from leadengine.workflows.worth_buying import aside_from_purchase
from leads.candidate import Candidate
from leads.criteria import Criteria
from leads.models import Lane, Purchase, Reason, Run, SourceAnswer
from leads.sources.base import Page, SearchRequest, Source, SourceError
from leads.sources.connector import Connector
from leads.unbought import set_aside, why_aside
from scoring.rules import Rules

NOT_AGAIN = "It is not known whether {} charged for this person: a run that you start asks again"


def complete(
    source: Source, run: Run, lane: Lane, asked: Asked, criteria: Criteria, rules: Rules, now: datetime
) -> Asked:
    """The answer with its wanted candidates completed, and why the others are not. Raises SourceError, or LeaseLost.

    A batch that is run again finds what was bought, or that nobody knows whether it was, and buys nothing.
    """
    if not isinstance(source, Connector) or not source.completes:
        return asked
    before = purchases.begun(lane, now=now)  # first: an answer to it is then found below
    stored = SourceAnswer.objects.filter(lane=lane, sequence=lane.sequence).first()
    if stored is None:
        return asked
    if stored.candidates.get("is_completed"):
        return replace(asked, page=replace(page_of(stored), next_cursor=asked.page.next_cursor))
    may_be_paid = set(before.people) if before else purchases.may_be_paid(run, lane, asked.page.candidates)
    page = _unsure(asked.page, source, may_be_paid)
    page = _changed(page, aside_from_purchase(source, run, lane, replace(asked, page=page), criteria, rules, now))
    return replace(asked, page=page if before else _bought(source, run, lane, page, criteria))


def _bought(source: Connector, run: Run, lane: Lane, page: Page, criteria: Criteria) -> Page:
    """The page with those who are not set aside completed."""
    wanted = {place: each for place, each in enumerate(page.candidates) if each.is_unbought and not why_aside(each)}
    if not wanted:
        return page
    purchases.refuse_if_unsure(lane, source.title)
    purchase = purchases.intend(lane, list(wanted.values()), source.rest_costs, now=timezone.now())
    request = request_of(run, criteria, purchase.asked_at)
    try:
        found = source.complete(request, list(wanted.values()))
    except SourceError as error:
        return _unanswered(source, purchase, page, request, error)
    page = _changed(page, dict(zip(wanted, found.candidates, strict=True)))
    purchases.answered(purchase, found, _kept(page), now=timezone.now())
    return page


def _unanswered(source: Connector, purchase: Purchase, page: Page, request: SearchRequest, error: SourceError) -> Page:
    """What was certainly not carried out may be asked again; of all else nobody knows, and it is not."""
    if not error.may_be_done:
        purchases.not_done(purchase)
        raise error
    purchases.lost(purchase, source, request, error)
    page = _unsure(page, source, set(purchase.people))
    purchases.keep(purchase, _kept(page))
    return page


def _unsure(page: Page, source: Connector, people: set[int]) -> Page:
    """The page with those set aside who may have been paid for."""
    why = NOT_AGAIN.format(source.title)
    may_be_paid = {
        place: set_aside(each, Reason.SOURCE_ERROR, why)
        for place, each in enumerate(page.candidates)
        if each.is_unbought and purchases.digest(each) in people
    }
    return _changed(page, may_be_paid)


def _changed(page: Page, at: Mapping[int, Candidate]) -> Page:
    candidates: Sequence[Candidate] = [at.get(place, each) for place, each in enumerate(page.candidates)]
    return replace(page, candidates=tuple(candidates))


def _kept(page: Page) -> Mapping[str, object]:
    return {**stored_form(page), "is_completed": True}
