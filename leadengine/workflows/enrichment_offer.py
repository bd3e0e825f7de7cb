"""What enriching some leads would get, cost and do, for one person, now: what the page shows before anything is started."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q

from billing.ledger import Balance
from billing.limits import Allowance
from billing.pricing import PriceList, prices
from billing.standing import means
from enrichment.kinds import INFO, KindInfo, in_order
from enrichment.models import EnrichedField, EnrichmentKind, FieldState
from leadengine.workflows.enriching import NOTHING, NOTHING_TO_ASK, TEST_LEADS, capped, cost_of, over_limit, price_of
from leadengine.workflows.enrichment_coverage import Coverage, coverage
from leadengine.workflows.enrichment_effect import Effect, effect_of
from leadengine.workflows.enrichment_plan import Plan, Planned, make_plan
from leadengine.workflows.verifiable import lacking
from leads.models.lead import LeadQuerySet


@dataclass(frozen=True, slots=True)
class Means:
    """What the workspace has, and what this person may spend of it."""

    workspace: Any
    balance: Balance
    allowed: Allowance


@dataclass(frozen=True, slots=True)
class KindOffer:
    """One row of the table of kinds; `is_chosen` as it was ticked, `locked` why it cannot be had at all."""

    info: KindInfo
    planned: Planned
    price: Decimal
    coverage: Coverage
    is_chosen: bool

    @property
    def number(self) -> int:
        return len(self.planned.wanted)

    @property
    def locked(self) -> str:
        return self.planned.locked

    @property
    def at_most(self) -> Decimal:
        return self.price * self.number

    @property
    def expected(self) -> Decimal:
        return self.at_most * Decimal(str(round(self.coverage.share_charged, 4)))

    @property
    def reasons(self) -> list[tuple[str, int]]:
        """Why leads are left out, the commonest first."""
        return self.planned.cannot.most_common()


@dataclass(frozen=True, slots=True)
class Offer:
    """`full` is what everything costs at most, `at_most` what it may cost by the limit that was set.

    `confirm_above`: a larger sum is confirmed a second time; None for none. `undecided`: leads about which this was
    asked before, with findings that wait for a decision; asked again, it is paid again.
    """

    kinds: tuple[KindOffer, ...]
    plan: Plan
    full: Decimal
    at_most: Decimal
    test_at_most: Decimal
    balance_after: Decimal
    effect: Effect | None
    obstacle: str
    test_obstacle: str
    confirm_above: Decimal | None
    undecided: int = 0

    @property
    def chosen(self) -> list[KindOffer]:
        return [each for each in self.kinds if each.is_chosen]

    @property
    def leads(self) -> int:
        return len(self.plan.asked(each.info.kind for each in self.chosen))

    @property
    def skipped(self) -> int:
        return self.plan.selected - self.leads

    @property
    def beyond(self) -> int:
        """Leads that are not looked at, because there are too many."""
        return self.plan.selected - len(self.plan.leads)

    @property
    def expected(self) -> Decimal:
        return min(self.at_most, sum((each.expected for each in self.chosen), NOTHING)).quantize(NOTHING)

    @property
    def is_measured(self) -> bool:
        """Whether the expected cost is by what was charged lately, for each kind of it."""
        return all(each.coverage.percent is not None for each in self.chosen if each.number)

    @property
    def is_capped(self) -> bool:
        return self.at_most < self.full

    @property
    def balance(self) -> Decimal:
        """What can be spent now."""
        return self.balance_after + self.at_most

    @property
    def needs_confirmation(self) -> bool:
        return self.confirm_above is not None and self.at_most > self.confirm_above

    @property
    def has_test(self) -> bool:
        return self.leads > TEST_LEADS

    @property
    def cost_of_new_a(self) -> Decimal | None:
        return self.effect.cost_each(self.expected) if self.effect else None


def make_offer(
    leads: LeadQuerySet, kinds: Iterable[str], *, most_credits: Decimal | None, workspace: Any, by: Any, now: datetime,
    with_effect: bool = True,
) -> Offer:  # fmt: skip
    """Nine queries, however many leads there are, and seven more `with_effect`: what it could do to grades, and what waits."""
    wanted, listed = in_order(kinds), prices(now)
    plan, known = make_plan(leads, workspace=workspace, now=now), coverage(workspace, now=now)
    full = cost_of(plan, wanted, listed)
    at_most = capped(full, most_credits)
    test = capped(cost_of(plan.first(TEST_LEADS, wanted), wanted, listed), most_credits)
    balance, allowed = means(workspace, by, now=now)
    may = Means(workspace, balance, allowed)
    return Offer(
        kinds=_rows(plan, wanted, listed, known),
        plan=plan,
        full=full,
        at_most=at_most,
        test_at_most=test,
        balance_after=balance.available - at_most,
        effect=effect_of(plan, wanted, known, now=now) if with_effect else None,
        obstacle=_obstacle(plan, wanted, at_most, may),
        test_obstacle=_obstacle(plan, wanted, test, may),
        confirm_above=workspace.confirm_above,
        undecided=_undecided(plan, wanted) if with_effect else 0,
    )


def _undecided(plan: Plan, kinds: Iterable[EnrichmentKind]) -> int:
    asked = Q(pk__in=[])
    for each in plan.of(kinds):
        asked |= Q(item__kind=each.kind, lead__in=[lead.pk for lead in each.wanted])
    open_fields = EnrichedField.objects.filter(asked, state=FieldState.OPEN)
    return open_fields.order_by().values("lead").distinct().count()


def _rows(
    plan: Plan, wanted: Iterable[EnrichmentKind], listed: PriceList, known: Mapping[EnrichmentKind, Coverage]
) -> tuple[KindOffer, ...]:
    chosen = set(wanted)
    return tuple(
        KindOffer(info, plan.kinds[kind], price_of(kind, listed), known.get(kind, Coverage()), kind in chosen)
        for kind, info in INFO.items()
    )


def _obstacle(plan: Plan, kinds: tuple[EnrichmentKind, ...], cost: Decimal, may: Means) -> str:
    if not kinds:
        return "Choose at least one kind of data."
    if not plan.asked(kinds):
        return NOTHING_TO_ASK if plan.selected else "No leads are chosen."
    return over_limit(may.workspace, cost) or _shortage(may, cost)


def _shortage(may: Means, cost: Decimal) -> str:
    """With what can be done about it."""
    why = lacking(may.balance, may.allowed, cost)
    if not why:
        return ""
    return f"{why} Set fewer as the most credits: it ends there, and lists who is left. Or ask a manager."
