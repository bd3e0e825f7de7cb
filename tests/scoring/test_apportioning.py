"""Whole parts of a change: they add up, and nothing is blamed for a rounding."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.apportioning import apportioned

UNIT = 10_000


@pytest.mark.parametrize(
    ("whole", "exact", "expected"),
    [
        pytest.param(0, [-3_000, 3_000], [0, 0], id="fractions that cancel out"),
        pytest.param(0, [-6_000, 6_000], [0, 0], id="fractions that would round to one each"),
        pytest.param(0, [4_900, 0], [0, 0], id="too little to show"),
        pytest.param(0, [-30_000, 30_000], [-3, 3], id="whole points that cancel out are told"),
        pytest.param(1, [200, 0, -100], [1, 0, 0], id="what tips the rounding is its cause"),
        pytest.param(3, [26_000, 6_000, 0], [3, 0, 0], id="of equal fractions the larger part"),
        pytest.param(-2, [-16_000, -7_000, 3_000], [-1, -1, 0], id="downwards"),
        pytest.param(3, [3_000] * 10, [1, 1, 1, *[0] * 7], id="many small ones"),
        pytest.param(1, [29_000, -18_000], [2, -1], id="both ways"),
    ],
)
def test_parts_of_a_change(whole, exact, expected):
    assert apportioned(whole, exact, UNIT) == expected


@given(st.lists(st.integers(-500_000, 500_000), min_size=1, max_size=10), st.integers(0, 1_000_000))
def test_parts_add_up_and_each_is_less_than_a_point_from_the_truth(exact, start):
    whole = (start + sum(exact) + UNIT // 2) // UNIT - (start + UNIT // 2) // UNIT

    parts = apportioned(whole, exact, UNIT)

    assert sum(parts) == whole
    assert all(abs(part * UNIT - truth) < UNIT for part, truth in zip(parts, exact, strict=True))
    assert all(part * truth > 0 for part, truth in zip(parts, exact, strict=True) if part)
