"""Grades from week to week, why they changed, and the steps of one lead's score."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from scoring import profiles, versions
from scoring.engine import tally
from scoring.figures import score_line
from scoring.models import ScoreChange
from scoring.recording import record
from scoring.rescoring import rescore
from scoring.rulebook import ScoringProfile
from scoring.trends import Step, causes, mixed, steps_of, weeks
from scoring.weighting import Weighting
from tests.factories import leads, people
from tests.factories.scoring import NOW, scores

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
FIRST, SECOND, THIRD = date(2026, 5, 4), date(2026, 5, 11), date(2026, 5, 18)


def test_each_weeks_mix_follows_from_the_steps_before():
    steps = [(SECOND, "B", "A", 2), (FIRST, "", "B", 5), (date(2026, 1, 5), "", "D", 1)]

    found = mixed(steps, [FIRST, SECOND, THIRD])

    assert [(week.grades["A"], week.grades["B"], week.grades["D"]) for week in found] == [
        (0, 5, 1),
        (2, 3, 1),
        (2, 3, 1),
    ]
    assert [week.leads for week in found] == [6, 6, 6]


@pytest.fixture
def workspace():
    return people.workspace()


def store(lead, *steps, why, now=NOW, profile=None):
    version = profile or profiles.current(lead.workspace)
    record(lead.workspace_id, [lead.pk], scores(*steps), profile_id=version.pk, why=why, now=now)


@pytest.mark.django_db
def test_the_mix_of_weeks_is_read_from_the_history(workspace, django_assert_num_queries):
    lead, other = leads.lead(workspace), leads.lead(workspace)
    store(lead, *[5_000] * 10, why="Delivered", now=NOW - timedelta(weeks=2))
    store(other, *[5_000] * 10, why="Delivered", now=NOW - timedelta(weeks=1))
    store(lead, *[9_000] * 10, why="Replied", now=NOW)
    store(leads.lead(), *[9_000] * 10, why="Delivered", now=NOW)

    with django_assert_num_queries(1):
        found = weeks(workspace, now=NOW, number=4)

    assert [(week.grades["C"], week.grades["A+"]) for week in found] == [(0, 0), (1, 0), (2, 0), (1, 1)]


@pytest.mark.django_db
def test_causes_say_why_grades_changed_lately(workspace):
    lead = leads.lead(workspace)
    for value, why, days in ((5_000, "Delivered", 40), (9_000, "Replied on 3 May", 3), (2_000, "Bounced", 1)):
        store(lead, *[value] * 10, why=why, now=NOW - timedelta(days=days))

    found = {each.why: (each.better, each.worse, each.new) for each in causes(workspace, now=NOW)}

    assert found == {"Replied on 3 May": (1, 0, 0), "Bounced": (0, 1, 0)}


@pytest.mark.django_db
def test_a_grade_gained_by_a_lower_cut_off_is_a_better_one(workspace):
    lead = leads.lead(workspace)
    store(lead, *[5_000] * 10, why="Delivered", now=NOW - timedelta(days=2))
    rules = ScoringProfile(cuts=(95, 50, 40, 30))
    table = tally(np.full((1, 10), 5_000), rules)
    record(workspace.pk, [lead.pk], table, profile_id=profiles.current(workspace).pk, why="Version 2", now=NOW)

    found = {each.why: (each.better, each.worse, each.new) for each in causes(workspace, now=NOW)}

    assert found == {"Delivered": (0, 0, 1), "Version 2": (1, 0, 0)}


@pytest.mark.django_db
def test_a_leads_steps_say_what_changed_and_why(workspace, django_assert_num_queries):
    lead = leads.lead(workspace)
    store(lead, *[5_000] * 10, why="Delivered by run 1", now=NOW - timedelta(days=2))
    store(lead, 5_000, 10_000, *[5_000] * 8, why="Replied on 3 May")

    with django_assert_num_queries(1):
        newest, first = steps_of(lead)

    assert (newest.said, first.said) == ("+6: replied on 3 May", "First score: Delivered by run 1")
    assert [str(part) for part in newest.parts] == ["Engagement +6"]


@pytest.mark.django_db
def test_the_parts_of_each_step_add_up_to_its_change(workspace):
    lead = leads.lead(workspace)
    rescore([lead], why="First", now=NOW - timedelta(days=3))
    weighting = Weighting((30, 2, 10, 10, 12, 10, 6, 8, 8, 4))
    made = versions.drafted(workspace, "", weighting, note="", by=None, now=NOW)
    versions.publish(made, by=None, now=NOW)
    lead.title, lead.email_status = "Clerk", "deliverable"
    lead.save()

    rescore([lead], why="Default profile, version 2", now=NOW)

    newest = steps_of(lead)[0]
    assert newest.change == sum(part.points for part in newest.parts)
    assert newest.said.endswith(": Default profile, version 2")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("engagement", "email", "said", "parts"),
    [
        pytest.param(5_200, 4_300, "Unchanged: Signals fade", [], id="lines that only round otherwise"),
        pytest.param(7_500, 0, "+1: Signals fade", ["Engagement +3", "E-mail validity −2"], id="both ways"),
        pytest.param(6_667, 0, "±0: Signals fade", ["E-mail validity −2", "Engagement +2"], id="even"),
    ],
)
def test_only_what_moved_by_itself_is_a_cause(workspace, engagement, email, said, parts):
    lead = leads.lead(workspace)
    store(lead, *[5_000] * 10, why="Delivered by run 1", now=NOW - timedelta(days=2))
    store(lead, 5_000, engagement, *[5_000] * 7, email, why="Signals fade")

    newest = steps_of(lead)[0]

    assert (newest.said, [str(part) for part in newest.parts]) == (said, parts)


@pytest.mark.django_db
def test_a_lead_without_scores_has_no_steps(workspace):
    assert steps_of(leads.lead(workspace)) == []
    assert not ScoreChange.objects.exists()


@pytest.mark.parametrize(
    ("apart", "labels", "finding"),
    [
        pytest.param(timedelta(minutes=1), ["12:01", "12:02"], "changes on", id="one day"),
        pytest.param(timedelta(days=1), [], "changes.", id="several days"),
    ],
)
def test_line_of_one_day_tells_the_times(apart, labels, finding):
    steps = [Step(NOON + number * apart, 50 + number, "B", "B", 1, "", ()) for number in range(3)]

    drawn = str(score_line(list(reversed(steps))))

    assert finding in drawn
    assert (f'<th scope="row">{NOON:%-d %b}</th>' in drawn) is not bool(labels)
    assert all(f'<th scope="row">{label}</th>' in drawn for label in labels)
