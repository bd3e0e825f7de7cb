"""SEC EDGAR: what it is asked at which address, whom a report rules out, and how its records read."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from leadengine.sandbox import sec_edgar as sandbox
from leadengine.sandbox.scripted import Reply, Trouble, serve
from leads.criteria import Criteria
from leads.sources.base import SearchRequest, SourceError
from leads.sources.company_registries.sec_edgar import SecEdgar, record_url

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.fixture
def script(settings):
    settings.SANDBOX = True
    with serve(sandbox.script()) as script:
        yield script


def search(script, criteria, limit=50, cursor=None):
    asked = SearchRequest(criteria=Criteria.from_json(criteria), workspace_id=0, new_only=False, now=NOW)
    return SecEdgar(script.base_url).search(asked, cursor or {}, limit)


QUESTIONS = {
    "a word": ({"keywords": ["software"]}, {"q": '"software"'}),
    "two words, of which either may hold": ({"keywords": ["software", "cloud"]}, {"q": ""}),
    "yearly reports of the last year": (
        {},
        {"forms": "10-K,20-F,40-F", "startdt": "2025-11-25", "enddt": "2026-11-25", "from": ""},
    ),
}


@pytest.mark.parametrize(("criteria", "asked"), QUESTIONS.values(), ids=QUESTIONS)
def test_criteria_become_a_question(script, criteria, asked):
    search(script, criteria)

    question = script.asked[0]
    assert question.path == "/LATEST/search-index"
    assert {name: question.one(name) for name in asked} == asked


RULED_OUT = {
    "trade": {"industries": ["software-development"]},
    "country": {"places": ["DE"]},
    "city, by its country": {"places": ["city:Berlin,DE"]},
}


@pytest.mark.parametrize("criteria", RULED_OUT.values(), ids=RULED_OUT)
def test_company_that_its_report_rules_out_is_not_asked_about(script, criteria):
    page = search(script, criteria)

    asked = Criteria.from_json(criteria)
    assert page.candidates
    assert [told for one in page.candidates for told in asked.judge(one)] == []
    assert len([ask for ask in script.asked if ask.path.startswith("/submissions")]) == len(page.candidates) < 20


def test_report_that_tells_nothing_rules_nobody_out(script):
    hit = {"_source": {"ciks": ["0009900000"]}}
    script.troubles = [Trouble(Reply({"hits": {"hits": [hit, {"_source": None}, 7], "total": 3}}))]

    page = search(script, {"industries": ["banking"], "places": ["US"]})

    assert [each.record_id for each in page.candidates] == ["0009900000"]


def test_company_is_read(script):
    first, second = search(script, {}, limit=2).candidates

    assert (first.record_id, first.is_person, first.company.domain) == ("0009900000", False, "")
    assert second.company.domain == "birchfield.example"
    assert (first.company.name, first.company.country, first.company.city) == ("Amberfield Systems Plc", "GB", "London")
    assert first.company.industry == "software-development"
    assert first.company.industry_raw == "Services-Prepackaged Software"
    assert first.company.registry_ids == (("sec_cik", "0009900000"),)


def test_state_of_the_union_is_a_region(script):
    tesla = {"cik": "1318605", "name": "Tesla, Inc.", "sic": "3711", "website": ""}
    tesla["addresses"] = {"business": {"city": "PALO ALTO", "stateOrCountry": "CA"}}
    answer = script.answer
    script.answer = lambda ask: Reply(tesla) if ask.path.startswith("/submissions") else answer(ask)

    company = search(script, {}, limit=1).candidates[0].company

    assert (company.name, company.country, company.city) == ("Tesla, Inc.", "US", "Palo Alto")
    assert (company.region, company.industry) == ("CA", "motor-vehicle-manufacturing")


def test_who_does_not_say_how_to_be_reached_is_refused(script):
    connector = SecEdgar(script.base_url)
    connector.credentials = lambda _key: {"User-Agent": "python"}  # type: ignore[method-assign]
    asked = SearchRequest(criteria=Criteria.from_json({}), workspace_id=0, new_only=False, now=NOW)

    with pytest.raises(SourceError, match="refused the key") as caught:
        connector.search(asked, {}, 5)

    assert caught.value.permanent


def test_each_question_goes_to_its_own_host():
    assert record_url(SecEdgar.base_url, "7") == "https://data.sec.gov/submissions/CIK0000000007.json"
    assert record_url("http://127.0.0.1:9000", "7") == "http://127.0.0.1:9000/submissions/CIK0000000007.json"
