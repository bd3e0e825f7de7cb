"""On a company's page somebody says which of several values holds, and may take that back."""

import pytest
from django.urls import reverse
from django.utils import timezone

from leads.models import Company, CompanyChoice, Evidence
from tests.factories import leads, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def company(client):
    """One of which the directory says that it was founded in 1990, and a file that it was in 1980."""
    workspace = people.workspace()
    client.force_login(people.rep(workspace))
    company = leads.company(workspace, founded_year=1990)
    given = {"field": "founded_year", "value": "1990", "source": "directory", "observed_at": timezone.now()}
    Evidence.objects.create(workspace=workspace, company=company, **given)
    leads.evidence(leads.lead(workspace, company=company), "company.founded_year", value="1980", source="file")
    return company


def chosen(client, company, **values: object):
    return client.post(reverse("leads:company-choose", args=[company.pk]), values, follow=True)


def founded(company) -> int:
    return Company.objects.get(pk=company.pk).founded_year


def test_choice_is_made_without_javascript_told_and_taken_back(client, company):
    row = Evidence.objects.get(value="1980")

    page = chosen(client, company, evidence=row.pk).content.decode()

    made = CompanyChoice.objects.get()
    assert founded(company) == 1980
    assert page.count("1980 (Your file) was chosen") == 2  # as told now, and among what happened
    assert f'name="choice" value="{made.pk}"' in page
    chosen(client, company, choice=made.pk)
    assert founded(company) == 1990


@pytest.mark.parametrize("values", [{}, {"evidence": "x"}, {"evidence": 1, "choice": 1}], ids=str)
def test_nothing_chosen_is_told(client, company, values):
    assert "Choose one of the values." in chosen(client, company, **values).content.decode()


def test_choice_of_another_company_is_not_found(client, company):
    other = leads.company(company.workspace)
    chosen(client, company, evidence=Evidence.objects.get(value="1980").pk)

    assert chosen(client, other, choice=CompanyChoice.objects.get().pk).status_code == 404
    assert founded(company) == 1980
