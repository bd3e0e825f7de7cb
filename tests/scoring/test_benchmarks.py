"""Where a lead stands in its industry, and industries beside each other."""

import pytest
from django.utils import timezone

from scoring.benchmarks import IndustryScores, Standing, by_industry, median, standing
from tests.factories import leads, people, scores

SOFTWARE = "software-development"


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (Standing(SOFTWARE, 214, 175), "Better than 82 % of 214 in Software Development."),
        (Standing(SOFTWARE, 214, 214), "Better than all 214 others in Software Development."),
        (Standing(SOFTWARE, 35, 0), "None of 35 others in Software Development has a lower score."),
        (Standing(SOFTWARE, 1_000, 4), "Better than 4 of 1,000 in Software Development."),
        (Standing(SOFTWARE, 29, 20), "Too few to compare: 29 others in Software Development."),
        (Standing(SOFTWARE, 1, 0), "Too few to compare: 1 other in Software Development."),
        (Standing(SOFTWARE, 0, 0), "Too few to compare: no other lead in Software Development."),
    ],
    ids=["enough", "best", "worst", "under a per cent", "few", "one", "none"],
)
def test_a_standing_is_said_with_the_number_compared(found, said):
    assert found.said == said


@pytest.mark.parametrize(
    ("totals", "found"),
    [({}, 0), ({50: 1}, 50), ({50: 1, 60: 1}, 55), ({10: 1, 50: 2, 90: 1}, 50), ({10: 1, 90: 2}, 90)],
)
def test_the_median_of_counted_totals(totals, found):
    assert median(totals) == found


def test_few_leads_have_no_figures():
    few, many = IndustryScores("retail", {60: 29}, 3), IndustryScores("retail", {60: 30}, 3)

    assert (few.to_json(), many.to_json()) == (
        {"industry": "retail", "leads": 29},
        {"industry": "retail", "leads": 30, "median": 60.0, "best": 10.0},
    )


@pytest.mark.django_db
@pytest.mark.parametrize(("number", "industry"), [(30, SOFTWARE), (20, "technology-information-and-internet")])
def test_a_lead_is_compared_with_the_nearest_industry_that_has_enough(number, industry, django_assert_num_queries):
    workspace = people.workspace()
    at, near = (leads.company(workspace, industry=code) for code in (SOFTWARE, "technology-information-and-internet"))
    for place in range(number):
        scores.score(leads.lead(workspace, company=at), total=40 + place)
    for _ in range(10):
        scores.score(leads.lead(workspace, company=near), total=90)
    scores.score(leads.lead(workspace, company=at, erased_at=timezone.now()))
    scores.score(leads.lead())
    lead = leads.lead(workspace, company=at)
    scores.score(lead, total=50)

    with django_assert_num_queries(1):
        found = standing(lead, 50)

    assert (found.industry, found.compared, found.below) == (industry, 30, 10)


@pytest.mark.django_db
def test_a_lead_without_an_industry_is_not_compared():
    assert standing(leads.lead(), 50) is None


@pytest.mark.django_db
def test_industries_are_put_together_under_the_top_one(django_assert_num_queries):
    workspace = people.workspace()
    for code, grade in (("retail", "A"), ("retail-groceries", "B"), ("", "C")):
        scores.score(leads.lead(workspace, company=leads.company(workspace, industry=code)), grade)

    with django_assert_num_queries(1):
        found = by_industry(workspace)

    assert [(each.label, each.leads, each.best) for each in found] == [("Retail", 2, 1), ("Not known", 1, 0)]


def test_lead_that_some_are_ahead_of_is_not_better_than_all() -> None:
    assert Standing("retail", 1_000, 996).said == "Better than 99 % of 1,000 in Retail."
