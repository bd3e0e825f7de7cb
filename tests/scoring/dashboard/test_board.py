"""The dashboard's numbers: each is the number of leads that its link finds."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import OperationalError
from django.utils import timezone

from billing import ledger
from billing.models import HoldPurpose
from enrichment.models import EnrichmentItem, Lookup, LookupKind
from leads.models import Lead, Stage
from leads.query.conditions import condition
from leads.query.reading import read
from leads.scoping import scope_for
from scoring.dashboard.accuracy import verdict
from scoring.dashboard.asked import Asked
from scoring.dashboard.board import Board, attempted, board
from scoring.dashboard.cohort import by_industry
from scoring.dashboard.period import PERIODS
from scoring.dashboard.pictures import few
from tests.factories import enrichments, leads, people, runs, scores

pytestmark = pytest.mark.django_db

GIVEN = (  # grade, days ago, source, outcome, stage
    ("A+", 0, "directory", "", "new"),
    ("A", 1, "directory", "won", "won"),
    ("B", 6, "file", "lost", "lost"),
    ("C", 6, "directory", "", "working"),
    ("D", 6, "file", "disqualified", "disqualified"),
    ("", 2, "file", "", "meeting"),
    ("A", 7, "directory", "", "working"),
    ("B", 13, "directory", "won", "won"),
    ("A", 14, "directory", "won", "won"),
)


@pytest.fixture
def workspace():
    return people.workspace()


@pytest.fixture
def rep(workspace):
    return people.rep(workspace)


def made(workspace, rep=None) -> None:
    """The leads of GIVEN, each for one credit, every second one of the rep; won deals at 1,000 EUR."""
    lane = runs.lane(runs.run(workspace))
    for place, (grade, days, source, outcome, stage) in enumerate(GIVEN):
        deal = {"deal_value": 1_000, "deal_currency": "EUR"} if outcome == "won" else {}
        at = Stage.objects.of(workspace).get(key=stage)
        when = timezone.now() - timedelta(days=days)
        mine = {
            "owner": rep if place % 2 else None,
            "outcome": outcome,
            "stage": at,
            "source": source,
            "created_at": when,
        }
        lead = leads.lead(workspace, **mine, **deal)
        runs.delivery(lane, lead)
        if grade:
            scores.score(lead, grade)


def shown(workspace, *, who: Any = None, email: str = "", key: str = "w", price: int | None = None) -> Board:
    named = {
        rep.pk: (rep.email, rep.name) for rep in [each.user for each in workspace.memberships.select_related("user")]
    }
    return board(workspace, Asked(PERIODS[key], timezone.localdate(), who, email, price), named)


def number_behind(url: str, workspace, user) -> int:
    """How many leads the list shows at this address, all of whose text must be understood."""
    text = parse_qs(urlsplit(url).query)["q"][0]
    scope = scope_for(workspace, user=user, now=timezone.now(), text=text)
    reading = read(text, scope)
    assert reading.is_sure, reading.problems
    return Lead.objects.of(workspace).living().filter(condition(reading.query, scope)).count()


def test_figures_are_of_the_period_and_compared_with_the_one_before(workspace, rep):
    made(workspace, rep)
    made(people.workspace())
    leads.lead(workspace, erased_at=timezone.now())

    found = shown(workspace, price=1)

    assert [card.value for card in found.cards] == ["5", "60 %", "3.00 EUR", "3,000 EUR"]
    assert [card.before for card in found.cards] == ["2", "100 %", "2.00 EUR", "2,000 EUR"]
    assert [card.change for card in found.cards] == ["+150 %", "−40 pt", "+50 %", "+50 %"]
    assert [card.is_good for card in found.cards] == [True, False, False, True]
    assert found.cards[3].note == "ROI: too few, 2 of 30 needed are won or lost"


@pytest.mark.parametrize("whose", ["all", "rep", "nobody"])
def test_each_number_is_that_of_the_leads_behind_it(workspace, rep, whose):
    made(workspace, rep)
    who, email = {"all": (None, ""), "rep": (rep.pk, rep.email), "nobody": ("none", "")}[whose]

    found = shown(workspace, who=who, email=email)

    lines = [found.whole, *found.sources, *found.reps]
    told = [(url, getattr(line.worth, name)) for line in lines for name, url in line.urls.items()]
    told += [(each.closed_url, each.closed) for each in found.accuracy] + [
        (each.won_url, each.won) for each in found.accuracy
    ]
    told += [(each.url, each.leads) for each in found.runs or []]
    assert len(told) > 20
    assert [number_behind(url, workspace, rep) for url, _ in told] == [number for _, number in told]


def test_sources_and_owners_add_up_to_the_whole(workspace, rep):
    made(workspace, rep)

    found = shown(workspace)

    assert sum(line.worth.leads for line in found.sources) == sum(line.worth.leads for line in found.reps) == 6
    assert sum(line.cost for line in found.sources) == found.whole.cost == 6


def test_a_line_that_was_looked_up_is_part_of_the_cost(workspace, rep):
    made(workspace, rep)
    now = timezone.now()
    hold = ledger.hold(workspace, Decimal(0), key="line", purpose=HoldPurpose.VERIFICATION, by=rep, now=now)
    lead = Lead.objects.of(workspace).latest("created_at")
    Lookup.objects.create(
        workspace=workspace, lead=lead, kind=LookupKind.LINE, about="+4930123", hold=hold, price=2, charged=2, by=rep
    )

    assert shown(workspace).whole.cost == 8


def test_what_was_found_about_a_company_is_part_of_the_cost_of_its_lead(workspace, rep):
    made(workspace, rep)
    found = enrichments.found(workspace, Lead.objects.of(workspace).latest("created_at"), by=rep)
    EnrichmentItem.objects.filter(pk=found.item_id).update(charged=1)

    assert shown(workspace).whole.cost == 7


def test_leads_of_somebody_who_left_are_counted_without_a_way_to_them(workspace, rep):
    made(workspace, rep)
    rep.memberships.all().delete()

    gone = next(line for line in shown(workspace).reps if line.label == "No longer a member")

    assert gone.worth.leads == 3
    assert set(gone.urls.values()) == {""}


def test_too_few_leads_of_an_industry_are_named_and_not_compared(workspace, rep):
    for grade in ("A", "C"):
        scores.score(leads.lead(workspace, company=leads.company(workspace, industry="retail-groceries")), grade)
    asked = Asked(PERIODS["w"], timezone.localdate())

    found = by_industry(workspace, asked)

    ((label, number, url),) = few(found, asked)
    assert (label, number, number_behind(url, workspace, rep)) == ("Retail", 2, 2)
    assert [(each.good, each.all_graded) for each in found] == [(1, 2)]


def test_few_outcomes_prove_nothing(workspace, rep):
    made(workspace, rep)

    assert verdict(shown(workspace).accuracy).startswith("Too few outcomes to tell: 1 lead of grade A")


def fails() -> None:
    raise OperationalError("canceling statement due to statement timeout")


def test_a_part_that_fails_is_none_and_logged(caplog):
    assert attempted("the grades", fails) is None
    assert "could not read the grades" in caplog.text
