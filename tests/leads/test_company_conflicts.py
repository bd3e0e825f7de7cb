"""When sources disagree about a company, and what each of them says."""

from datetime import timedelta

import pytest
from django.utils import timezone

from leads.company_conflicts import company_conflicts
from leads.models import Evidence
from tests.factories import leads

pytestmark = pytest.mark.django_db

NOW = timezone.now()
SIZE = {"company.employees_min": "51", "company.employees_max": "200"}


@pytest.fixture
def lead():
    company = leads.company(name="Kupferberg Pumpen", industry="software-development", city="Ulm")
    return leads.lead(company.workspace, company=company)


def says(lead, source: str, facts: dict[str, str], *, days: int = 0) -> None:
    for field, value in facts.items():
        leads.evidence(lead, field, value=value, source=source, observed_at=NOW - timedelta(days=days))


def holds(lead, field: str, value: str) -> Evidence:
    """What the company's record has from the directory."""
    given = {"field": field, "value": value, "source": "directory", "observed_at": NOW}
    return Evidence.objects.create(workspace=lead.workspace, company=lead.company, **given)


def told(lead) -> list[tuple[str, str, list[str]]]:
    found = company_conflicts(lead.company)
    return [(each.field, each.used.value, [other.value for other in each.others]) for each in found]


def test_both_ends_of_a_size_are_one_value(lead):
    holds(lead, "employees_min", "100")
    says(lead, "file", {"company.employees_min": "501", "company.employees_max": "1000"})

    assert told(lead) == [("employees", "100–200 people", ["501–1,000 people"])]


def test_city_and_country_are_one_place(lead):
    holds(lead, "country", "DE")
    says(lead, "file", {"company.country": "AT", "company.city": "Linz"})

    assert told(lead) == [("place", "Ulm, Germany", ["Linz, Austria"])]


@pytest.mark.parametrize(
    ("facts", "days"),
    [
        pytest.param({"company.domain": "www.kupferberg.example"}, 0, id="another spelling of the site"),
        pytest.param(SIZE | {"company.employees_min": "120", "company.employees_max": "120"}, 0, id="within the range"),
        pytest.param({"company.country": "DE"}, 0, id="no city told"),
        pytest.param(
            {"company.name": "Elsewhere AG", "company.domain": "elsewhere.example", "company.industry": "banking"},
            0,
            id="of an earlier employer",
        ),
    ],
)
def test_what_does_not_contradict_is_not_asked_about(lead, facts, days):
    lead.company.domain = "kupferberg.example"
    for field, value in {"domain": "", "employees_min": "", "country": "", "industry": ""}.items():
        holds(lead, field, value)
    says(lead, "file", facts, days=days)

    assert told(lead) == []


def test_source_that_changed_its_mind_counts_by_what_it_says_last(lead):
    holds(lead, "founded_year", "1990")
    lead.company.founded_year = 1990
    says(lead, "file", {"company.founded_year": "1980"}, days=9)
    says(lead, "file", {"company.founded_year": "1990"})

    assert told(lead) == []


def test_value_without_evidence_was_set_by_a_person_and_is_not_asked_about(lead):
    says(lead, "file", {"company.industry": "banking"})

    assert told(lead) == []
