"""Charts are well-formed, labelled, free of inline style, and right on hard data."""

import pytest

from leadengine.charts import Bar, bars, distribution, grade_bar, grade_class, meter, score_ring
from tests.markup import parsed

COLUMNS = ("Industry", "Share", "Difference")


def widths(markup: str, css: str) -> list[str | None]:
    return [rect.get("width") for rect in parsed(markup).iter("rect") if css in (rect.get("class") or "").split()]


GRADED = {
    "nothing": {},
    "zeros": {"A+": 0, "A": 0},
    "one grade": {"D": 3},
    "all": {"A+": 12, "A": 46, "B": 121, "C": 84, "D": 41},
    "huge": {"A": 10**9, "D": 1},
}


@pytest.mark.parametrize("counts", GRADED.values(), ids=GRADED)
def test_grade_bar_fills_its_width_or_stays_empty(counts):
    filled = [float(width.rstrip("%")) for width in widths(grade_bar(counts), "fill")]

    assert sum(filled) == pytest.approx(100 if any(counts.values()) else 0, abs=0.05)


def test_grade_bar_golden():
    assert grade_bar({"A": 3, "D": 1}) == (
        '<div class="grade-bar"><svg class="chart" role="img" aria-label="Grades: 0 A+, 3 A, 0 B, 0 C, 1 D"'
        ' width="100%" height="10"><rect class="track" width="100%" height="10"/>'
        '<rect class="g-a fill" x="0.00%" width="75.00%" height="10"/>'
        '<rect class="g-d fill" x="75.00%" width="25.00%" height="10"/></svg><ul class="legend">'
        '<li><span class="grade g-ap">A+</span>0</li><li><span class="grade g-a">A</span>3</li>'
        '<li><span class="grade g-b">B</span>0</li><li><span class="grade g-c">C</span>0</li>'
        '<li><span class="grade g-d">D</span>1</li></ul></div>'
    )


def test_grade_bar_marks_estimates():
    assert "~1,200" in grade_bar({"B": 1200}, is_estimate=True)


@pytest.mark.parametrize("counts", GRADED.values(), ids=GRADED)
def test_distribution_is_a_table_of_five_grades(counts):
    figure = parsed(distribution("grades", "Grades", counts))

    assert [cell.findtext("span") for cell in figure.findall(".//tbody/tr/th")] == ["A+", "A", "B", "C", "D"]


def test_distribution_states_its_finding():
    assert "Of 304 leads, 58 are grade A or better (19 %)." in distribution("grades", "Grades", GRADED["all"])
    assert "No leads yet." in distribution("grades", "Grades", {})


BARS = {
    "none": ([], []),
    "zero": ([Bar("Energy", 0)], ["0.00%"]),
    "negative": ([Bar("Energy", -5), Bar("Retail", 10)], ["0.00%", "96.00%"]),
    "half": ([Bar("Energy", 1e9), Bar("Retail", 5e8)], ["96.00%", "48.00%"]),
    "benchmark above": ([Bar("Energy", 10, benchmark=20)], ["48.00%"]),
}


@pytest.mark.parametrize(("rows", "expected"), BARS.values(), ids=BARS)
def test_bars_are_scaled_to_the_largest_value(rows, expected):
    markup = bars("figure", "Shares", rows, finding="So it is.", columns=COLUMNS)

    assert widths(markup, "fill") == expected


def test_bars_of_shares_fill_a_track_that_is_the_whole_and_others_have_none():
    rows = [Bar("Energy", 66, benchmark=50)]

    shares, counts = (bars("f", "Shares", rows, finding="So.", columns=COLUMNS, whole=whole) for whole in (100, 0))

    assert (widths(shares, "track"), widths(shares, "fill")) == (["100%"], ["66.00%"])
    assert (widths(counts, "track"), widths(counts, "fill")) == ([], ["96.00%"])


def test_bars_say_the_benchmark_in_words():
    markup = bars("f", "Shares", [Bar("Energy", 10, benchmark=20)], finding="Low.", columns=COLUMNS, unit=" %")

    assert "benchmark 20 %" in "".join(parsed(markup).itertext())


def test_bar_leads_to_its_rows_by_pointer_and_its_number_by_key():
    rows = [Bar("A", 3, href="/a"), Bar("B", 0)]

    figure = parsed(bars("mix", "Mix", rows, finding="So it is.", columns=("Grade", "Leads", "Share")))

    links = [(link.get("href"), link.get("tabindex"), link.text) for link in figure.iter("a")]
    assert links == [("/a", "-1", None), ("/a", None, "3")]


def test_labels_are_escaped():
    markup = bars("f", "<b>", [Bar("<script>" * 20, 1)], finding="&", columns=COLUMNS)

    assert "<script>" not in markup
    assert parsed(markup).findtext(".//h2") == "<b>"


@pytest.mark.parametrize(
    ("percent", "width", "words"),
    [(-5, "0.00%", "0 %"), (0, "0.00%", "0 %"), (42.4, "42.40%", "42 %"), (250, "100.00%", "100 %")],
    ids=["below", "empty", "part", "above"],
)
def test_meter_is_cut_to_its_ends(percent, width, words):
    markup = meter(percent, "Credits left")

    assert widths(markup, "fill") == [width]
    assert f'aria-label="Credits left: {words}"' in markup


@pytest.mark.parametrize(("score", "dash"), [(0, "0.00"), (50, "87.96"), (100, "175.93")])
def test_score_ring_draws_its_share_of_the_circle(score, dash):
    arc = parsed(score_ring(score, "B")).findall(".//circle")[1]

    assert arc.get("stroke-dasharray") == f"{dash} 175.93"


def test_grades_have_classes_of_their_own():
    classes = [grade_class(letter) for letter in ("A+", "A", "B", "C", "D", "")]

    assert len(set(classes)) == 6
