"""Votes on scores: one a person and lead, of the score as it stood."""

from datetime import timedelta

import pytest

from scoring.feedback import NotScored, give, overall, tallies, votes, votes_on, withdraw
from scoring.models import LeadScore
from tests.factories import leads, people, scores
from tests.factories.scoring import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def workspace():
    return people.workspace()


def scored(workspace, grade: str = "B"):
    lead = leads.lead(workspace)
    scores.score(lead, grade)
    return lead


def test_vote_keeps_the_score_that_it_judged(workspace):
    lead = scored(workspace)
    vote = give(lead, by=people.rep(workspace), is_right=False, factor="location", text="Moved", now=NOW)
    LeadScore.objects.update(total=10, low=0, grade="D")

    vote.refresh_from_db()

    assert (vote.grade, vote.total, vote.factor, vote.text) == ("B", 65, "location", "Moved")


def test_second_vote_takes_the_place_of_the_first(workspace):
    lead, rep = scored(workspace), people.rep(workspace)
    give(lead, by=rep, is_right=False, factor="location", now=NOW)

    give(lead, by=rep, is_right=True, factor="location", now=NOW + timedelta(hours=1))

    (vote,) = votes_on(lead)
    assert (vote.is_right, vote.factor) == (True, "")


def test_withdrawn_vote_leaves_those_of_others(workspace):
    lead, (one, other) = scored(workspace), [people.rep(workspace) for _ in range(2)]
    for person in (one, other):
        give(lead, by=person, is_right=True, now=NOW)

    withdraw(lead, by=one)
    withdraw(lead, by=one)

    assert [vote.by for vote in votes_on(lead)] == [other]


def test_lead_without_a_score_cannot_be_judged(workspace):
    with pytest.raises(NotScored):
        give(leads.lead(workspace), by=people.rep(workspace), is_right=True, now=NOW)


def test_votes_are_counted_by_what_is_wrong(workspace):
    for factor in ("location", "location", "", "potential"):
        give(scored(workspace), by=people.rep(workspace), is_right=False, factor=factor, text="So", now=NOW)
    give(scored(workspace), by=people.rep(workspace), is_right=True, now=NOW)
    give(scored(people.workspace()), by=people.user(), is_right=True, now=NOW)

    told = {each.label: each.wrong for each in tallies(workspace)}

    assert told == {"Location": 2, "Something else": 1, "Potential": 1}
    assert next(iter(told)) == "Location"
    assert (overall(workspace).right, overall(workspace).wrong) == (1, 4)


@pytest.mark.parametrize(
    ("wanted", "number"),
    [
        ({}, 3),
        ({"verdict": "wrong"}, 2),
        ({"verdict": "right"}, 1),
        ({"factor": "other"}, 1),
        ({"factor": "location"}, 1),
    ],
)
def test_votes_can_be_narrowed(workspace, wanted, number):
    rep = people.rep(workspace)
    give(scored(workspace), by=rep, is_right=False, factor="location", now=NOW)
    give(scored(workspace), by=rep, is_right=False, text="So", now=NOW)
    give(scored(workspace), by=rep, is_right=True, now=NOW)

    assert votes(workspace, **wanted).count() == number
