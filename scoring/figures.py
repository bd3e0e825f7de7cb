"""The figures of the scoring page: grades now, over weeks, and by industry, as pictures with their tables behind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString

from leadengine import charts
from leadengine.charts import Bar
from leadengine.columncharts import columns
from leadengine.linecharts import Series, trend
from scoring.benchmarks import ENOUGH, IndustryScores, by_industry, median
from scoring.rulebook import GRADES
from scoring.trends import Cause, Step, Week, causes, weeks

MOST_NAMED = 6


@dataclass(frozen=True, slots=True)
class Figures:
    """`too_few` names the industries that are left out of the medians."""

    leads: int
    mix: SafeString
    weeks: SafeString
    medians: SafeString
    too_few: str
    causes: list[Cause]


def figures(workspace: Any, *, now: datetime) -> Figures:
    """Three queries, whatever the number of leads."""
    industries, mixes = by_industry(workspace), weeks(workspace, now=now)
    few = [each.label for each in industries if not each.is_enough]
    named = ", ".join(few[:MOST_NAMED]) + (f" and {len(few) - MOST_NAMED} more" if len(few) > MOST_NAMED else "")
    return Figures(
        leads=sum(each.leads for each in industries),
        mix=charts.distribution("mix", "Grades now", mixes[-1].grades),
        weeks=_weeks(mixes),
        medians=_medians(industries),
        too_few=named,
        causes=causes(workspace, now=now),
    )


def _weeks(mixes: list[Week]) -> SafeString:
    series = [
        Series(grade, [week.grades[grade] for week in mixes], css=charts.grade_class(grade))
        for grade in reversed(GRADES)
    ]
    labels = [f"{week.monday:%d} {week.monday:%b}".lstrip("0") for week in mixes]
    return columns("weeks", "Grades by week", labels, series, finding=_said(mixes), corner="Week from")


def _said(mixes: list[Week]) -> str:
    """How the share of A or better moved, in a sentence."""
    full = [week for week in mixes if week.leads >= ENOUGH]
    if len(full) < 2:
        return "Too few leads to speak of a trend yet."
    first, last = (_share(week) for week in (full[0], full[-1]))
    return f"A or better: {first:.0f} % in the week from {full[0].monday:%-d %B}, {last:.0f} % now."


def _share(week: Week) -> float:
    return 100 * (week.grades["A+"] + week.grades["A"]) / week.leads


def _medians(found: list[IndustryScores]) -> SafeString:
    enough = sorted((each for each in found if each.is_enough), key=lambda each: (-each.median, each.label))
    everyone: dict[int, int] = {}
    for each in found:
        for total, number in each.totals.items():
            everyone[total] = everyone.get(total, 0) + number
    whole = median(everyone)
    rows = [Bar(each.label, each.median, benchmark=whole, note=f"{each.leads:,} leads") for each in enough]
    finding = (
        f"Half of all leads score {whole:g} or more (the mark). Best: {enough[0].label}." if enough else "Too few."
    )
    return charts.bars(
        "medians",
        "Median by industry",
        rows,
        finding=finding,
        columns=("Industry", "Median score", "Compared"),
        whole=100,
    )


def score_line(steps: list[Step]) -> SafeString | None:
    """One lead's score over its changes, oldest first; None where there is nothing to draw yet."""
    if len(steps) < 3:
        return None
    ordered = list(reversed(steps))
    moments = [timezone.localtime(step.at) for step in ordered]
    is_one_day = moments[0].date() == moments[-1].date()
    labels = [f"{moment:%H:%M}" if is_one_day else f"{moment:%-d %b}" for moment in moments]
    first, last = ordered[0].total, ordered[-1].total
    on = f" on {moments[0]:%-d %B}" if is_one_day else ""
    finding = f"From {first} to {last} in {len(ordered) - 1} changes{on}."
    line = Series("Score", [step.total for step in ordered])
    return trend("score-line", "Score", labels, [line], finding=finding)
