"""What going on with a run would do and cost: leads to come, their verification, verifications that its stop ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Exists, Q, QuerySet

from leadengine.leased import LeaseState
from leadengine.workflows.run_checks import cost_of_checks, stopped_checks, sums_of_checks
from leads.models import Lane, Run, RunState
from leads.sources import registry
from leads.sources.connector import Connector

NOTHING = Decimal(0)


class NotPossible(Exception):
    """The run is not in a state in which this can be done; the message says which."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """What resuming holds anew, at most, for leads and for checks; `again`: verifications that the stop had ended."""

    delivery: Decimal = NOTHING
    checks: Decimal = NOTHING
    again: int = 0


def cost_to_resume(run: Run, *, now: datetime) -> Decimal:
    """What resuming a run would hold anew: nothing for a paused one. Raises NotPossible when it cannot go on."""
    ahead = what_is_ahead(run, now=now)
    return ahead.delivery + ahead.checks


def what_is_ahead(run: Run, *, now: datetime) -> Ahead:
    """Together at most what the run may cost still; what was delivered already is verified first. Raises NotPossible."""
    if run.state == RunState.PAUSED:
        return Ahead()
    resting = list(lanes_ahead(run).values_list("unit_price", flat=True))
    if run.state != RunState.STOPPED and not resting:
        raise NotPossible(f"Run {run.number} is {run.get_state_display().lower()}; there is nothing to resume.")
    if not run.leads_left or not resting:
        raise NotPossible(f"Run {run.number} has nothing left to look for.")
    check = cost_of_checks(run, 1, now=now)
    left = run.credits_left - sum(sums_of_checks(run))
    again = _affordable(stopped_checks(run).count(), check, left)
    left -= again * check
    payable = [price for price in resting if price + check <= left]
    if not payable and not again:
        raise NotPossible(f"Run {run.number} has spent all the credits it was allowed.")
    dearest = max(payable, default=NOTHING)
    leads = run.leads_left if payable else 0
    if check:
        leads = _affordable(leads, dearest + check, left)
    return Ahead(min(left, dearest * leads), check * (leads + again), again)


def lanes_ahead(run: Run) -> QuerySet[Lane]:
    """What goes on with the run: what it or its stop let rest; of one that ended, the sources that failed.

    Where one of those finds companies, the sources that are asked for people at them go on, too.
    """
    if run.state in (RunState.PAUSED, RunState.STOPPED):
        resting = (LeaseState.STOPPED,) if run.state == RunState.STOPPED else (LeaseState.PAUSED, LeaseState.STOPPED)
        return run.lanes.filter(state__in=resting)
    if run.is_active:
        return run.lanes.none()
    fails = Q(state=LeaseState.FAILED)
    fed = [name for name, source in registry.SOURCES.items() if isinstance(source, Connector) and source.is_fed]
    feeds = run.lanes.filter(fails, feeds=True).order_by()
    return run.lanes.filter(fails | Q(Exists(feeds), state=LeaseState.DONE, source__in=fed))


def _affordable(wanted: int, price: Decimal, left: Decimal) -> int:
    return min(wanted, max(0, int(left // price))) if price else wanted
