"""Leads scored per second on one core: the engine over columns, beside a plain Python loop and beside memory."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
from django.utils import timezone

from benchmarks.data import sample_directory
from benchmarks.figures import Figure
from benchmarks.stock_searches import STOCK_SEARCHES
from billing.pricing import FIRST_PRICES
from leadengine.workflows.judging import check
from leads.candidate import Candidate
from leads.criteria import Criteria
from leads.prospecting import sift
from leads.sources import registry
from leads.sources.base import SearchRequest
from scoring.case import Case
from scoring.columns import CATEGORIES, NUMBERS, Categories, Events, LeadFacts
from scoring.engine import STEPS, UNKNOWN, score, tally, values_of
from scoring.explanation import explained
from scoring.facts import from_candidates
from scoring.ideal import IdealCustomer
from scoring.rulebook import ScoringProfile, grade_of

TIMES = 50
ROUNDS = 3
PRICES = {str(kind): amount for kind, source, amount in FIRST_PRICES if not source}
PAGE = 500
MOST_PAGES = 8


def run() -> Iterator[Figure]:
    sample_directory()
    criteria = Criteria.from_json(next(iter(STOCK_SEARCHES.values())))
    rulebook = ScoringProfile(ideal=IdealCustomer().filled_by(criteria), home="DE")
    one = from_candidates([check(each, criteria) for each in sift(_candidates(), criteria)], now=timezone.now())
    facts = repeated(one, TIMES)
    n = facts.n
    rate = n / best(lambda: score(facts, rulebook))
    single = one.take(np.array([0]))
    steps = values_of(facts, rulebook)
    weighed = n / best(lambda: tally(steps, rulebook))
    looped = n / best(lambda: plain_loop(steps.tolist(), rulebook))
    moved = n / best(lambda: steps.copy())
    memory, loop = "copying ten columns of whole numbers in memory", "the same sums in a plain Python loop"
    yield Figure("scoring/ten factors", rate, "leads/s", rate / moved, memory, n)
    yield Figure("scoring/weighing only", weighed, "leads/s", weighed / looped, loop, n)
    yield Figure("scoring/one lead", 1000 * best(lambda: score(single, rulebook)), "ms", None, "5 ms promised", 1)
    case = Case(single, rulebook)
    yield Figure("scoring/one receipt", 1000 * best(lambda: _told(case)), "ms", None, "50 ms for a page", 1)


def _told(case: Case) -> object:
    """The receipt with its actions and the cheapest way to the next grade, nothing of it remembered."""
    return explained(Case(case.facts, case.rulebook), profile="bench", prices=PRICES)


def plain_loop(rows: list[list[int]], rulebook: ScoringProfile) -> list[tuple[int, str]]:
    """Totals and grades as one would write them first: lead by lead, factor by factor."""
    found = []
    for row in rows:
        total = 0
        for step, weight, expected in zip(row, rulebook.weights, rulebook.expected, strict=True):
            total += weight * (round(expected * STEPS) if step == UNKNOWN else step)
        whole = (total + STEPS // 2) // STEPS
        found.append((whole, grade_of(whole, rulebook.cuts)))
    return found


def best(work: Callable[[], Any]) -> float:
    """Seconds of the quickest of a few rounds."""
    seconds = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        seconds.append(time.process_time() - start)
    return max(min(seconds), 1e-9)


def repeated(facts: LeadFacts, times: int) -> LeadFacts:
    """The same leads so many times over, as columns."""
    changed: dict[str, Any] = {name: _tiled(getattr(facts, name), times) for name in CATEGORIES}
    changed |= {name: np.tile(getattr(facts, name), times) for name in NUMBERS}
    signals = [event._replace(row=event.row + facts.n * turn) for turn in range(times) for event in facts.signals.all]
    return replace(facts, **changed, signals=Events(signals))


def _tiled(column: Categories[Any], times: int) -> Categories[Any]:
    tiled: Categories[Any] = Categories(())
    tiled.values, tiled.codes = column.values, np.tile(column.codes, times)
    return tiled


def _candidates() -> list[Candidate]:
    request = SearchRequest(
        criteria=Criteria(), workspace_id=0, new_only=False, now=timezone.now(), includes_samples=True
    )
    source = registry.get("directory")
    cursor: dict[str, Any] = {}
    found: list[Candidate] = []
    for _ in range(MOST_PAGES):
        page = source.search(request, cursor, PAGE)
        found += page.candidates
        if page.next_cursor is None:
            break
        cursor = page.next_cursor
    return found
