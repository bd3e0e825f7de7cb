"""Whatever is asked: the count, the pages and `Criteria.judge` agree on who is found, and nobody is found twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leads.candidate import Candidate
from leads.criteria import Criteria, InvalidCriteria
from leads.directory import refreshing, searching
from leads.identity import Identity, identities
from leads.models import Lead, LeadIdentity
from leads.sample import load_sample_directory
from leads.sources.base import SearchRequest
from leads.vocabulary import funding, titles
from tests.factories import directory, leads

pytestmark = pytest.mark.django_db
quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
LEVELS = st.sampled_from(["must", "nice"])
WORDS = {
    "keywords": ["software", "pumps", "c++", "e-commerce", "analytics", "sales", "pumps | pumps", "!!", "%", "zürich"],
    "industries": ["manufacturing", "software-development", "hospitals-and-health-care", "financial-services"],
    "places": [
        "DE",
        "US",
        "region:dach",
        "region:nordics",
        "city:Berlin,DE",
        "city:Zürich,CH",
        "state:Bavaria,DE",
        "Lyon",
    ],
    "titles": ["Head of Sales", "CFO", "Leiterin Marketing", "engineer", "Directeur", "?"],
    "seniorities": list(titles.SENIORITIES),
    "departments": ["sales", "marketing", "finance", "engineering", "it", "executive"],
    "technologies": ["postgres", "PostgreSQL", "aws", "SAP", "Salesforce"],
    "funding_stages": list(funding.STAGES),
}
EDGES = {"employees": [0, 1, 10, 50, 51, 200, 1000], "revenue": [0, 10**6, 5 * 10**7], "founded": [1950, 1999, 2015]}
ANYBODY = Criteria()
FLAGS = ("email", "phone", "hiring", "new_in_role")


def term(words: Sequence[str]) -> st.SearchStrategy[dict[str, Any]]:
    some = st.lists(st.sampled_from(words), max_size=3, unique=True)
    return st.fixed_dictionaries({"values": some, "none": some, "level": LEVELS})


def span(edges: Sequence[int]) -> st.SearchStrategy[dict[str, Any]]:
    edge = st.none() | st.sampled_from(edges)
    return st.fixed_dictionaries({"min": edge, "max": edge, "level": LEVELS})


ASKED = {name: term(words) for name, words in WORDS.items()} | {name: span(edges) for name, edges in EDGES.items()}
ASKED |= dict.fromkeys(FLAGS, LEVELS)


@st.composite
def criteria(draw: st.DrawFn) -> Criteria:
    """One to three criteria: with more hardly anybody would be found."""
    names = draw(st.lists(st.sampled_from(sorted(ASKED)), max_size=3, unique=True))
    asked = {name: draw(ASKED[name]) for name in names}
    try:
        return Criteria.from_json(asked)
    except InvalidCriteria as wrong:
        return Criteria.from_json({name: value for name, value in asked.items() if name not in wrong.errors})


def request(asked: Criteria = ANYBODY, *, workspace_id: int = 0, new_only: bool = False) -> SearchRequest:
    return SearchRequest(
        criteria=asked, workspace_id=workspace_id, new_only=new_only, now=timezone.now(), includes_samples=True
    )


def all_pages(asked: SearchRequest, limit: int) -> list[Candidate]:
    found: list[Candidate] = []
    cursor: dict[str, Any] | None = {}
    while cursor is not None:
        page = searching.search(asked, cursor, limit)
        assert len(page.candidates) <= limit
        found += page.candidates
        cursor = page.next_cursor
    return found


def ids(found: Sequence[Candidate]) -> list[tuple[str, bool]]:
    return [(candidate.record_id, candidate.is_person) for candidate in found]


def assert_given(found: Sequence[Candidate], fitting: Sequence[Candidate], asked: Criteria) -> None:
    """Each that fits, once; and nobody comes before somebody else who has the better rank and meets as much of what is nice."""
    assert sorted(ids(found)) == sorted(ids(fitting))
    rank = {each: place for place, each in enumerate(ids(fitting))}
    seen: dict[bool, list[tuple[int, float]]] = {True: [], False: []}
    for candidate in found:
        place, met = rank[(candidate.record_id, candidate.is_person)], asked.match_share(candidate) or 0.0
        worse = [each for each in seen[candidate.is_person] if each[0] > place and each[1] <= met]
        assert worse == [], candidate.record_id
        seen[candidate.is_person].append((place, met))


class Everybody(list[Candidate]):
    """All candidates, in a word where hypothesis shows them."""

    def __repr__(self) -> str:
        return f"<{len(self)} candidates>"


@pytest.fixture
def everybody() -> Everybody:
    """The sample, and records that lack nearly everything or spell it in another way."""
    load_sample_directory(40, 120, 1)
    odd = directory.dataset()
    bare = {
        "country": "",
        "industry": "",
        "domain": "",
        "employees_min": None,
        "employees_max": None,
        "search_text": "  ",
    }
    directory.company(odd, **bare, name="", company_key="|")
    directory.person(
        directory.company(odd, **bare, name=""),
        full_name="",
        title="",
        title_key="",
        seniority="",
        department="",
        email="",
    )
    used = directory.company(odd, technologies=["postgres", "SAP"], city="Zurich", country="CH", employees_max=None)
    directory.person(
        used, title="C++ Engineer", seniority="entry", department="engineering", country="DE", city="berlin"
    )
    refreshing.refresh(odd)
    return Everybody(all_pages(request(), 100))


@pytest.fixture
def lead() -> Lead:
    """A lead that any workspace's knowledge can be hung on."""
    return leads.lead()


def make_known(lead: Lead, known: Iterable[Identity]) -> None:
    """From now on the lead's workspace knows these and nobody else."""
    LeadIdentity.objects.all().delete()
    LeadIdentity.objects.bulk_create(
        [LeadIdentity(workspace=lead.workspace, lead=lead, kind=each.kind, value=each.value) for each in known]
    )


@quick
@given(asked=criteria(), limit=st.integers(8, 90))
def test_count_pages_and_judge_agree(everybody: Everybody, asked: Criteria, limit: int):
    wanted = request(asked)

    found = all_pages(wanted, limit)

    assert searching.count(wanted).value == len(found)
    assert_given(found, [candidate for candidate in everybody if not asked.judge(candidate)], asked)


@quick
@given(asked=criteria(), limit=st.integers(8, 90), picked=st.sets(st.integers(0, 399), max_size=40))
def test_whoever_is_known_is_left_out_and_nobody_else(
    everybody: Everybody, lead: Lead, asked, limit: int, picked: set[int]
):
    keys = [each for candidate in everybody for each in identities(candidate)]
    known = {keys[place % len(keys)] for place in picked}
    make_known(lead, known)
    wanted = request(asked, workspace_id=lead.workspace_id, new_only=True)

    found = all_pages(wanted, limit)

    fitting = [candidate for candidate in everybody if not asked.judge(candidate)]
    assert_given(found, [candidate for candidate in fitting if not known & set(identities(candidate))], asked)
    assert searching.count(wanted).value == len(found)
