"""What the purchases of a run cost at the provider, as far as that is known, and what is not certain of it, in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Case, Count, F, Min, Sum, When

from leadengine.wording import amount, plural
from leadengine.workflows.purchases import OPEN
from leads.models import Purchase, Run


@dataclass(frozen=True, slots=True)
class Spent:
    """The purchases of a lane: `credits` charged, `assumed` of them by the price list; `possible`: more may have been.

    `unknown`: purchases of which that is not known, for `people`; `left`: the provider's credits after the last of them.
    """

    credits: Decimal = Decimal(0)
    assumed: Decimal = Decimal(0)
    possible: Decimal = Decimal(0)
    unknown: int = 0
    people: int = 0
    left: Decimal | None = None

    def doubt(self, title: str) -> str:
        """What is not certain of them, in sentences; "" where the provider told everything.

        >>> Spent(Decimal(9), possible=Decimal(3), unknown=1, people=3, left=Decimal(40)).doubt("Acme")
        '1 purchase for 3 people had no answer: up to 3 more Acme credits may have been charged. Acme had 40 left afterwards.'
        """
        told = []
        if self.unknown:
            whom = "1 person" if self.people == 1 else f"{self.people} people"
            many = f"{self.unknown} {plural(self.unknown, 'purchase')} for {whom}"
            most = f"up to {amount(self.possible)} more {title} {plural(self.possible, 'credit')}"
            told.append(f"{many} had no answer: {most} may have been charged. {self._account(title)}")
        if self.assumed:
            many = f"{amount(self.assumed)} {title} {plural(self.assumed, 'credit')}"
            told.append(f"{many} by its price list: the answer did not say what it cost.")
        return " ".join(told)

    def _account(self, title: str) -> str:
        if self.left is None:
            return f"Only your account at {title} tells."
        return f"{title} had {amount(self.left)} left afterwards."


NOTHING = Spent()


def spent_by_lane(run: Run) -> Mapping[int, Spent]:
    """The purchases of each lane of the run; of one that bought nothing, nothing. One query."""
    rows = Purchase.objects.of(run.workspace_id).filter(lane__run=run).order_by().values_list("lane_id")
    is_open = {"state__in": OPEN}
    told = rows.annotate(
        paid=Sum("credits"),
        by_price=Sum(Case(When(is_assumed=True, then=F("credits")), default=Decimal(0))),
        maybe=Sum(Case(When(**is_open, then=F("at_most")), default=Decimal(0))),
        unsure=Count(Case(When(**is_open, then=1))),
        of=Sum(Case(When(**is_open, then=F("number")), default=0)),
        after=Min("left"),
    )
    return defaultdict(Spent, {lane_id: Spent(*amounts) for lane_id, *amounts in told})
