"""A worker's turn at what LinkedIn's webhook told: the response is fetched and given to a run of its own, once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from billing.ledger import InsufficientCredits, LimitExceeded
from billing.models import NotificationKind, PriceKind
from billing.notifying import News, tell
from billing.pricing import prices
from leadengine.leased import LeaseState
from leadengine.wording import cut, in_credits, plural
from leadengine.workflows import kept_answers, leases
from leadengine.workflows.briefs import Brief, InvalidBrief
from leadengine.workflows.generation import start_generation
from leadengine.workflows.leases import LeaseLost
from leadengine.workflows.linkedin_hook import erase_response
from leadengine.workflows.spent_by_runs import spent_since
from leads.criteria import Criteria
from leads.models import LeadAction, LinkedInConnection, LinkedInEvent
from leads.sources.base import Page, SourceError
from leads.sources.social.linkedin import LinkedIn, connection
from leads.timing import Rhythm

MOST = 50  # responses of one run
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(hours=1)
LOST = "It was begun five times and never came to its end; whoever looks after the server finds why in the log."


class Waits(Exception):
    """Not now; the message says why."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What LinkedIn answered, and the events that it was asked for: those behind them are left for the next turn."""

    page: Page
    events: Sequence[LinkedInEvent]


def response_turn(event: LinkedInEvent, *, batches: int) -> None:
    """Everything that is due in the workspace, in one run. Raises LeaseLost when it is not this worker's any more."""
    now = timezone.now()
    if event.action == LeadAction.DELETED:
        _erase_again(event, now)
        return
    found = connection(event.workspace_id)
    if found is None or found.most_credits_a_month is None:
        LinkedInEvent.objects.filter(pk=event.pk, epoch=event.epoch).update(state=LeaseState.PAUSED, claimed=False)
        return
    events = [event, *_others_due(event, now)]
    try:
        room = _room(found, now)
        page, number = LinkedIn().by_id(found, [each.response for each in events], now=now)
        _begin(found, Fetched(page, events[:number]), room, now)
    except (SourceError, Waits) as reason:
        _wait(found, events, reason, now)
        return
    for each in events[number:]:
        leases.give_back(each, now=now)


def give_up(event: LinkedInEvent) -> None:
    """After five lost workers: it stays where it is, and the settings say so."""
    LinkedInEvent.objects.filter(pk=event.pk).update(state=LeaseState.FAILED, claimed=False, error=LOST)


def price_of(now: datetime) -> Decimal:
    """Of a new lead that came by a response."""
    return prices(now).of(PriceKind.DELIVERY, LinkedIn.name)


def used_this_month(found: LinkedInConnection, *, now: datetime) -> Decimal:
    """What the runs of responses spent in the workspace's calendar month."""
    since = Rhythm("monthly", hour=0, zone=found.workspace.time_zone).month_of(now)
    return spent_since(found.workspace_id, "linkedin:", since)


def _erase_again(event: LinkedInEvent, now: datetime) -> None:
    """Whoever was being delivered while LinkedIn told of the deletion."""
    with transaction.atomic():
        erase_response(event.workspace, event.response, now=now)
        _mine([event]).update(state=LeaseState.DONE, claimed=False)


def _others_due(event: LinkedInEvent, now: datetime) -> list[LinkedInEvent]:
    """None beside one that lost its worker before: it may be its own fault."""
    found: list[LinkedInEvent] = []
    while not event.stalls and len(found) < MOST - 1:
        only = {"workspace": event.workspace_id, "action": LeadAction.CREATED, "stalls": 0, "claimed": False}
        other = leases.claim(LinkedInEvent, now=now, **only)
        if other is None:
            break
        found.append(other)
    return found


def _room(found: LinkedInConnection, now: datetime) -> Decimal:
    """What a run may spend. Raises Waits."""
    who = found.connected_by
    if not who.is_active or not found.workspace.memberships.filter(user=who, is_active=True).exists():
        raise Waits(f"{who.name}, who connected LinkedIn, works here no more. Another manager connects it again.")
    most = found.most_credits_a_month or Decimal(0)
    room = most - used_this_month(found, now=now)
    if room < price_of(now):
        raise Waits(f"The {in_credits(most)} of this month are used. It goes on next month.")
    return room


@transaction.atomic
def _begin(found: LinkedInConnection, fetched: Fetched, room: Decimal, now: datetime) -> None:
    """The run and its answer, and the events done, together. What was deleted meanwhile is not given to it.

    Raises LeaseLost or Waits, and then nothing has happened.
    """
    mine = set(_mine(fetched.events).select_for_update().values_list("response", flat=True))
    if fetched.events[0].response not in mine:
        raise LeaseLost
    here = tuple(each for each in fetched.page.candidates if each.record_id in mine)
    if here or fetched.page.faults:
        page = replace(fetched.page, candidates=here)
        number = len(here) + len(page.faults)
        most = min(room, price_of(now) * number) or None
        brief = Brief(criteria=Criteria(), sources=(LinkedIn.name,), most_leads=number, most_credits=most)
        _start(found, brief, page, key=f"linkedin:{fetched.events[0].pk}", now=now)
    _mine(fetched.events).update(state=LeaseState.DONE, claimed=False, error="")


def _start(found: LinkedInConnection, brief: Brief, page: Page, *, key: str, now: datetime) -> None:
    name = f"LinkedIn: {brief.most_leads} {plural(brief.most_leads, 'response')}"
    who = found.connected_by
    try:
        run = start_generation(found.workspace, brief, name=name, by=who, request_key=key, shown_at_most=None, now=now)
    except (InvalidBrief, InsufficientCredits, LimitExceeded) as refusal:
        raise Waits(str(refusal)) from refusal
    kept_answers.keep(run.lanes.get(), page, now=now)


def _wait(found: LinkedInConnection, events: Sequence[LinkedInEvent], reason: Exception, now: datetime) -> None:
    """Tried again later, longer each time; at most an hour where it is for good, for somebody has to do something.

    It is told once a day.
    """
    tries = events[0].cursor.get("tries", 0)
    is_passing = isinstance(reason, SourceError) and not reason.permanent
    asked = timedelta(seconds=reason.retry_after or 0) if isinstance(reason, SourceError) else timedelta(0)
    wait = max(asked, min(LONGEST_WAIT, FIRST_WAIT * 2**tries)) if is_passing else LONGEST_WAIT
    with transaction.atomic():
        waiting = {"state": LeaseState.QUEUED, "claimed": False, "stalls": 0, "due_at": now + wait}
        _mine(events).update(**waiting, cursor={"tries": min(tries + 1, 10)}, error=cut(str(reason), 300))
        if not is_passing:
            _tell(found, reason, now)


def _tell(found: LinkedInConnection, reason: Exception, now: datetime) -> None:
    news = News(
        kind=NotificationKind.SCHEDULE_BLOCKED,
        key=f"linkedin:{found.pk}:waits:{now:%Y-%m-%d}",
        title="LinkedIn: responses to your lead forms wait",
        text=str(reason),
        url=reverse("leads:linkedin"),
    )
    tell(found.workspace_id, [found.connected_by], news, now=now)


def _mine(events: Sequence[LinkedInEvent]) -> Any:
    """Those of the claimed rows that still are this worker's."""
    held = reduce(or_, (Q(pk=each.pk, epoch=each.epoch) for each in events))
    return LinkedInEvent.objects.filter(held, state=LeaseState.RUNNING)
