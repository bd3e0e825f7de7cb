"""Another weighting tried on stored values: matrix, movers, deals, and what fresh averages alone change."""

from dataclasses import replace

import numpy as np
import pytest

from scoring.engine import tally
from scoring.rulebook import GRADES, ScoringProfile
from scoring.stored import LOST, OPEN, WON, Stored
from scoring.trial import trial

NOW_RULES = ScoringProfile()
ON_POTENTIAL = ScoringProfile(weights=(100, *[0] * 9))


def stored(*rows, outcomes=()):
    steps = np.array(rows, dtype=np.int64)
    n = len(rows)
    ids = np.array([bytes([place]) * 16 for place in range(n)], dtype="V16")
    return Stored(ids, steps, np.ones(n, dtype=bool), np.array(outcomes or [OPEN] * n, dtype=np.int16))


def row(potential, rest=5_000):
    return (potential, *[rest] * 9)


THREE = stored(row(10_000), row(0), row(5_000), outcomes=[WON, LOST, OPEN])


def test_the_matrix_goes_from_the_grade_before_to_the_grade_after():
    found = trial(THREE, NOW_RULES, ON_POTENTIAL).matrix()

    moves = {(GRADES[i], GRADES[j]): n for i, line in enumerate(found) for j, n in enumerate(line) if n}
    assert moves == {("C", "A+"): 1, ("D", "D"): 1, ("C", "C"): 1}


def test_nothing_changes_under_the_same_rules():
    found = trial(THREE, NOW_RULES, NOW_RULES)

    assert (found.changed, found.by_averages, len(found.movers())) == (0, 0, 0)


def test_movers_stand_in_the_order_of_how_far_they_move():
    many = stored(row(8_000), row(10_000), row(0, 9_000), row(5_000))

    found = trial(many, NOW_RULES, ON_POTENTIAL)

    assert [move.row for move in found.moves(found.movers())] == [2, 1, 0]
    assert [(move.grade_before, move.grade) for move in found.moves(found.movers())] == [
        ("A", "D"),
        ("C", "A+"),
        ("C", "A"),
    ]
    assert [move.row for move in found.moves(found.movers("C", "A"))] == [0]


def test_deals_are_counted_by_the_grades_before_and_after():
    deals = {each.grade: each for each in trial(THREE, NOW_RULES, ON_POTENTIAL).deals()}

    assert (deals["C"].won_before, deals["A+"].won, deals["D"].lost, deals["D"].lost_before) == (1, 1, 1, 1)
    assert (deals["A+"].share, deals["A+"].share_before) == ("100 %", "–")


def test_what_fresh_averages_alone_change_is_counted():
    unknown = stored((-1,) * 10)
    after = replace(NOW_RULES, expected=(0.8,) * 10)

    found = trial(unknown, NOW_RULES, after)

    assert (found.changed, found.by_averages, found.better, found.worse) == (1, 1, 1, 0)
    assert found.averages[0] == ("Potential", NOW_RULES.expected[0], 0.8)
    assert len(found.averages) == 10


@pytest.mark.parametrize("seed", range(3))
def test_a_trial_says_what_scoring_would_say(seed):
    chance = np.random.default_rng(seed)
    steps = np.where(chance.random((200, 10)) < 0.2, -1, chance.integers(0, 10_001, (200, 10)))
    weights = chance.multinomial(100, [0.1] * 10)
    other = ScoringProfile(weights=tuple(weights.tolist()), cuts=(80, 66, 50, 30), expected=(0.3,) * 10)

    found = trial(stored(*steps.tolist()), NOW_RULES, other)

    assert found.after.tolist() == tally(steps, other).total.tolist()
    assert [GRADES[place] for place in found.ranks_after] == tally(steps, other).grade
    assert found.counts()[0] == {grade: tally(steps, NOW_RULES).grade.count(grade) for grade in GRADES}
    assert sum(map(sum, found.matrix())) == 200
