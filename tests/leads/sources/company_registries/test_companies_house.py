"""Companies House: what it is asked, and how its records read."""

from __future__ import annotations

import pytest
from django.utils import timezone

from leadengine.sandbox import companies_house as sandbox
from leadengine.sandbox.scripted import Reply, Trouble, serve
from leads.criteria import Criteria
from leads.sources.base import SearchRequest, SourceError
from leads.sources.company_registries.companies_house import CompaniesHouse

pytestmark = pytest.mark.django_db


@pytest.fixture
def script(settings):
    settings.SANDBOX = True
    with serve(sandbox.script()) as script:
        yield script


def search(script, criteria, limit=50):
    asked = SearchRequest(criteria=Criteria.from_json(criteria), workspace_id=0, new_only=False, now=timezone.now())
    return CompaniesHouse(script.base_url).search(asked, {}, limit)


QUESTIONS = {
    "trade": ({"industries": ["software-development"]}, {"sic_codes": "58210,58290,62011,62012"}),
    "trade that it tells apart": ({"industries": ["wineries"]}, {"sic_codes": "11020,11030"}),
    "only nice to have": ({"industries": {"values": ["software-development"], "level": "nice"}}, {"sic_codes": ""}),
    "city": ({"places": ["city:Leeds,GB"]}, {"location": "Leeds"}),
    "city beside another country": ({"places": ["city:Leeds,GB", "DE"]}, {"location": "Leeds"}),
    "country": ({"places": ["GB"]}, {"location": ""}),
    "two cities": ({"places": ["city:Leeds,GB", "city:Bristol,GB"]}, {"location": ""}),
    "years": (
        {"founded": {"min": 2001, "max": 2010}},
        {"incorporated_from": "2001-01-01", "incorporated_to": "2010-12-31"},
    ),
    "only active ones": ({}, {"company_status": "active"}),
}


@pytest.mark.parametrize(("criteria", "asked"), QUESTIONS.values(), ids=QUESTIONS)
def test_criteria_become_a_question(script, criteria, asked):
    search(script, criteria)

    question = script.asked[0]
    assert question.path == "/advanced-search/companies"
    assert {name: question.one(name) for name in asked} == asked


def test_elsewhere_is_not_asked_at_all(script):
    page = search(script, {"places": ["DE"]})

    assert (page.candidates, page.next_cursor, script.asked) == ((), None, [])


def test_director_is_read_with_the_company(script):
    first = search(script, {"industries": ["software-development"]}).candidates[0]

    assert (first.full_name, first.title, first.email) == ("Ada Abara", "Managing Director", "")
    assert first.company.name == "Amberfield Systems Limited"
    assert (first.company.country, first.company.city, first.company.founded_year) == ("GB", "London", 1994)
    assert first.company.industry == "software-development"
    assert first.company.registry_ids == (("companies_house", "SB000000"),)
    assert first.evidence_url.endswith("/company/SB000000/officers")


def test_who_left_and_companies_on_the_board_are_nobody(script):
    names = {each.full_name for each in search(script, {}).candidates}

    assert not {"Frances Former", "Sandbox Secretaries Limited"} & names


def test_company_without_officers_stands_alone(script):
    found = script.answer
    script.answer = lambda ask: Reply({}, 404) if ask.path.endswith("/officers") else found(ask)

    first = search(script, {}).candidates[0]

    assert (first.record_id, first.is_person) == ("SB000000", False)


def test_window_that_is_used_up_is_waited_for(settings):
    settings.SANDBOX = True
    with serve(sandbox.script(calls=3)) as script, pytest.raises(SourceError) as caught:
        search(script, {})

    assert not caught.value.permanent
    assert caught.value.retry_after == 300.0
    assert caught.value.asked == 4


def test_members_that_nobody_promised_do_no_harm(script):
    odd = {"company_number": "SB1", "company_name": "ODD LTD", "sic_codes": None, "registered_office_address": None}
    script.troubles = [Trouble(Reply({"items": [odd | {"extra": [1]}, {"company_number": 7}, "text"], "hits": "3"}))]

    page = search(script, {})

    assert [each.company.name for each in page.candidates] == ["Odd Ltd"]
    assert len(page.faults) == 2
