"""Small multiples: one scale for all, the numbers in words and in a table."""

import re

import pytest

from leadengine.multiples import HEIGHT, Panel, multiples


def heights(markup: str) -> list[list[float]]:
    """Of the columns, picture by picture."""
    return [[float(each) for each in re.findall(r' height="([\d.]+)"/>', part)] for part in markup.split("<svg")[1:]]


def drawn(*counts: dict[str, int]) -> str:
    panels = [Panel(f"Run {number}", f"/runs/{number}/", each) for number, each in enumerate(counts, 1)]
    return multiples("grades", "Grades", panels, finding="More A.", corner="Run")


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        pytest.param([{"A": 10}, {"A": 5}], [[HEIGHT], [HEIGHT / 2]], id="tallest of all fills the height"),
        pytest.param([{"B": 4, "C": 2}, {}], [[HEIGHT, HEIGHT / 2], []], id="a run of nothing draws nothing"),
        pytest.param([{}, {}], [[], []], id="nothing at all"),
    ],
)
def test_columns_share_one_scale(counts, expected):
    assert heights(drawn(*counts)) == expected


def test_numbers_are_said_and_stand_in_the_table():
    markup = drawn({"A+": 1200, "B": 3})

    assert 'aria-label="Run 1: 1,200 A+, 0 A, 3 B, 0 C, 0 D"' in markup
    assert '<td class="number">1,200</td>' in markup
    assert "The full height is 1,200 in each." in markup


def test_names_are_escaped():
    markup = multiples("grades", "Grades", [Panel("<b>", "/?a=1&b=2", {"A": 1})], finding="<i>")

    assert "<b>" not in markup
    assert "<i>" not in markup
