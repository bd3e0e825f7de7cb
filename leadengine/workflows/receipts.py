"""The receipt of a run: what was found, delivered and excluded, and what was held, charged and returned. It adds up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum

from billing.models import CreditEntry, EntryKind
from enrichment.models import EmailCheck
from leadengine.workflows.check_receipts import CheckReceipt, check_receipt
from leadengine.workflows.source_rows import SourceRow, source_rows
from leads.models import Delivery, Exclusion, Reason, Run
from scoring.engine import GRADES


@dataclass(frozen=True, slots=True)
class RunReceipt:
    """`held` is `captured` plus `released` once the run has ended, and what verifications still under way may cost;
    `reversed` was paid back later for bad data. `checks` where addresses are verified.
    """

    run: Run
    found: int
    delivered: int
    excluded: Mapping[str, int]
    sources: tuple[SourceRow, ...]
    held: Decimal
    captured: Decimal
    released: Decimal
    reversed: Decimal
    spent_after_stop: Decimal | None
    grades: Mapping[str, int]
    seconds: float
    checks: CheckReceipt | None = None

    @property
    def adds_up(self) -> bool:
        """Found is delivered plus excluded for each source; what was held was charged or returned once the run has ended."""
        by_source = all(row.found == row.delivered + sum(row.excluded.values()) for row in self.sources)
        owed = self.checks.owed if self.checks else Decimal(0)
        is_settled = self.run.is_active or self.held == self.captured + self.released + owed
        return by_source and is_settled and self.found == self.delivered + sum(self.excluded.values())

    @property
    def left_out(self) -> int:
        return sum(self.excluded.values())

    @property
    def known_again(self) -> int:
        """Of the delivered ones those that were leads already, and cost nothing."""
        return sum(row.known_again for row in self.sources)

    @property
    def not_asked_about(self) -> int:
        """Delivered leads of whom no address was to be verified."""
        return max(self.delivered - self.checks.ordered, 0) if self.checks else 0

    @property
    def passed_over(self) -> tuple[SourceRow, ...]:
        """Sources that are told in one line, since the run ended before their turn; one alone is a row like any other."""
        found = tuple(row for row in self.sources if row.was_passed_over)
        return found if len(found) > 1 else ()

    @property
    def told(self) -> tuple[SourceRow, ...]:
        """Sources with a row of their own."""
        return tuple(row for row in self.sources if row not in self.passed_over)

    @property
    def sold(self) -> int:
        return self.delivered - self.known_again

    @property
    def still_held(self) -> Decimal:
        """Over all holds, that for verification included."""
        return self.held - self.captured - self.released

    @property
    def held_as_asked(self) -> Decimal:
        """Without what was held, and charged at once, for those who were included by hand."""
        return self.held - self.run.included_cost

    @property
    def captured_as_asked(self) -> Decimal:
        return self.captured - self.run.included_cost

    @property
    def captured_for_leads(self) -> Decimal:
        return self.captured - (self.checks.credits if self.checks else Decimal(0))

    @property
    def cost_per_lead(self) -> Decimal | None:
        return (self.captured / self.delivered).quantize(Decimal("0.01")) if self.delivered else None

    def to_json(self) -> dict[str, Any]:
        """Plain numbers for scripts: credits as numbers with two places, `excluded` from reason to number."""
        return {
            "run": self.run.number,
            "id": str(self.run.pk),
            "state": self.run.state,
            "reason": self.run.reason,
            "found": self.found,
            "delivered": self.delivered,
            "known_again": self.known_again,
            "excluded": dict(self.excluded),
            "held": float(self.held),
            "captured": float(self.captured),
            "captured_for_leads": float(self.captured_for_leads),
            "captured_for_checks": float(self.captured - self.captured_for_leads),
            "released": float(self.released),
            "reversed": float(self.reversed),
            "grades": dict(self.grades),
            "seconds": round(self.seconds, 3),
            "sources": [row.to_json() for row in self.sources],
            "email_checks": self.checks.to_json() if self.checks else None,
            "adds_up": self.adds_up,
        }


def run_receipt(run: Run, *, now: datetime) -> RunReceipt:
    """The receipt as things stand. Five queries, one for the queue while a source waits in it, one for verifications."""
    excluded = _excluded(run)
    credits = _credits(run)
    grades, known_again = _delivered(run)
    totals: dict[str, int] = {}
    for reasons in excluded.values():
        for reason, number in reasons.items():
            totals[reason] = totals.get(reason, 0) + number
    captured = -credits.get(EntryKind.CAPTURE, (Decimal(0), Decimal(0)))[0]
    return RunReceipt(
        run=run,
        found=run.found,
        delivered=run.delivered,
        excluded=totals,
        sources=tuple(source_rows(run, excluded, known_again, now)),
        held=credits.get(EntryKind.HOLD, (Decimal(0), Decimal(0)))[1],
        captured=captured,
        released=-credits.get(EntryKind.RELEASE, (Decimal(0), Decimal(0)))[1],
        reversed=credits.get(EntryKind.REVERSE, (Decimal(0), Decimal(0)))[0],
        spent_after_stop=None if run.spent_at_stop is None else run.spent - run.included_cost - run.spent_at_stop,
        grades=grades,
        seconds=_seconds(run, now),
        checks=check_receipt(EmailCheck.objects.of(run.workspace_id).filter(run=run)) if run.verify_emails else None,
    )


def reason_label(code: str) -> str:
    """A reason code in words."""
    return Reason(code).label


def _excluded(run: Run) -> dict[int, dict[str, int]]:
    rows = (
        Exclusion.objects.of(run.workspace_id).filter(run=run, included_at__isnull=True).order_by("lane_id", "reason")
    )
    by_lane: dict[int, dict[str, int]] = {}
    for lane_id, reason, number in rows.values_list("lane_id", "reason").annotate(number=Count("pk")):
        by_lane.setdefault(lane_id, {})[reason] = number
    return by_lane


def _credits(run: Run) -> dict[str, tuple[Decimal, Decimal]]:
    entries = CreditEntry.objects.of(run.workspace_id).filter(run_id=run.pk).order_by("kind")
    rows = entries.values_list("kind").annotate(posted_sum=Sum("posted"), held_sum=Sum("held"))
    return {kind: (posted, held) for kind, posted, held in rows}


def _delivered(run: Run) -> tuple[dict[str, int], dict[int, int]]:
    """How many leads have which grade, and by lane how many of them were known, and cost nothing. One query."""
    free = Count("pk", filter=Q(unit_price=0, lane__unit_price__gt=0))
    deliveries = Delivery.objects.of(run.workspace_id).filter(run=run).order_by("grade", "lane_id")
    counted, known_again = Counter[str](), Counter[int]()
    for grade, lane_id, number, known in deliveries.values_list("grade", "lane_id").annotate(Count("pk"), known=free):
        counted[grade] += number
        known_again[lane_id] += known
    return {grade: counted[grade] for grade in GRADES}, known_again


def _seconds(run: Run, now: datetime) -> float:
    if run.started_at is None:
        return 0.0
    return ((run.ended_at or now) - run.started_at).total_seconds()
