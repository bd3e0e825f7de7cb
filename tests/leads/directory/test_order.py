"""The directory gives the best first: the stored rank and what is nice to have, page after page, each row once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.utils import timezone

from leads.criteria import Criteria
from leads.directory import refreshing, searching
from leads.models import Dataset
from leads.sources.base import SearchRequest
from leads.sources.worth import Role, Worth
from tests.factories import directory

pytestmark = pytest.mark.django_db


def names(asked: dict, *, size: int = 100) -> list[str]:
    """Companies of the candidates, page after page."""
    request = SearchRequest(
        criteria=Criteria.from_json(asked), workspace_id=0, new_only=False, now=timezone.now(), file_id=None
    )
    found, cursor = [], {}
    while True:
        page = searching.search(request, cursor, size)
        found += [each.company.name for each in page.candidates]
        if page.next_cursor is None:
            return found
        cursor = page.next_cursor


@pytest.fixture
def data() -> Dataset:
    """Four companies with a person each; the fuller the record, the better its rank."""
    made = directory.dataset()
    facts = [
        {"name": "Bare", "technologies": ["SAP"], "employees_min": None, "employees_max": None},
        {"name": "Full", "city": "Köln", "phone": "+49 221 1", "revenue_usd": 5, "founded_year": 2001},
        {"name": "Hiring", "technologies": ["SAP"], "hiring_on": timezone.now().date()},
        {"name": "Plain"},
    ]
    for each in facts:
        directory.person(directory.company(made, **each))
    refreshing.refresh(made)
    return made


def test_without_wishes_the_fullest_records_come_first(data):
    assert names({}) == ["Full", "Hiring", "Plain", "Bare"]


def test_what_meets_a_wish_comes_before_a_fuller_record(data):
    assert names({"technologies": {"values": ["SAP"], "level": "nice"}}) == ["Hiring", "Bare", "Full", "Plain"]


def test_more_wishes_met_come_first(data):
    asked = {"technologies": {"values": ["SAP"], "level": "nice"}, "hiring": "nice"}

    assert names(asked)[:2] == ["Hiring", "Bare"]


def test_wish_that_nobody_can_meet_changes_nothing(data):
    assert names({"titles": {"values": ["Lighthouse Keeper"], "level": "nice"}}) == names({})


@pytest.mark.parametrize("size", [1, 2, 3])
def test_pages_give_each_row_once_in_the_same_order(data, size):
    directory.company(data, name="Nobody known", technologies=["SAP"])
    refreshing.refresh(data)
    asked = {"technologies": {"values": ["SAP"], "level": "nice"}, "industries": {"values": ["manufacturing"]}}

    assert names(asked, size=size) == names(asked)
    assert len(set(names(asked))) == 5


SOUGHT = Worth(
    titles=(("Head of IT", 90),),
    roles=(
        Role(("vp",), ("sales",), 60),
        Role(("director",), ("it",), 40),
        Role(("manager",), ("it", "sales"), 20),
    ),
)


def positions(worth: Worth, *, size: int) -> list[str]:
    """Titles, page after page."""
    request = SearchRequest(criteria=Criteria(), workspace_id=0, new_only=False, now=timezone.now(), worth=worth)
    found, cursor = [], {}
    while cursor is not None:
        page = searching.search(request, cursor, size)
        found += [each.title for each in page.candidates]
        cursor = page.next_cursor
    return found


@pytest.mark.parametrize("size", [1, 2, 5])
def test_positions_come_in_the_order_of_their_worth(size):
    made = directory.dataset()
    at = directory.company(made)
    for title, seniority, department in (
        ("Director of Data", "director", "it"),
        ("Sales Manager", "manager", "sales"),
        ("Head of IT", "director", "it"),
        ("VP Sales", "vp", "sales"),
        ("Another VP Sales", "vp", "sales"),
    ):
        directory.person(at, title=title, seniority=seniority, department=department)
    refreshing.refresh(made)

    found = positions(SOUGHT, size=size)

    assert found == ["Head of IT", "VP Sales", "Another VP Sales", "Director of Data", "Sales Manager"]


def test_worth_of_a_wish_decides_which_counts_more():
    made = directory.dataset()
    for name, facts in {"Near": {"country": "DE"}, "Same work": {"country": "FR", "industry": "retail"}}.items():
        directory.person(directory.company(made, name=name, **facts), country=facts["country"])
    refreshing.refresh(made)
    level = {"level": "nice"}
    asked = Criteria.from_json({"places": {"values": ["DE"], **level}, "industries": {"values": ["retail"], **level}})
    request = SearchRequest(criteria=asked, workspace_id=0, new_only=False, now=timezone.now())

    first = [
        searching.search(replace(request, worth=Worth({"places": place, "industries": work})), {}, 1)
        .candidates[0]
        .company.name
        for place, work in ((30, 10), (10, 30))
    ]

    assert first == ["Near", "Same work"]


def test_title_in_the_words_asked_for_comes_before_one_that_means_the_same():
    made = directory.dataset()
    at = directory.company(made)
    for title in ("Key Account Manager", "Regional Sales Manager", "Sales Manager"):
        directory.person(at, title=title, seniority="manager", department="sales")
    refreshing.refresh(made)

    found = positions(replace(SOUGHT, titles=(("Sales Manager", 50),)), size=5)

    assert found == ["Regional Sales Manager", "Sales Manager", "Key Account Manager"]
