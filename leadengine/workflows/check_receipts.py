"""The receipt of an order of verifications: how many came to which verdict, what that cost, and what is still to come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.fields.json import KT

from enrichment.models import EmailCheck
from enrichment.opinion_words import OutsideCost, costs
from leadengine.leased import OPEN_STATES, LeaseState

VERDICTS = ("deliverable", "risky", "undeliverable", "unknown")
ZERO = Decimal("0.00")
LOOKED_AT, FEWEST = 500, 30  # verifications that tell how many are charged


@dataclass(frozen=True, slots=True)
class CheckReceipt:
    """`verdicts`: how many of each. `waiting`: for a worker; `put_off`: for whoever is to be asked again.

    `owed`: what those two may still cost; `ended`: stopped or given up, without a verdict. `outside`: what providers of
    second opinions were asked and charged, beside our credits.
    """

    verdicts: Mapping[str, int]
    waiting: int = 0
    put_off: int = 0
    ended: int = 0
    credits: Decimal = ZERO
    owed: Decimal = ZERO
    outside: tuple[OutsideCost, ...] = ()

    @property
    def done(self) -> int:
        return sum(self.verdicts.values())

    @property
    def ordered(self) -> int:
        return self.done + self.waiting + self.put_off + self.ended

    @property
    def pending(self) -> int:
        return self.waiting + self.put_off

    @property
    def is_open(self) -> bool:
        return bool(self.waiting or self.put_off)

    @property
    def percent(self) -> int:
        """How far it is; who is put off counts as done for now."""
        return 100 * (self.ordered - self.waiting) // self.ordered if self.ordered else 100

    @property
    def shares(self) -> list[tuple[str, int, int]]:
        """Each verdict with its number and per cent."""
        return [(status, number, round(100 * number / self.done)) for status, number in self.verdicts.items() if number]

    def to_json(self) -> dict[str, Any]:
        return {
            "ordered": self.ordered,
            "verdicts": dict(self.verdicts),
            "waiting": self.waiting,
            "asked_again_later": self.put_off,
            "without_verdict": self.ended,
            "credits": float(self.credits),
            "held": float(self.owed),
            "outside": [each.to_json() for each in self.outside],
        }


def check_receipt(checks: QuerySet[EmailCheck]) -> CheckReceipt:
    """Two queries over the checks of a run or an order."""
    is_open = Q(state__in=OPEN_STATES)
    found = {status: Count("pk", filter=Q(state=LeaseState.DONE, status=status)) for status in VERDICTS}
    sums = (
        checks.order_by()
        .alias(status=KT("verdict__status"))
        .aggregate(
            **found,
            waiting=Count("pk", filter=is_open & Q(cursor__asked__isnull=True)),
            put_off=Count("pk", filter=is_open & Q(cursor__asked__isnull=False)),
            ended=Count("pk", filter=~is_open & ~Q(state=LeaseState.DONE)),
            credits=Sum("charged", default=ZERO),
            owed=Sum("price", filter=is_open, default=ZERO),
        )
    )
    return CheckReceipt({status: sums.pop(status) for status in VERDICTS}, **sums, outside=_outside(checks))


def _outside(checks: QuerySet[EmailCheck]) -> tuple[OutsideCost, ...]:
    asked = checks.filter(state=LeaseState.DONE, is_known=False, verdict__evidence__external__isnull=False)
    return costs(
        entry for some in asked.order_by().values_list("verdict__evidence__external", flat=True) for entry in some
    )


def share_charged(workspace: Any) -> float:
    """Of the workspace's last verifications the share that was charged; all of them before there are enough to tell."""
    done = EmailCheck.objects.of(workspace).filter(state=LeaseState.DONE, is_known=False)
    last = list(done.order_by("-finished_at", "-pk").values_list("charged", flat=True)[:LOOKED_AT])
    return sum(map(bool, last)) / len(last) if len(last) >= FEWEST else 1.0
