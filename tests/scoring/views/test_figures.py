"""How scores stand and move: the managers' figures, and a lead's panel."""

import pytest
from django.urls import reverse
from django.utils import timezone

from scoring.rescoring import rescore
from tests.factories import leads, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def workspace():
    return people.workspace()


def test_figures_of_nothing_lead_to_a_search(client, workspace):
    client.force_login(people.manager(workspace))

    assert "No lead has a score yet" in client.get(reverse("scoring:figures")).content.decode()


def test_figures_show_grades_weeks_medians_and_causes(client, workspace, django_assert_max_num_queries):
    client.force_login(people.manager(workspace))
    shop = leads.company(workspace, industry="retail")
    made = [leads.lead(workspace, company=shop) for _ in range(30)] + [leads.lead(workspace)]
    rescore(made, why="Delivered by run 1", now=timezone.now())

    with django_assert_max_num_queries(12):
        page = client.get(reverse("scoring:figures")).content.decode()

    assert all(words in page for words in ("Grades by week", "Median by industry", "Delivered by run 1"))
    assert "Too few to tell (under 30 leads): Not known" in page


def test_a_lead_is_told_where_it_stands(client, workspace):
    client.force_login(people.rep(workspace))
    lead = leads.lead(workspace, company=leads.company(workspace, industry="retail"))
    rescore([lead], why="Delivered by run 1", now=timezone.now())

    url = reverse("scoring:score-trend", args=[lead.pk])
    page, region = client.get(url).content.decode(), client.get(url, headers={"HX-Request": "true"}).content.decode()

    assert region.lstrip().startswith("<section")
    assert all("Too few to compare: no other lead in Retail." in each for each in (page, region))
    assert "First score: Delivered by run 1" in page


def test_a_lead_without_a_score_or_industry_says_so(client, workspace):
    client.force_login(people.rep(workspace))

    page = client.get(reverse("scoring:score-trend", args=[leads.lead(workspace).pk])).content.decode()

    assert ("No score has been stored yet." in page, "industry of this lead is not known" in page) == (True, True)
