"""Wikidata: the question that criteria become, how rows become companies, and what the query service answers instead."""

from __future__ import annotations

import pytest
from django.utils import timezone

from leadengine.sandbox import wikidata as sandbox
from leadengine.sandbox.scripted import Reply, Trouble, serve
from leads.criteria import Criteria
from leads.sources.base import SearchRequest, SourceError
from leads.sources.company_registries import wikidata_terms as terms
from leads.sources.company_registries.wikidata import Wikidata
from leads.vocabulary import industries, wikidata_industries

ENTITY, DIRECT = terms.ENTITY, terms.DIRECT


@pytest.fixture
def script(settings):
    settings.SANDBOX = True
    with serve(sandbox.script()) as script:
        yield script


def search(script, criteria, cursor=None, limit=40):
    asked = SearchRequest(criteria=Criteria.from_json(criteria), workspace_id=0, new_only=False, now=timezone.now())
    return Wikidata(script.base_url).search(asked, cursor or {}, limit)


QUESTIONS = {
    "a country": ({"places": ["GB"]}, 'VALUES ?code { "GB" }'),
    "a group of countries": ({"places": ["region:dach"]}, 'VALUES ?code { "AT" "CH" "DE" }'),
    "a city, by its country": ({"places": ["city:Leeds,GB"]}, 'VALUES ?code { "GB" }'),
    "an industry": ({"industries": ["breweries"]}, 'VALUES ?trade { "beer"@en "brewing"@en "brewing industry"@en }'),
    "a size": ({"places": ["GB"], "employees": {"min": 11, "max": 200}}, "(?staff >= 11 && ?staff <= 200)"),
    "at least a size": ({"places": ["GB"], "employees": {"min": 11}}, "!BOUND(?staff) || (?staff >= 11)"),
    "years": ({"places": ["GB"], "founded": {"max": 2010}}, "!BOUND(?born) || (YEAR(?born) <= 2010)"),
}


@pytest.mark.parametrize(("criteria", "part"), QUESTIONS.values(), ids=QUESTIONS)
def test_criteria_become_a_question(criteria, part):
    asked = Criteria.from_json(criteria)

    assert part in terms.companies(asked, size=40, start=80)
    assert part in terms.count(asked)


def test_page_is_told_by_the_inner_question():
    inner, _, outer = terms.companies(Criteria.from_json({"places": ["GB"]}), size=40, start=80).partition("OPTIONAL")

    assert "GROUP BY ?item ORDER BY ?item LIMIT 40 OFFSET 80 }" in inner
    assert "LIMIT" not in outer


NOT_NARROWED = {
    "an industry without a name there": {
        "places": ["GB"],
        "industries": ["breweries", "golf-courses-and-country-clubs"],
    },
    "more names than a question takes": {"places": ["GB"], "industries": ["manufacturing"]},
    "only nice": {"places": ["GB"], "industries": {"values": ["breweries"], "level": "nice"}},
}


@pytest.mark.parametrize("criteria", NOT_NARROWED.values(), ids=NOT_NARROWED)
def test_what_it_has_no_word_for_is_left_to_the_engine(criteria):
    assert "?trade" not in terms.count(Criteria.from_json(criteria))


@pytest.mark.django_db
@pytest.mark.parametrize("criteria", [{}, {"keywords": ["pumps"]}, {"industries": ["golf-courses-and-country-clubs"]}])
def test_question_that_nothing_narrows_is_not_asked(script, criteria):
    page = search(script, criteria)

    assert (page.candidates, page.next_cursor, script.asked) == ((), None, [])


def test_every_name_is_one_of_our_industries():
    assert {code for code in wikidata_industries.ROWS.values() if code not in industries.TREE} == set()
    assert all(wikidata_industries.industry_of(name) == code for name, code in wikidata_industries.ROWS.items())


@pytest.mark.django_db
def test_company_is_read(script):
    found = {each.record_id: each for each in search(script, {"places": ["GB"]}).candidates}["Q99000001"]

    facts = found.company
    assert (facts.name, facts.domain, facts.country, facts.city) == (
        "Birchfield Works",
        "birchfield.example",
        "GB",
        "Manchester",
    )
    assert (facts.industry, facts.industry_raw) == (
        "it-services-and-it-consulting",
        "information technology consulting",
    )
    assert (facts.employees_min, facts.employees_max, facts.founded_year) == (18, 18, 1995)
    assert facts.linkedin_url == "https://www.linkedin.com/company/birchfield"
    assert facts.registry_ids == (("wikidata", "Q99000001"), ("lei", "5299SANDBOX000000100"))
    assert found.evidence_url == "https://www.wikidata.org/wiki/Q99000001"


def row(fact, value, label="", item="Q1"):
    cells = {"item": ENTITY + item, "itemLabel": "Acme", "land": "GB", "fact": DIRECT + fact, "value": value}
    return {name: {"type": "literal", "value": each} for name, each in (cells | {"valueLabel": label}).items() if each}


READ = {
    "heads counted twice": ([row("P1128", "100"), row("P1128", "+120")], ("employees_min", 120)),
    "heads that are no number": ([row("P1128", "many")], ("employees_min", None)),
    "site that nobody knows": ([row("P856", "http://www.wikidata.org/.well-known/genid/7")], ("domain", "")),
    "second site": ([row("P856", "nonsense"), row("P856", "https://acme.com/en")], ("domain", "acme.com")),
    "seat without a name": ([row("P159", ENTITY + "Q7", "Q7")], ("city", "")),
    "trade of which one is known": (
        [row("P452", ENTITY + "Q7", "alchemy"), row("P452", ENTITY + "Q8", "Brewing")],
        ("industry", "breweries"),
    ),
    "founded before our time": ([row("P571", "-0044-03-15T00:00:00Z")], ("founded_year", None)),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("rows", "told"), READ.values(), ids=READ)
def test_value_is_read_as_far_as_it_tells_something(script, rows, told):
    script.always = Trouble(Reply({"results": {"bindings": rows}}))

    (found,) = search(script, {"places": ["GB"]}).candidates

    assert getattr(found.company, told[0]) == told[1]


@pytest.mark.django_db
def test_company_without_a_name_is_a_fault_and_the_others_come(script):
    nameless = row("P1128", "7", item="Q2") | {"itemLabel": {"type": "literal", "value": "Q2"}}
    script.always = Trouble(Reply({"results": {"bindings": [row("P1128", "7"), nameless, 7]}}))

    page = search(script, {"places": ["GB"]})

    assert [each.record_id for each in page.candidates] == ["Q1"]
    assert len(page.faults) == 2


TROUBLES = {
    "took too long": (Reply(status=500, raw=b"java.util.concurrent.TimeoutException"), "error of its own (500)", False),
    "nobody to write to": (Reply(status=403, raw=sandbox.NO_AGENT), "refused to answer (403)", False),
    "malformed": (Reply(status=400, raw=sandbox.MALFORMED), "did not understand", True),
    "too often": (Reply(status=429, headers={"Retry-After": "60"}), "asks to wait", False),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("reply", "words", "is_permanent"), TROUBLES.values(), ids=TROUBLES)
def test_trouble_is_a_sentence_and_is_not_asked_for_twice(script, reply, words, is_permanent):
    script.always = Trouble(reply)

    with pytest.raises(SourceError) as caught:
        search(script, {"places": ["GB"]})

    assert words in str(caught.value)
    assert (caught.value.permanent, len(script.asked)) == (is_permanent, 1)


@pytest.mark.django_db
def test_it_is_told_who_asks(script, settings):
    search(script, {"places": ["GB"]})

    assert {ask.headers["user-agent"] for ask in script.asked} == {settings.USER_AGENT}
