"""The four numbers on top: each with the period before, its course, and the leads behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from leadengine.svg import number
from scoring.benchmarks import ENOUGH
from scoring.dashboard import wording
from scoring.dashboard.asked import in_money
from scoring.dashboard.cohort import Cohort
from scoring.dashboard.period import Span
from scoring.dashboard.returns import Line
from scoring.dashboard.worth import GRADED, IN_BEST, IN_GOOD, TAKEN


@dataclass(frozen=True, slots=True)
class Card:
    """`change` against `before`, what it was then; `is_good` None: neither better nor worse. `note` stands below."""

    key: str
    label: str
    value: str
    href: str
    change: str
    is_good: bool | None
    before: str
    before_href: str
    course: list[float | None]
    note: str = ""

    def to_json(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in ("key", "label", "value", "change", "before", "note")}


def whole(of: Cohort, span: Span) -> Line:
    """All leads of these days as one line."""
    return Line("All", of.worth(span), of.cost(span), of.asked, of.usual)


Measure = Callable[[Line], float | None]


def _graded(line: Line) -> float | None:
    return float(line.worth.graded)


def _good_share(line: Line) -> float | None:
    return line.worth.good_share


def _cost_of_best(line: Line) -> float | None:
    paid = in_money(line.cost, line.asked)
    return float((line.cost if paid is None else paid) / line.worth.best) if line.worth.best else None


def _pipeline(line: Line) -> float | None:
    return float(line.pipeline)


def cards(of: Cohort) -> list[Card]:
    lines, cost_in, worth_in = _lines(of), _cost(of), _value(of)
    now = lines[0].worth
    counted, best = f"{now.graded:,} of {now.leads:,} leads added", f"{now.best:,} A+ and A"
    share, growth = wording.percent, wording.growth
    return [
        _card(lines, ("graded", "Leads graded", counted), GRADED, _graded, number, growth),
        _card(
            lines, ("good", "A and B share", "A+, A and B of all graded"), IN_GOOD, _good_share, share, wording.points
        ),
        _card(lines, ("cost", "Cost per A lead", best), IN_BEST, _cost_of_best, cost_in, growth),
        _card(lines, ("pipeline", "Pipeline", _return(lines[0])), TAKEN, _pipeline, worth_in, growth),
    ]


def _lines(of: Cohort) -> list[Line]:
    """All leads of the period, of the one before, and of each step."""
    return [whole(of, span) for span in (of.asked.span, of.asked.before, *of.asked.period.steps(of.asked.today))]


def _card(
    lines: list[Line],
    told: tuple[str, str, str],
    terms: str,
    measure: Measure,
    said: Callable[[float], str],
    change: Callable[[float, float], str],
) -> Card:
    """`told`: its key, label and note."""
    key, label, note = told
    now, then, *course = map(measure, lines)
    asked = lines[0].asked
    moved = change(now, then) if now is not None and then is not None else ""
    is_more = None if not moved or now == then else (now or 0) > (then or 0)
    return Card(
        key,
        label,
        "–" if now is None else said(now),
        asked.url(terms),
        moved,
        is_more if key != "cost" or is_more is None else not is_more,
        "nothing" if then is None else said(then),
        asked.url(terms, span=asked.before),
        course,
        note,
    )


def _cost(of: Cohort) -> Callable[[float], str]:
    money = of.asked.price is not None
    return lambda value: wording.price(Decimal(value), Decimal(value) if money else None, of.usual.currency)


def _value(of: Cohort) -> Callable[[float], str]:
    return lambda value: wording.worth(Decimal(value), of.usual.currency)


def _return(line: Line) -> str:
    if line.roi is not None:
        won = wording.percent(100 * line.worth.won / line.worth.closed)
        return f"ROI {line.roi_said}, {won} of {line.worth.closed:,} won"
    if line.asked.price is None:
        return "ROI: enter what a credit costs"
    if not line.is_enough:
        return f"ROI: too few, {line.worth.closed:,} of {ENOUGH} needed are won or lost"
    return "ROI: nothing was paid"
