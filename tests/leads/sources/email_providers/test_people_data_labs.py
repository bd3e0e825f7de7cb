"""People Data Labs: the question that criteria become, a record read field by field, what it charges and how it refuses."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.cache import cache
from django.utils import timezone

from leadengine.sandbox import people_data_labs as sandbox
from leadengine.sandbox.scripted import Reply, Trouble, serve
from leads.candidate import CompanyFacts
from leads.criteria import Criteria
from leads.sources.base import SearchRequest, SourceError
from leads.sources.email_providers import people_data_labs_terms as terms
from leads.sources.email_providers.people_data_labs import PeopleDataLabs

pytestmark = pytest.mark.django_db

OSTRA = CompanyFacts(name="Ostra Pumps Ltd", domain="ostra.example")
# By the fields of its specification, with an invented person and an invented company.
SHOWN = {
    "id": "qEnOZ5Oh0poWnQ1luFBfVw_0000",
    "first_name": "Ines",
    "last_name": "Calloway",
    "linkedin_url": "linkedin.com/in/ines-calloway",
    "work_email": "ines@ostra.example",
    "mobile_phone": "+442079460012",
    "job_title": "Head Of Procurement",
    "job_last_updated": "2026-05-04",
    "location_country": "United Kingdom",
    "location_region": "England",
    "location_locality": "Leeds",
    "job_company_name": "Ostra Pumps",
    "job_company_website": "ostra.example",
    "job_company_size": "51-200",
    "job_company_founded": 1996,
    "job_company_industry": "Machinery",
    "job_company_linkedin_url": "linkedin.com/company/ostra",
    "job_company_location_country": "Germany",
}
REACHED = {"bool": {"should": [{"exists": {"field": "work_email"}}, {"exists": {"field": "mobile_phone"}}]}}
ADDRESS = {"exists": {"field": "work_email"}}


@pytest.fixture
def script(settings):
    settings.SANDBOX = True
    cache.clear()
    with serve(sandbox.script()) as script:
        yield script


def search(script, trouble: Trouble | None = None):
    script.troubles = [trouble] if trouble else []
    asked = SearchRequest(criteria=Criteria(), workspace_id=0, new_only=False, now=timezone.now())
    return PeopleDataLabs(script.base_url).search(asked, {}, 10)


def shown(*people, spent: str | None = "1", **more) -> Trouble:
    headers = {} if spent is None else {"x-call-credits-spent": spent}
    return Trouble(Reply({"status": 200, "data": list(people), "total": len(people), **more}, headers=headers))


def must(field: str, values: list[str]) -> dict:
    return {"terms": {field: values}}


ASKED = {
    "nothing": ({}, [REACHED]),
    "countries": ({"places": ["GB", "AT"]}, [must("location_country", ["austria", "united kingdom"]), REACHED]),
    "a city": ({"places": ["city:Leeds,GB"]}, [must("location_locality", ["leeds"]), REACHED]),
    "a title as it stands": (
        {"titles": {"values": ["Sales Manager"], "level": "must"}},
        [{"bool": {"should": [{"match_phrase": {"job_title": "sales manager"}}]}}, REACHED],
    ),
    "a rank, short and long": (
        {"titles": {"values": ["CFO"], "level": "must"}},
        [
            {
                "bool": {
                    "should": [{"match_phrase": {"job_title": each}} for each in ("cfo", "chief financial officer")]
                }
            },
            REACHED,
        ],
    ),
    "what is only nice": ({"titles": {"values": ["CFO"], "level": "nice"}}, [REACHED]),
    "levels in its words": (
        {"seniorities": {"values": ["founder", "owner"], "level": "must"}},
        [must("job_title_levels", ["owner", "cxo"]), REACHED],
    ),
    "sizes": (
        {"employees": {"min": 60, "max": 300, "level": "must"}},
        [must("job_company_size", ["51-200", "201-500"]), REACHED],
    ),
    "an industry": (
        {"industries": {"values": ["banking"], "level": "must"}},
        [must("job_company_industry", ["banking"]), REACHED],
    ),
    "departments in its words": (
        {"departments": {"values": ["sales", "data"], "level": "must"}},
        [
            {
                "bool": {
                    "should": [
                        must("job_title_role", ["sales"]),
                        must("job_title_sub_role", ["accounts", "business_development", "data", "pipeline"]),
                    ]
                }
            },
            REACHED,
        ],
    ),
    "a department without a word": ({"departments": {"values": ["sales", "executive"], "level": "must"}}, [REACHED]),
    "years": (
        {"founded": {"min": 1990, "max": 2020, "level": "must"}},
        [{"range": {"job_company_founded": {"gte": "1990", "lt": "2021"}}}, REACHED],
    ),
    "an address": ({"email": "must"}, [ADDRESS]),
    "an address and a phone": ({"email": "must", "phone": "must"}, [ADDRESS, {"exists": {"field": "mobile_phone"}}]),
}


def test_what_a_registry_told_of_the_company_is_not_asked_again():
    asked = {"founded": {"min": 1990}, "employees": {"min": 60}, "industries": {"values": ["banking"], "level": "must"}}
    told = CompanyFacts(name="Ostra", domain="ostra.example", founded_year=1996, employees_min=70, industry="banking")

    question = terms.people(Criteria.from_json(asked), told)

    assert question == {"bool": {"must": [REACHED, must("job_company_website", ["ostra.example"])]}}


@pytest.mark.parametrize(("criteria", "musts"), ASKED.values(), ids=ASKED)
def test_criteria_become_a_question(criteria, musts):
    assert terms.people(Criteria.from_json(criteria)) == {"bool": {"must": musts}}


def test_company_and_whom_one_has_are_part_of_the_question():
    by_name = CompanyFacts(name="Ostra Pumps Ltd")

    found = [terms.people(Criteria(), at, ("a_0000",))["bool"] for at in (OSTRA, by_name)]

    assert [each["must"][-1]["terms"] for each in found] == [
        {"job_company_website": ["ostra.example"]},
        {"job_company_name": ["ostra pumps", "ostra pumps ltd"]},
    ]
    assert found[0]["must_not"] == [must("id", ["a_0000"])]


def test_record_is_read_field_by_field(script):
    (found,) = search(script, shown(SHOWN)).candidates

    assert (found.name, found.title, found.email) == ("Ines Calloway", "Head Of Procurement", "ines@ostra.example")
    assert (found.phone, found.linkedin_url) == ("+442079460012", "https://linkedin.com/in/ines-calloway")
    assert (found.country, found.region, found.city, f"{found.observed_at:%Y-%m-%d}") == (
        "GB",
        "England",
        "Leeds",
        "2026-05-04",
    )
    at = found.company
    assert (at.name, at.domain, at.country, at.industry) == (
        "Ostra Pumps",
        "ostra.example",
        "DE",
        "machinery-manufacturing",
    )
    assert (at.employees_min, at.employees_max, at.founded_year) == (51, 200, 1996)


def test_nothing_is_asked_of_a_person_but_what_is_read(script):
    search(script)

    wanted = set(script.asked[0].body["data_include"].split(","))
    assert not wanted & {"birth_date", "birth_year", "sex", "personal_emails", "street_address", "phone_numbers"}


@pytest.mark.parametrize("told", [True, False, None], ids=str)
def test_field_that_the_plan_does_not_include_is_not_known(script, told):
    (found,) = search(script, shown(SHOWN | {"work_email": told, "mobile_phone": told})).candidates

    assert (found.email, found.phone) == ("", "")


def test_record_without_a_number_is_a_fault(script):
    page = search(script, shown(SHOWN, SHOWN | {"id": None}, spent="2"))

    assert (len(page.candidates), len(page.faults), page.provider_credits) == (1, 1, 2)


@pytest.mark.parametrize(("spent", "cost"), [("3", (3, False)), (None, (2, True)), ("many", (2, True))])
def test_cost_is_what_it_tells_else_the_price_of_what_it_shows(script, spent, cost):
    page = search(script, shown(SHOWN, SHOWN | {"id": "2"}, spent=spent))

    assert (page.provider_credits, page.is_assumed) == cost


def test_cost_of_an_answer_that_cannot_be_used_is_known_all_the_same(script):
    with pytest.raises(SourceError) as caught:
        search(script, Trouble(Reply({"data": "none"}, headers={"x-call-credits-spent": "4"})))

    assert (caught.value.provider_credits, caught.value.may_be_done) == (4, True)


def test_too_often_is_waited_for_until_its_window_ends(script):
    with pytest.raises(SourceError) as caught:
        search(script, Trouble(Reply({}, 429, {"x-ratelimit-reset": "2022-02-23T20:19:55Z"})))

    assert (caught.value.permanent, caught.value.may_be_done, caught.value.retry_after) == (False, False, 0.1)


def test_its_own_words_are_told(script):
    error = {"status": 400, "error": {"type": "invalid_request_error", "message": "Unknown field"}}

    with pytest.raises(SourceError, match="did not understand the question: Unknown field"):
        search(script, Trouble(Reply(error, 400)))


def test_test_of_a_key_is_free_and_tells_what_is_left(script):
    source = PeopleDataLabs(script.base_url)

    found = [source.test_key("a-key") for _ in range(2)]

    assert [each.said for each in found] == 2 * ["It works; 1,240 People Data Labs credits left"]
    assert found[0].credits_left == Decimal(1240)
