"""The grades to expect are those of everybody the run goes through, not of the first and best."""

import pytest
from django.utils import timezone

from leadengine.workflows.briefs import Brief
from leadengine.workflows.desk import Desk
from leadengine.workflows.grade_forecast import GradeForecast, expected_grades
from leads.criteria import Criteria
from leads.directory import refreshing
from tests.factories import directory, people

WANTED = {"industries": {"values": ["manufacturing"], "level": "nice"}}


@pytest.mark.parametrize(("sampled", "out_of", "margin"), [(196, 1000, 7), (25, 1000, 20), (200, 200, 0), (0, 0, 0)])
def test_margin_is_by_the_size_of_the_sample(sampled, out_of, margin):
    assert GradeForecast({}, sampled, out_of).margin == margin


@pytest.mark.django_db
@pytest.mark.parametrize(("leads", "out_of", "is_mixed"), [(60, 60, True), (4, 50, False)], ids=["all", "the best"])
def test_sample_is_spread_over_all_that_a_run_goes_through(leads, out_of, is_mixed):
    made = directory.dataset()
    for number in range(60):
        directory.person(directory.company(made, industry="manufacturing" if number < 20 else "education"))
    refreshing.refresh(made)
    brief = Brief(criteria=Criteria.from_json(WANTED), sources=("directory",), most_leads=leads)

    found = expected_grades(brief, Desk(people.workspace(), timezone.now()), look=10)

    assert (found.sampled, found.out_of) == (10, out_of)
    assert (len(found.counted) > 1) is is_mixed
