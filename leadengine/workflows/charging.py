"""The charge for a delivery: keyed by it, so that a repeat charges nothing."""

from __future__ import annotations

from collections.abc import Sequence

from billing.ledger import Charge
from billing.models import PriceKind
from leads import intake
from leads.intake import Accepted
from leads.models import Lane


def charges(lane: Lane, accepted: Sequence[Accepted]) -> list[Charge]:
    """One charge per delivered lead of this lane; a free source's leads are not charged."""
    return [_charge(lane, each) for each in accepted if each.unit_price]


def _charge(lane: Lane, each: Accepted) -> Charge:
    delivered = intake.delivery_id(lane.run_id, each.lead_id)
    return Charge(
        key=f"delivery:{delivered}",
        amount=each.unit_price,
        price_kind=PriceKind.DELIVERY,
        source=lane.source,
        unit_price=each.unit_price,
        delivery_id=delivered,
    )
