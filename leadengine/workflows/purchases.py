"""What is bought from providers: the intention is committed before the question, the cost as soon as there is an answer.

So a worker that is killed, or fenced off by a stop, leaves a row that says what was paid, or that it is not known. Such a
purchase is never asked again by itself; who starts another run by hand asks again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection, transaction
from django.db.models import BigIntegerField, F, Q, Value

from leadengine.leased import OPEN_STATES, LeaseState
from leadengine.workflows.leases import LEASE, LeaseLost
from leads.candidate import Candidate
from leads.identity import hash64
from leads.models import Lane, Purchase, PurchaseState, Run, SourceAnswer
from leads.sources.base import Page, SearchRequest, SourceError
from leads.sources.connector import Connector

OPEN = (PurchaseState.ASKED, PurchaseState.UNKNOWN)
LOCK = 0xB0_0647  # the class of our advisory locks; the number within it is the workspace's
TURN = 1.0  # seconds until it is looked again whether another run has settled what it bought
UNSETTLED = 4 * LEASE  # a purchase that is older is waited for no more
IN_FLIGHT = LEASE  # whoever asked longer ago has lost its lane
MOST_UNKNOWN = 2  # purchases of a lane without an answer; then it buys no more
NOBODY_ASKS_AGAIN = "A purchase was begun and its worker lost before the answer came"


def digest(candidate: Candidate) -> int:
    """By which somebody is known again who may have been paid for."""
    return hash64("record", f"{candidate.source}:{candidate.record_id}")


def begun(lane: Lane, *, now: datetime) -> Purchase | None:
    """What was asked for this batch before; raises SourceError while its answer may still come to another worker."""
    purchase = Purchase.objects.filter(lane=lane, sequence=lane.sequence).first()
    if purchase is None or purchase.state != PurchaseState.ASKED:
        return purchase
    rest = purchase.asked_at + IN_FLIGHT - now
    if rest > timedelta(0):
        words = "Waits for the answer to a purchase that another worker made"
        raise SourceError(words, permanent=False, retry_after=rest.total_seconds(), is_turn=True)
    leave_open(purchase, NOBODY_ASKS_AGAIN)
    return purchase


def intend(lane: Lane, candidates: Sequence[Candidate], price: Decimal, *, now: datetime) -> Purchase:
    """Committed before anything is asked. Raises LeaseLost for a run that ended, or a lane that is another's by now."""
    people = sorted({digest(each) for each in candidates})
    return _intend(lane, number=len(candidates), people=people, at_most=price * len(candidates), asked_at=now)


def intend_page(lane: Lane, number: int, price: Decimal, *, now: datetime) -> Purchase:
    """The same for a page of at most so many people, of whom nobody knows yet who they are."""
    return _intend(lane, number=number, at_most=price * number, asked_at=now)


def _intend(lane: Lane, **told: Any) -> Purchase:
    with transaction.atomic():
        mine = Lane.objects.select_for_update(no_key=True).filter(
            pk=lane.pk, epoch=lane.epoch, sequence=lane.sequence, state=LeaseState.RUNNING
        )
        if not mine.exists():
            raise LeaseLost
        _wait_for_others(lane, told.get("people", []), told["asked_at"])
        return Purchase.objects.create(workspace_id=lane.workspace_id, lane_id=lane.pk, sequence=lane.sequence, **told)


def _wait_for_others(lane: Lane, people: Sequence[int], now: datetime) -> None:
    """Raises SourceError while another run is buying one of them, or has bought and not settled them: then they are known.

    Under a lock of the workspace, so that of two who are about to buy the same person one sees the other's intention.
    """
    if not people:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, lane.workspace_id])
    others = Purchase.objects.of(lane.workspace_id).filter(asked_at__gt=now - UNSETTLED, people__overlap=people)
    asked = Q(state=PurchaseState.ASKED, asked_at__gt=now - IN_FLIGHT)
    bought = Q(state=PurchaseState.ANSWERED, lane__sequence=F("sequence"), lane__state__in=OPEN_STATES)
    if others.exclude(lane=lane).filter(asked | bought).exists():
        words = "Waits for another run, which is buying some of the same people"
        raise SourceError(words, permanent=False, retry_after=TURN, is_turn=True)


def not_done(purchase: Purchase) -> None:
    """The provider has certainly not carried it out: it may be asked again."""
    Purchase.objects.filter(pk=purchase.pk).delete()


def lost(purchase: Purchase, source: Connector, request: SearchRequest, error: SourceError) -> None:
    """There is no answer to it. What the provider has left now is asked at once, and told on the receipt."""
    leave_open(purchase, str(error), asked=error.asked, credits=error.provider_credits)
    if not error.provider_credits and (left := source.credits_left(request)) is not None:
        Purchase.objects.filter(pk=purchase.pk).update(left=left)


def leave_open(purchase: Purchase, said: str, *, asked: int = 0, credits: Decimal = Decimal(0)) -> None:
    """Nobody knows whether it was carried out; where the provider had said what it charged, that is known."""
    state = PurchaseState.ANSWERED if credits else PurchaseState.UNKNOWN
    with transaction.atomic():
        Purchase.objects.filter(pk=purchase.pk).update(state=state, said=said[:300], credits=credits)
        Lane.objects.filter(pk=purchase.lane_id).update(asked=F("asked") + asked)


def answered(purchase: Purchase, page: Page, kept: Mapping[str, object], *, now: datetime) -> None:
    """What it cost and what came, whosever lane it is by now: both are written together, and nothing is bought again."""
    with transaction.atomic():
        paid(purchase, page, now=now)
        keep(purchase, kept)
        Lane.objects.filter(pk=purchase.lane_id).update(asked=F("asked") + page.asked)


def paid(purchase: Purchase, page: Page, *, now: datetime) -> None:
    """What the answer cost; to be written together with the answer."""
    Purchase.objects.filter(pk=purchase.pk).update(
        state=PurchaseState.ANSWERED,
        credits=page.provider_credits,
        is_assumed=page.is_assumed,
        answered_at=now,
    )


def keep(purchase: Purchase, kept: Mapping[str, object]) -> None:
    """The batch as it is now, for whoever takes over; gone where it was settled meanwhile."""
    SourceAnswer.objects.filter(lane_id=purchase.lane_id, sequence=purchase.sequence).update(candidates=kept)


def may_be_paid(run: Run, lane: Lane, candidates: Iterable[Candidate]) -> set[int]:
    """The digests of those who may have been paid for already, so that this run does not buy them.

    A run that a person started buys them once more: the person asked. A scheduled one does not.
    """
    wanted = Value([digest(each) for each in candidates], output_field=ArrayField(BigIntegerField()))
    rows = Purchase.objects.of(lane.workspace_id).filter(state__in=OPEN, people__overlap=wanted)
    if not run.request_key.startswith("schedule:"):
        rows = rows.filter(lane__run=run)
    return {each for people in rows.values_list("people", flat=True) for each in people}


def refuse_if_unsure(lane: Lane, title: str) -> None:
    """Raises SourceError for a lane whose purchases went unanswered too often: the next one may be lost, too."""
    unsure = Purchase.objects.filter(lane=lane, state__in=OPEN).count()
    if unsure >= MOST_UNKNOWN:
        words = (
            f"{title} left {unsure} purchases without an answer, and may have charged for them: nothing more is bought."
        )
        raise SourceError(words, permanent=True)
