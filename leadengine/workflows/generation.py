"""Starts, stops, pauses and resumes runs: the only writer of a run's state from outside a worker."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from billing import auditing, ledger
from billing.models import PriceKind, Workspace
from billing.pricing import prices
from leadengine.constraints import violated
from leadengine.leased import OPEN_STATES, LeaseState
from leadengine.wording import amount, cut, in_credits
from leadengine.workflows.automatic_stops import DEFAULT_RULES
from leadengine.workflows.briefs import Brief, InvalidBrief
from leadengine.workflows.desk import ideal_of
from leadengine.workflows.ending import end, end_if_complete, locked
from leadengine.workflows.quoting import RunQuote, quote_run
from leadengine.workflows.resuming import NotPossible, lanes_ahead, what_is_ahead
from leadengine.workflows.run_checks import hold_for_checks, lock_stopped_checks, stop_checks, take_up_checks
from leadengine.workflows.stop_notice import raise_notice
from leadengine.workflows.waking import wake
from leads.linkedin_files import is_file
from leads.models import Lane, LaneStage, Run, RunState
from leads.models.keys import new_id
from leads.sources import registry
from leads.watching import watch
from scoring.profiles import current

STOPPABLE = (RunState.QUEUED, RunState.RUNNING, RunState.PAUSED)


class PriceRose(Exception):
    """Since the price was shown it became higher; the person must see the new one first."""

    def __init__(self, shown: Decimal, at_most: Decimal) -> None:
        self.shown, self.at_most = shown, at_most
        super().__init__(
            f"The price changed: at most {in_credits(at_most)} now, {amount(shown)} when you saw it. Check and start again."
        )


def start_generation(
    workspace: Workspace,
    brief: Brief,
    *,
    name: str,
    by: Any,
    request_key: str,
    shown_at_most: Decimal | None,
    now: datetime,
) -> Run:
    """Hold, run, lanes and wake-up in one transaction. The same request key again answers with the first run.

    Raises InvalidBrief, PriceRose, InsufficientCredits or LimitExceeded, and then nothing has happened.
    """
    first = Run.objects.of(workspace).filter(request_key=request_key).first()
    if first:
        return first
    try:
        with transaction.atomic():
            return _start(workspace, brief, name=name, by=by, request_key=request_key, shown=shown_at_most, now=now)
    except IntegrityError as error:
        if violated(error) != "run_request_once":
            raise
        return Run.objects.of(workspace).get(request_key=request_key)


def _start(
    workspace: Workspace, brief: Brief, *, name: str, by: Any, request_key: str, shown: Decimal | None, now: datetime
) -> Run:
    quoted = quote_run(workspace, brief, by=by, now=now)
    if quoted.problems:
        raise InvalidBrief(" ".join(quoted.problems))
    if shown is not None and quoted.at_most > shown:
        raise PriceRose(shown, quoted.at_most)
    run = _run(workspace, brief, quoted, name=name, by=by, request_key=request_key, now=now)
    run.save(force_insert=True)
    _hold(run, quoted.quote.of(PriceKind.DELIVERY).at_most, by=by, now=now)
    hold_for_checks(run, quoted.quote.of(PriceKind.EMAIL_CHECK).at_most, by=by, now=now)
    _lanes(run, brief, now)
    watch(run, by)
    auditing.record(
        "run.started", workspace_id=workspace.pk, by=by, obj=run, after={"at_most": str(quoted.at_most)}, now=now
    )
    wake()
    return run


def _run(
    workspace: Workspace, brief: Brief, quoted: RunQuote, *, name: str, by: Any, request_key: str, now: datetime
) -> Run:
    profile = current(workspace)
    return Run(
        id=new_id(),
        workspace=workspace,
        number=_next_number(workspace),
        name=name[:120] or cut(brief.criteria.describe(), 120),
        criteria=brief.criteria.to_json(),
        ideal=ideal_of(profile, brief.criteria).to_json(),
        profile_id=profile.pk,
        sources=list(brief.sources),
        most_leads=brief.most_leads,
        most_credits=quoted.at_most if brief.most_credits is None else brief.most_credits,
        lowest_grade=brief.lowest_grade,
        new_only=brief.new_only,
        verify_emails=brief.verify_emails,
        source_file_id=brief.file_id if any(map(is_file, brief.sources)) else None,
        stop_rules=dict(DEFAULT_RULES),
        quote=quoted.to_json(),
        request_key=request_key,
        started_by=by,
        created_at=now,
    )


def _next_number(workspace: Workspace) -> int:
    """Numbers of a workspace's runs follow each other without gaps: the counter is part of the transaction."""
    Workspace.objects.filter(pk=workspace.pk).update(next_run_number=F("next_run_number") + 1)
    return Workspace.objects.values_list("next_run_number", flat=True).get(pk=workspace.pk) - 1


def _hold(run: Run, amount: Decimal, *, by: Any, now: datetime) -> None:
    key = f"run:{run.pk}:hold:{run.epoch}"
    run.hold = ledger.hold(run.workspace, amount, key=key, run_id=run.pk, by=by, now=now)
    run.save(update_fields=["hold"])


def _lanes(run: Run, brief: Brief, now: datetime) -> None:
    """One lane a source; the cheapest is made first, so that of equally due lanes it is claimed first."""
    price_list = prices(now)
    sources = [registry.get(name) for name in brief.sources]
    lanes = [
        Lane(
            workspace_id=run.workspace_id,
            run=run,
            source=source.name,
            stage=LaneStage(source.stage),
            feeds=source.feeds,
            unit_price=price_list.of(PriceKind.DELIVERY, source.name),
            position=position,
            due_at=now,
        )
        for position, source in enumerate(sources)
    ]
    Lane.objects.bulk_create(sorted(lanes, key=lambda lane: lane.unit_price))


@transaction.atomic
def stop_generation(run: Run, *, by: Any, now: datetime) -> Run:
    """Stop at once: what is in flight is fenced off, the rest of the hold is returned. A run that ended stays as it is.

    A batch that is being written at the moment is given up, so that nothing is spent after the click.
    """
    raise_notice(run.pk)
    run = locked(run)
    if run.state not in STOPPABLE:
        return run
    run.stop_requested_at, run.spent_at_stop = now, run.spent - run.included_cost
    run.save(update_fields=["stop_requested_at", "spent_at_stop"])
    stop_checks(run, now=now)
    end(run, RunState.STOPPED, f"Stopped by {by.name}", by_id=by.pk, now=now)
    auditing.record("run.stopped", workspace_id=run.workspace_id, by=by, obj=run, now=now)
    return run


@transaction.atomic
def pause_generation(run: Run, *, by: Any, now: datetime) -> Run:
    """Let a run rest with its hold kept. Raises NotPossible when it is not under way."""
    run = locked(run)
    if run.state not in (RunState.QUEUED, RunState.RUNNING):
        raise NotPossible(f"Run {run.number} is {run.get_state_display().lower()}; only a run under way can be paused.")
    run.lanes.filter(state__in=OPEN_STATES).update(state=LeaseState.PAUSED, claimed=False, epoch=F("epoch") + 1)
    run.state, run.reason, run.epoch = RunState.PAUSED, f"Paused by {by.name}", run.epoch + 1
    run.save(update_fields=["state", "reason", "epoch"])
    auditing.record("run.paused", workspace_id=run.workspace_id, by=by, obj=run, now=now)
    return run


@transaction.atomic
def resume_generation(run: Run, *, by: Any, now: datetime) -> Run:
    """Go on where it was: a paused run with its hold, one that ended with a new hold for what is left of its limits.

    Of one that finished or failed, the sources that failed are asked again.
    A stopped one takes up the verifications that its stop ended; where only they can be paid for, it ends again at once.
    Raises NotPossible, InsufficientCredits or LimitExceeded.
    """
    run = locked(run)
    lock_stopped_checks(run)
    ahead, resting, room = what_is_ahead(run, now=now), lanes_ahead(run), run.credits_left
    if not run.is_active:
        _hold(run, ahead.delivery, by=by, now=now)
        hold_for_checks(run, ahead.checks, by=by, now=now)
        take_up_checks(run, ahead.again, now=now)
        room = ahead.delivery
    resting.filter(unit_price__lte=room).update(
        state=LeaseState.QUEUED, claimed=False, stalls=0, faults=0, error="", retry_note="", due_at=now
    )
    run.state = RunState.RUNNING if run.started_at else RunState.QUEUED
    run.reason, run.ended_at, run.stop_requested_at, run.spent_at_stop = "", None, None, None
    run.save(update_fields=["state", "reason", "ended_at", "stop_requested_at", "spent_at_stop"])
    auditing.record("run.resumed", workspace_id=run.workspace_id, by=by, obj=run, now=now)
    wake()
    if not run.lanes.filter(state__in=OPEN_STATES).exists():
        end_if_complete(run, now=now)
    return run
