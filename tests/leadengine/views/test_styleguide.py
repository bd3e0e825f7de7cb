"""The style guide's pages render the real parts in each of their states, for staff alone."""

import pytest

from tests.factories import people

PAGES = {
    "/styleguide/": ("Every component in every state", "/styleguide/scores/"),
    "/styleguide/work/": ("lead-card moving", "Nobody here.", "158 found = 115 delivered + 43 left out", "Include 21"),
    "/styleguide/search/": ('data-values="[&quot;Breweries', "Start run · at most 250 credits", 'id="bill-sheet"'),
    "/styleguide/search/?short=1": ("You are 60 credits short", "Cannot start yet"),
    "/styleguide/scores/": ("The score is right", 'data-peek="', "hannah@cobalt-foods.example"),
    "/styleguide/scores/?state=refused": ("Choose what is wrong.",),
    "/styleguide/scores/?state=wrong": ("You called A 81 wrong: Job title", "Lars Eriksen on A 81"),
    "/styleguide/scores/?state=right": ("You called A 81 right",),
    "/styleguide/scores/?state=others": ("Ana Novak on A 81: Job title", "The score is right"),
}
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("path", "told"), PAGES.items(), ids=PAGES)
def test_page_shows_its_parts(client, path, told):
    client.force_login(people.user(is_staff=True))

    page = client.get(path).content.decode()

    assert [words for words in told if words not in page] == []


@pytest.mark.parametrize("path", ["/styleguide/work/", "/styleguide/search/", "/styleguide/scores/"])
def test_page_is_refused_to_who_is_no_staff(client, path):
    client.force_login(people.rep(people.workspace()))

    assert client.get(path).status_code == 403
