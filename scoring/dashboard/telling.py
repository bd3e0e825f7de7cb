"""The dashboard's figures for programs, as JSON and as rows of a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from leadengine.csv_writing import Cell
from leads.quality import Quality
from scoring.benchmarks import ENOUGH
from scoring.dashboard.board import Board
from scoring.dashboard.cards import whole
from scoring.dashboard.cohort import Industry
from scoring.dashboard.returns import Line

HEADER = (
    "Part",
    "Name",
    "From",
    "To",
    "Leads",
    "Graded",
    "A+, A and B",
    "A+ and A",
    "Won",
    "Lost",
    "In the pipeline",
    "Cost in credits",
    "Pipeline value",
    "Currency",
    "ROI",
)


def to_json(found: Board) -> dict[str, Any]:
    asked, spread = found.asked, found.spread or {}
    steps = asked.period.steps(asked.today)
    return {
        "period": {"key": asked.period.key, "from": str(asked.span.first), "to": str(asked.span.last)},
        "before": {"from": str(asked.before.first), "to": str(asked.before.last)},
        "cards": [each.to_json() for each in found.cards],
        "total": found.whole.to_json(),
        "trend": [
            {"from": str(step.first), "to": str(step.last), **whole(found.of, step).to_json(), "name": step.label}
            for step in steps
        ],
        "grades": dict(Quality({}, spread).grades),
        "scores": [sum(ten.values()) for ten in Quality({}, spread).tens],
        "industries": [_industry(each) for each in found.industries or []],
        "sources": [each.to_json() for each in found.sources],
        "reps": [each.to_json() for each in found.reps],
        "runs": [each.to_json() for each in found.runs or []],
        "accuracy": [each.to_json() for each in found.accuracy],
    }


def _industry(each: Industry) -> dict[str, Any]:
    told = {"industry": each.code, "name": each.label, "graded": each.graded}
    if each.graded < ENOUGH:
        return told
    return told | {"good": each.good, "benchmark_graded": each.all_graded, "benchmark_good": each.all_good}


def rows(found: Board) -> Iterator[tuple[Cell, ...]]:
    """One for the period, the one before, each step, each source and each rep."""
    asked = found.asked
    for part, span in (("Period", asked.span), ("Before", asked.before)):
        yield _row(part, whole(found.of, span), str(span.first), str(span.last))
    for step in asked.period.steps(asked.today):
        yield _row("Trend", whole(found.of, step), str(step.first), str(step.last))
    for part, lines in (("Source", found.sources), ("Owner", found.reps)):
        for line in lines:
            yield _row(part, line, str(asked.span.first), str(asked.span.last))


def _row(part: str, line: Line, first: str, last: str) -> tuple[Cell, ...]:
    worth = line.worth
    counted = (worth.leads, worth.graded, worth.good, worth.best, worth.won, worth.lost, worth.taken)
    cost: Cell = "" if part == "Owner" else round(line.cost, 2)
    roi: Cell = "" if line.roi is None else round(line.roi, 2)
    return (part, line.label, first, last, *counted, cost, round(line.pipeline, 2), line.usual.currency, roi)
