"""Two versions beside each other in words."""

import pytest

from scoring.comparing import compared
from scoring.models import Profile


@pytest.mark.parametrize(
    ("fields", "differences"),
    [
        ({}, {}),
        ({"potential": 20, "engagement": 7}, {"weights": {"Potential": ["15", "20"], "Engagement": ["12", "7"]}}),
        ({"cut_a": 70}, {"cuts": {"A from": ["75", "70"]}}),
        ({"ideal": {"industries": ["retail"]}}, {"ideal": {"Industries": ["open", "Retail"]}}),
        ({"expected": [0.5, *[0.4] * 9]}, {"averages": {"Potential": ["40 %", "50 %"]}}),
    ],
    ids=["nothing", "weights", "cut-off", "ideal customer", "averages"],
)
def test_what_differs_is_named(fields, differences):
    found = compared(Profile(), Profile(**fields))

    assert {part: lines for part, lines in found.to_json().items() if lines} == differences
    assert found.differences == sum(len(lines) for lines in differences.values())
