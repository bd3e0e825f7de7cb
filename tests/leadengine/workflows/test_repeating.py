"""A run beside the one before it, and what it would find if it were run again."""

import pytest
from django.utils import timezone

from leadengine.workflows.briefs import Brief
from leadengine.workflows.desk import Desk
from leadengine.workflows.estimating import new_matches
from leadengine.workflows.grade_forecast import expected_grades
from leadengine.workflows.loosening import loosenings
from leadengine.workflows.repeating import compared, earlier_run, estimate_again
from leads.criteria import Criteria
from tests.factories import directory, people, runs
from tests.fakes.workers import provider, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def workspace():
    return people.workspace(credits=50)


def test_the_same_search_comes_before_the_same_person(workspace):
    rep = people.rep(workspace)
    same = runs.run(workspace, number=1, name="Pumps")
    mine = runs.run(workspace, number=2, name="Valves", started_by=rep)
    later = runs.run(workspace, number=3, name="Pumps", started_by=rep)
    other = runs.run(workspace, number=4, name="Seals", started_by=rep)

    assert (earlier_run(later), earlier_run(other), earlier_run(same)) == (same, later, None)
    assert earlier_run(mine) is None


def test_differences_name_criteria_and_limits(workspace):
    before = runs.run(workspace, criteria={"places": ["DE"]}, most_leads=10)
    after = runs.run(workspace, criteria={"places": ["AT"]}, most_leads=20, new_only=False)

    told = [(each.label, each.before, each.after) for each in compared(before, after)]

    assert told == [
        ("Place", "in Germany (must)", "in Austria (must)"),
        ("Most leads", "10", "20"),
        ("Whom", "new people only", "people you know too"),
    ]


def test_running_again_counts_who_is_new(workspace):
    directory.people(1)
    run = runs.run(workspace, criteria={}, state="finished")

    found = estimate_again(run, by=run.started_by, now=timezone.now())

    assert (found.quote.matches.value, found.quote.at_most) == (1, 1)


def test_criteria_of_another_time_are_no_error(workspace):
    run = runs.run(workspace, criteria={"atlantis": 1})

    assert estimate_again(run, by=run.started_by, now=timezone.now()) is None
    assert compared(run, run) == ()


def test_a_source_that_goes_down_between_two_questions_breaks_nothing(workspace, monkeypatch):
    brief = Brief(criteria=Criteria.from_json({}), sources=("sandbox",), most_leads=10)
    with provider(monkeypatch, [record(1)]):
        desk = Desk(workspace, timezone.now())
        assert expected_grades(brief, desk).shares

    assert expected_grades(brief, desk).shares == {}
    assert loosenings(desk, brief, 0) == ()
    assert new_matches(workspace, brief, now=timezone.now()) is None
