"""What each chosen source on the network may cost at most: our credits, and in words the provider's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings

from billing.models import PriceKind
from leadengine.wording import amount
from leadengine.workflows.briefs import Brief
from leadengine.workflows.counting_network import Counted, counts_in_time
from leadengine.workflows.desk import Desk
from leadengine.workflows.own_ceilings import most_own
from leadengine.workflows.paid_pages import most_records
from leads.models import Standing
from leads.sources import registry
from leads.sources.base import Count
from leads.sources.connector import Connector

PATIENCE = 0.7  # seconds that a page waits for all of them together
REFUSED = {Standing.KEY_REFUSED: "it refused the key", Standing.OUT_OF_CREDITS: "it has no credits left for the key"}
FED = "it is asked for people at the companies that the others find"
PAID = "counting costs there, too"


@dataclass(frozen=True, slots=True)
class NetworkLine:
    """One source: what it has (`count`, or `why_not`), and the most that it may cost by itself.

    These lines do not add up to the ceiling of the run, within which all of them deliver together. `own_at_most`: credits
    of its own that it may take, of a source of which the run buys no more than that.
    """

    source: str
    title: str
    unit_price: Decimal
    leads_at_most: int
    cost: str
    reach: str
    count: Count | None = None
    why_not: str = ""
    what: str = "people"
    own_at_most: Decimal | None = None

    @property
    def at_most(self) -> Decimal:
        return self.unit_price * self.leads_at_most

    def to_json(self) -> dict[str, Any]:
        return {
            "source": self.source,
            "title": self.title,
            "count": self.count.value if self.count else None,
            "counts": self.what,
            "count_capped": bool(self.count and self.count.is_capped),
            "not_counted": self.why_not,
            "unit_price": str(self.unit_price),
            "leads_at_most": self.leads_at_most,
            "at_most": str(self.at_most),
            "provider_cost": self.cost,
            "provider_credits_at_most": None if self.own_at_most is None else str(self.own_at_most),
            "reach": self.reach,
        }

    def __str__(self) -> str:
        told = (
            f"{self.count} {self.what}"
            if self.count
            else f"not counted: {self.why_not}"
            if self.why_not
            else "not counted"
        )
        own = "" if self.own_at_most is None else f", at most {amount(self.own_at_most)}"
        return f"{self.title}: {told}; at most {self.at_most} credits; its own price: {self.cost}{own}."


def network_lines(desk: Desk, brief: Brief, *, seconds: float = PATIENCE) -> tuple[NetworkLine, ...]:
    """In the order of the brief. Asks the providers, unless COUNT_NETWORK is off; nothing that they do is an error."""
    sources = [source for source in map(registry.get, brief.sources) if isinstance(source, Connector)]
    counted = {source.name: Counted(why_not=_why_not(source, desk, sources)) for source in sources}
    may_ask = [source for source in sources if settings.COUNT_NETWORK and not counted[source.name].why_not]
    if may_ask:
        counted |= counts_in_time(desk.request(brief), may_ask, seconds=seconds)
    return tuple(_line(source, counted[source.name], desk, brief) for source in sources)


def _why_not(source: Connector, desk: Desk, chosen: Sequence[Connector]) -> str:
    """What speaks against asking for a count at all."""
    if source.is_fed and any(each.feeds for each in chosen):
        return FED
    if not source.is_count_free:
        return PAID
    return REFUSED.get(desk.providers[source.provider].standing, "")


def _line(source: Connector, counted: Counted, desk: Desk, brief: Brief) -> NetworkLine:
    price = desk.prices.of(PriceKind.DELIVERY, source.name)
    is_known = counted.count is not None and not counted.count.is_capped
    most = min(brief.most_leads, counted.count.value) if counted.count and is_known else brief.most_leads
    most = most_records(most, brief.most_credits, price)
    rationed = source.page_costs * most if source.is_rationed else None
    own = most_own(source, brief.most_leads, brief.most_credits, price) if rationed is None else rationed
    told = counted.count, counted.why_not, source.stage, own
    return NetworkLine(source.name, source.title, price, most, source.cost, source.reach, *told)
