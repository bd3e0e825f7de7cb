"""The receipt of a run: what was found, delivered and excluded, and what was held, charged and returned. It adds up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Sum

from billing.models import CreditEntry, EntryKind
from enrichment.models import EmailCheck
from leadengine.workflows.check_receipts import CheckReceipt, check_receipt
from leadengine.workflows.purchases import NOTHING, Spent, spent_by_lane
from leadengine.workflows.queueing import waiting_before
from leadengine.workflows.situations import Situation, situation
from leads.models import Delivery, Exclusion, Reason, Run
from leads.sources import registry
from scoring.engine import GRADES


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source's share: `found` is `delivered` plus the sum of `excluded` (reason to number).

    `is_claimed`: a worker is at it just now. `has_begun`: it was asked at least once. `asked`: questions put to a provider;
    `provider_credits`: what it charged, in credits of its own, what was `bought` included.
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

    @property
    def doubt(self) -> str:
        """What is not certain of the provider's credits; "" where it told them all."""
        return self.bought.doubt(self.title)

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
    def faulty(self) -> int:
        """Records that could not be used: skipped, not charged."""
        return self.excluded.get(Reason.SOURCE_ERROR, 0)


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
    def best(self) -> int:
        """Leads to review first: those of the grades A+ and A."""
        return self.grades.get("A+", 0) + self.grades.get("A", 0)

    @property
    def still_held(self) -> Decimal:
        """Over all holds, that for verification included."""
        return self.held - self.captured - self.released

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
            "excluded": dict(self.excluded),
            "held": float(self.held),
            "captured": float(self.captured),
            "captured_for_leads": float(self.captured_for_leads),
            "captured_for_checks": float(self.captured - self.captured_for_leads),
            "released": float(self.released),
            "reversed": float(self.reversed),
            "grades": dict(self.grades),
            "seconds": round(self.seconds, 3),
            "sources": [_row_json(row) for row in self.sources],
            "email_checks": self.checks.to_json() if self.checks else None,
            "adds_up": self.adds_up,
        }


def run_receipt(run: Run, *, now: datetime) -> RunReceipt:
    """The receipt as things stand. Five queries, one for the queue while a source waits in it, one for verifications."""
    excluded = _excluded(run)
    credits = _credits(run)
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
        sources=tuple(_source_rows(run, excluded, now)),
        held=credits.get(EntryKind.HOLD, (Decimal(0), Decimal(0)))[1],
        captured=captured,
        released=-credits.get(EntryKind.RELEASE, (Decimal(0), Decimal(0)))[1],
        reversed=credits.get(EntryKind.REVERSE, (Decimal(0), Decimal(0)))[0],
        spent_after_stop=None if run.spent_at_stop is None else run.spent - run.spent_at_stop,
        grades=_grades(run),
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


def _grades(run: Run) -> dict[str, int]:
    rows = Delivery.objects.of(run.workspace_id).filter(run=run).order_by("grade").values_list("grade")
    counted = dict(rows.annotate(number=Count("pk")))
    return {grade: counted.get(grade, 0) for grade in GRADES}


def _source_rows(run: Run, excluded: Mapping[int, Mapping[str, int]], now: datetime) -> list[SourceRow]:
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
            is_claimed=lane.claimed,
            has_begun=bool(lane.sequence or lane.asked or lane.found),
            asked=lane.asked,
            provider_credits=lane.provider_credits + bought[lane.pk].credits,
            bought=bought[lane.pk],
        )
        for lane in lanes
    ]


def _row_json(row: SourceRow) -> dict[str, Any]:
    return {
        "source": row.name,
        "found": row.found,
        "delivered": row.delivered,
        "excluded": dict(row.excluded),
        "spent": float(row.spent),
        "note": row.note,
        "asked": row.asked,
        "provider_credits": float(row.provider_credits),
        "assumed_provider_credits": float(row.bought.assumed),
        "possible_provider_credits": float(row.bought.possible),
    }


def _seconds(run: Run, now: datetime) -> float:
    if run.started_at is None:
        return 0.0
    return ((run.ended_at or now) - run.started_at).total_seconds()
