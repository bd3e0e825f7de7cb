"""Moves on the pipeline board: with the deal's value where one is said, and each can be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.dateparse import parse_datetime

from leads import pipeline
from leads.models import Activity, ActivityKind, Lead, Stage

BEFORE = "before"  # the key in an activity's detail under which the fields stand as they were
FIELDS = ("stage_id", "outcome", "outcome_reason", "closed_at", "deal_value", "deal_currency")


class MovedSince(Exception):
    """The lead has been moved again, so that the move cannot be taken back."""

    def __init__(self) -> None:
        super().__init__("The lead has been moved again since.")


@dataclass(frozen=True, slots=True)
class Deal:
    """What a lead is worth, in the currency's three letters."""

    value: Decimal
    currency: str


@transaction.atomic
def move(
    lead: Lead, stage: Stage, *, by: Any, now: datetime, reason: str = "", deal: Deal | None = None
) -> Activity | None:
    """Puts a lead into a stage; answers the event that `take_back` takes back, None where it stood there already."""
    if lead.stage_id == stage.pk:
        return None
    before = {name: _plain(getattr(lead, name)) for name in FIELDS}
    pipeline.move(lead, stage, by=by, now=now, reason=reason)
    if deal:
        lead.deal_value, lead.deal_currency = deal.value, deal.currency
        lead.save(update_fields=["deal_value", "deal_currency"])
    event = _last_move(lead)
    event.detail = {**event.detail, BEFORE: before}
    event.save(update_fields=["detail"])
    return event


@transaction.atomic
def take_back(lead: Lead, event_id: int, *, now: datetime) -> None:
    """The lead as it was before the move, and the move gone from its timeline. Raises MovedSince."""
    Lead.objects.select_for_update(no_key=True).of(lead.workspace_id).get(pk=lead.pk)
    event = Activity.objects.of(lead.workspace_id).filter(lead=lead, kind=ActivityKind.STAGE, pk=event_id).first()
    if event is None or event != _last_move(lead) or BEFORE not in event.detail:
        raise MovedSince
    for name, value in event.detail[BEFORE].items():
        setattr(lead, name, _typed(name, value))
    lead.updated_at = now
    lead.save(update_fields=[name.removesuffix("_id") for name in FIELDS] + ["updated_at"])
    event.delete()


def _last_move(lead: Lead) -> Activity:
    moves = Activity.objects.of(lead.workspace_id).filter(lead=lead, kind=ActivityKind.STAGE)
    return moves.order_by("-occurred_at", "-pk")[0]


def _plain(value: Any) -> Any:
    return value if isinstance(value, int | None) else value.isoformat() if isinstance(value, datetime) else str(value)


def _typed(name: str, value: Any) -> Any:
    if value is None:
        return None
    readers: dict[str, Any] = {"closed_at": parse_datetime, "deal_value": Decimal}
    return readers[name](value) if name in readers else value
