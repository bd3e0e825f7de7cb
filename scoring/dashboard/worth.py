"""What leads are and what came of them, counted: good ones, deals, what is in the pipeline; sums of it add up.

The pipeline are the leads that somebody took up: past the stage `new`, neither lost nor disqualified. One without a value of
its own counts as much as a won deal on average: Worth(taken=4, valued=1, value=Decimal(900)).pipeline(Decimal(500)) -> 2400
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Avg, Count, Q, Sum

from leads.models import Lead
from leads.models.lead import LeadQuerySet

BEST, GOOD = ("A+", "A"), ("A+", "A", "B")
ZERO = Decimal(0)
GRADED = "-grade:none"
IN_GOOD, IN_BEST = f"grade:{','.join(GOOD)}", f"grade:{','.join(BEST)}"
CLOSED, WON, LOST = "outcome:won,lost", "outcome:won", "outcome:lost"
TAKEN = "-stage:new,none -outcome:lost,disqualified"
_IS_TAKEN = Q(stage__isnull=False) & ~Q(stage__key="new") & ~Q(outcome__in=("lost", "disqualified"))


class Worth(NamedTuple):
    """`valued` of the `taken` have a value in the deals' currency, together `value`; `foreign` have one in another."""

    leads: int = 0
    graded: int = 0
    good: int = 0
    best: int = 0
    won: int = 0
    lost: int = 0
    taken: int = 0
    valued: int = 0
    foreign: int = 0
    value: Decimal = ZERO

    @property
    def closed(self) -> int:
        return self.won + self.lost

    @property
    def win_rate(self) -> Decimal | None:
        return Decimal(self.won) / self.closed if self.closed else None

    @property
    def good_share(self) -> float | None:
        return 100 * self.good / self.graded if self.graded else None

    def pipeline(self, usual: Decimal | None) -> Decimal:
        """`usual`: what a won deal is worth on average, where one has a value."""
        return self.value + (self.taken - self.valued - self.foreign) * (usual or ZERO)


def total(rows: Iterable[Worth]) -> Worth:
    """The sum of each count.

    >>> total([Worth(leads=2, won=1), Worth(leads=3)])[:5]
    (5, 0, 0, 0, 1)
    """
    return Worth(*(sum(column, type(column[0])()) for column in zip(Worth(), *rows, strict=True)))


def worth_by(leads: LeadQuerySet, currency: str, *groups: str) -> list[tuple[Any, ...]]:
    """(group, …, Worth) for each that occurs. One query."""
    counted = {
        "leads": Q(),
        "graded": Q(score__isnull=False),
        "good": Q(score__grade__in=GOOD),
        "best": Q(score__grade__in=BEST),
        "won": Q(outcome="won"),
        "lost": Q(outcome="lost"),
        "taken": _IS_TAKEN,
        "valued": _IS_TAKEN & Q(deal_value__isnull=False, deal_currency=currency),
        "foreign": _IS_TAKEN & Q(deal_value__isnull=False) & ~Q(deal_currency=currency),
    }
    sums: dict[str, Any] = {f"n_{name}": Count("pk", filter=meets) for name, meets in counted.items()}
    sums["sum"] = Sum("deal_value", filter=counted["valued"], default=ZERO)
    rows = leads.order_by().values_list(*groups).annotate(**sums)
    return [(*row[: len(groups)], Worth(*row[len(groups) :])) for row in rows]


@dataclass(frozen=True, slots=True)
class UsualDeal:
    """The commonest currency of won deals, how many have a value in it, and its average."""

    currency: str = "EUR"
    deals: int = 0
    average: Decimal | None = None


def usual_deal(workspace: Any) -> UsualDeal:
    """Of all deals that the workspace ever won. One query."""
    won = Lead.objects.of(workspace).living().filter(outcome="won", deal_value__isnull=False).order_by()
    rows = won.values_list("deal_currency").annotate(number=Count("pk"), average=Avg("deal_value"))
    found = sorted(rows, key=lambda row: (-row[1], row[0]))
    return UsualDeal(*found[0]) if found else UsualDeal()
