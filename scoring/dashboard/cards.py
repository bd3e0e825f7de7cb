"""The four numbers on top: each with the period before, its course, and the leads behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from leadengine.svg import number
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
    return Line("All", of.worth(span), of.cost(span) or Decimal(0), of.asked, of.usual)


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
    cost_in = _cost(of)
    all_ = whole(of, of.asked.span)
    counted = f"{all_.worth.graded:,} of {all_.worth.leads:,} leads added"
    rate = wording.percent(None if all_.worth.win_rate is None else 100 * float(all_.worth.win_rate))
    roi = f"ROI {all_.roi_said}, {rate} of {all_.worth.closed} won" if all_.roi is not None else _why_none(all_)
    return [
        _card(of, "graded", "Leads graded", GRADED, _graded, number, wording.growth, note=counted),
        _card(
            of,
            "good",
            "A and B share",
            IN_GOOD,
            _good_share,
            wording.percent,
            wording.points,
            note="A+, A and B of all graded",
        ),
        _card(
            of, "cost", "Cost per A lead", IN_BEST, _cost_of_best, cost_in, _less, note=f"{all_.worth.best:,} A+ and A"
        ),
        _card(of, "pipeline", "Pipeline", TAKEN, _pipeline, _value(of), wording.growth, note=roi),
    ]


def _card(
    of: Cohort,
    key: str,
    label: str,
    terms: str,
    measure: Measure,
    said: Callable[[float], str],
    change: Callable[..., str],
    note: str,
) -> Card:
    now, then = (measure(whole(of, span)) for span in (of.asked.span, of.asked.before))
    is_known = now is not None and then is not None
    moved = change(now, then) if is_known else ""
    better = None if not moved or now == then else (now or 0) > (then or 0)
    return Card(
        key,
        label,
        "–" if now is None else said(now),
        of.asked.url(terms),
        moved,
        better if key != "cost" or better is None else not better,
        "nothing" if then is None else said(then),
        of.asked.url(terms, span=of.asked.before),
        [measure(whole(of, step)) for step in of.asked.period.steps(of.asked.today)],
        note,
    )


def _less(now: float, then: float) -> str:
    return wording.growth(now, then)


def _cost(of: Cohort) -> Callable[[float], str]:
    money = of.asked.price is not None
    return lambda value: wording.price(Decimal(value), Decimal(value) if money else None, of.usual.currency)


def _value(of: Cohort) -> Callable[[float], str]:
    return lambda value: wording.worth(Decimal(value), of.usual.currency)


def _why_none(line: Line) -> str:
    if line.asked.price is None:
        return "ROI: enter what a credit costs"
    return "ROI: no lead is won or lost yet" if not line.worth.closed else "ROI: nothing was paid"
