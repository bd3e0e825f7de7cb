"""Weights and cut-offs: their sum in words, their mistakes, and how they are brought to 100."""

import numpy as np
import pytest

from scoring.rulebook import KEYS, WEIGHTS
from scoring.weighting import Weighting

EVEN = (10,) * 10


@pytest.mark.parametrize(
    ("first", "said"),
    [
        (10, "The weights add up to 100."),
        (7, "The weights add up to 97: 3 are left."),
        (9, "The weights add up to 99: 1 is left."),
        (14, "The weights add up to 104: 4 too many."),
    ],
)
def test_the_sum_is_said_in_one_sentence(first, said):
    assert Weighting((first, *EVEN[1:])).said == said


@pytest.mark.parametrize(
    ("weighting", "problem"),
    [
        (Weighting((11, *EVEN[1:])), "1 too many"),
        (Weighting((-10, 30, *EVEN[2:])), "from 0 to 100"),
        (Weighting(cuts=(70, 75, 60, 45)), "must fall"),
        (Weighting(cuts=(85, 75, 60, 0)), "must fall"),
        (Weighting(cuts=(101, 75, 60, 45)), "must fall"),
    ],
    ids=["sum", "negative", "order", "zero", "too high"],
)
def test_mistakes_are_named(weighting, problem):
    assert [problem in each for each in weighting.problems()] == [True]


def test_the_default_has_no_problem():
    assert Weighting().problems() == ()


def test_balancing_keeps_what_was_set_by_hand():
    moved = Weighting((30, *WEIGHTS[1:]))

    balanced = moved.balanced(kept=["potential"])

    assert (balanced.weights[0], sum(balanced.weights)) == (30, 100)
    assert balanced.cuts == moved.cuts


@pytest.mark.parametrize("kept", [KEYS, KEYS[:2]], ids=["all", "more than 100 alone"])
def test_balancing_scales_everything_where_what_is_kept_leaves_no_way(kept):
    balanced = Weighting((90, 30, *EVEN[2:])).balanced(kept=kept)

    assert sum(balanced.weights) == 100
    assert balanced.weights[0] > balanced.weights[1] > balanced.weights[2]


def test_balancing_always_comes_to_a_hundred():
    chance = np.random.default_rng(5)
    for weights in chance.integers(0, 101, (200, 10)):
        kept = [KEYS[place] for place in np.flatnonzero(chance.random(10) < 0.3)]

        balanced = Weighting(tuple(weights.tolist())).balanced(kept)

        assert (sum(balanced.weights), min(balanced.weights) >= 0) == (100, True)


def test_weights_of_nothing_are_shared_evenly():
    assert Weighting((0,) * 10).balanced().weights == EVEN


def test_json_goes_there_and_back():
    made = Weighting.from_json({"weights": {"potential": 20, "engagement": 7}, "cuts": {"A": 72}})

    assert (made.weights[:2], made.cuts) == ((20, 7), (85, 72, 60, 45))
    assert Weighting.from_json(made.to_json()) == made


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"weights": {"charm": 3}}, "does not know charm"),
        ({"weights": {"potential": "3"}}, "whole numbers"),
        ({"weights": [1]}, "whole numbers"),
        ({"weights": []}, 'whole numbers, such as {"potential": 20}'),
        ({"cuts": None}, "whole numbers"),
        ({"nope": 1}, "no “nope” in a profile"),
        ({"cuts": {"D": 1}}, "does not know D"),
    ],
)
def test_wrong_json_is_named(data, said):
    with pytest.raises(ValueError, match=said):
        Weighting.from_json(data)


def test_differences_name_weights_and_cut_offs():
    other = Weighting((20, 7, *WEIGHTS[2:]), (85, 72, 60, 45))

    assert Weighting().difference(other) == [("Potential", 15, 20), ("Engagement", 12, 7), ("A from", 75, 72)]
    assert other.changed_from(Weighting()) == ["potential", "engagement"]
