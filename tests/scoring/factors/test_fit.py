"""Potential, company fit, industry, title and size: a table each, with the docstrings' worked examples."""

import numpy as np
import pytest

from leads.criteria import Range
from scoring.columns import Details, Position
from scoring.factors import fit
from scoring.factors.position import job_title
from scoring.rulebook import Closed
from tests.factories.scoring import event, facts, rulebook

NAN = float("nan")
CEO = Position("CEO", "c_level", "executive")
CFO = Position("CFO", "c_level", "finance")
SALES_MANAGER = Position("Sales Manager", "manager", "sales")


def value(function, known, rules) -> float:
    return float(function(facts(**known), rules)[0])


@pytest.mark.parametrize(
    ("known", "ideal", "expected"),
    [
        pytest.param({"employees": 500}, {"employees": Range(200, 1000)}, 1.0, id="inside"),
        pytest.param({"employees": 200}, {"employees": Range(200, 1000)}, 1.0, id="at the edge"),
        pytest.param({"employees": 100}, {"employees": Range(200, 1000)}, 0.699, id="half the least"),
        pytest.param({"employees": 10_000}, {"employees": Range(200, 1000)}, 0.0, id="ten times the most"),
        pytest.param({"employees": 3}, {"employees": Range(None, 10)}, 1.0, id="open below"),
        pytest.param({"employees": 30_000}, {"employees": Range(1000, None)}, 1.0, id="open above"),
        pytest.param({"revenue": 5e6}, {"revenue": Range(10_000_000)}, 0.699, id="revenue"),
        pytest.param(
            {"employees": 500, "revenue": 5e6},
            {"employees": Range(200, 1000), "revenue": Range(10_000_000)},
            0.849,
            id="mean of both",
        ),
        pytest.param({}, {"employees": Range(200, 1000)}, NAN, id="nothing known"),
        pytest.param({"employees": 500}, {}, NAN, id="nothing asked"),
    ],
)
def test_company_size(known, ideal, expected) -> None:
    assert value(fit.company_size, known, rulebook(**ideal)) == pytest.approx(expected, abs=1e-3, nan_ok=True)


@pytest.mark.parametrize(
    ("industry", "target", "expected"),
    [
        pytest.param("software-development", "software-development", 1.0, id="the same"),
        pytest.param("computer-networking-products", "software-development", 1.0, id="one under it"),
        pytest.param("software-development", "computer-networking-products", 0.7, id="the one above it"),
        pytest.param("tobacco-manufacturing", "sporting-goods-manufacturing", 0.7, id="a sibling"),
        pytest.param(
            "manufacturing", "computer-hardware-manufacturing", 0.4, id="two above it are only in the same branch"
        ),
        pytest.param("alternative-medicine", "hospitals", 0.4, id="a cousin in the same branch"),
        pytest.param("software-development", "hospitals-and-health-care", 0.0, id="another branch"),
        pytest.param("retail", "manufacturing", 0.0, id="two tops of the tree are not siblings"),
        pytest.param("", "software-development", NAN, id="unknown"),
    ],
)
def test_industry_match(industry, target, expected) -> None:
    rules = rulebook(industries=(target,))

    assert value(fit.industry_match, {"industry": industry}, rules) == pytest.approx(expected, nan_ok=True)


def test_industry_match_without_a_target_is_unknown() -> None:
    assert np.isnan(value(fit.industry_match, {"industry": "retail"}, rulebook()))


@pytest.mark.parametrize(
    ("industry", "expected"),
    [
        pytest.param("retail", 0.5 + 0.25 * np.log2(1.25), id="won more often than elsewhere"),
        pytest.param("manufacturing", 0.5 + 0.25 * np.log2(0.75), id="won less often"),
        pytest.param("mining", NAN, id="nothing closed in it"),
    ],
)
def test_industry_match_without_a_target_is_what_was_won_in_it(industry, expected) -> None:
    rules = rulebook(closed={"retail": Closed(15, 20), "manufacturing": Closed(5, 20)})

    assert value(fit.industry_match, {"industry": industry}, rules) == pytest.approx(expected, nan_ok=True)


def test_industry_match_is_lifted_where_more_is_won() -> None:
    closed = {"retail": Closed(15, 20), "manufacturing": Closed(5, 20)}
    rules = rulebook(industries=("manufacturing",), closed=closed)

    assert fit.won_before("retail", rules) == pytest.approx(0.25 * np.log2(1.25))
    assert value(fit.industry_match, {"industry": "manufacturing"}, rules) < 1
    assert fit.won_before("mining", rules) == 0


@pytest.mark.parametrize(
    ("position", "ideal", "expected"),
    [
        pytest.param(CEO, {}, 1.0, id="chief, nothing asked"),
        pytest.param(SALES_MANAGER, {}, 0.6, id="manager, nothing asked"),
        pytest.param(SALES_MANAGER, {"seniorities": ("manager",)}, 0.88, id="the level asked for"),
        pytest.param(CEO, {"seniorities": ("manager",)}, 0.6, id="another level"),
        pytest.param(SALES_MANAGER, {"departments": ("it",)}, 0.27, id="another department"),
        pytest.param(CEO, {"departments": ("it",)}, 0.85, id="head of the company"),
        pytest.param(CFO, {"departments": ("it",)}, 0.45, id="chief of another department"),
        pytest.param(Position("Director", "director", ""), {"departments": ("it",)}, 0.56, id="department unknown"),
        pytest.param(
            Position("Head of IT", "director", "it"), {"titles": ("Head of IT",)}, 0.95, id="the title asked for"
        ),
        pytest.param(
            Position("Beekeeper", "", ""),
            {"titles": ("Beekeeper",)},
            0.95,
            id="the title asked for, that says no level",
        ),
        pytest.param(Position("Beekeeper", "", ""), {"titles": ("CFO",)}, NAN, id="another that says no level"),
        pytest.param(Position("", "", ""), {}, NAN, id="no title"),
    ],
)
def test_job_title(position, ideal, expected) -> None:
    assert value(job_title, {"position": position}, rulebook(**ideal)) == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize(
    ("known", "ideal", "expected"),
    [
        pytest.param(
            {"industry": "retail", "employees": 500},
            {"industries": ("retail",), "employees": Range(200, 1000)},
            1.0,
            id="all known",
        ),
        pytest.param(
            {"industry": "retail"}, {"industries": ("retail",), "technologies": ("SAP",)}, 1.0, id="one known"
        ),
        pytest.param(
            {"industry": "mining", "technologies": ("sap", "Excel")},
            {"industries": ("retail",), "technologies": ("SAP",)},
            0.2 / 0.6,
            id="technology only",
        ),
        pytest.param(
            {"technologies": ("SAP",)}, {"technologies": ("SAP", "HubSpot", "Jira")}, 0.8, id="one of several"
        ),
        pytest.param({"details": Details("pumps | valves")}, {"keywords": ("valves",)}, 1.0, id="keyword"),
        pytest.param({"details": Details("start-up")}, {"keywords": ("art",)}, 0.0, id="keyword inside a word"),
        pytest.param({"details": Details("", "Series A")}, {"funding_stages": ("series_a",)}, 1.0, id="funding stage"),
        pytest.param({"details": Details("", "", 1990)}, {"founded": Range(2010, None)}, 0.0, id="founded too early"),
        pytest.param({}, {"industries": ("retail",)}, NAN, id="nothing known"),
    ],
)
def test_company_fit(known, ideal, expected) -> None:
    assert value(fit.company_fit, known, rulebook(**ideal)) == pytest.approx(expected, nan_ok=True)


RETAIL = {"industries": ("retail",)}
FULL_FIT = {"industry": "retail", "position": Position("Manager", "manager", "")}
BASE = 0.6**0.5


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        pytest.param(FULL_FIT, BASE, id="geometric mean"),
        pytest.param({"industry": "retail"}, 0.4**0.5, id="position unknown counts as expected"),
        pytest.param({}, NAN, id="neither known"),
        pytest.param(
            FULL_FIT | {"signals": (event("funding"),)}, BASE + 0.4 * (1 - BASE) * (1 - np.exp(-1)), id="lifted"
        ),
        pytest.param(
            FULL_FIT | {"signals": (event("funding", 180),)},
            BASE + 0.4 * (1 - BASE) * (1 - np.exp(-0.5)),
            id="halved after the half-life",
        ),
        pytest.param(
            FULL_FIT | {"signals": (event("shrinking"),)}, BASE - 0.3 * BASE * (1 - np.exp(-0.8)), id="lowered"
        ),
        pytest.param(FULL_FIT | {"signals": (event("horoscope"),)}, BASE, id="a kind that says nothing"),
    ],
)
def test_potential(known, expected) -> None:
    assert value(fit.potential, known, rulebook(**RETAIL)) == pytest.approx(expected, nan_ok=True)
