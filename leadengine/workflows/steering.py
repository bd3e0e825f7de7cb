"""What a person can do with a run as it stands, and what going on costs; a refusal is always a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from billing.ledger import InsufficientCredits, LimitExceeded
from leadengine.leased import LeaseState
from leadengine.workflows.generation import resume_generation
from leadengine.workflows.resuming import NotPossible, cost_to_resume
from leads.models import MOVING_STATES, Run, RunState
from leads.sources import registry

SEVERAL = 3  # from so many on they are counted


@dataclass(frozen=True, slots=True)
class Controls:
    """`resume_cost` is what resuming would hold anew, at most; 0 for a paused run, None when it cannot go on.

    `asks_again` names the sources that failed, where going on means to ask those again.
    """

    can_stop: bool
    can_pause: bool
    resume_cost: Decimal | None
    asks_again: str = ""

    @property
    def can_resume(self) -> bool:
        return self.resume_cost is not None


def controls(run: Run) -> Controls:
    """The buttons of a run's page."""
    is_moving, cost = run.state in MOVING_STATES, _resume_cost(run)
    has_failed = cost is not None and run.state in (RunState.FINISHED, RunState.FAILED)
    return Controls(run.is_active, is_moving, cost, _failed(run) if has_failed else "")


def _failed(run: Run) -> str:
    names = run.lanes.filter(state=LeaseState.FAILED).order_by("position", "pk").values_list("source", flat=True)
    titles = [registry.title(name) for name in names]
    return " and ".join(titles) if len(titles) < SEVERAL else f"{len(titles)} sources"


def _resume_cost(run: Run) -> Decimal | None:
    try:
        return cost_to_resume(run, now=timezone.now())
    except NotPossible:
        return None


def resume(run: Run, *, by: Any, now: datetime) -> Run:
    """As `resume_generation`; missing credits and limits are NotPossible too, with their sentence."""
    try:
        return resume_generation(run, by=by, now=now)
    except (InsufficientCredits, LimitExceeded) as refusal:
        raise NotPossible(str(refusal)) from refusal
