"""Totals, lines, ranges and grades."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from scoring.columns import Email, Position
from scoring.engine import KEYS, UNKNOWN, score, tally
from scoring.rulebook import GRADES, ScoringProfile, at_least, grade_of
from tests.factories import scoring

steps = arrays.arrays(np.int64, st.tuples(st.integers(1, 20), st.just(10)), elements=st.integers(UNKNOWN, 10_000))
expected = st.tuples(*[st.floats(0, 1)] * 10)
weights = st.lists(st.integers(0, 100), min_size=9, max_size=9).map(
    lambda cuts: tuple(int(part) for part in np.diff([0, *sorted(cuts), 100]))
)


@given(steps, weights, expected)
def test_lines_add_up_to_the_total(values, weights, expected) -> None:
    scores = tally(values, ScoringProfile(weights=weights, expected=expected))

    assert (scores.points.sum(axis=1) == scores.total).all()
    assert (scores.points >= 0).all()
    assert (scores.points <= np.array(weights)).all()


@given(steps, weights, expected)
def test_total_lies_in_its_range(values, weights, expected) -> None:
    scores = tally(values, ScoringProfile(weights=weights, expected=expected))

    assert (scores.low <= scores.total).all()
    assert (scores.total <= scores.high).all()
    assert ((scores.low >= 0) & (scores.high <= 100)).all()


@given(steps, weights)
def test_grade_is_that_of_the_integer_on_screen(values, weights) -> None:
    scores = tally(values, ScoringProfile(weights=weights))

    assert scores.grade == [grade_of(total) for total in scores.total.tolist()]


@given(steps, st.integers(0, 9))
def test_better_factor_never_lowers_the_total(values, place) -> None:
    better = values.copy()
    better[:, place] = 10_000

    assert (tally(better, ScoringProfile()).total >= tally(values, ScoringProfile(expected=(0.4,) * 10)).total).all()


@given(steps, st.integers(0, 9), st.integers(0, 9))
def test_weight_moved_to_a_better_factor_never_lowers_the_total(values, first, second) -> None:
    values = np.abs(values)
    weights = np.full(10, 10)
    weights[first] += 5
    weights[second] -= 5
    moved, even = ScoringProfile(weights=tuple(weights.tolist())), ScoringProfile(weights=(10,) * 10)

    rises = values[:, first] >= values[:, second]

    assert (tally(values, moved).total >= tally(values, even).total)[rises].all()


def test_unknown_counts_as_expected_and_is_not_known() -> None:
    unknown = tally(np.full((1, 10), UNKNOWN), ScoringProfile(expected=(0.5,) * 10))

    assert unknown.total.tolist() == [50]
    assert (unknown.low.tolist(), unknown.high.tolist(), unknown.confidence.tolist()) == ([0], [100], [0])
    assert np.isnan(unknown.values).all()


def test_confidence_is_the_weight_that_is_known() -> None:
    values = np.array([[10_000, UNKNOWN, UNKNOWN, 10_000, *[UNKNOWN] * 6]])

    assert tally(values, ScoringProfile()).confidence.tolist() == [25]


@pytest.mark.parametrize(
    ("total", "grade"),
    [(100, "A+"), (85, "A+"), (84, "A"), (75, "A"), (74, "B"), (60, "B"), (59, "C"), (45, "C"), (44, "D"), (0, "D")],
)
def test_grade_at_its_cut(total, grade) -> None:
    assert grade_of(total) == grade


@pytest.mark.parametrize("lowest", GRADES)
def test_at_least_holds_for_the_grade_and_better_ones(lowest) -> None:
    assert [at_least(grade, lowest) for grade in GRADES] == [place <= GRADES.index(lowest) for place in range(5)]


def test_no_leads_give_no_scores() -> None:
    scores = tally(np.zeros((0, 10), dtype=np.int64), ScoringProfile())

    assert (len(scores), scores.grade) == (0, [])


def test_lines_of_a_worked_example() -> None:
    facts = scoring.facts(
        position=Position("CEO", "c_level", "executive"), industry="retail", email=Email("deliverable"), employees=80
    )
    rules = scoring.rulebook(industries=("retail",), seniorities=("c_level",))

    scores = score(facts, rules)

    assert dict(zip(KEYS, scores.points[0].tolist(), strict=True)) == {
        "potential": 15,
        "engagement": 5,
        "company_fit": 15,
        "contactability": 9,
        "industry_match": 12,
        "job_title": 10,
        "location": 3,
        "company_size": 3,
        "engagement_history": 3,
        "email_validity": 4,
    }


@pytest.mark.parametrize(
    "wrong",
    [
        {"weights": (10,) * 9},
        {"weights": (11,) + (10,) * 9},
        {"weights": (-10, 30, *[10] * 8)},
        {"expected": (1.1,) * 10},
    ],
    ids=["nine", "over 100", "negative", "expected over 1"],
)
def test_impossible_rules_are_refused(wrong) -> None:
    with pytest.raises(ValueError, match="must"):
        ScoringProfile(**wrong)
