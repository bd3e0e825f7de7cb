"""Pages of a source that charges for each record it shows: bought as everything else is, and no more than the run allows."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from leadengine.leased import OPEN_STATES, LeaseState
from leadengine.workflows import kept_answers, purchases
from leadengine.workflows.purchase_costs import Spent, spent_by_lane
from leads.models import Lane, LeadIdentity, Purchase, Run, RunState
from leads.sources import registry
from leads.sources.base import Cursor, Page, RecordFault, SearchRequest, SourceError
from leads.sources.connector import Connector

MOST_KNOWN = 500
NOT_AGAIN = "It is not known whether {} charged for this page: a run that you start asks again"


def ration(source: Connector, run: Run, lane: Lane) -> int:
    """How many more records it may be asked for.

    As many as the run may deliver leads of it, those of which nobody knows whether they were charged included, and never
    more than can be paid for on our side. What was begun is brought to its end first.
    """
    if Purchase.objects.filter(lane=lane, sequence=lane.sequence).exists():
        return source.batch
    left = most_records(run.most_leads, run.most_credits, lane.unit_price)
    left -= _used(source, spent_by_lane(run)[lane.pk])
    money = min(run.hold.remaining if run.hold else Decimal(0), run.most_credits - run.spent)
    return max(0, min(left, most_records(run.leads_left, money, lane.unit_price)))


def why_over(run: Run, lane: Lane, spent: Spent) -> str:
    """What a receipt says of a source that showed as many as it might; "" of any other."""
    source = registry.SOURCES.get(lane.source)
    if not isinstance(source, Connector) or not source.is_rationed or lane.state != LeaseState.DONE:
        return ""
    most = most_records(run.most_leads, run.most_credits, lane.unit_price)
    is_over = _used(source, spent) >= most and run.delivered < run.most_leads
    return f"Asked no more: it showed as many people as the quote allows, {most:,}." if is_over else ""


def _used(source: Connector, spent: Spent) -> int:
    return int((spent.credits + spent.possible) // source.page_costs)


def most_records(leads: int, credits: Decimal | None, unit_price: Decimal) -> int:
    """Records that a run of so many leads and credits is shown at most.

    >>> most_records(25, None, Decimal(1)), most_records(25, Decimal("7.5"), Decimal(2))
    (25, 3)
    """
    return leads if credits is None or not unit_price else min(leads, int(credits // unit_price))


def known_to(source: Connector, run: Run, lane: Lane, *, now: datetime) -> tuple[str, ...]:
    """Records of the source that stand for leads the workspace had when it was asked first, the last first.

    All pages of a search are of one question, so what is delivered meanwhile does not change it.
    """
    if not (source.is_rationed and run.new_only):
        return ()
    begun = Purchase.objects.filter(lane=lane).aggregate(at=Min("asked_at"))["at"] or now
    start = f"{source.name}:"
    mine = LeadIdentity.objects.of(run.workspace_id).filter(kind="record", value__startswith=start)
    before = mine.filter(lead__created_at__lt=begun).order_by("-pk")
    return tuple(value.removeprefix(start) for value in before.values_list("value", flat=True)[:MOST_KNOWN])


def bought(source: Connector, run: Run, lane: Lane, request: SearchRequest, cursor: Cursor, limit: int) -> Page:
    """The page, kept together with what it cost; one that may have been charged without an answer is asked for no more.

    Raises SourceError where it was certainly not charged, or where the source leaves too much unanswered.
    """
    if purchases.begun(lane, now=request.now):
        return kept_answers.keep(lane, _lost(source, lane), now=request.now)
    purchases.refuse_if_unsure(lane, source.title)
    _wait_for_others(source, run, lane, request.now)
    known = known_to(source, run, lane, now=request.now)
    number = max(limit, cursor.get("size", 0))
    purchase = purchases.intend_page(lane, number, source.page_costs, now=timezone.now())
    try:
        page = source.search(replace(request, known=known), cursor, limit)
    except SourceError as error:
        if not error.may_be_done:
            purchases.not_done(purchase)
            raise
        purchases.lost(purchase, source, request, error)
        return kept_answers.keep(lane, _lost(source, lane), now=request.now)
    return _kept(lane, purchase, page, request)


def _wait_for_others(source: Connector, run: Run, lane: Lane, now: datetime) -> None:
    """Raises SourceError while an earlier run is shown people by the same source: afterwards they are known, and not paid twice.

    For a short while only, and not once it was asked itself.
    """
    if not (source.is_rationed and run.new_only) or now - run.created_at > purchases.UNSETTLED:
        return
    ahead = Lane.objects.of(lane.workspace_id).filter(
        source=source.name, pk__lt=lane.pk, state__in=OPEN_STATES, faults=0
    )
    if ahead.filter(run__state=RunState.RUNNING).exists() and not Purchase.objects.filter(lane=lane).exists():
        words = f"Waits for another run, which is asking {source.title} just now"
        raise SourceError(words, permanent=False, retry_after=purchases.TURN, is_turn=True)


@transaction.atomic
def _kept(lane: Lane, purchase: Purchase, page: Page, request: SearchRequest) -> Page:
    """Its credits stand on the purchase, so they are not counted beside it."""
    purchases.paid(purchase, page, now=timezone.now())
    return kept_answers.keep(lane, replace(page, provider_credits=Decimal(0)), now=request.now)


def _lost(source: Connector, lane: Lane) -> Page:
    """Where the page would have led nobody knows, so the search ends here, or goes on at the next company."""
    label = f"A page of {source.title}"
    return Page((), None, (RecordFault(f"page {lane.sequence}", label, NOT_AGAIN.format(source.title)),))
