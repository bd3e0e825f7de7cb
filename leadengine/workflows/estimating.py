"""What the builder shows beside the form, and the order it sends: the quote, grades to expect, and ways out of a dead end."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from billing.ledger import InsufficientCredits, LimitExceeded
from billing.pricing import UnknownPrice
from leadengine.workflows.briefs import Brief, InvalidBrief
from leadengine.workflows.counting import count_all, total
from leadengine.workflows.desk import Desk
from leadengine.workflows.generation import PriceRose, start_generation
from leadengine.workflows.grade_forecast import GradeForecast, expected_grades
from leadengine.workflows.loosening import FEW, Loosening, loosenings
from leadengine.workflows.network_quoting import NetworkLine, network_lines
from leadengine.workflows.pace import Duration, expected_duration
from leadengine.workflows.quoting import RunQuote, price, quote_run
from leads.criteria import Criteria
from leads.models import Run
from leads.sources import registry
from leads.sources.base import Count
from scoring.ideal import IdealCustomer
from scoring.profiles import current

TEST_LEADS, FEW_TEST_LEADS = 10, 3
IDEAL_MUSTS = ("industries", "places", "employees")


class Refused(Exception):
    """The run did not start and nothing was charged; the message is a sentence that says why."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """The quote of a brief and what a person decides by.

    `forecast`: which grades to expect, the refused ones included.
    `affordable`: how many
    leads credits and limits suffice for, 0 if for all or for none. `loosenings` only if little matches, best first.
    """

    quote: RunQuote
    brief: Brief
    described: str = ""
    forecast: GradeForecast = field(default_factory=GradeForecast)
    test_at_most: Decimal = Decimal(0)
    affordable: int = 0
    loosenings: tuple[Loosening, ...] = ()
    is_cost_known: bool = True
    duration: Duration | None = None
    network: tuple[NetworkLine, ...] = ()

    @property
    def grades(self) -> dict[str, int]:
        """Leads to expect per grade, up to the most asked for."""
        return {grade: round(share * self.wanted / 100) for grade, share in self.forecast.shares.items()}

    @property
    def can_start(self) -> bool:
        return self.is_cost_known and self.quote.can_start and self.quote.may_find

    @property
    def test_leads(self) -> int:
        """Of how many leads a test is."""
        return _test_leads(self.quote)

    @property
    def is_its_own_test(self) -> bool:
        """Whether the run is no larger a step than a test would be."""
        enough = self.quote.matches.value > self.test_leads or bool(self.quote.uncounted)
        return self.brief.most_leads <= self.test_leads or not enough

    @property
    def can_test(self) -> bool:
        """A test is offered where it is a smaller step than the run."""
        is_affordable = self.test_at_most <= self.quote.balance.available
        return not self.is_its_own_test and self.is_cost_known and is_affordable and not self.quote.problems

    @property
    def is_unanswered(self) -> bool:
        """Whether a source did not answer, so that trying again may help."""
        return any("does not answer" in problem for problem in self.quote.problems)

    @property
    def wanted(self) -> int:
        """Leads the run would deliver at most: what is asked for, as far as it is there and may be paid for."""
        return self.quote.quote.leads_at_most


def estimate(workspace: Any, brief: Brief, *, by: Any, now: datetime, desk: Desk | None = None) -> Estimate:
    """Asks the sources and prices the brief; changes nothing and raises nothing that a brief can cause.

    Where only the file is not chosen yet, the other sources are estimated all the same. `desk`: what the request
    read already.
    """
    desk = desk or Desk(workspace, now)
    try:
        quote = _quote(desk, brief, by)
    except UnknownPrice as unknown:
        return Estimate(RunQuote(problems=(str(unknown),)), brief, brief.criteria.describe(), is_cost_known=False)
    found = Estimate(quote, brief, brief.criteria.describe())
    if not quote.per_source:
        return found
    if quote.matches.value < FEW and not quote.problems and not quote.uncounted:
        found = replace(found, loosenings=loosenings(desk, brief, found.quote.matches.value))
    if not quote.may_find:
        return found
    budget = _budget(workspace, quote)
    return replace(
        found,
        forecast=expected_grades(replace(brief, sources=tuple(quote.per_source)), desk),
        test_at_most=_at_most(brief, quote, _test_leads(quote), desk),
        affordable=_affordable(brief, quote, budget, desk) if quote.at_most > budget else 0,
        duration=expected_duration(workspace, brief.sources, found.wanted),
        network=network_lines(desk, replace(brief, sources=tuple(quote.per_source))),
    )


def _quote(desk: Desk, brief: Brief, by: Any) -> RunQuote:
    workspace, now = desk.workspace, desk.now
    others = tuple(name for name in brief.sources if name != "file")
    if brief.file_id or not others or others == brief.sources:
        return quote_run(workspace, brief, by=by, now=now, desk=desk)
    quote = quote_run(workspace, replace(brief, sources=others), by=by, now=now, desk=desk)
    return replace(quote, problems=(*desk.problems(brief), *quote.problems))


def order(
    workspace: Any, brief: Brief, *, name: str, by: Any, request_key: str, shown_at_most: Decimal, now: datetime
) -> Run:
    """Starts the run at the price that was shown, or raises Refused with the reason."""
    try:
        return start_generation(
            workspace, brief, name=name, by=by, request_key=request_key, shown_at_most=shown_at_most, now=now
        )
    except (InvalidBrief, PriceRose, InsufficientCredits, LimitExceeded, UnknownPrice) as reason:
        raise Refused(str(reason)) from reason


def new_matches(workspace: Any, brief: Brief, *, now: datetime) -> Count | None:
    """How many leads the brief would find that the workspace does not know; None while a source does not answer."""
    desk = Desk(workspace, now)
    at_hand = [name for name in brief.sources if registry.get(name).is_counted]
    counts, failures = count_all(desk, desk.request(replace(brief, new_only=True)), at_hand)
    return None if failures else total(counts.values())


def knows_ideal_customer(workspace: Any) -> bool:
    """Whether the workspace has said whom it sells to best; until then only a run's own criteria speak of fit."""
    return bool(current(workspace).ideal)


def ideal_criteria(desk: Desk) -> Criteria:
    """The ideal customer as a first search: what and where the companies are is a must, all else nice to have."""
    return IdealCustomer.from_json(desk.profile.ideal).as_criteria(musts=IDEAL_MUSTS)


def _test_leads(quote: RunQuote) -> int:
    """Ten, and three where fewer than ten match."""
    return FEW_TEST_LEADS if quote.matches.value < TEST_LEADS and not quote.uncounted else TEST_LEADS


def _at_most(brief: Brief, quote: RunQuote, leads: int, desk: Desk) -> Decimal:
    return price(replace(brief, most_leads=leads), quote.per_source, desk.prices).at_most


def _budget(workspace: Any, quote: RunQuote) -> Decimal:
    """Credits that the run may hold: the balance, what the month leaves the person, the most per run."""
    left = quote.allowance.left if quote.allowance else None
    return min(each for each in (quote.balance.available, left, workspace.most_credits_per_run) if each is not None)


def _affordable(brief: Brief, quote: RunQuote, budget: Decimal, desk: Desk) -> int:
    """The most leads that the budget covers at their dearest; the price grows with the number, so halving finds it."""
    price_list, low, high = desk.prices, 0, brief.most_leads
    while low < high:
        middle = (low + high + 1) // 2
        cost = price(replace(brief, most_leads=middle), quote.per_source, price_list).at_most
        low, high = (middle, high) if cost <= budget else (low, middle - 1)
    return low
