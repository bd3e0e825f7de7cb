"""Each chart on hard data is, letter for letter, what somebody looked at.

The golden files stand in tests/leadengine/golden/. After a change that is meant, `GOLDEN=renew pytest
tests/leadengine/test_golden_charts.py` writes them anew: look at the difference before it is committed.
"""

import os
from pathlib import Path

import pytest

from leadengine.charts import Bar, bars, distribution, grade_bar, grade_strip, meter, score_ring
from leadengine.columncharts import columns
from leadengine.linecharts import Series, sparkline, trend
from tests.markup import parsed

FOLDER = Path(__file__).parent / "golden"
LONG = "The week of the great autumn fair for pumps, valves and compressors in Hannover"
MANY = 1_000
GRADED = {
    "empty": {},
    "zeros": {"A+": 0, "A": 0, "B": 0, "C": 0, "D": 0},
    "one": {"B": 1},
    "usual": {"A+": 12, "A": 46, "B": 121, "C": 84, "D": 41},
    "huge": {"A+": 1, "A": 9_999_999_999, "D": 123_456_789_012},
    "unknown-grade": {"E": 5, "A": 1},
}
VALUES: dict[str, list[float]] = {
    "empty": [],
    "one": [42],
    "zeros": [0, 0, 0, 0],
    "negative": [-40, -5, 0, 12.5],
    "huge": [1, 9.9e12, 3.3e18],
    "tiny": [0.001, 0.002],
    "thousand": [(index * 7919) % 1_013 for index in range(MANY)],
}


def labels_of(values: list[float]) -> list[str]:
    return [f"W{index + 1}" for index in range(len(values))]


def two(values: list[float]) -> list[Series]:
    """A second line of half the values, where they are not too many for a file that people read."""
    lines = [Series("A", values, "g-a", has_area=True), Series("B", [value / 2 for value in values], "g-b")]
    return lines if len(values) < MANY else lines[:1]


def charts() -> dict[str, str]:
    """Every chart by the name of its golden file."""
    drawn: dict[str, str] = {}
    for name, counts in GRADED.items():
        drawn[f"grade-bar-{name}"] = grade_bar(counts)
        drawn[f"grade-strip-{name}"] = grade_strip(counts)
        drawn[f"distribution-{name}"] = distribution("grades", "Grades", counts)
    for name, values in VALUES.items():
        labels = labels_of(values)
        drawn[f"trend-{name}"] = trend("weeks", "Leads", labels, two(values), finding="So it is.")
        drawn[f"columns-{name}"] = columns("weeks", "Leads", labels, two(values), finding="So it is.", corner="Week")
        drawn[f"sparkline-{name}"] = sparkline(values, "Leads")
        rows = [Bar(label, value, benchmark=10) for label, value in zip(labels, values, strict=True)][:50]
        drawn[f"bars-{name}"] = bars("share", "Shares", rows, finding="So it is.", columns=("Week", "Share", "Note"))
    drawn["bars-of-a-whole"] = bars(
        "share", "Shares", [Bar("W1", 66, 50)], finding="So.", columns=("Week", "Share", "Note"), unit=" %", whole=100
    )
    return drawn | long_labels() | {f"meter-{part}": meter(part, "Credits <left>") for part in (-5, 0, 42.4, 100, 1e9)}


def long_labels() -> dict[str, str]:
    labels, lines = [LONG] * 12, [Series(LONG, [5] * 12)]
    others = [f"{LONG} {number}" for number in range(12)]
    return {
        "trend-long": trend("weeks", LONG, others, lines, finding=LONG),
        "columns-long": columns("weeks", LONG, labels, lines, finding=LONG, corner=LONG),
        "bars-long": bars("share", LONG, [Bar(LONG, 3, note=LONG)], finding=LONG, columns=(LONG, LONG, LONG)),
        "sparkline-long": sparkline([1, 2], LONG),
        "ring": score_ring(67, "B"),
    }


CHARTS = charts()


@pytest.mark.parametrize("name", CHARTS)
def test_chart_is_as_it_was_looked_at(name):
    file, drawn = FOLDER / f"{name}.html", CHARTS[name].replace("><", ">\n<") + "\n"
    if os.environ.get("GOLDEN") == "renew":
        file.write_text(drawn, encoding="utf-8")

    assert drawn == file.read_text(encoding="utf-8")


def test_every_golden_file_belongs_to_a_chart():
    assert {file.stem for file in FOLDER.glob("*.html")} == set(CHARTS)


@pytest.mark.parametrize("name", CHARTS)
def test_chart_is_well_formed_and_carries_no_style(name):
    figure = parsed(CHARTS[name])

    assert [each for each in figure.iter() if "style" in each.attrib or each.tag == "script"] == []


@pytest.mark.parametrize("kind", ["trend", "columns"])
def test_thousand_points_stay_within_a_page(kind):
    shapes = [
        each for each in parsed(CHARTS[f"{kind}-thousand"]).iter() if each.get("class") in ("hit", "tick", "tick minor")
    ]

    assert len(shapes) <= 216
    assert len(CHARTS[f"{kind}-thousand"]) < 500_000


@pytest.mark.parametrize("name", [name for name in CHARTS if name.startswith(("trend-", "columns-"))])
def test_table_stands_behind_every_picture(name):
    figure = parsed(CHARTS[name])

    assert (figure.find(".//svg") is None) == (figure.find(".//details//table") is None)
