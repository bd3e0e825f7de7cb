"""What a brief would find and cost, before anything is paid: the count and the quote."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from billing import ledger
from billing.ledger import Balance
from billing.limits import Allowance
from billing.models import PriceKind
from billing.pricing import PriceList, Quote, QuoteLine
from billing.standing import means
from leadengine.wording import amount, in_credits
from leadengine.workflows.briefs import Brief
from leadengine.workflows.check_receipts import share_charged
from leadengine.workflows.counting import count_all, total
from leadengine.workflows.desk import Desk
from leads.sources import registry
from leads.sources.base import Count


@dataclass(frozen=True, slots=True)
class RunQuote:
    """The answer to a brief. `matches` is what the sources could return together; `problems` are sentences for people.

    `known`: how many of them are leads already, where those are wanted too.
    `uncounted`: titles of sources on the network, which are asked only by a run; the price takes them for inexhaustible.
    """

    matches: Count = field(default_factory=lambda: Count(0))
    per_source: Mapping[str, Count] = field(default_factory=dict)
    unsupported: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    quote: Quote = field(default_factory=lambda: Quote(()))
    balance: Balance = field(default_factory=lambda: Balance(Decimal(0), Decimal(0)))
    allowance: Allowance | None = None
    problems: tuple[str, ...] = ()
    uncounted: tuple[str, ...] = ()
    known: int = 0

    @property
    def may_find(self) -> bool:
        return bool(self.matches.value or self.uncounted)

    @property
    def at_most(self) -> Decimal:
        return self.quote.at_most

    @property
    def expected(self) -> Decimal:
        return self.quote.expected

    @property
    def short_by(self) -> Decimal:
        """Credits that are missing for the most it could cost."""
        return max(self.at_most - self.balance.available, Decimal(0))

    @property
    def balance_after(self) -> Decimal:
        return self.balance.available - self.at_most

    @property
    def can_start(self) -> bool:
        return not self.problems and not self.short_by

    def to_json(self) -> dict[str, Any]:
        return {
            "matches": self.matches.value,
            "matches_capped": self.matches.is_capped,
            "per_source": {name: count.value for name, count in self.per_source.items()},
            "unsupported": {name: list(keys) for name, keys in self.unsupported.items()},
            "quote": self.quote.to_json()["lines"],
            "expected": str(self.expected),
            "at_most": str(self.at_most),
            "available": str(self.balance.available),
            "short_by": str(self.short_by),
            "problems": list(self.problems),
            "uncounted": list(self.uncounted),
            "known": self.known,
        }


def quote_run(workspace: Any, brief: Brief, *, by: Any | None, now: datetime, desk: Desk | None = None) -> RunQuote:
    """Ask each source for its count and price the brief. Changes nothing; a source that fails is a problem, not an error.

    `desk`: what the request read already.
    """
    desk = desk or Desk(workspace, now)
    balance, spent = means(workspace, by, now=now) if by else (ledger.balance(workspace), None)
    if problems := desk.problems(brief):
        return RunQuote(balance=balance, problems=problems)
    counts, failures = count_all(desk, desk.request(brief), brief.sources)
    certain = share_charged(workspace) if brief.verify_emails else 1.0
    only_new = desk.request(replace(brief, new_only=True))
    new = counts if brief.new_only else count_all(desk, only_new, brief.sources)[0]
    quote = free_of_known(price(brief, counts, desk.prices, certain=certain), counts, new)
    matches = total(counts.values())
    return RunQuote(
        matches=matches,
        per_source=counts,
        unsupported={name: registry.get(name).unsupported(brief.criteria) for name in brief.sources},
        quote=quote,
        balance=balance,
        allowance=spent,
        problems=(*failures, *_over_limits(workspace, quote, spent)),
        uncounted=tuple(registry.title(name) for name in brief.sources if not registry.get(name).is_counted),
        known=max(matches.value - sum(count.value for count in new.values()), 0),
    )


def free_of_known(quote: Quote, counts: Mapping[str, Count], new: Mapping[str, Count]) -> Quote:
    """The same with only the new ones expected to be charged: a known lead is delivered again for nothing.

    At most stays: one whose last delivery is too long ago is charged.
    """
    shares = {name: new[name].value / count.value if count.value else 1.0 for name, count in counts.items()}
    overall = sum(count.value for count in new.values()) / (sum(count.value for count in counts.values()) or 1)
    return Quote(
        tuple(
            replace(line, quantity_expected=round(line.quantity_expected * min(1.0, shares.get(line.source, overall))))
            for line in quote.lines
        )
    )


def price(brief: Brief, counts: Mapping[str, Count], price_list: PriceList, *, certain: float = 1.0) -> Quote:
    """The itemised quote. At most: the dearest leads come first, up to what is asked for and what may be spent, with the
    verification of each where it is asked for.

    Expected: our own sources deliver first, the cheapest before the others; those on the network in proportion to what
    they have. A capped count may hide more: it does not limit. `certain`: the share of verifications to be charged.
    """
    check = price_list.of(PriceKind.EMAIL_CHECK) if brief.verify_emails else Decimal(0)
    prices_of = {name: price_list.of(PriceKind.DELIVERY, name) for name in counts}
    whole = {name: amount + check for name, amount in prices_of.items()}
    available = {name: brief.most_leads if count.is_capped else count.value for name, count in counts.items()}
    most = _dearest_first(brief, whole, available)
    expected = _as_runs_do(whole, available, brief)
    leads = Quote(
        tuple(QuoteLine(registry.get(name).title, name, prices_of[name], most[name], expected[name]) for name in counts)
    )
    return _with_checks(leads, check, certain) if brief.verify_emails else leads


def _with_checks(leads: Quote, unit_price: Decimal, certain: float) -> Quote:
    """A verification for each lead, charged where the verdict is certain."""
    expected = round(leads.leads_expected * certain)
    line = QuoteLine("E-mail verified", "", unit_price, leads.leads_at_most, expected, PriceKind.EMAIL_CHECK)
    return Quote((*leads.lines, line))


def _dearest_first(brief: Brief, prices_of: Mapping[str, Decimal], available: Mapping[str, int]) -> dict[str, int]:
    leads, credits = brief.most_leads, brief.most_credits
    most = dict.fromkeys(available, 0)
    for name in sorted(available, key=lambda each: (-prices_of[each], registry.get(each).feeds)):
        number = min(available[name], leads)
        if credits is not None and prices_of[name]:
            number = min(number, int(credits // prices_of[name]))
            credits -= number * prices_of[name]
        most[name], leads = number, leads - number
    return most


def _as_runs_do(prices_of: Mapping[str, Decimal], available: Mapping[str, int], brief: Brief) -> dict[str, int]:
    own = sorted((name for name in available if registry.get(name).is_local), key=lambda name: prices_of[name])
    left, expected = brief.most_leads, dict.fromkeys(available, 0)
    for name in own:
        expected[name] = min(available[name], left)
        left -= expected[name]
    others = {name: number for name, number in available.items() if name not in own}
    if any(not registry.get(name).feeds for name in others):
        others |= {name: 0 for name in others if registry.get(name).feeds}  # it feeds those who deliver
    share = min(1.0, left / sum(others.values())) if any(others.values()) else 0.0
    reached = 0.0
    for name, number in others.items():  # rounded so that together they are what is left
        expected[name] = round(reached + number * share) - round(reached)
        reached += number * share
    return _within(expected, prices_of, brief.most_credits)


def _within(expected: Mapping[str, int], prices_of: Mapping[str, Decimal], credits: Decimal | None) -> dict[str, int]:
    """As many as the most credits pay for, in this order."""
    affordable = {}
    for name, number in expected.items():
        price = prices_of[name]
        affordable[name] = number if credits is None or not price else min(number, int(credits // price))
        credits = credits if credits is None else credits - affordable[name] * price
    return affordable


def _over_limits(workspace: Any, quote: Quote, spent: Allowance | None) -> list[str]:
    most = workspace.most_credits_per_run
    over = []
    if most is not None and quote.at_most > most:
        over.append(
            f"A run of this workspace may cost {in_credits(most)} at most; this one could cost {amount(quote.at_most)}."
        )
    if spent and spent.left is not None and quote.at_most > spent.left:
        over.append(
            f"You may spend {amount(spent.left)} more credits this month; this run could cost {amount(quote.at_most)}."
        )
    return over
