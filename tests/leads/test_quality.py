"""Grades from week to week and the spread of scores, of one workspace, in two queries."""

from datetime import UTC, datetime, timedelta

import pytest

from leads.figures import figures
from leads.quality import quality
from tests.factories import leads, people, runs, scores
from tests.markup import parsed

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)  # a Wednesday


@pytest.fixture
def workspace():
    return people.workspace()


def deliver(workspace, grade: str, *, days: int = 0, total: int | None = None, **given) -> None:
    lead = leads.lead(workspace)
    scores.score(lead, grade, total)
    run = runs.run(workspace)
    runs.delivery(runs.lane(run), lead, grade=grade, delivered_at=NOW - timedelta(days=days), **given)


def test_leads_are_counted_by_week_and_grade(workspace):
    for days, grade in ((0, "A"), (2, "B"), (3, "B"), (75, "C"), (200, "A")):
        deliver(workspace, grade, days=days)

    weekly = quality(workspace, now=NOW).weekly

    assert len(weekly) == 12
    assert list(weekly.values())[-2:] == [{"B": 1}, {"A": 1, "B": 1}]
    assert sum(sum(counts.values()) for counts in weekly.values()) == 4


def test_scores_are_counted_by_tens_with_a_hundred_in_the_last(workspace):
    for total in (0, 9, 10, 100):
        deliver(workspace, "D", total=total)

    assert [sum(ten.values()) for ten in quality(workspace, now=NOW).tens] == [2, 1, 0, 0, 0, 0, 0, 0, 0, 1]


def test_what_was_paid_back_and_what_others_have_is_not_counted(workspace):
    deliver(workspace, "A", reversed_at=NOW)
    deliver(people.workspace(), "A")

    found = quality(workspace, now=NOW)

    assert not any(found.weekly.values())
    assert found.grades.total() == 1


def test_figures_say_what_they_show(workspace):
    for days in (0, 10):
        deliver(workspace, "A", days=days, total=82)
    deliver(workspace, "C", total=50)

    weekly, spread = (parsed(figure).findtext(".//p") for figure in figures(quality(workspace, now=NOW)))

    assert weekly == "3 leads in 12 weeks, 2 of them grade A or better (67 %)."
    assert spread == "Most often a lead scores 80 to 89: 2 of 3."


def test_one_week_has_no_trend(workspace):
    deliver(workspace, "A")

    first, _ = figures(quality(workspace, now=NOW))

    assert parsed(first).find("figure").get("id") == "grades"


def test_without_leads_there_are_no_figures(workspace):
    assert figures(quality(workspace, now=NOW)) == ()


def test_two_queries_however_many_leads(workspace, django_assert_num_queries):
    for _ in range(3):
        deliver(workspace, "A")

    with django_assert_num_queries(2):
        quality(workspace, now=NOW)
