"""Quotes over the network: nobody is asked, the price is a ceiling all the same, and a missing key is told."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import timezone

from billing.pricing import PriceList
from leadengine.workflows.briefs import Brief
from leadengine.workflows.counting import UNCOUNTED
from leadengine.workflows.estimating import estimate
from leadengine.workflows.quoting import price, quote_run
from leads.criteria import Criteria
from leads.models import ProviderHealth
from leads.sources.base import Count
from tests.factories import directory, people, providers

PRICES = PriceList({("delivery", ""): Decimal("1.00"), ("delivery", "github"): Decimal("2.00")})


def brief(*sources: str, leads: int = 20) -> Brief:
    return Brief(criteria=Criteria(), sources=sources, most_leads=leads)


@pytest.mark.parametrize(
    ("sources", "at_most"),
    [
        (("companies_house", "hunter"), {"companies_house": 0, "hunter": 20}),
        (("companies_house",), {"companies_house": 20}),
        (("hunter", "github"), {"hunter": 0, "github": 20}),
        (("directory", "hunter"), {"directory": 20, "hunter": 0}),
    ],
    ids=["who feeds comes last", "alone", "the dearest first", "beside our own"],
)
def test_quote_itemises_the_ceiling(sources, at_most):
    counts = {name: Count(100) if name == "directory" else UNCOUNTED for name in sources}

    lines = price(brief(*sources), counts, PRICES).lines

    assert {line.source: line.quantity_at_most for line in lines} == at_most


def test_company_sources_are_not_expected_to_deliver_beside_those_that_they_feed():
    counts = {"companies_house": UNCOUNTED, "hunter": UNCOUNTED}

    lines = price(brief("companies_house", "hunter"), counts, PRICES).lines

    assert {line.source: line.quantity_expected for line in lines} == {"companies_house": 0, "hunter": 20}


def test_shares_that_are_no_whole_numbers_make_the_whole_together():
    counts = dict.fromkeys(("hunter", "github", "bluesky"), UNCOUNTED)

    quote = price(
        brief("hunter", "github", "bluesky", leads=40), counts, PriceList({("delivery", ""): Decimal("1.00")})
    )

    assert quote.expected == Decimal("40.00")


@pytest.mark.django_db
def test_missing_key_is_a_problem_and_a_sentence():
    workspace = people.workspace(credits=50)

    quoted = quote_run(workspace, brief("hunter", "gleif"), by=None, now=timezone.now())

    assert quoted.problems == (
        "Hunter needs a key: a manager enters it under Settings, Sources. Or leave that source out.",
    )
    assert not quoted.can_start


@pytest.mark.django_db
def test_nobody_is_asked_before_the_run():
    workspace = people.workspace(credits=50)
    providers.key(workspace)

    found = estimate(workspace, brief("hunter", "gleif"), by=people.rep(workspace), now=timezone.now())

    assert found.can_start
    assert found.quote.uncounted == ("Hunter", "GLEIF")
    assert (found.quote.at_most, found.grades) == (Decimal("20.00"), {})
    assert not ProviderHealth.objects.exists()


@pytest.mark.django_db
def test_our_own_database_is_counted_and_graded_beside_them(settings):
    settings.SANDBOX = True
    workspace = people.workspace(credits=50, is_sample=True)
    directory.people(12)

    found = estimate(workspace, brief("directory", "hunter"), by=people.rep(workspace), now=timezone.now())

    assert (found.quote.matches.value, found.quote.matches.is_capped) == (12, True)
    assert found.grades
    assert found.loosenings == ()
