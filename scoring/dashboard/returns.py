"""What comes back for what was paid: (pipeline × win rate − cost) / cost, and the rows that it is told for; pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from scoring.benchmarks import ENOUGH
from scoring.dashboard import wording
from scoring.dashboard.asked import Asked, in_money
from scoring.dashboard.worth import CLOSED, GRADED, IN_GOOD, TAKEN, WON, UsualDeal, Worth

COST_IS = (
    "what was charged for these leads until today: deliveries less what was paid back, verifications, look-ups, and what"
    " enrichments found about their companies"
)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table: leads by their source or owner, or all; `terms` and `owner` find its leads."""

    label: str
    worth: Worth
    cost: Decimal
    asked: Asked
    usual: UsualDeal
    terms: tuple[str, ...] = ()
    owner: str = ""
    has_leads: bool = True

    def _url(self, *terms: str) -> str:
        return self.asked.url(*self.terms, *terms, owner=self.owner) if self.has_leads else ""

    @property
    def urls(self) -> dict[str, str]:
        """The leads behind each number, by its name."""
        asked = {
            "leads": (),
            "graded": (GRADED,),
            "good": (IN_GOOD,),
            "won": (WON,),
            "closed": (CLOSED,),
            "taken": (TAKEN,),
        }
        return {name: self._url(*terms) for name, terms in asked.items()}

    @property
    def good_share(self) -> str:
        return wording.percent(self.worth.good_share)

    @property
    def pipeline(self) -> Decimal:
        return self.worth.pipeline(self.usual.average)

    @property
    def pipeline_said(self) -> str:
        return wording.worth(self.pipeline, self.usual.currency)

    @property
    def cost_said(self) -> str:
        return wording.price(self.cost, in_money(self.cost, self.asked), self.usual.currency)

    @property
    def roi(self) -> Decimal | None:
        """None where nothing was paid, too few are closed, or nobody said what a credit costs."""
        rate, money = self.worth.win_rate, in_money(self.cost, self.asked)
        return (self.pipeline * rate - money) / money if money and rate is not None and self.is_enough else None

    @property
    def is_enough(self) -> bool:
        """Whether so many are won or lost that the win rate tells something."""
        return self.worth.closed >= ENOUGH

    @property
    def roi_said(self) -> str:
        return wording.times(self.roi) if self.is_enough or self.asked.price is None else "too few"

    @property
    def cost_meaning(self) -> str:
        return f"The cost for each lead that is A+ or A today. The cost is {COST_IS}, whoever ordered them."

    @property
    def pipeline_meaning(self) -> str:
        """What the pipeline is, of these leads."""
        average = self.usual.average
        usual = (
            f"One without a value counts as a won deal on average does: {wording.worth(average, self.usual.currency)},"
            f" from {self.usual.deals:,} of all time."
            if average is not None
            else "One without a value counts nothing, because no won deal has a value yet."
        )
        foreign = f" {self.worth.foreign:,} in other currencies are left out." if self.worth.foreign else ""
        return (
            f"What the {self.worth.taken:,} leads may bring that somebody took up: past the stage New, neither"
            f" lost nor disqualified; {self.worth.valued:,} have a value of their own. {usual}{foreign}"
        )

    @property
    def roi_meaning(self) -> str:
        told = "(pipeline × win rate − cost) / cost. The win rate is won of won and lost, both shown;"
        told = f"{told} under {ENOUGH} of them there are too few to tell. Cost: {COST_IS}"
        if self.asked.price is None:
            return f"{told}. Enter above what a credit costs to see it."
        return f"{told}, at {self.asked.price.normalize():f} {self.usual.currency} a credit."

    def to_json(self) -> dict[str, Any]:
        counted = {
            name: getattr(self.worth, name) for name in ("leads", "graded", "good", "best", "won", "lost", "taken")
        }
        money = {"cost": f"{self.cost:.2f}", "pipeline": f"{self.pipeline:.2f}", "currency": self.usual.currency}
        return {"name": self.label, **counted, **money, "roi": None if self.roi is None else round(float(self.roi), 2)}
