"""A worker's turn at one source of one run: ask for a batch outside any transaction, judge it, settle it; then the next."""

from __future__ import annotations

import logging
import time
from functools import partial

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from leadengine.leased import OPEN_STATES, LeaseState
from leadengine.workflows import leases
from leadengine.workflows.asking import ask
from leadengine.workflows.automatic_stops import automatic_stop
from leadengine.workflows.checking_batch import checks_of
from leadengine.workflows.completing import complete
from leadengine.workflows.ending import end, end_if_complete, fail_lane
from leadengine.workflows.judging import judge
from leadengine.workflows.judging_apart import judged_apart
from leadengine.workflows.settling import Batch, settle
from leads.criteria import Criteria
from leads.models import Exclusion, Lane, Reason, Run, RunState
from leads.sources import registry
from leads.sources.base import SourceError
from scoring.rules import Rules, rules_of_run

MAX_FAULTS = 5
FIRST_WAIT, LONGEST_WAIT = 2.0, 300.0  # seconds, doubled from fault to fault
TURN_WAIT = 0.3  # seconds until a dearer lane asks again whether it is its turn
FEED_WAIT = 1.0  # ... and a fed one whether there are companies
LONG_TURN = 5.0  # seconds after which no further batch is begun: the queue cuts a task off after a minute
AWAITS = "Waits for companies"  # the note of a fed source while nothing has been found for it yet

log = logging.getLogger("leadengine.lanes")


def run_turn(lane: Lane, *, batches: int) -> None:
    """Work on a claimed lane for some batches, then give it back. Raises LeaseLost when it is not this worker's any more."""
    run = Run.objects.select_related("workspace", "hold").get(pk=lane.run_id)
    if not _begin(run, lane):
        return
    if _cheaper_first(lane):
        leases.give_back(lane, now=timezone.now(), delay=TURN_WAIT)
        return
    rules, begun = rules_of_run(run), time.monotonic()
    for _ in range(batches):
        if not run_batch(run, lane, rules):
            return
        lane.refresh_from_db()
        run.refresh_from_db()
        if lane.state != LeaseState.RUNNING:
            return
        if time.monotonic() - begun > LONG_TURN:
            break
    leases.give_back(lane, now=timezone.now())


def _cheaper_first(lane: Lane) -> bool:
    """Whether a cheaper source of our own is still at it: what costs less is used up before the dearer one is asked."""
    own = [name for name, source in registry.SOURCES.items() if source.is_local]
    cheaper = Lane.objects.filter(run=lane.run_id, state__in=OPEN_STATES, unit_price__lt=lane.unit_price)
    return cheaper.filter(source__in=own).exists()


def run_batch(run: Run, lane: Lane, rules: Rules) -> bool:
    """Ask for and settle one batch; False when this lane has nothing more to do for now."""
    now = timezone.now()
    source = registry.get(lane.source)
    criteria = Criteria.from_json(run.criteria)
    try:
        asked = ask(source, run, lane, criteria, now)
        _hold(lane)
        asked = complete(source, run, lane, asked, criteria, rules, now) if asked else None
    except SourceError as error:
        _fault(lane, error)
        return False
    if asked is None:
        _await_companies(lane)
        return False
    page, told = asked.page, asked.told
    _hold(lane)
    checks = checks_of(page.candidates, run, now=now)
    assess = partial(judge, run=run, criteria=criteria, rules=rules, now=now, verdicts=checks.verdicts, told=told)
    (judged, scores), broken = judged_apart(page.candidates, assess)
    batch = Batch(judged, scores, page, broken, run.found, told=told, is_cut_off=checks.is_cut_off)
    with transaction.atomic():
        after = settle(lane, batch, rules, now=timezone.now())
        _finish_or_stop(after, has_errors=bool(batch.faults))
    return after.state == RunState.RUNNING and page.next_cursor is not None


def _hold(lane: Lane) -> None:
    """A whole lease for what comes next, so that none of it is done by another worker, too. Raises LeaseLost."""
    if not leases.renew(lane, now=timezone.now()):
        raise leases.LeaseLost


def _begin(run: Run, lane: Lane) -> bool:
    """Mark a queued run as running; a lane of a run that ended meanwhile is closed."""
    if run.state == RunState.QUEUED:
        now = timezone.now()
        Run.objects.filter(pk=run.pk, state=RunState.QUEUED).update(state=RunState.RUNNING, started_at=now)
        run.refresh_from_db()
    if run.state != RunState.RUNNING:
        Lane.objects.filter(pk=lane.pk, epoch=lane.epoch).update(state=LeaseState.STOPPED, claimed=False)
    return run.state == RunState.RUNNING


def _finish_or_stop(run: Run, *, has_errors: bool) -> None:
    """Errors are counted only where there are new ones: otherwise their share has only fallen."""
    now = timezone.now()
    end_if_complete(run, now=now)
    errors = Exclusion.objects.filter(run=run, reason=Reason.SOURCE_ERROR).count() if has_errors else 0
    reason = automatic_stop(run.stop_rules, found=run.found, delivered=run.delivered, errors=errors, spent=run.spent)
    if run.state == RunState.RUNNING and reason:
        end(run, RunState.STOPPED, reason, now=now)


def _await_companies(lane: Lane) -> None:
    mine = Lane.objects.filter(pk=lane.pk, epoch=lane.epoch, state=LeaseState.RUNNING)
    mine.update(stalls=0, retry_note=AWAITS)
    leases.give_back(lane, now=timezone.now(), delay=FEED_WAIT)


def _fault(lane: Lane, error: SourceError) -> None:
    """A source that did not answer: asked again later, longer each time; after five times, or for good, its lane fails.

    One that only has to wait for its turn waits, and nothing is counted against it.
    """
    mine = Lane.objects.filter(pk=lane.pk, epoch=lane.epoch, state=LeaseState.RUNNING)
    spent = F("provider_credits") + error.provider_credits
    mine.update(asked=F("asked") + error.asked, provider_credits=spent)
    lane.faults += 0 if error.is_turn else 1
    log.warning("lane %s of %s: %s", lane.pk, lane.source, error)
    if error.permanent or lane.faults >= MAX_FAULTS:
        lane.error = str(error)[:300]
        fail_lane(lane)
        return
    wait = error.retry_after or min(LONGEST_WAIT, FIRST_WAIT * 2 ** (lane.faults - 1))
    mine.update(faults=lane.faults, stalls=0, retry_note=str(error)[:200])
    leases.give_back(lane, now=timezone.now(), delay=wait)
