"""What becomes of each judged prospect: delivered, or excluded with a reason. Pure: it reads and writes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
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

    `last` has the last delivery of the known leads, `by_run` those that this very run has delivered. Who was delivered
    since `known_since` is known and not charged again; `new_only`: nor delivered again.
    """

    suppressed: set[int]
    marked: Mapping[int, str]
    known: Mapping[int, Known]
    last: Mapping[UUID, datetime]
    by_run: set[UUID]
    known_since: datetime
    new_only: bool = True

    def is_known(self, lead_id: UUID) -> bool:
        """Within the window of re-use, or never delivered but there all the same: it costs nothing."""
        delivered_at = self.last.get(lead_id)
        return delivered_at is None or delivered_at >= self.known_since

    def may_come_again(self, lead_id: UUID) -> bool:
        return lead_id not in self.by_run and not (self.new_only and self.is_known(lead_id))


@dataclass(frozen=True, slots=True)
class Decided:
    """The outcome for one prospect: `accepted`, or `refusal`, perhaps because of `lead_id`.

    `is_free`: it is a known lead, which is not charged again.
    """

    index: int
    judged: Judged
    accepted: Accepted | None = None
    refusal: Refusal | None = None
    lead_id: UUID | None = None
    is_free: bool = False

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
        """The same at another price, unless it is free."""
        if self.accepted is None or self.is_free:
            return self
        return replace(self, accepted=replace(self.accepted, unit_price=unit_price))


@dataclass(slots=True)
class Purse:
    """Room that shrinks as prospects are accepted, and the leads that it was spent on."""

    room: Room
    lead_ids: set[UUID] = field(default_factory=set)
    spent: Decimal = field(default_factory=Decimal)

    def refuse(self, price: Decimal) -> Refusal | None:
        if len(self.lead_ids) >= self.room.leads:
            return Refusal(Reason.LIMIT_REACHED, "The run had delivered all the leads it was asked for")
        if price and self.spent + price > self.room.credits:
            return Refusal(Reason.BUDGET_REACHED, "The run had spent all the credits it was allowed")
        return None

    def take(self, lead_id: UUID, price: Decimal) -> None:
        self.lead_ids.add(lead_id)
        self.spent += price


def decide(judged: Sequence[Judged], seen: Seen, room: Room) -> list[Decided]:
    """One outcome for each prospect, in the source's order; where there is not room for all, the best scored are served.

    Who is suppressed is refused before anything else is said of them; limits come last, so that a receipt tells the
    real reason where there is one.
    """
    purse = Purse(room)
    best_first = sorted(range(len(judged)), key=lambda index: -judged[index].total)
    outcomes = {index: _one(index, judged[index], seen, purse) for index in best_first}
    return [outcomes[index] for index in range(len(judged))]


def _one(index: int, judged: Judged, seen: Seen, purse: Purse) -> Decided:
    known = seen.known.get(index)
    is_free = known is not None and seen.is_known(known.lead_id)
    price = Decimal(0) if is_free else purse.room.unit_price
    refusal = (
        _barred(index, seen) or (_known(known, seen, purse) if known else None) or judged.refusal or purse.refuse(price)
    )
    lead_id = known.lead_id if known else None
    if refusal:
        return Decided(index, judged, refusal=refusal, lead_id=lead_id)
    accepted = accept(judged.prospect, judged.contact, lead_id=lead_id, grade=judged.grade, price=price)
    purse.take(accepted.lead_id, price)
    return Decided(index, judged, accepted=accepted, lead_id=lead_id, is_free=is_free)


def _barred(index: int, seen: Seen) -> Refusal | None:
    if index in seen.suppressed:
        return Refusal(Reason.SUPPRESSED, "On the suppression list")
    if index in seen.marked:
        return Refusal(Reason.ALREADY_KNOWN, f"The company is marked as {seen.marked[index].lower()}")
    return None


def _known(known: Known, seen: Seen, purse: Purse) -> Refusal | None:
    """A lead that this run delivered is a duplicate; one that was known before is left out where only new ones are wanted."""
    if known.lead_id in seen.by_run | purse.lead_ids:
        return Refusal(Reason.DUPLICATE_IN_RUN, f"This run delivered this lead already: {known.how}")
    if not seen.may_come_again(known.lead_id):
        return Refusal(Reason.ALREADY_KNOWN, f"In your leads already: {known.how}")
    return None
