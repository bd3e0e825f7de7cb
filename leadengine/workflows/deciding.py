"""What becomes of each judged prospect: delivered, or excluded with a reason. Pure: it reads and writes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
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
    """What the workspace knows about the prospects of a batch, by their position.

    `last` has the last delivery of the known leads, `by_run` those that this very run has delivered.
    """

    suppressed: set[int]
    marked: Mapping[int, str]
    known: Mapping[int, Known]
    last: Mapping[UUID, datetime]
    by_run: set[UUID]


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

    @property
    def lead(self) -> UUID | None:
        """The lead that the prospect has become, or is."""
        return self.accepted.lead_id if self.accepted else self.lead_id

    def priced(self, unit_price: Decimal) -> Decided:
        """The same at another price."""
        return replace(self, accepted=replace(self.accepted, unit_price=unit_price)) if self.accepted else self


@dataclass(slots=True)
class Purse:
    """Room that shrinks as prospects are accepted, and the leads that it was spent on."""

    room: Room
    lead_ids: set[UUID] = field(default_factory=set)
    spent: Decimal = field(default_factory=Decimal)

    def refuse(self) -> Refusal | None:
        if len(self.lead_ids) >= self.room.leads:
            return Refusal(Reason.LIMIT_REACHED, "The run had delivered all the leads it was asked for")
        if self.spent + self.room.unit_price > self.room.credits:
            return Refusal(Reason.BUDGET_REACHED, "The run had spent all the credits it was allowed")
        return None

    def take(self, lead_id: UUID) -> None:
        self.lead_ids.add(lead_id)
        self.spent += self.room.unit_price


def decide(judged: Sequence[Judged], seen: Seen, room: Room, *, reuse_days: int, now: datetime) -> list[Decided]:
    """One outcome for each prospect, in the source's order; where there is not room for all, the best scored are served.

    Who is suppressed is refused before anything else is said of them; limits come last, so that a receipt tells the
    real reason where there is one.
    """
    purse, known_until = Purse(room), now - timedelta(days=reuse_days)
    best_first = sorted(range(len(judged)), key=lambda index: -judged[index].total)
    outcomes = {index: _one(index, judged[index], seen, purse, known_until) for index in best_first}
    return [outcomes[index] for index in range(len(judged))]


def _one(index: int, judged: Judged, seen: Seen, purse: Purse, known_until: datetime) -> Decided:
    known = seen.known.get(index)
    refusal = (
        _barred(index, seen)
        or (_known(known, seen, purse, known_until) if known else None)
        or judged.refusal
        or purse.refuse()
    )
    lead_id = known.lead_id if known else None
    if refusal:
        return Decided(index, judged, refusal=refusal, lead_id=lead_id)
    accepted = accept(judged.prospect, judged.contact, lead_id=lead_id, grade=judged.grade, price=purse.room.unit_price)
    purse.take(accepted.lead_id)
    return Decided(index, judged, accepted=accepted, lead_id=lead_id)


def _barred(index: int, seen: Seen) -> Refusal | None:
    if index in seen.suppressed:
        return Refusal(Reason.SUPPRESSED, "On the suppression list")
    if index in seen.marked:
        return Refusal(Reason.ALREADY_KNOWN, f"The company is marked as {seen.marked[index].lower()}")
    return None


def _known(known: Known, seen: Seen, purse: Purse, known_until: datetime) -> Refusal | None:
    """Known means: delivered by this run, or within the window of re-use, or never delivered but there all the same."""
    delivered_at = seen.last.get(known.lead_id)
    if known.lead_id in seen.by_run | purse.lead_ids:
        return Refusal(Reason.DUPLICATE_IN_RUN, f"This run delivered this lead already: {known.how}")
    if delivered_at is None or delivered_at >= known_until:
        return Refusal(Reason.ALREADY_KNOWN, f"In your leads already: {known.how}")
    return None
