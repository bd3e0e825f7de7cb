"""Each source's share of a run's receipt: what it found, what became of that, and what it cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from leadengine.wording import amount, plural
from leadengine.workflows import own_ceilings, paid_pages
from leadengine.workflows.purchase_costs import NOTHING, Spent, spent_by_lane
from leadengine.workflows.queueing import waiting_before
from leadengine.workflows.situations import Situation, situation
from leads.models import Reason, Run
from leads.sources import registry


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source's share: `found` is `delivered` plus the sum of `excluded` (reason to number).

    `known_again`: delivered ones that were leads already, and cost nothing.
    `is_claimed`: a worker is at it just now. `has_begun`: it was asked at least once. `asked`: questions put to a provider;
    `provider_credits`: what it charged, in credits of its own, what was `bought` included; `over`: why it showed no more.
    """

    name: str
    title: str
    state: str
    situation: Situation
    found: int
    delivered: int
    excluded: Mapping[str, int]
    spent: Decimal
    unit_price: Decimal
    note: str
    is_claimed: bool
    has_begun: bool = True
    asked: int = 0
    provider_credits: Decimal = Decimal(0)
    bought: Spent = NOTHING
    known_again: int = 0
    over: str = ""

    @property
    def doubt(self) -> str:
        """What is to be known of the provider's credits: where they ended the search, and what is not certain of them."""
        return " ".join(filter(None, (self.over, self.bought.doubt(self.title))))

    @property
    def account(self) -> str:
        """What it was asked, what that cost there, and what of its answer was of no use; "" where there is nothing to tell."""
        own = f"{amount(self.provider_credits)} {self.title} {plural(self.provider_credits, 'credit')}"
        asked = [f"{self.asked:,} {plural(self.asked, 'question')}"] if self.asked else []
        asked += [own] if self.provider_credits else []
        broken = f"{self.faulty:,} unusable {plural(self.faulty, 'record')}, not charged" if self.faulty else ""
        return "; ".join(filter(None, (", ".join(asked), broken)))

    @property
    def left_out(self) -> int:
        return sum(self.excluded.values())

    @property
    def why_nobody(self) -> str:
        """Of a run that has ended: why this source found nobody."""
        if self.found:
            return ""
        return "Nobody here who fits" if self.has_begun else "Not asked: the run ended before its turn"

    @property
    def was_passed_over(self) -> bool:
        """There is nothing to tell of it, but that the run ended before its turn."""
        return not (self.has_begun or self.found or self.note or self.doubt)

    @property
    def faulty(self) -> int:
        """Records that could not be used: skipped, not charged."""
        return self.excluded.get(Reason.SOURCE_ERROR, 0)

    def to_json(self) -> dict[str, Any]:
        return {
            "source": self.name,
            "found": self.found,
            "delivered": self.delivered,
            "known_again": self.known_again,
            "excluded": dict(self.excluded),
            "spent": float(self.spent),
            "note": self.note or self.over,
            "asked": self.asked,
            "provider_credits": float(self.provider_credits),
            "assumed_provider_credits": float(self.bought.assumed),
            "possible_provider_credits": float(self.bought.possible),
        }


def source_rows(
    run: Run, excluded: Mapping[int, Mapping[str, int]], known_again: Mapping[int, int], now: datetime
) -> list[SourceRow]:
    lanes = list(run.lanes.order_by("position", "pk"))
    before, bought = waiting_before(lanes), spent_by_lane(run)
    return [
        SourceRow(
            name=lane.source,
            title=registry.title(lane.source),
            state=lane.state,
            situation=situation(lane, now=now, before=before),
            found=lane.found,
            delivered=lane.delivered,
            excluded=excluded.get(lane.pk, {}),
            spent=lane.spent,
            unit_price=lane.unit_price,
            note=lane.error or lane.retry_note,
            over=paid_pages.why_over(run, lane, bought[lane.pk]) or own_ceilings.why_over(run, lane, bought[lane.pk]),
            is_claimed=lane.claimed,
            has_begun=bool(lane.sequence or lane.asked or lane.found),
            asked=lane.asked,
            provider_credits=lane.provider_credits + bought[lane.pk].credits,
            bought=bought[lane.pk],
            known_again=known_again.get(lane.pk, 0),
        )
        for lane in lanes
    ]
