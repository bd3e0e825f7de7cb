"""From one lead to the next, in the order of the list that a person came from."""

import pytest
from django.urls import reverse

from tests.factories import leads, people, runs, scores

pytestmark = pytest.mark.django_db


@pytest.fixture
def workspace():
    return people.workspace()


@pytest.fixture
def rep(client, workspace):
    user = people.rep(workspace)
    client.force_login(user)
    return user


@pytest.fixture
def three(workspace):
    """The best first: Ada, Bo, Cy."""
    made = [leads.lead(workspace, name) for name in ("Ada Best", "Bo Middle", "Cy Last")]
    for lead, total in zip(made, (90, 70, 50), strict=True):
        scores.score(lead, "B", total)
    return made


def page(lead) -> str:
    return reverse("leads:lead-detail", args=[lead.pk])


def test_neighbours_stand_in_the_order_of_the_list(client, rep, three):
    text = client.get(page(three[1]) + "?from=sort%3Dscore").content.decode()

    assert "2 of 3" in text
    assert f'rel="prev" href="{page(three[0])}?from=sort%3Dscore"' in text
    assert f'rel="next" href="{page(three[2])}?from=sort%3Dscore"' in text


def test_the_list_is_known_by_the_page_one_comes_from(client, rep, three):
    came_from = f"http://testserver{reverse('leads:lead-list')}?q=Best"

    text = client.get(page(three[0]), headers={"Referer": came_from}).content.decode()

    assert "1 of 1" in text
    assert f'href="{reverse("leads:lead-list")}?q=Best"' in text


def test_the_whole_list_is_remembered_too(client, rep, three):
    came_from = f"http://testserver{reverse('leads:lead-list')}"

    text = client.get(page(three[0]), headers={"Referer": came_from}).content.decode()

    assert f'rel="next" href="{page(three[1])}?from="' in text


def test_leads_of_a_run_follow_each_other(client, rep, workspace, three):
    run = runs.run(workspace)
    for lead in three[:2]:
        runs.delivery(runs.lane(run, source=lead.full_name[:3]), lead)
    came_from = f"http://testserver{reverse('leads:run-detail', args=[run.pk])}"

    assert "2 of 2" in client.get(page(three[1]), headers={"Referer": came_from}).content.decode()


@pytest.mark.parametrize(
    "headers",
    [{}, {"Referer": "https://elsewhere.example/leads/"}, {"Referer": "http://testserver/nowhere/"}],
    ids=["typed in", "another site", "no page of ours"],
)
def test_who_comes_from_nowhere_has_no_neighbours(client, rep, three, headers):
    text = client.get(page(three[1]), headers=headers).content.decode()

    assert 'rel="next"' not in text


def test_lead_that_is_not_on_the_list_has_no_neighbours(client, rep, three):
    assert 'rel="next"' not in client.get(page(three[1]) + "?from=q%3DNobody").content.decode()


def test_list_of_another_workspace_gives_no_names_away(client, rep, three):
    foreign = leads.lead(people.workspace(), "Foreign Person")

    text = client.get(page(three[2]) + "?from=sort%3Dname").content.decode()

    assert str(foreign.pk) not in text
