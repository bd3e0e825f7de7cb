"""A worker's turn at a schedule that is due: it starts its run, or counts what is new, and moves on, in one transaction."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from billing.ledger import InsufficientCredits, LimitExceeded
from billing.models import NotificationKind
from billing.notifying import News, tell
from leadengine.leased import LeaseState
from leadengine.wording import cut, in_credits
from leadengine.workflows.briefs import Brief, InvalidBrief
from leadengine.workflows.estimating import new_matches
from leadengine.workflows.generation import start_generation
from leadengine.workflows.leases import LeaseLost
from leadengine.workflows.spent_by_runs import spent_since
from leads.criteria import Criteria, InvalidCriteria
from leads.models import ScheduledAct, SearchSchedule
from leads.saved_searches import remember_count
from leads.sources.base import SourceError

ONE = Decimal(1)


class NotStarted(Exception):
    """It cannot act this time; the message says why, and `key` how often that is told: once for the same key."""

    def __init__(self, reason: str, *, key: str = "", next_at: datetime | None = None) -> None:
        self.key, self.next_at = key, next_at
        super().__init__(reason)


def scheduled_turn(schedule: SearchSchedule, *, batches: int) -> None:
    """Act once for the planned time, however many workers take it. Raises LeaseLost when it is not this worker's any more."""
    now = timezone.now()
    with transaction.atomic():
        mine = _locked(schedule)
        next_at, mine.note = mine.rhythm(mine.workspace.time_zone).after(now), ""
        try:
            _act(mine, now)
        except NotStarted as reason:
            mine.note, next_at = cut(str(reason), 300), reason.next_at or next_at
            _tell_why(mine, reason.key or f"{mine.next_at.timestamp():.0f}", now)
        _move_on(mine, next_at)


def skip_schedule(schedule: SearchSchedule) -> None:
    """After five lost workers: this time is left out, the next is tried."""
    with transaction.atomic():
        mine = _locked(schedule)
        mine.note = (
            "It was begun five times and never came to its end; whoever looks after the server finds why in the log."
        )
        _tell_why(mine, f"{mine.next_at.timestamp():.0f}", timezone.now())
        _move_on(mine, mine.rhythm(mine.workspace.time_zone).after(timezone.now()))


def request_key(schedule: SearchSchedule) -> str:
    """Of the run for the planned time: the same time cannot start two."""
    return f"schedule:{schedule.code}:{schedule.next_at.timestamp():.0f}"


def used_this_month(schedule: SearchSchedule, *, now: datetime) -> Decimal:
    """What its runs of this calendar month spent; of those under way, what they may spend."""
    since = schedule.rhythm(schedule.workspace.time_zone).month_of(now)
    return spent_since(schedule.workspace_id, f"schedule:{schedule.code}:", since)


def _locked(schedule: SearchSchedule) -> SearchSchedule:
    found = SearchSchedule.objects.select_for_update(of=("self",)).select_related("search", "workspace", "by")
    mine: SearchSchedule | None = found.filter(pk=schedule.pk, epoch=schedule.epoch, state=LeaseState.RUNNING).first()
    if mine is None:
        raise LeaseLost
    return mine


def _move_on(mine: SearchSchedule, next_at: datetime) -> None:
    mine.next_at = mine.due_at = next_at
    mine.state, mine.claimed, mine.stalls = LeaseState.QUEUED, False, 0
    mine.save(update_fields=["next_at", "due_at", "state", "claimed", "stalls", "note"])


def _act(mine: SearchSchedule, now: datetime) -> None:
    if not mine.by.is_active or not mine.workspace.memberships.filter(user=mine.by, is_active=True).exists():
        raise NotStarted(f"{mine.by.name}, who scheduled it, works here no more. Somebody else can schedule it anew.")
    brief = _brief(mine)
    if mine.act == ScheduledAct.ALERT:
        _count(mine, brief, now)
    else:
        _start(mine, replace(brief, most_credits=_room(mine, brief, now)), now)


def _brief(mine: SearchSchedule) -> Brief:
    saved = mine.search
    try:
        criteria = Criteria.from_json(saved.criteria)
    except InvalidCriteria as error:
        raise NotStarted("Its criteria cannot be read any more. Open the search and save it anew.") from error
    return Brief(
        criteria=criteria,
        sources=tuple(saved.sources),
        most_leads=mine.most_leads,
        most_credits=saved.most_credits,
        lowest_grade=saved.lowest_grade,
        new_only=True,
        verify_emails=saved.verify_emails,
        file_id=saved.source_file_id,
    )


def _room(mine: SearchSchedule, brief: Brief, now: datetime) -> Decimal:
    """What the run may spend. Raises NotStarted when the month's cap is reached."""
    room = mine.most_credits_a_month - used_this_month(mine, now=now)
    if room < ONE:
        rhythm = mine.rhythm(mine.workspace.time_zone)
        most = in_credits(mine.most_credits_a_month)
        raise NotStarted(
            f"Paused by its cap: the {most} of this month are used. It goes on next month.",
            key=f"cap:{rhythm.month_of(now):%Y-%m}",
            next_at=rhythm.in_next_month(now),
        )
    return room if brief.most_credits is None else min(room, brief.most_credits)


def _start(mine: SearchSchedule, brief: Brief, now: datetime) -> None:
    try:
        with transaction.atomic():
            start_generation(
                mine.workspace,
                brief,
                name=mine.search.name,
                by=mine.by,
                request_key=request_key(mine),
                shown_at_most=None,
                now=now,
            )
    except (InvalidBrief, InsufficientCredits, LimitExceeded, SourceError) as refusal:
        raise NotStarted(str(refusal)) from refusal


def _count(mine: SearchSchedule, brief: Brief, now: datetime) -> None:
    found = new_matches(mine.workspace, brief, now=now)
    if found is None:
        raise NotStarted("A source does not answer, so what is new could not be counted.")
    remember_count(mine.search, found.value, now=now)
    if found.value:
        title = f"{mine.search.name}: {found} new {'person matches' if found.value == 1 else 'people match'}"
        _tell(mine, NotificationKind.NEW_MATCHES, request_key(mine), title, "Nothing was spent.", now)


def _tell_why(mine: SearchSchedule, key: str, now: datetime) -> None:
    title = f"{mine.search.name}: the schedule did not run"
    _tell(mine, NotificationKind.SCHEDULE_BLOCKED, f"schedule:{mine.code}:not:{key}", title, mine.note, now)


def _tell(mine: SearchSchedule, kind: str, key: str, title: str, text: str, now: datetime) -> None:
    url = reverse("leads:search-detail", args=[mine.search_id])
    tell(mine.workspace_id, [mine.by], News(kind=kind, key=key, title=title, text=text, url=url), now=now)
