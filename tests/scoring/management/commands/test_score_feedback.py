"""`manage.py score_feedback`: votes are listed and given by script."""

import pytest

from tests.commands import data, refused
from tests.factories import leads, people, scores

pytestmark = pytest.mark.django_db


@pytest.fixture
def workspace():
    made = people.workspace()
    people.owner(made)
    return made


@pytest.fixture
def lead(workspace):
    lead = leads.lead(workspace, "Mira Sandoval")
    scores.score(lead)
    return lead


def test_vote_is_given_listed_and_withdrawn(workspace, lead):
    command = ("score_feedback", "--workspace", workspace.slug)

    told = data(*command, "--lead", lead.pk, "--wrong", "location", "--text", "Moved")

    assert (told["right"], told["wrong"], told["by_factor"]) == (0, 1, {"location": 1})
    assert [(vote["name"], vote["factor"], vote["text"]) for vote in told["votes"]] == [
        ("Mira Sandoval", "location", "Moved")
    ]
    assert data(*command, "--lead", lead.pk, "--right")["right"] == 1
    assert data(*command, "--lead", lead.pk, "--withdraw")["votes"] == []


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ((), "Say --right, --wrong FACTOR or --withdraw."),
        (("--wrong", "other"), "Say in a few words what is wrong: --text."),
        (("--right", "--text", "x" * 501), "The text is longer than 500 characters."),
    ],
)
def test_what_is_missing_is_told(workspace, lead, given, sentence):
    assert refused("score_feedback", "--workspace", workspace.slug, "--lead", lead.pk, *given) == sentence


def test_lead_must_be_of_the_workspace_and_graded(workspace):
    foreign, bare = leads.lead(), leads.lead(workspace)
    command = ("score_feedback", "--workspace", workspace.slug, "--right", "--lead")

    assert "has no lead" in refused(*command, foreign.pk)
    assert "not graded yet" in refused(*command, bare.pk)
