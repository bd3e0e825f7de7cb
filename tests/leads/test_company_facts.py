"""A company's record: of each fact the best that was told, whoever came first; what a person set stays."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from leads.candidate import Candidate, CompanyFacts
from leads.company_facts import learn, told_by, told_by_leads
from leads.criteria import Criteria
from leads.intake import evidence
from leads.models import Company, Evidence
from leads.models.keys import new_id
from leads.prospecting import prospect
from tests.factories import leads, people, runs

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
YESTERDAY = NOW - timedelta(days=1)


def said(source: str = "directory", *, observed_at=NOW, confidence: float = 0.5, **facts):
    candidate = Candidate(
        source, "r1", "Ada Byron", company=CompanyFacts(**facts), observed_at=observed_at, confidence=confidence
    )
    return prospect([candidate], Criteria())


def company_of(*told) -> Company:
    """A new company of which these were said in this order, one after the other."""
    workspace, company_id = people.workspace(), new_id()
    for number, each in enumerate(told):
        fresh = set() if number else {company_id}
        learn(workspace.pk, [(company_id, told_by(each, asked_at=NOW))], fresh, now=NOW)
    return Company.objects.get(pk=company_id)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        pytest.param(said("file", industry="retail"), said(confidence=0.9, industry="banking"), id="the file"),
        pytest.param(said(confidence=0.9, industry="retail"), said(industry="banking"), id="the surer"),
        pytest.param(said(industry="retail"), said(observed_at=YESTERDAY, industry="banking"), id="the newer"),
        pytest.param(said("alpha", industry="retail"), said("beta", industry="banking"), id="equals, by name"),
    ],
)
@pytest.mark.parametrize("is_first", [True, False], ids=["first", "second"])
def test_better_word_stands(better, worse, is_first):
    company = company_of(*((better, worse) if is_first else (worse, better)))

    assert company.industry == "retail"
    current = Evidence.objects.get(company=company, field="industry", is_current=True)
    assert (current.value, current.url) == ("retail", "")


def test_gaps_are_filled_and_lists_united_whatever_the_order():
    told = [
        said("alpha", name="Acme", technologies=("SAP", "Miro")),
        said("beta", domain="acme.example", technologies=("Slack",), employees_min=50),
        said("file", name="Acme GmbH"),
    ]

    companies = [company_of(*order) for order in permutations(told)]

    seen = {(each.name, each.domain, each.employees_min, tuple(each.technologies)) for each in companies}
    assert seen == {("Acme GmbH", "acme.example", 50, ("Miro", "SAP", "Slack"))}


def test_domain_is_the_registrable_one_whoever_spells_it():
    assert company_of(said(domain="acme.example"), said("file", domain="www.acme.example")).domain == "acme.example"


def test_band_of_employees_is_taken_together():
    company = company_of(said("file", employees_min=500), said(employees_min=50, employees_max=100))

    assert (company.employees_min, company.employees_max) == (500, None)


def test_what_has_no_evidence_was_set_by_a_person_and_stays():
    company = leads.company(people.workspace(), industry="retail")

    told = told_by(said("file", industry="banking", revenue_usd=10**6), asked_at=NOW)
    learn(company.workspace_id, [(company.pk, told)], set(), now=NOW)

    company.refresh_from_db()
    assert (company.industry, company.revenue_usd) == ("retail", 10**6)


def test_what_was_said_with_a_lead_is_read_back_from_its_evidence():
    lead, lane = leads.lead(), runs.lane()
    found = said("file", name="Acme", employees_min=50, technologies=("SAP", "Miro"), country="DE", city="Berlin")
    lane.workspace_id = lead.workspace_id
    Evidence.objects.bulk_create(evidence(lane, lead.pk, found))

    assert told_by_leads([lead.pk]) == {lead.pk: [told_by(found, asked_at=NOW)]}
