"""The read model of a run under way: how far it is, what it costs, how each source fares, which grades came so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Count, F, Q

from leadengine.workflows.funnel import Step, funnel
from leadengine.workflows.queueing import seconds_without_worker
from leadengine.workflows.receipts import RunReceipt, run_receipt
from leads import agenda
from leads.models import Delivery, Lead, Run, RunState

LATEST, BEST = 20, 10
SILENCE, PATIENCE = 30.0, 10.0  # seconds, and leads' time, without a lead after which no end can be foretold
BUSY, CALM = timedelta(minutes=2), timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A delivered lead, as the progress page lists it; `is_fresh` if it came since the page was asked for last."""

    lead_id: str
    name: str
    title: str
    company: str
    grade: str
    total: int | None
    source: str
    is_fresh: bool = False


class Review(NamedTuple):
    """An ended run's leads as their list shows them today, and those graded A+ or A by now."""

    leads: int = 0
    best: int = 0


UNSEEN = Review()


@dataclass(frozen=True, slots=True)
class RunProgress:
    """`at_risk` is what a stop would give back, `in_flight` how many lanes a worker is at just now.

    `seconds_left` is None where nobody can tell. `poll_seconds` is None once there is nothing more to wait for.
    `unattended`: seconds for which a queued run has waited without any worker at work.
    """

    run: Run
    receipt: RunReceipt
    percent: int
    at_risk: Decimal
    in_flight: int
    seconds_left: int | None
    arrivals: tuple[Arrival, ...]
    poll_seconds: int | None
    unattended: int = 0
    review: Review = UNSEEN

    @property
    def grades(self) -> Mapping[str, int]:
        return self.receipt.grades

    @property
    def steps(self) -> tuple[Step, ...]:
        return funnel(self.receipt.found, self.receipt.excluded)

    @property
    def is_active(self) -> bool:
        return self.run.is_active

    @property
    def quarter(self) -> int:
        """0..4: the announcements to make."""
        return 4 if not self.run.is_active else self.percent // 25


def run_progress(run: Run, *, now: datetime) -> RunProgress:
    """The state of a run for its page. A fixed number of queries."""
    receipt = run_receipt(run, now=now)
    poll = _poll(run, receipt, now)
    arrivals = _arrivals(run)
    return RunProgress(
        run=run,
        receipt=receipt,
        percent=min(100, 100 * run.delivered // run.most_leads),
        at_risk=receipt.still_held if run.is_active else Decimal(0),
        in_flight=sum(row.is_claimed for row in receipt.sources) if run.is_active else 0,
        seconds_left=_seconds_left(run, receipt, arrivals, now),
        arrivals=tuple(_arrival(each, fresh_after=now - timedelta(seconds=poll) if poll else now) for each in arrivals),
        poll_seconds=poll,
        unattended=seconds_without_worker(run, now=now),
        review=UNSEEN if run.is_active else _review(run),
    )


def _seconds_left(run: Run, receipt: RunReceipt, arrivals: Sequence[Delivery], now: datetime) -> int | None:
    """By the pace so far; None before there is one, when it has broken off, and for a run that waits or has ended."""
    if run.state != RunState.RUNNING or not arrivals or receipt.seconds < 1:
        return None
    silent = (now - arrivals[0].delivered_at).total_seconds()
    if silent > max(SILENCE, PATIENCE * (receipt.seconds - silent) / run.delivered):
        return None
    return round(receipt.seconds * run.leads_left / run.delivered) or None


def _poll(run: Run, receipt: RunReceipt, now: datetime) -> int | None:
    """Every 2 s at first, then 5, then 15: who waits long does not need every second. A paused run has nothing to tell,
    but somebody else may let it go on; one that ended may still have addresses verified.
    """
    if not run.is_active:
        return 5 if receipt.checks and receipt.checks.waiting else None
    if run.state == RunState.PAUSED:
        return 15
    age = now - (run.started_at or run.created_at)
    return 2 if age < BUSY else 5 if age < CALM else 15


def _review(run: Run) -> Review:
    leads = Lead.objects.of(run.workspace_id).living().filter(deliveries__run=run)
    return Review(**leads.aggregate(leads=Count("pk"), best=Count("pk", filter=Q(score__grade__in=agenda.BEST))))


def _arrivals(run: Run) -> list[Delivery]:
    """The newest leads while the run is under way, its best ones afterwards."""
    best = F("lead__score__total").desc(nulls_last=True)
    order = ("-delivered_at", best, "pk") if run.is_active else (best, "-delivered_at", "pk")
    deliveries = Delivery.objects.of(run.workspace_id).filter(run=run, lead__erased_at__isnull=True)
    related = deliveries.select_related("lead__company", "lead__score").order_by(*order)
    return list(related[: LATEST if run.is_active else BEST])


def _arrival(each: Delivery, *, fresh_after: datetime) -> Arrival:
    score = getattr(each.lead, "score", None)
    return Arrival(
        lead_id=str(each.lead_id),
        name=each.lead.display_name,
        title=each.lead.title,
        company=each.lead.company.name if each.lead.company else "",
        grade=score.grade if score else each.grade,
        total=score.total if score else None,
        source=each.source,
        is_fresh=each.delivered_at >= fresh_after,
    )
