"""Changes of one lead that can be taken back: the event of each keeps what the lead had before it, and after."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.dateparse import parse_datetime

from leads.models import Activity, ActivityKind, Lead

BEFORE, AFTER = "before", "after"  # the keys in an event's detail under which the fields stand
STANDING = ("stage_id", "outcome", "outcome_reason", "closed_at", "deal_value", "deal_currency")
OWNER = ("owner_id",)


class CannotTakeBack(Exception):
    """The change stays; the message is a sentence for the person."""


@transaction.atomic
def keeping(lead: Lead, fields: Sequence[str], act: Callable[[Lead], Activity | None]) -> Activity | None:
    """Does `act` on the lead as it is by now; the event that it answers can be taken back. None where it did nothing."""
    fresh = _locked(lead)
    before = _standing(fresh, fields)
    event = act(fresh)
    if event:
        event.detail = {**event.detail, BEFORE: before, AFTER: _standing(_locked(lead), fields)}
        event.save(update_fields=["detail"])
    return event


@transaction.atomic
def take_back(lead: Lead, event_id: int, *, by: Any | None, now: datetime) -> Activity:
    """The lead as it was before, and the event gone from its timeline. `by` only takes back what is theirs, None whatever
    there is. Raises CannotTakeBack, also where anything that the change touched is not as the change left it.
    """
    fresh = _locked(lead)
    kept = Activity.objects.of(lead.workspace_id).filter(lead=lead, pk=event_id, detail__has_keys=[BEFORE, AFTER])
    event = (kept.filter(by=by) if by else kept).first()
    if event is None:
        raise CannotTakeBack("It was taken back already, or somebody else did it.")
    before, after = event.detail[BEFORE], event.detail[AFTER]
    if _has_later(event) or _standing(fresh, after) != after or not _are_there(before):
        what = "moved" if event.kind == ActivityKind.STAGE else "changed"
        raise CannotTakeBack(f"The lead has been {what} again since.")
    for name, value in before.items():
        setattr(fresh, name, _typed(name, value))
    fresh.updated_at = now
    fresh.save(update_fields=[*(name.removesuffix("_id") for name in before), "updated_at"])
    event.delete()
    return event


def _locked(lead: Lead) -> Lead:
    leads = Lead.objects.of(lead.workspace_id).select_related("stage").select_for_update(of=("self",), no_key=True)
    return leads.get(pk=lead.pk)


def _has_later(event: Activity) -> bool:
    """Whether the lead was changed in the same way afterwards, though it may have the same values again."""
    later = Activity.objects.of(event.workspace_id).filter(lead=event.lead_id, kind=event.kind, pk__gt=event.pk)
    return (later.filter(detail__has_key=AFTER) if event.kind == ActivityKind.EDITED else later).exists()


def _are_there(before: dict[str, Any]) -> bool:
    """Whether the stage or the person that it would go back to is still there."""
    ids = {name: value for name, value in before.items() if name.endswith("_id") and value}
    models: dict[str, Any] = {name: Lead._meta.get_field(name.removesuffix("_id")).related_model for name in ids}
    return all(models[name]._base_manager.filter(pk=value).exists() for name, value in ids.items())


def _standing(lead: Lead, fields: Sequence[str]) -> dict[str, Any]:
    return {name: _plain(getattr(lead, name)) for name in fields}


def _plain(value: Any) -> Any:
    return value if isinstance(value, int | None) else value.isoformat() if isinstance(value, datetime) else str(value)


def _typed(name: str, value: Any) -> Any:
    if value is None:
        return None
    readers: dict[str, Any] = {"closed_at": parse_datetime, "deal_value": Decimal}
    return readers[name](value) if name in readers else value
