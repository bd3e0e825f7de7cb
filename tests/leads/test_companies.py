"""Which company somebody works at: the lead's own, told by its name, or another one."""

from datetime import UTC, datetime

import pytest

from leads.candidate import Candidate, CompanyFacts
from leads.companies import Employer, resolve
from leads.company_facts import told_by
from leads.criteria import Criteria
from leads.models import Company, CompanyIdentity, Lead
from leads.prospecting import prospect
from tests.factories import leads, people

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def found(workspace, lead: Lead | None = None, **facts):
    said = prospect([Candidate("file", "r1", "Ada Byron", company=CompanyFacts(**facts))], Criteria())
    told, home = told_by(said, asked_at=NOW), {"lead_id": lead.pk, "home": lead.company_id} if lead else {}
    return resolve(workspace.pk, [Employer(told, said.candidate.company, **home)], now=NOW)[0]


@pytest.fixture
def workspace():
    return people.workspace()


def lead_at(workspace, **facts) -> Lead:
    company = Company.objects.get(pk=found(workspace, **facts).company_id)
    return leads.lead(workspace, "Ada Byron", company=company)


def test_name_alone_is_about_the_company_of_the_lead(workspace):
    lead = lead_at(workspace, name="Acme GmbH", domain="acme.example")

    at = found(workspace, lead, name="Acme", city="Berlin")

    assert (at.company_id, at.outgrows, at.has_grown) == (lead.company_id, False, True)
    assert Company.objects.of(workspace).count() == 1


def test_company_of_the_lead_that_had_only_a_name_is_outgrown_by_the_certain_one(workspace):
    lead = lead_at(workspace, name="Acme")

    at = found(workspace, lead, name="Acme GmbH", domain="acme.example")

    assert at.outgrows
    assert Company.objects.get(pk=at.company_id).domain == "acme.example"


@pytest.mark.parametrize(
    "facts", [{"name": "Falcon"}, {"name": "Acme", "domain": "falcon.example"}], ids=["name", "domain"]
)
def test_another_name_or_domain_is_another_company(workspace, facts):
    lead = lead_at(workspace, name="Acme", domain="acme.example")

    at = found(workspace, lead, **facts)

    assert at.company_id != lead.company_id
    assert not at.outgrows


def test_further_identities_of_a_company_become_its_own(workspace):
    lead = lead_at(workspace, name="Acme", domain="acme.example")

    found(workspace, lead, name="Acme", domain="acme.example", registry_ids=(("lei", "5299"),))

    assert CompanyIdentity.objects.get(value="lei:5299").company_id == lead.company_id
