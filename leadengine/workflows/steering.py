"""What a person can do with a run as it stands, and what going on costs; a refusal is always a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from billing.ledger import InsufficientCredits, LimitExceeded
from leadengine.workflows.generation import resume_generation
from leadengine.workflows.resuming import NotPossible, cost_to_resume
from leads.models import Run, RunState


@dataclass(frozen=True, slots=True)
class Controls:
    """`resume_cost` is what resuming would hold anew, at most; 0 for a paused run, None when it cannot go on."""

    can_stop: bool
    can_pause: bool
    resume_cost: Decimal | None

    @property
    def can_resume(self) -> bool:
        return self.resume_cost is not None


def controls(run: Run) -> Controls:
    """The buttons of a run's page. At most two queries."""
    is_moving = run.state in (RunState.QUEUED, RunState.RUNNING)
    return Controls(can_stop=run.is_active, can_pause=is_moving, resume_cost=_resume_cost(run))


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
