"""The panel of buying roles on a company's page."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from leads.models import CompanyIdentity, LeadIdentity
from scoring.ideal import IdealCustomer
from scoring.versions import save_ideal
from tests.factories import directory, leads, people

pytestmark = pytest.mark.django_db

REGION = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def workspace():
    return people.workspace()


@pytest.fixture
def company(client, workspace):
    client.force_login(people.rep(workspace))
    return leads.company(workspace, "Ostra Pumps")


def wanted(workspace, **ideal) -> None:
    save_ideal(workspace, IdealCustomer(**ideal), by=None, now=timezone.now())


def panel(client, company, **headers):
    return client.get(reverse("scoring:coverage", args=[company.pk]), **headers)


def listed(company, number: int = 1, **fields):
    at = directory.company(directory.dataset(), company_key=company.domain, domain=company.domain)
    return [directory.person(at, **fields) for _ in range(number)]


def test_roles_are_asked_for_where_none_is_named(client, workspace, company):
    page = panel(client, company, **REGION).content.decode()

    assert "Say who buys" in page
    assert reverse("scoring:ideal-customer") in page


def test_filled_role_names_who_fills_it(client, workspace, company):
    wanted(workspace, seniorities=("director",), departments=("sales", "it"))
    leads.lead(workspace, "Mira Sandoval", company=company, seniority="director", department="sales")

    page = panel(client, company, **REGION).content.decode()

    assert "1 of 2 filled" in page
    assert "Mira Sandoval" in page
    assert "<html" not in page


def test_further_people_are_those_that_the_workspace_does_not_have(client, workspace, company):
    wanted(workspace, departments=("sales",))
    one, _, _ = listed(company, 3)
    listed(company, 2, department="it")
    LeadIdentity.objects.create(
        workspace=workspace, kind="email", value=one.email_key, lead=leads.lead(workspace, email="")
    )

    found = panel(client, company).context["coverage"]

    assert (found.further, found.further_elsewhere) == (2, 2)


def test_where_nobody_further_has_such_a_role_the_others_are_offered(client, workspace, company):
    wanted(workspace, departments=("sales",))
    listed(company, 2, department="it")

    page = panel(client, company).content.decode()

    assert "nobody further in these roles, but <b>2</b> in others" in page
    assert "Search for the others" in page


def test_company_is_found_in_the_directory_by_what_identifies_it(client, workspace, company):
    wanted(workspace, departments=("sales",))
    CompanyIdentity.objects.create(workspace=workspace, kind="company", value="registry-de:hrb 7", company=company)
    directory.person(directory.company(directory.dataset(), company_key="registry-de:hrb 7"))
    directory.person(directory.company(directory.dataset()))

    assert panel(client, company).context["coverage"].further == 1


def test_search_is_not_offered_for_a_company_that_no_run_delivers(client, workspace, company):
    listed(company)
    company.relation = "competitor"
    company.save()

    page = panel(client, company, **REGION).content.decode()

    assert "It is marked competitor, so no run delivers them." in page
    assert reverse("leads:company-search", args=[company.pk]) not in page


def test_panel_takes_a_fixed_number_of_queries(client, workspace, company, django_assert_max_num_queries):
    wanted(workspace, departments=("sales", "it"), seniorities=("director", "vp"))
    for _ in range(15):
        leads.lead(workspace, company=company, seniority="director", department="sales")
    listed(company, 5)

    with django_assert_max_num_queries(11):
        panel(client, company, **REGION)
