"""Apollo: what it is asked, what half of a record and the whole one tell, and its ways to refuse."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from django.utils import timezone

from leadengine.outcomes import Outcome, outcome_of
from leadengine.sandbox import apollo as sandbox
from leadengine.sandbox.scripted import Reply, Trouble, serve
from leads.candidate import CompanyFacts
from leads.criteria import Criteria
from leads.models import Reason
from leads.sources.base import SearchRequest, SourceError
from leads.sources.email_providers import apollo_terms
from leads.sources.email_providers.apollo import MOST_NAMED_PAGES, Apollo
from leads.unbought import why_aside

pytestmark = pytest.mark.django_db

OSTRA = CompanyFacts(name="Ostra Pumps Ltd", domain="ostra.example")
# In the form of Apollo's own examples (specification), with invented people and an invented company.
SHOWN = {
    "id": "66f4d92ea1",
    "first_name": "Ines",
    "last_name_obfuscated": "Ca***y",
    "title": "Head of Procurement",
    "last_refreshed_at": "2026-05-04T23:20:32.690+00:00",
    "has_email": True,
    "has_direct_phone": "Yes",
    "organization": {"name": "Ostra Pumps", "has_industry": True},
}
SOLD = {
    "id": "66f4d92ea1",
    "first_name": "Ines",
    "last_name": "Calloway",
    "title": "Head of Procurement",
    "linkedin_url": "http://www.linkedin.com/in/ines-calloway",
    "email": "ines@ostra.example",
    "email_status": "verified",
    "city": "Leeds",
    "state": "England",
    "country": "United Kingdom",
    "organization": {
        "name": "Ostra Pumps",
        "primary_domain": "ostra.example",
        "industry": "machinery",
        "estimated_num_employees": 84,
        "founded_year": 1996,
        "keywords": ["pumps"],
    },
}


@pytest.fixture
def script(settings):
    settings.SANDBOX = True
    with serve(sandbox.script()) as script:
        yield script


def request(criteria=None, *companies: CompanyFacts) -> SearchRequest:
    asked = Criteria.from_json(criteria or {})
    return SearchRequest(criteria=asked, workspace_id=0, new_only=False, now=timezone.now(), companies=companies)


def shown(*people, total=None) -> Trouble:
    return Trouble(Reply({"total_entries": total or len(people), "people": list(people)}))


def sold(*matches, **told) -> Trouble:
    return Trouble(Reply({"status": "success", "matches": list(matches), "credits_consumed": 1, **told}))


def completed(script, trouble: Trouble):
    script.troubles = [shown(SHOWN), trouble]
    source = Apollo(script.base_url)
    found = source.search(request(), {}, 10).candidates
    return source.complete(request(), found)


ASKED = {
    "nothing": ({}, []),
    "a country": ({"places": ["GB"]}, [("person_locations[]", "United Kingdom")]),
    "a city": ({"places": ["city:Leeds,GB"]}, [("person_locations[]", "Leeds")]),
    "titles": ({"titles": {"values": ["CFO"], "level": "must"}}, [("person_titles[]", "CFO")]),
    "what is only nice": ({"titles": {"values": ["CFO"], "level": "nice"}}, []),
    "levels in its words": (
        {"seniorities": {"values": ["director", "c_level"], "level": "must"}},
        [("person_seniorities[]", each) for each in ("director", "head", "c_suite")],
    ),
    "a size without an end": (
        {"employees": {"min": 50, "level": "must"}},
        [("organization_num_employees_ranges[]", "50,10000000")],
    ),
    "a revenue without an end": ({"revenue": {"min": 500_000, "level": "must"}}, [("revenue_range[min]", "500000")]),
    "what the company uses": (
        {"technologies": {"values": ["Google Analytics", "WordPress.org"], "level": "must"}},
        [("currently_using_any_of_technology_uids[]", each) for each in ("google_analytics", "wordpress_org")],
    ),
    "whether it looks for anybody": ({"hiring": "must"}, [("organization_num_jobs_range[min]", "1")]),
    "an address": (
        {"email": "must"},
        [("contact_email_status[]", each) for each in ("verified", "unverified", "likely to engage")],
    ),
}


@pytest.mark.parametrize(("criteria", "pairs"), ASKED.values(), ids=ASKED)
def test_criteria_become_its_parameters(criteria, pairs):
    assert apollo_terms.people(Criteria.from_json(criteria)) == pairs


def test_half_of_a_record_is_marked_and_its_mask_left_out(script):
    script.troubles = [shown(SHOWN)]

    (found,) = Apollo(script.base_url).search(request(), {}, 10).candidates

    assert found.is_unbought
    assert (found.first_name, found.last_name, found.email, found.title) == ("Ines", "", "", "Head of Procurement")
    assert (found.record_id, found.company.name) == ("66f4d92ea1", "Ostra Pumps")
    assert f"{found.observed_at:%Y-%m-%d}" == "2026-05-04"


def test_page_holds_no_more_than_one_purchase_takes(script):
    source = Apollo(script.base_url)

    found = source.search(request(), {}, 1000).candidates

    assert len(found) == source.batch == 10
    assert not any(each.is_unbought for each in source.complete(request(), found).candidates)


def test_record_without_an_id_cannot_be_bought(script):
    script.troubles = [shown(SHOWN | {"id": None}, SHOWN)]

    page = Apollo(script.base_url).search(request(), {}, 10)

    assert (len(page.candidates), len(page.faults)) == (1, 1)


def test_bought_record_is_read_field_by_field(script):
    page = completed(script, sold(SOLD, credits_consumed="1.5"))

    (found,) = page.candidates
    assert not found.is_unbought
    assert (found.name, found.email, found.linkedin_url) == (
        "Ines Calloway",
        "ines@ostra.example",
        "http://www.linkedin.com/in/ines-calloway",
    )
    assert (found.country, found.region, found.city) == ("GB", "England", "Leeds")
    assert (found.company.domain, found.company.founded_year, found.company.keywords) == (
        "ostra.example",
        1996,
        ("pumps",),
    )
    assert (found.company.employees_min, found.company.employees_max) == (84, 84)
    assert (page.provider_credits, page.is_assumed) == (Decimal("1.5"), False)


@pytest.mark.parametrize(
    ("email", "status", "kept"),
    [
        ("ines@ostra.example", "likely to engage", "ines@ostra.example"),
        ("ines@ostra.example", "unavailable", ""),
        ("email_not_unlocked@domain.com", "verified", ""),
        (None, None, ""),
    ],
)
def test_address_that_it_does_not_stand_for_is_not_taken(script, email, status, kept):
    assert completed(script, sold(SOLD | {"email": email, "email_status": status})).candidates[0].email == kept


NOTHING_MORE = {
    "no match": (sold(None, credits_consumed=0), Reason.NO_CONTACT),
    "somebody else": (sold(SOLD | {"id": "another"}), Reason.NO_CONTACT),
    "no last name": (sold(SOLD | {"last_name": None}), Reason.NO_CONTACT),
    "another form": (sold(SOLD | {"last_name": ["Calloway"]}), Reason.SOURCE_ERROR),
}


@pytest.mark.parametrize(("trouble", "reason"), NOTHING_MORE.values(), ids=NOTHING_MORE)
def test_who_is_not_in_the_answer_stays_half_known(script, trouble, reason):
    (found,) = completed(script, trouble).candidates

    assert found.is_unbought
    assert why_aside(found)[0] == reason


@pytest.mark.parametrize("told", [None, "", "many", "NaN", -1, 10**9], ids=str)
def test_cost_that_is_not_told_is_the_price_of_those_who_came(script, told):
    page = completed(script, sold(SOLD, None, credits_consumed=told))

    assert (page.provider_credits, page.is_assumed) == (1, True)


def test_cost_of_an_answer_that_cannot_be_used_is_known_all_the_same(script):
    with pytest.raises(SourceError) as caught:
        completed(script, Trouble(Reply({"status": "success", "credits_consumed": 2, "matches": "none"})))

    assert (caught.value.provider_credits, caught.value.may_be_done) == (2, True)


REFUSALS = {
    "scope or plan": (
        403,
        {"error": "This API key is not authorized", "error_code": "API_INACCESSIBLE"},
        "KEY_REFUSED",
    ),
    "no credits": (403, {"error": "You have insufficient credits"}, "OUT_OF_CREDITS"),
    "no credits, by another number": (422, {"error": "You have insufficient credits"}, "OUT_OF_CREDITS"),
    "a parameter is wrong": (422, {"error": "Value too long"}, "BAD_REQUEST"),
    "too many at once": (400, sandbox.TOO_MANY, "BAD_REQUEST"),
    "failed inside a 200": (200, {"status": "failed", "error_message": "cannot enrich"}, "BAD_REQUEST"),
    "text for a bad key": (401, None, "KEY_REFUSED"),
    "too often": (429, {"message": '{"error": "limit of 200 per minute"}'}, "RATE_LIMITED"),
    "success": (200, {"status": "success", "matches": []}, "OK"),
}


@pytest.mark.parametrize(("status", "data", "outcome"), REFUSALS.values(), ids=REFUSALS)
def test_refusals_mean_what_its_words_say(status, data, outcome):
    assert outcome_of(status, data, Apollo.dialect) == Outcome[outcome]


def test_its_own_words_are_told(script):
    script.troubles = [Trouble(Reply({"error": "Value too long"}, 422))]

    with pytest.raises(SourceError, match="did not understand the question: Value too long"):
        Apollo(script.base_url).search(request(), {}, 10)


NAMED = {
    "by its domain": (OSTRA, ("q_organization_domains_list[]", "ostra.example")),
    "by the words of its name": (replace(OSTRA, domain=""), ("q_keywords", "ostra pumps")),
}


@pytest.mark.parametrize(("company", "pair"), NAMED.values(), ids=NAMED)
def test_company_that_others_found_is_asked_for(script, company, pair):
    others = SHOWN | {"id": "9", "organization": {"name": "Ostra Bakery"}}
    script.troubles = [shown(SHOWN, others)]

    page = Apollo(script.base_url).search(request({}, company), {}, 10)

    assert script.asked[0].one(pair[0]) == pair[1]
    assert [each.record_id for each in page.candidates] == [SHOWN["id"]]


@pytest.mark.parametrize(("company", "goes_on"), [(OSTRA, True), (replace(OSTRA, domain=""), False)])
def test_search_by_the_words_of_a_name_ends_after_a_few_pages(script, company, goes_on):
    script.troubles = [shown(*[SHOWN | {"id": str(number)} for number in range(100)], total=50_000)]

    page = Apollo(script.base_url).search(request({}, company), {"page": MOST_NAMED_PAGES, "from": 90}, 10)

    assert (page.next_cursor is not None) is goes_on


def test_test_of_a_key_tells_what_is_left(script):
    found = Apollo(script.base_url).test_key("a-key")

    assert (found.said, found.credits_left) == ("It works; 1,240 Apollo credits left", Decimal(1240))
