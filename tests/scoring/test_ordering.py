"""What positions and wishes are worth to a source follows the score: the department of a seller above the rank."""

from __future__ import annotations

import pytest

from leads.criteria import Criteria
from leads.sources.worth import Worth
from scoring.ideal import IdealCustomer
from scoring.ordering import worth_of
from scoring.rulebook import KEYS, WEIGHTS

ALL_ON_SIZE = tuple(100 * (key == "company_size") for key in KEYS)
SELLERS = IdealCustomer(seniorities=("director",), departments=("sales",))


def points(worth: Worth, seniority: str, department: str) -> int:
    return next(role.points for role in worth.roles if seniority in role.seniorities and department in role.departments)


def test_positions_are_worth_what_the_score_makes_of_them():
    worth = worth_of(SELLERS, Criteria(), WEIGHTS)

    found = [
        points(worth, *each) for each in (("director", "sales"), ("vp", "sales"), ("director", "it"), ("vp", "it"))
    ]
    assert found == sorted(found, reverse=True)
    assert len(set(found)) == 4


def test_every_position_has_exactly_one_worth():
    worth = worth_of(SELLERS, Criteria(), WEIGHTS)

    pairs = [(rank, work) for role in worth.roles for rank in role.seniorities for work in role.departments]
    assert len(pairs) == len(set(pairs)) == 10 * 29


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ({"departments": {"values": ["it"], "level": "nice"}}, "it"),
        ({"departments": {"values": ["it"], "level": "must"}}, "sales"),
    ],
    ids=["the search's own wish comes before", "what must be tells nothing apart"],
)
def test_search_and_ideal_customer(asked, first):
    worth = worth_of(SELLERS, Criteria.from_json(asked), WEIGHTS)

    other = {"it": "sales", "sales": "it"}[first]
    assert points(worth, "director", first) > points(worth, "director", other)


def test_titles_tell_the_department():
    worth = worth_of(IdealCustomer(titles=("Head of Sales",)), Criteria(), WEIGHTS)

    assert [title for title, _points in worth.titles] == ["Head of Sales"]
    assert worth.titles[0][1] > points(worth, "director", "sales") > points(worth, "director", "it")


def test_without_a_position_sought_the_stored_rank_tells():
    assert worth_of(IdealCustomer(places=("DE",)), Criteria(), WEIGHTS).roles == ()


def test_wish_counts_by_the_weight_of_its_factor():
    worth = worth_of(SELLERS, Criteria(), ALL_ON_SIZE)

    assert worth.of("employees") > worth.of("industries") == worth.of("places") == 0
    assert points(worth, "director", "sales") == points(worth, "entry", "it") == 0
