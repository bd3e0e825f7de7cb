"""Invented estimates for the style guide: one whose run can start, and one that lacks credits."""

from __future__ import annotations

from decimal import Decimal

from billing.ledger import Balance
from billing.pricing import Quote, QuoteLine
from leadengine.workflows.briefs import Brief
from leadengine.workflows.estimating import Estimate
from leadengine.workflows.grade_forecast import GradeForecast
from leadengine.workflows.pace import Duration
from leadengine.workflows.quoting import RunQuote
from leads.criteria import Criteria
from leads.sources.base import Count

FORECAST = GradeForecast({"A+": 8, "A": 52, "B": 90, "C": 40, "D": 10}, sampled=200, out_of=506)


def estimated(*, credits: int) -> Estimate:
    """250 leads of 506 that match, with so many credits there."""
    criteria = Criteria.from_json({"industries": {"values": ["manufacturing"]}})
    brief = Brief(criteria=criteria, sources=("companies",), most_leads=250)
    bill = Quote((QuoteLine("Company database", "companies", Decimal(1), 250, 230),))
    quote = RunQuote(Count(506), {"companies": Count(506)}, quote=bill, balance=Balance(Decimal(credits), Decimal(0)))
    return Estimate(
        quote,
        brief,
        described=criteria.describe(),
        forecast=FORECAST,
        test_at_most=Decimal(10),
        duration=Duration(150, is_measured=True),
    )
