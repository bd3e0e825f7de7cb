"""Starts and stops an enrichment: one order, one hold, one row for each thing that is asked about each lead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from billing import auditing, ledger
from billing.models import HoldPurpose, PriceKind
from billing.pricing import PriceList, prices
from enrichment.job_progress import MOST_REST
from enrichment.kinds import ABOUT_COMPANIES, in_order
from enrichment.models import Enrichment, EnrichmentItem, EnrichmentKind
from leadengine.bulk import copy_in
from leadengine.ids import deterministic
from leadengine.wording import amount, in_credits
from leadengine.workflows.enrichment_plan import Plan, make_plan
from leadengine.workflows.waking import wake
from leads.models import Lead
from leads.models.lead import LeadQuerySet

PRICES = {
    EnrichmentKind.EMAIL: PriceKind.EMAIL_CHECK,
    EnrichmentKind.VERIFY: PriceKind.EMAIL_CHECK,
    EnrichmentKind.LINE: PriceKind.PHONE_CHECK,
    EnrichmentKind.COMPANY: PriceKind.COMPANY_FACTS,
    EnrichmentKind.PROFILES: PriceKind.PROFILE,
}
TEST_LEADS = 5
NOTHING = Decimal("0.00")
NOTHING_TO_ASK = "Nothing of this can be asked about these leads now."
KEPT = (
    "email", "email_status", "email_reason", "email_flags", "email_score", "phone", "phone_type", "phone_valid",
    "email_checked_at",
)  # fmt: skip


class NotEnriched(Exception):
    """The enrichment cannot be started; the message says why."""


class NothingToDo(Exception):
    """What was found cannot be taken over, or not undone; the message says why."""


REFUSALS = (NotEnriched, ledger.InsufficientCredits, ledger.LimitExceeded)


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody asks for; `key` makes it one however often it is sent.

    `most_credits`: the most that it may cost, None for whatever it takes; `shown_at_most`: the sum on the button.
    """

    kinds: Sequence[EnrichmentKind]
    key: UUID
    is_test: bool = False
    most_credits: Decimal | None = None
    shown_at_most: Decimal | None = None


def is_large(order: Order, workspace: Any) -> bool:
    """Whether its sum is one that is confirmed a second time in this workspace."""
    above = workspace.confirm_above
    return above is not None and (order.shown_at_most or NOTHING) > above


def price_of(kind: EnrichmentKind, listed: PriceList) -> Decimal:
    return listed.of(PRICES[kind])


def cost_of(plan: Plan, kinds: Iterable[EnrichmentKind], listed: PriceList) -> Decimal:
    """What it costs at most."""
    return sum((len(each.wanted) * price_of(each.kind, listed) for each in plan.of(kinds)), NOTHING)


@transaction.atomic
def start_enrichment(leads: LeadQuerySet, order: Order, *, workspace: Any, by: Any, now: datetime) -> Enrichment:
    """Hold what it costs at most, and queue it. The same key again is the same order.

    Raises NotEnriched, InsufficientCredits or LimitExceeded, and then nothing has happened.
    """
    ledger.locked(workspace.pk)
    same: Enrichment | None = Enrichment.objects.of(workspace).filter(key=order.key).first()
    if same:
        return same
    kinds, listed = in_order(order.kinds), prices(now)
    plan = make_plan(leads, workspace=workspace, now=now)
    rest = _rest(plan, kinds) if order.is_test else {}
    plan = plan.first(TEST_LEADS, kinds) if order.is_test else plan
    most = capped(cost_of(plan, kinds, listed), order.most_credits)
    _must_be(plan, kinds, most, order.shown_at_most, workspace)
    hold_key = f"enrichment:{order.key}:hold"
    held = ledger.hold(workspace, most, key=hold_key, purpose=HoldPurpose.VERIFICATION, by=by, now=now)
    made = Enrichment(
        workspace=workspace, key=order.key, kinds=list(kinds), hold=held, at_most=most, selected=plan.selected,
        leads=len(plan.asked(kinds)), is_test=order.is_test, by=by, created_at=now, due_at=now,
        is_invented=workspace.is_sample, cursor=rest,
    )  # fmt: skip
    made.save()
    copy_in(_items(made, plan, kinds, listed))
    _audit("enrichment.started", made, by, now)
    wake()
    return made


def _rest(plan: Plan, kinds: Sequence[EnrichmentKind]) -> dict[str, Any]:
    """The best of those that a test leaves out, and how many more there are."""
    others = [str(lead.pk) for lead in plan.asked(kinds)[TEST_LEADS:]]
    return {"rest": others[:MOST_REST], "beyond": len(others[MOST_REST:])} if others else {}


def capped(cost: Decimal, most: Decimal | None) -> Decimal:
    return cost if most is None else min(cost, most)


def _must_be(plan: Plan, kinds: Sequence[EnrichmentKind], most: Decimal, shown: Decimal | None, workspace: Any) -> None:
    if not kinds:
        raise NotEnriched("Choose at least one kind of data.")
    if not plan.asked(kinds):
        raise NotEnriched(NOTHING_TO_ASK)
    if shown is not None and most > shown:
        raise NotEnriched(
            f"It would cost {in_credits(most)} now, {amount(shown)} when you saw it. Look and start again."
        )
    if why := over_limit(workspace, most):
        raise NotEnriched(why)


def over_limit(workspace: Any, most: Decimal) -> str:
    """Why it costs more than a piece of work may in this workspace, in a sentence; "" if it does not."""
    limit = workspace.most_credits_per_run
    if limit is None or most <= limit:
        return ""
    return f"A piece of work may cost at most {in_credits(limit)} here. Set that as the most credits, or ask a manager."


def _items(made: Enrichment, plan: Plan, kinds: Sequence[EnrichmentKind], listed: PriceList) -> list[EnrichmentItem]:
    """Lead by lead, so that what is left when credits end is whole leads, the worst ones."""
    wanted = {kind: {lead.pk for lead in plan.kinds[kind].wanted} for kind in kinds}
    return [
        _item(made, lead, kind, price_of(kind, listed))
        for lead in plan.leads
        for kind in kinds
        if lead.pk in wanted[kind]
    ]


def _item(made: Enrichment, lead: Lead, kind: EnrichmentKind, price: Decimal) -> EnrichmentItem:
    score = getattr(lead, "score", None)
    return EnrichmentItem(
        workspace_id=made.workspace_id, enrichment=made, lead=lead, kind=kind, price=price, before=values_of(lead, KEPT),
        company=lead.company if kind in ABOUT_COMPANIES else None, score_before=score.total if score else None,
        grade_before=score.grade if score else "",
    )  # fmt: skip


def values_of(lead: Lead, names: Iterable[str]) -> dict[str, Any]:
    """What stands in these columns of a lead, as JSON, so that it can be put back."""
    found = {name: getattr(lead, name) for name in names}
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in found.items()}


def child_key(item: EnrichmentItem) -> UUID:
    """The key of the verification or lookup that answers an item."""
    return deterministic("enrichment-item", item.pk)


def _audit(verb: str, made: Enrichment, by: Any, now: datetime) -> None:
    after = {"leads": made.leads, "at_most": f"{made.at_most:.2f}"}
    auditing.record(verb, workspace_id=made.workspace_id, by=by, obj=made, after=after, now=now)
