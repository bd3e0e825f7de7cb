"""Trends and sparklines are right on hard data, and the table always says the same as the picture."""

from itertools import pairwise

import pytest

from leadengine.linecharts import Series, sparkline, trend
from tests.markup import parsed

HARD = {
    "one point": ["W1"],
    "two points": ["W1", "W2"],
    "long labels": ["The week of the great fair in Hannover"] * 12,
}
VALUES = {"zeros": 0.0, "negative": -40.0, "huge": 9.9e12, "small": 0.001}


def drawn(markup: str) -> list[tuple[float, float]]:
    line = next(parsed(markup).iter("polyline"))
    return [tuple(float(part) for part in point.split(",")) for point in line.get("points", "").split()]


@pytest.mark.parametrize("labels", HARD.values(), ids=HARD)
@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_trend_stays_inside_its_plot(labels, value):
    markup = trend("t", "Leads", labels, [Series("A", [value] * len(labels))], finding="Flat.")

    points = drawn(markup)
    assert len(points) == len(labels)
    assert all(0 <= x <= 100 and 0 <= y <= 100 for x, y in points)


def test_trend_without_points_keeps_its_finding():
    figure = parsed(trend("t", "Leads", [], [], finding="No runs in this period."))

    assert figure.findtext(".//p") == "No runs in this period."
    assert figure.find(".//svg") is None


def test_trend_table_repeats_every_value():
    figure = parsed(trend("t", "Leads", ["W1", "W2"], [Series("A", [1, 2]), Series("B", [3, 1234.5])], finding="Up."))

    rows = [["".join(cell.itertext()) for cell in row] for row in figure.findall(".//tbody/tr")]
    assert rows == [["W1", "1", "3"], ["W2", "2", "1,234.5"]]


def test_trend_is_labelled_by_heading_and_finding():
    figure = parsed(trend("weeks", "Leads", ["W1"], [Series("A", [1])], finding="One."))

    named = figure.find(".//svg[@role='img']").get("aria-labelledby").split()
    assert [figure.find(f".//*[@id='{name}']").text for name in named] == ["Leads", "One."]


def test_names_of_lines_that_end_together_are_pushed_apart():
    lines = [Series(name, [10, 10]) for name in "ABC"]

    figure = parsed(trend("t", "Leads", ["W1", "W2"], lines, finding="Same."))

    heights = [float(text.get("y").rstrip("%")) for text in figure.iter("text") if text.get("class") == "end"]
    assert heights == sorted(heights)
    assert min(second - first for first, second in pairwise(heights)) >= 9


def test_lowest_value_stands_lowest():
    points = drawn(trend("t", "Leads", ["a", "b", "c"], [Series("A", [-10, 0, 10])], finding="Up."))

    assert [y for _, y in points] == [100.0, 50.0, 0.0]


@pytest.mark.parametrize("values", [[5], [0, 0, 0], [-3, 4], [1e12, 2e12]], ids=["one", "zeros", "negative", "huge"])
def test_sparkline_stays_inside_its_box(values):
    points = drawn(sparkline(values, "Leads"))

    assert len(points) == len(values)
    assert all(0 <= x <= 100 and 0 <= y <= 100 for x, y in points)


@pytest.mark.parametrize("missing", [None, float("nan")], ids=["none", "nan"])
def test_sparkline_leaves_a_missing_value_out_and_the_others_where_they_are(missing):
    markup = sparkline([missing, 2, missing, 4], "Leads")

    whole = [x for x, _ in drawn(sparkline([1, 2, 3, 4], "Leads"))]
    assert [x for x, _ in drawn(markup)] == [whole[1], whole[3]]
    assert "from 2 to 4" in markup
    assert "nan" not in markup.lower()
    assert "no data yet" in sparkline([missing], "Leads")


def test_sparkline_is_read_out():
    assert 'aria-label="Leads: from 1 to 1,500"' in sparkline([1, 7, 1500], "Leads")
    assert "no data yet" in sparkline([], "Leads")


def test_many_labels_are_thinned_out_and_the_last_stays():
    days = [f"day {number}" for number in range(30)]

    drawn = trend("use", "Use", days, [Series("Credits", [1.0] * 30)], finding="Even.")

    shown = [day for day in days if f">{day}</text>" in drawn]
    assert (len(shown), shown[-1]) == (15, "day 29")


@pytest.mark.parametrize(
    ("values", "lines"),
    [
        pytest.param([150.0, 3.0], ["0", "40", "80", "120", "160"], id="no 37.5"),
        pytest.param([149.5, 3.0], ["0", "40", "80", "120", "160"], id="of halves that are many"),
        pytest.param([1.0, 3.0], ["0", "1", "2", "3", "4"], id="few"),
        pytest.param([0.5, 1.0], ["0", "0.2", "0.5", "0.8", "1"], id="small fractions"),
    ],
)
def test_grid_lines_of_what_is_counted_are_whole(values, lines):
    figure = parsed(trend("t", "Leads", ["a", "b"], [Series("A", values)], finding="So."))

    assert [each.text for each in figure.iter("text") if each.get("x") == "-10"] == lines
