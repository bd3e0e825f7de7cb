"""The charts of the dashboard; each bar leads to the leads that it counts."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.safestring import SafeString

from leadengine.charts import GRADES, Bar, bars, distribution, grade_class
from leadengine.columncharts import columns
from leadengine.linecharts import Series
from leads.figures import FROM_THE_FOOT, TENS
from leads.quality import Quality
from scoring.benchmarks import ENOUGH
from scoring.dashboard import wording
from scoring.dashboard.asked import Asked
from scoring.dashboard.cohort import Cohort, Industry
from scoring.dashboard.worth import BEST, IN_GOOD

UNITS = {1: "day", 3: "three days", 7: "week", 28: "four weeks"}
MOST_INDUSTRIES, TALL = 7, 400


def trend(of: Cohort) -> SafeString:
    period, today = of.asked.period, of.asked.today
    steps = period.steps(today)
    counts = {grade: [of.worth(step, grade).leads for step in steps] for grade in FROM_THE_FOOT}
    series = [Series(grade, values, grade_class(grade)) for grade, values in counts.items() if any(values)]
    best = [sum(counts[grade][place] for grade in BEST) for place in range(len(steps))]
    unit = UNITS[period.step]
    said = f"Grade A or better: {best[0]:,} in the first {unit}, {best[-1]:,} in the last."
    return columns(
        "trend",
        f"Leads per {unit} by grade",
        [step.label for step in steps],
        series,
        finding=said if series else "No graded lead came in these days.",
        corner="From",
        height=TALL,
        links=lambda place, grade: of.asked.url(f"grade:{grade}", span=steps[place]),
    )


def grades(spread: Mapping[tuple[int, str], int], asked: Asked) -> SafeString:
    counts = Quality({}, spread).grades
    return distribution(
        "grades", "Grades", counts, links={each: asked.url(f"grade:{each}") for each in GRADES if counts[each]}
    )


def histogram(spread: Mapping[tuple[int, str], int], asked: Asked) -> SafeString:
    tens = Quality({}, spread).tens
    series = [Series(grade, [ten.get(grade, 0) for ten in tens], grade_class(grade)) for grade in FROM_THE_FOOT]
    sizes = [sum(ten.values()) for ten in tens]
    top = TENS[max(range(10), key=lambda place: sizes[place])].replace("–", " to ")
    return columns(
        "spread",
        "Scores",
        TENS,
        [line for line in series if any(line.values)],
        finding=f"Most often a lead scores {top}.",
        corner="Score",
        links=lambda place, grade: asked.url(
            f"score:{10 * place}-{100 if place == 9 else 10 * place + 9}", f"grade:{grade}"
        ),
    )


def is_enough(each: Industry) -> bool:
    return each.graded >= ENOUGH


def benchmarked(found: list[Industry], asked: Asked) -> SafeString:
    """The share of A and B among this period's leads, beside that of all leads of the industry (the mark)."""
    enough = [each for each in found if is_enough(each)][:MOST_INDUSTRIES]
    gaps = {each.code: round(_share(each)) - round(_norm(each)) for each in enough}
    rows = [
        Bar(each.label, round(_share(each)), _norm(each), _gap(gaps[each.code]), href=_url(each, asked, IN_GOOD))
        for each in sorted(enough, key=_share, reverse=True)
    ]
    return bars(
        "industries",
        "A and B share by industry",
        rows,
        finding=_said(enough, gaps),
        columns=("Industry", "A and B", "Against all"),
        unit=" %",
        whole=100,
    )


def few(found: list[Industry], asked: Asked) -> list[tuple[str, int, str]]:
    """Name, number and address of the industries of which too few leads came to tell."""
    return [(each.label, each.graded, _url(each, asked, "-grade:none")) for each in found if not is_enough(each)]


def _url(each: Industry, asked: Asked, terms: str) -> str:
    return asked.url(f"industry:{each.code or 'none'}", terms)


def _share(each: Industry) -> float:
    return 100 * each.good / each.graded


def _norm(each: Industry) -> float:
    return 100 * each.all_good / each.all_graded


def _gap(gap: int) -> str:
    return f"{wording.signed(gap)} pt" if gap else "as all"


def _said(enough: list[Industry], gaps: Mapping[str, int]) -> str:
    if not enough:
        return f"Too few to tell: no industry has {ENOUGH} graded leads in these days."
    best = max(enough, key=lambda each: (gaps[each.code], each.graded))
    if not gaps[best.code] > 0:
        return f"No industry is above its mark; {best.label} is nearest."
    return f"{best.label} is {gaps[best.code]} points above its mark."
