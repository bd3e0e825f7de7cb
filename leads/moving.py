"""Moves on the pipeline, with the deal's value where one is said, and other owners and outcomes: each can be taken back
by `taking_back.take_back`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from leads import pipeline
from leads.models import Activity, Lead, Stage
from leads.taking_back import OWNER, STANDING, keeping


@dataclass(frozen=True, slots=True)
class Deal:
    """What a lead is worth, in the currency's three letters."""

    value: Decimal
    currency: str


def move(
    lead: Lead, stage: Stage, *, by: Any, now: datetime, reason: str = "", deal: Deal | None = None
) -> Activity | None:
    """Puts a lead into a stage; answers the event that is taken back, None where it stood there already."""

    def act(fresh: Lead) -> Activity | None:
        event = pipeline.move(fresh, stage, by=by, now=now, reason=reason)
        if event and deal:
            fresh.deal_value, fresh.deal_currency = deal.value, deal.currency
            fresh.save(update_fields=["deal_value", "deal_currency"])
        return event

    return keeping(lead, STANDING, act)


def assign(lead: Lead, owner: Any | None, *, by: Any, now: datetime) -> Activity | None:
    """Gives a lead to a member, or to nobody; answers the event that is taken back, None where it is theirs already."""
    return keeping(lead, OWNER, lambda fresh: pipeline.assign(fresh, owner, by=by, now=now))


def settle_outcome(lead: Lead, *, by: Any, now: datetime, **outcome: Any) -> Activity | None:
    """Notes what a closed lead came to, as `pipeline.settle_outcome`; answers the event that is taken back."""
    return keeping(lead, STANDING, lambda fresh: pipeline.settle_outcome(fresh, **outcome, by=by, now=now))
