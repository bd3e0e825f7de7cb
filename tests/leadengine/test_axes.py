"""Axes end at round numbers, count in whole ones, and carry as many labels as fit."""

import pytest

from leadengine.axes import nice_top, short, ticks, whole_top
from leadengine.svg import compact
from tests.markup import parsed


@pytest.mark.parametrize(("value", "top"), [(0, 1), (-5, 1), (0.3, 0.3), (7, 8), (101, 150), (9.9e12, 1e13)])
def test_axis_ends_at_the_next_round_number(value, top):
    assert nice_top(value) == pytest.approx(top)


@pytest.mark.parametrize(("value", "top"), [(0, 4), (3, 4), (5, 8), (9, 12), (13, 16), (133, 160), (1_000, 1_000)])
def test_quarters_of_what_is_counted_are_whole(value, top):
    assert whole_top(value) == top
    assert (whole_top(value) / 4).is_integer()


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (0, "0"),
        (-26.25, "−26.2"),
        (9_999, "9,999"),
        (12_000, "12k"),
        (3.4e6, "3.4M"),
        (9.9e12, "9.9tn"),
        (-2e9, "−2bn"),
    ],
)
def test_numbers_on_an_axis_are_short(value, read):
    assert compact(value) == read


def test_long_labels_are_cut_and_the_last_one_ends_with_the_plot():
    labels = [f"Week {number} of the fair" for number in range(12)]

    shown = list(parsed(f"<svg>{ticks(labels, [0.0] * 12)}</svg>").iter("text"))

    assert [text.text for text in shown][-1] == short(labels[-1])
    assert (shown[-1].get("x"), shown[-1].get("text-anchor")) == ("100.00%", "end")
    assert len(shown) < 12


def test_of_equal_labels_side_by_side_a_line_has_the_last_alone():
    drawn = parsed(f"<g>{ticks(['25 Nov', '25 Nov', '26 Nov', '26 Nov'], [1, 34, 66, 99], is_line=True)}</g>")

    assert [(text.get("x"), text.text) for text in drawn.iter("text")] == [("34.00%", "25 Nov"), ("99.00%", "26 Nov")]
