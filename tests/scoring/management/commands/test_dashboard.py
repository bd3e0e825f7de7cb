"""`manage.py dashboard` tells what the page tells."""

from __future__ import annotations

import pytest

from scoring.dashboard.telling import to_json
from tests.commands import data, refused, words
from tests.factories import people
from tests.scoring.dashboard.test_board import made, shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def workspace():
    found = people.workspace()
    made(found, people.rep(found, user=people.user("rosa@sample.example")))
    people.manager(found)
    return found


def test_json_has_the_figures_of_the_page(workspace):
    found = data("dashboard", "--workspace", workspace.slug, "--period", "w")

    assert found == to_json(shown(workspace))
    assert (found["total"]["graded"], found["grades"]["C"], sum(found["scores"])) == (5, 1, 5)


def test_words_are_of_one_owner_and_in_money(workspace):
    told = words("dashboard", "--workspace", workspace.slug, "--owner", "Rosa@sample.example", "--credit-price", "0.5")

    assert "Leads graded: 3 (0 before)" in told
    assert "Cost per A lead: 2.00 EUR" in told


@pytest.mark.parametrize(
    ("given", "said"),
    [(("--owner", "nobody@sample.example"), "is no member"), (("--credit-price", "much"), "Write an amount")],
    ids=["owner", "price"],
)
def test_what_is_wrong_is_told(workspace, given, said):
    assert said in refused("dashboard", "--workspace", workspace.slug, *given)
