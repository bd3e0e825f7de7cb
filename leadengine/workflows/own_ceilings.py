"""The most that a run may cost at a provider, in credits of the provider's own: told by the quote, and kept by the lane."""

from __future__ import annotations

from decimal import Decimal

from leadengine.leased import LeaseState
from leadengine.wording import amount
from leadengine.workflows.paid_pages import most_records
from leadengine.workflows.purchase_costs import Spent, spent_by_lane
from leads.models import Lane, Purchase, Run, SourceAnswer
from leads.sources import registry
from leads.sources.base import Source
from leads.sources.connector import Connector


def most_own(source: Source, leads: int, credits: Decimal | None, unit_price: Decimal) -> Decimal | None:
    """Of a run of so many leads and credits of ours; None for a provider that is free, or bounded by its ration.

    >>> from leads.sources.email_providers.hunter import Hunter
    >>> most_own(Hunter(), 25, None, Decimal(1)), most_own(Hunter(), 3, None, Decimal(1))
    (Decimal('50'), Decimal('10'))
    """
    if not isinstance(source, Connector) or not source.own_for_a_lead:
        return None
    return max(source.own_at_least, source.own_for_a_lead * most_records(leads, credits, unit_price))


def records_left(source: Source, run: Run, lane: Lane) -> int | None:
    """How many more records it may be asked for; None where nothing bounds them. What was begun is brought to its end."""
    most = _most(source, run, lane)
    begun = {"lane": lane, "sequence": lane.sequence}
    if most is None or any(model.objects.filter(**begun).exists() for model in (SourceAnswer, Purchase)):
        return None
    return _records(source, lane, most - _used(lane, spent_by_lane(run)[lane.pk]))


def why_over(run: Run, lane: Lane, spent: Spent) -> str:
    """What a receipt says of a source that took as much as it might; "" of any other."""
    source = registry.SOURCES.get(lane.source)
    most = _most(source, run, lane) if source else None
    if source is None or most is None or lane.state != LeaseState.DONE or run.delivered >= run.most_leads:
        return ""
    used = _used(lane, spent)
    if _records(source, lane, most - used):
        return ""
    allowed = f"the {amount(most)} {source.title} credits that the quote allows."
    return f"Asked no more: {'it has taken' if used >= most else 'a page more might take more than'} {allowed}"


def _most(source: Source, run: Run, lane: Lane) -> Decimal | None:
    return most_own(source, run.most_leads, run.most_credits, lane.unit_price)


def _used(lane: Lane, spent: Spent) -> Decimal:
    """What may have been charged counts as charged."""
    return lane.provider_credits + spent.credits + spent.possible


def _records(source: Source, lane: Lane, left: Decimal) -> int:
    """Whole credits alone: one that is started is charged. A provider that is asked in pages of one size is asked for no part."""
    found = max(0, int(left)) * (source.shown_for_one if isinstance(source, Connector) else 1)
    return found if found >= lane.cursor.get("size", 0) else 0
