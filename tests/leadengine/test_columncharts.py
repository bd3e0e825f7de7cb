"""Stacked columns: heights add up, and what has no height stands in the table."""

import pytest

from leadengine.columncharts import columns
from leadengine.linecharts import Series
from tests.markup import parsed

LINES = [Series("C", [3, 0], "g-c"), Series("A", [1, -2], "g-a")]


def drawn():
    return parsed(columns("weeks", "Leads", ["W1", "W2"], LINES, finding="So it is.", corner="Week"))


def test_parts_stand_on_each_other_and_fill_their_share_of_the_axis():
    parts = [(rect.get("class"), rect.get("y"), rect.get("height")) for rect in drawn().iter("rect")]

    assert parts == [("fill g-c", "25.00%", "75.00%"), ("fill g-a", "0.00%", "25.00%")]


def test_table_has_every_value_also_that_below_zero():
    rows = [["".join(cell.itertext()) for cell in row] for row in drawn().findall(".//tbody/tr")]

    assert rows == [["W1", "3", "1"], ["W2", "0", "−2"]]


def test_column_says_what_it_is_made_of():
    assert [title.text for title in drawn().iter("title")] == ["W1: C 3, A 1", "W2: nothing"]


def test_what_leads_to_its_rows_does_so_by_pointer_in_the_picture_and_by_key_in_the_table():
    figure = parsed(
        columns("weeks", "Leads", ["W1", "W2"], LINES, finding="So it is.", links=lambda place, name: f"/{name}{place}")
    )

    by_pointer = [link.get("href") for link in figure.iter("a") if link.get("tabindex") == "-1"]
    by_key = [(link.get("href"), link.text) for link in figure.iter("a") if link.get("tabindex") is None]
    assert (by_pointer, by_key) == (["/C0", "/A0"], [("/C0", "3"), ("/A0", "1"), ("/A1", "−2")])
    assert figure.find(".//svg").get("role") == "group"


def test_legend_reads_from_the_top_of_the_stack():
    assert [item.find("span").tail for item in drawn().findall(".//ul/li")] == ["A", "C"]


@pytest.mark.parametrize(("labels", "series"), [([], LINES), (["W1"], [])], ids=["no columns", "no parts"])
def test_without_data_there_is_the_finding_alone(labels, series):
    figure = parsed(columns("weeks", "Leads", labels, series, finding="No leads yet."))

    assert figure.findtext(".//p") == "No leads yet."
    assert figure.find(".//svg") is None
