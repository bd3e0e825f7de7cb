"""Thumbs on the score card, and the managers' page of votes."""

import pytest
from django.urls import reverse
from django.utils import timezone

from scoring.feedback import give
from scoring.models import ScoreFeedback
from tests.factories import leads, people, scores

pytestmark = pytest.mark.django_db

REGION = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def workspace():
    return people.workspace()


@pytest.fixture
def rep(client, workspace):
    user = people.rep(workspace, user=people.user("ada@northern.example"))
    client.force_login(user)
    return user


@pytest.fixture
def lead(workspace):
    lead = leads.lead(workspace, "Mira Sandoval")
    scores.score(lead)
    return lead


def url(name: str, lead) -> str:
    return reverse(f"scoring:score-feedback{name}", args=[lead.pk])


def test_card_asks(client, rep, lead):
    assert url("", lead) in client.get(reverse("scoring:score-card", args=[lead.pk])).content.decode()


def test_form_of_a_wrong_score_leads_to_where_wrong_data_is_reported(client, rep, lead):
    told = client.get(url("", lead), **REGION).content.decode()

    assert f'href="/leads/{lead.pk}/#wrong"' in told


def test_thumb_up_is_one_click(client, rep, lead):
    answer = client.post(url("-give", lead), {"is_right": "1"}, **REGION)

    assert "You called B 65 right" in answer.content.decode()
    assert ScoreFeedback.objects.get().is_right


def test_wrong_says_what(client, rep, lead):
    sent = {"is_right": "0", "factor": "company_size", "text": "They are forty people"}

    answer = client.post(url("-give", lead), sent, **REGION)

    assert "wrong: Company size. “They are forty people”" in answer.content.decode()


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"is_right": "0"}, "Choose what is wrong."),
        ({"is_right": "0", "factor": "other"}, "Say in a few words what is wrong."),
        ({"is_right": "0", "factor": "shoes"}, "Choose one of the ten factors, or something else."),
        ({"is_right": "0", "factor": "other", "text": "x" * 501}, "at most 500 characters"),
        ({}, "Say whether the score is right or wrong."),
    ],
)
def test_bad_vote_is_told_and_what_was_typed_stays(client, rep, lead, sent, sentence):
    answer = client.post(url("-give", lead), sent, **REGION)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert sent.get("text", "") in answer.content.decode()
    assert not ScoreFeedback.objects.exists()


def test_lead_that_is_not_graded_has_nothing_to_judge(client, rep, workspace):
    answer = client.post(url("-give", leads.lead(workspace)), {"is_right": "1"})

    assert answer.status_code == 422
    assert "not graded yet" in answer.content.decode()


def test_without_script_it_is_a_page(client, rep, lead):
    page = client.get(url("", lead)).content.decode()
    assert "<html" in page
    assert '<h2 id="feedback-title"' in page

    answer = client.post(url("-give", lead), {"is_right": "1"}, follow=True)

    assert "Thank you." in answer.content.decode()


def test_vote_can_be_withdrawn_and_others_see_it_until_then(client, rep, lead, workspace):
    give(
        lead,
        by=people.rep(workspace, user=people.user("bo@northern.example")),
        is_right=False,
        text="No",
        now=timezone.now(),
    )
    client.post(url("-give", lead), {"is_right": "1"})

    page = client.post(url("-withdraw", lead), **REGION).content.decode()

    assert "The score is right" in page
    assert "“No”" in page
    assert [vote.by.email for vote in ScoreFeedback.objects.all()] == ["bo@northern.example"]


def test_managers_read_the_votes(client, rep, lead, workspace):
    give(lead, by=rep, is_right=False, factor="location", text="Moved to Graz", now=timezone.now())
    client.force_login(people.manager(workspace))

    page = client.get(reverse("scoring:feedback-list")).content.decode()

    assert "0 called right, 1 wrong" in page
    assert "Moved to Graz" in page
    assert "No vote like this" in client.get(reverse("scoring:feedback-list") + "?verdict=right").content.decode()


def test_list_asks_no_more_for_more_votes(client, workspace, django_assert_max_num_queries):
    for _ in range(15):
        lead = leads.lead(workspace)
        scores.score(lead)
        give(lead, by=people.rep(workspace), is_right=True, now=timezone.now())
    client.force_login(people.manager(workspace))

    with django_assert_max_num_queries(16):
        client.get(reverse("scoring:feedback-list"))
