"""The bad-data button: what was wrong is paid back at once, as its own line of the ledger, and the source is remembered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Count, Q

from billing import ledger
from billing.models import CreditEntry
from leadengine.wording import in_credits
from leads.models import ActivityKind, Delivery, EmailStatus, Lead
from leads.pipeline import record
from leads.sources import registry
from scoring.rescoring import hold, rescore

WINDOW = timedelta(days=30)
FAULTS = {
    "bounced": "The e-mail bounced",
    "wrong_person": "It is somebody else",
    "left_company": "Has left the company",
    "wrong_number": "The phone number is wrong",
}


class NotReportable(Exception):
    """Nothing was paid for this lead in the last 30 days, or it was paid back already."""


@dataclass(frozen=True, slots=True)
class Trust:
    """How many of a source's deliveries were reported bad."""

    source: str
    delivered: int
    reported: int

    @property
    def share(self) -> float:
        """What to expect of the next: the share of good ones, with one good and one bad assumed beforehand (Laplace's rule)."""
        return (self.delivered - self.reported + 1) / (self.delivered + 2)

    @property
    def title(self) -> str:
        """What the source is called."""
        return registry.title(self.source)

    @property
    def percent(self) -> int:
        """What came so far and was not reported, in per cent; 100 only where nothing was."""
        return 100 * (self.delivered - self.reported) // self.delivered if self.delivered else 100


@transaction.atomic
def report_bad(lead: Lead, fault: str, *, by: Any, now: datetime) -> Decimal:
    """Pay a lead's last delivery back; answers the credits. `fault` is a key of FAULTS. Raises NotReportable."""
    hold([lead])  # before the credit account, as whoever delivers does
    delivery = (
        Delivery.objects.of(lead.workspace_id)
        .select_for_update(no_key=True)
        .filter(lead=lead, reversed_at__isnull=True, delivered_at__gt=now - WINDOW)
        .order_by("-delivered_at")
        .first()
    )
    if delivery is None:
        raise NotReportable("This lead was not delivered in the last 30 days, or was paid back already.")
    charge = CreditEntry.objects.of(lead.workspace_id).filter(delivery_id=delivery.pk, kind="capture").first()
    paid = Decimal(0)
    if charge:
        key = f"reverse:delivery:{delivery.pk}"
        paid = ledger.reverse(charge, by=by, key=key, note=FAULTS[fault], now=now).posted
    delivery.reversed_at = now
    delivery.save(update_fields=["reversed_at"])
    _learn(lead, fault, now)
    record(
        lead,
        ActivityKind.REPORTED,
        f"{FAULTS[fault]}. {in_credits(paid)} paid back.",
        by=by,
        now=now,
    )
    return paid


def _learn(lead: Lead, fault: str, now: datetime) -> None:
    """What a report proves about the address or number stands on the lead at once, and its score follows."""
    facts: dict[str, dict[str, Any]] = {
        "bounced": {
            "email_status": EmailStatus.UNDELIVERABLE,
            "email_reason": "reported_bounced",
            "email_score": None,
            "email_checked_at": now,
        },
        "wrong_number": {"phone_valid": False},
    }
    proved = facts.get(fault, {})
    for name, value in proved.items():
        setattr(lead, name, value)
    if proved:
        lead.updated_at = now
        lead.save(update_fields=[*proved, "updated_at"])
        rescore([lead], why=f"Reported: {FAULTS[fault].lower()}", now=now)


def trust(workspace: Any) -> list[Trust]:
    """How far each source can be trusted, by what was reported, the worst first."""
    rows = (
        Delivery.objects.of(workspace)
        .order_by("source")
        .values_list("source")
        .annotate(delivered=Count("pk"), reported=Count("pk", filter=Q(reversed_at__isnull=False)))
    )
    return sorted((Trust(*row) for row in rows), key=lambda each: (each.share, each.source))
