"""Hunter: what it is asked and costs, its two meanings of a number, and its own fixture."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from django.utils import timezone

from leadengine.http import Unanswered
from leadengine.outcomes import Outcome
from leadengine.sandbox import hunter as sandbox
from leadengine.sandbox.scripted import Reply, Trouble, serve
from leads.candidate import CompanyFacts
from leads.criteria import Criteria
from leads.sources.base import SearchRequest, SourceError
from leads.sources.email_providers import hunter_terms
from leads.sources.email_providers.hunter import Hunter, fault_in

pytestmark = pytest.mark.django_db

ACME = CompanyFacts(name="Acme Inc", domain="acme.example")
# In the form of Hunter's own fixture (specifications), with an invented company and invented people.
EMAIL = {
    "value": "Olivia.Martin@acme.example",
    "type": "personal",
    "confidence": 96,
    "sources": [{"domain": "acme.example", "uri": "http://acme.example/team", "last_seen_on": "2026-06-02"}],
    "first_name": "Olivia",
    "last_name": "Martin",
    "position": "Head of Sales",
    "linkedin": "https://www.linkedin.com/in/olivia-martin",
    "phone_number": None,
    "verification": {"date": None, "status": None},
}
DOMAIN = {"domain": "acme.example", "organization": "Acme Inc", "pattern": "{first}", "linked_domains": []}


@pytest.fixture
def script(settings):
    settings.SANDBOX = True
    with serve(sandbox.script()) as script:
        yield script


def request(criteria=None, *companies: CompanyFacts) -> SearchRequest:
    asked = Criteria.from_json(criteria or {})
    return SearchRequest(criteria=asked, workspace_id=0, new_only=False, now=timezone.now(), companies=companies)


def search(script, asked, cursor=None):
    return Hunter(script.base_url).search(asked, cursor or {}, 50)


def emails(*rows, total: int | None = None) -> Trouble:
    answer = {"data": DOMAIN | {"emails": list(rows)}, "meta": {"results": len(rows) if total is None else total}}
    return Trouble(Reply(answer))


def test_address_is_read_with_its_evidence(script):
    script.troubles = [emails(EMAIL)]

    (found,) = search(script, request({}, ACME)).candidates

    assert (found.name, found.title, found.email) == ("Olivia Martin", "Head of Sales", "Olivia.Martin@acme.example")
    assert (found.confidence, found.evidence_url) == (0.96, "http://acme.example/team")
    assert f"{found.observed_at:%Y-%m-%d}" == "2026-06-02"
    assert found.company.domain == "acme.example"


def test_address_that_it_found_invalid_is_not_taken(script):
    script.troubles = [emails(EMAIL | {"verification": {"date": "2026-06-10", "status": "invalid"}})]

    assert search(script, request({}, ACME)).candidates[0].email == ""


@pytest.mark.parametrize(("number", "credits"), [(0, 0), (1, 1), (10, 1)])
def test_ten_addresses_cost_a_credit_and_nothing_found_costs_none(script, number, credits):
    script.troubles = [emails(*[EMAIL | {"value": f"p{each}@acme.example"} for each in range(number)])]

    page = search(script, request({}, ACME))

    assert (len(page.candidates), page.provider_credits, page.asked) == (number, Decimal(credits), 1)


def test_answer_at_hand_costs_nothing_again(script):
    first = search(script, request({}, CompanyFacts(domain="amberfield.example")))

    again = search(script, request({}, CompanyFacts(domain="amberfield.example")))

    assert (first.provider_credits, again.provider_credits, again.asked) == (1, 0, 0)
    assert again.candidates == tuple(replace(each, observed_at=each.observed_at) for each in first.candidates)


def test_more_than_ten_are_paged(script):
    script.troubles = [emails(*[EMAIL | {"value": f"p{each}@acme.example"} for each in range(10)], total=12)]

    page = search(script, request({}, ACME))

    assert page.next_cursor["from"] == 10


@pytest.fixture
def crowd(monkeypatch):
    """Eleven people at each company."""
    monkeypatch.setattr(sandbox, "_wanted", lambda *_: True)
    real = sandbox.firm_of
    monkeypatch.setattr(sandbox, "firm_of", lambda *at: replace(real(*at), people=real(*at).people[:1] * 11))


def test_free_plan_ends_a_company_and_not_the_search(settings, crowd):
    settings.SANDBOX = True
    with serve(sandbox.script(is_free=True)) as script:
        page = search(script, request())
        further = [each.one("offset") for each in script.asked if each.path == "/domain-search"]

    assert further == ["0", "10", "0", "10", "0"]
    assert (len(page.candidates), page.provider_credits, page.faults) == (30, 3, ())


REFUSED = Trouble(Reply({"errors": [{"id": "wrong_params", "code": 400, "details": "The domain is invalid"}]}, 400))


def refusing(script, domains: int):
    """The first so many companies are refused, whenever they are asked about."""
    answer, refused = script.answer, []

    def answered(ask):
        domain = ask.one("domain")
        if domain and domain not in refused and len(refused) < domains:
            refused.append(domain)
        return REFUSED.reply if domain in refused else answer(ask)

    script.answer = answered


def test_refused_company_is_left_out_and_the_next_is_asked_about(script):
    refusing(script, 2)

    page = search(script, request())

    assert [fault.reason for fault in page.faults] == [
        "Hunter did not understand the question: The domain is invalid."
    ] * 2
    assert page.candidates
    assert "left_out" not in page.next_cursor


def test_third_company_in_a_row_that_is_refused_ends_the_search(script):
    refusing(script, 3)
    page = search(script, request())

    with pytest.raises(SourceError, match="did not understand") as caught:
        search(script, request(), page.next_cursor)

    assert (len(page.faults), page.candidates, caught.value.permanent) == (2, (), True)


def test_company_without_a_domain_is_asked_by_name_and_must_be_the_same(script):
    same = search(script, request({}, CompanyFacts(name="Amberfield Systems Ltd")))
    script.troubles = [emails(EMAIL)]

    other = search(script, request({}, CompanyFacts(name="Acme Holdings Europe")))

    assert {each.company.domain for each in same.candidates} == {"amberfield.example"}
    assert (other.candidates, other.provider_credits) == ((), 1)


def test_criteria_become_a_discovery():
    criteria = Criteria.from_json(
        {
            "places": ["city:Leeds,GB"],
            "employees": {"min": 11, "max": 200},
            "founded": {"min": 2001},
            "keywords": {"any": ["pumps"]},
            "technologies": ["SAP"],
            "industries": ["computer-games"],
        }
    )

    body = hunter_terms.companies(criteria)

    assert body["headquarters_location"] == {"include": {"country": ["GB"], "city": ["Leeds"]}}
    assert body["headcount"] == ["11-50", "51-200"]
    assert body["year_founded"] == {"min": 2001}
    assert body["keywords"] == {"include": ["pumps"], "match": "any"}
    assert "Mobile Gaming Apps" in body["industry"]["include"]


def test_people_are_narrowed_only_where_every_term_has_a_word():
    told = Criteria.from_json({"seniorities": ["c_level", "manager"], "departments": ["sales", "procurement"]})

    assert hunter_terms.people(told) == {"required_field": "position", "seniority": "executive,senior"}


ERRORS = {
    "429 by quota": (429, "too_many_requests", "limit of searches per billing period", Outcome.OUT_OF_CREDITS),
    "429 by pace": (429, "too_many_requests", "Too many requests", None),
    "403 by pace": (403, "too_many_requests", "You have reached the rate limit", Outcome.RATE_LIMITED),
    "403 by key": (403, "forbidden", "This key may not do that", None),
    "402": (402, "payment_required", "Upgrade your plan", Outcome.OUT_OF_CREDITS),
}


@pytest.mark.parametrize(("status", "name", "details", "outcome"), ERRORS.values(), ids=ERRORS)
def test_words_decide_where_numbers_have_two_meanings(status, name, details, outcome):
    assert fault_in(status, {"errors": [{"id": name, "code": status, "details": details}]}) == outcome


def test_error_inside_an_answer_of_200_is_an_error(script):
    script.always = Trouble(Reply({"errors": [{"id": "wrong_params", "code": 400, "details": "domain is missing"}]}))

    with pytest.raises(SourceError, match="did not understand the question: domain is missing") as caught:
        search(script, request({}, ACME))

    assert caught.value.permanent


def test_what_was_paid_for_before_the_credits_ran_out_is_kept_and_told_once(settings):
    settings.SANDBOX = True
    with serve(sandbox.script(credits=2)) as script:
        page = search(script, request())
        with pytest.raises(SourceError, match="no credits left") as caught:
            search(script, request(), page.next_cursor)

    assert (page.provider_credits, page.next_cursor["company"]) == (2, 2)
    assert {each.company.domain for each in page.candidates} == {each.one("domain") for each in script.asked[1:3]}
    assert (caught.value.provider_credits, caught.value.permanent) == (0, True)


def test_key_tells_how_many_credits_are_left(script):
    found = Hunter(script.base_url).test_key("a-good-key")

    assert (found.said, found.credits_left) == ("It works; 1,240 Hunter credits left", Decimal(1240))


def test_refused_key_is_a_sentence(script):
    with pytest.raises(Unanswered, match="Hunter refused the key"):
        Hunter(script.base_url).test_key(sandbox.BAD_KEY)


PHONE = {"phone": "must"}


@pytest.mark.parametrize(
    ("asked", "known", "needed"),
    [
        (PHONE, "", "phone_number"),
        (PHONE, "+442079460000", None),
        ({"titles": ["Buyer"]} | PHONE, "", "position,phone_number"),
    ],
    ids=str,
)
def test_who_lacks_what_must_be_there_is_not_shown_and_not_charged(script, asked, known, needed):
    search(script, request(asked, replace(ACME, phone=known)))

    assert script.asked[-1].query.get("required_field") == ([needed] if needed else None)
