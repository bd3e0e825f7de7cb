"""What becomes of each judged prospect: delivered, or excluded with a reason. Pure: it reads and writes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from leadengine.workflows.judging import Judged
from leads.intake import Accepted, accept
from leads.known import Known
from leads.models import Reason
from leads.prospecting import Refusal


@dataclass(frozen=True, slots=True)
class Room:
    """What a run may still deliver and spend, and what one lead of this source costs."""

    leads: int
    credits: Decimal
    unit_price: Decimal


@dataclass(frozen=True, slots=True)
class Seen:
    """What the workspace knows about the prospects of a batch, by their position."""

    suppressed: set[int]
    marked: Mapping[int, str]
    known: Mapping[int, Known]
    last: Mapping[UUID, tuple[datetime, UUID]]


@dataclass(frozen=True, slots=True)
class Decided:
    """The outcome for one prospect: `accepted`, or `refusal`, perhaps because of `lead_id`."""

    index: int
    judged: Judged
    accepted: Accepted | None = None
    refusal: Refusal | None = None
    lead_id: UUID | None = None

    @property
    def adds_to(self) -> UUID | None:
        """The existing lead whose evidence grows by this prospect: one delivered again, or delivered by this run before."""
        is_duplicate = self.refusal is not None and self.refusal.reason == Reason.DUPLICATE_IN_RUN
        return self.lead_id if self.accepted or is_duplicate else None


@dataclass(slots=True)
class Purse:
    """Room that shrinks as prospects are accepted."""

    room: Room
    taken: int = 0
    spent: Decimal = field(default_factory=Decimal)

    def refuse(self) -> Refusal | None:
        if self.taken >= self.room.leads:
            return Refusal(Reason.LIMIT_REACHED, "The run had delivered all the leads it was asked for")
        if self.spent + self.room.unit_price > self.room.credits:
            return Refusal(Reason.BUDGET_REACHED, "The run had spent all the credits it was allowed")
        return None

    def take(self) -> None:
        self.taken += 1
        self.spent += self.room.unit_price


def decide(
    judged: Sequence[Judged], seen: Seen, room: Room, *, run_id: UUID, reuse_days: int, now: datetime
) -> list[Decided]:
    """One outcome for each prospect, in the source's order, so that the first come are the first served.

    Who is suppressed is refused before anything else is said of them; limits come last, so that a receipt tells the
    real reason where there is one.
    """
    purse, known_until = Purse(room), now - timedelta(days=reuse_days)
    return [_one(index, each, seen, purse, run_id=run_id, known_until=known_until) for index, each in enumerate(judged)]


def _one(index: int, judged: Judged, seen: Seen, purse: Purse, *, run_id: UUID, known_until: datetime) -> Decided:
    known = seen.known.get(index)
    refusal = (
        _barred(index, seen)
        or (_known(known, seen, run_id, known_until) if known else None)
        or judged.refusal
        or purse.refuse()
    )
    lead_id = known.lead_id if known else None
    if refusal:
        return Decided(index, judged, refusal=refusal, lead_id=lead_id)
    purse.take()
    accepted = accept(judged.prospect, judged.contact, lead_id=lead_id, grade=judged.grade, price=purse.room.unit_price)
    return Decided(index, judged, accepted=accepted, lead_id=lead_id)


def _barred(index: int, seen: Seen) -> Refusal | None:
    if index in seen.suppressed:
        return Refusal(Reason.SUPPRESSED, "On the suppression list")
    if index in seen.marked:
        return Refusal(Reason.ALREADY_KNOWN, f"The company is marked as {seen.marked[index].lower()}")
    return None


def _known(known: Known, seen: Seen, run_id: UUID, known_until: datetime) -> Refusal | None:
    """Known means: delivered by this run, or within the window of re-use, or never delivered but there all the same."""
    delivered_at, by_run = seen.last.get(known.lead_id, (None, None))
    if by_run == run_id:
        return Refusal(Reason.DUPLICATE_IN_RUN, f"Delivered by this run already: {known.how}")
    if delivered_at is None or delivered_at >= known_until:
        return Refusal(Reason.ALREADY_KNOWN, f"In your leads already: {known.how}")
    return None
