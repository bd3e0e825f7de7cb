"""Values of closed leads without how their own deal ended: what would have been said of them while it was open.

A won deal lifts the engagement history and the industry's win rate; graded with it, deals would be told apart by what a
grading is to foretell. Worked example: two leads are alike but for the end; by stored values the won one is a B and the lost
one a C, here both are the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import numpy as np

from scoring.columns import Categories, LeadFacts
from scoring.engine import Steps, in_steps, values_of
from scoring.factors.fit import industry_match
from scoring.models import Profile
from scoring.reading import Range, Reader
from scoring.revaluing import Revalued
from scoring.rulebook import KEYS, Closed, ScoringProfile
from scoring.rulebooks import Rulebooks
from scoring.stored import Stored

MATCH = KEYS.index("industry_match")


def without_ends(workspace: Any, closed: Stored, *, drafts: Mapping[str, Profile], now: datetime) -> Stored:
    """These closed leads as they would be valued if their deals were open, and these drafts, by industry, in force."""
    if not len(closed.ids):
        return closed
    rulebooks = Rulebooks.of(workspace)
    rulebooks.by_industry |= drafts
    reader = Reader(workspace.pk, now, rulebooks.ask_for_words())
    read = reader.read_only(closed.lead_ids(range(len(closed.ids))))
    if read is None:
        return closed
    return Revalued(read.ids, _steps(read, rulebooks), np.zeros(len(read.ids), "U1")).of(closed)


def _steps(read: Range, rulebooks: Rulebooks) -> Steps:
    groups, books = rulebooks.choose(read)
    is_open = read.facts.changed(outcomes=Categories([""] * read.facts.n))
    steps = np.zeros((read.facts.n, len(KEYS)), dtype=np.int64)
    for place, book in enumerate(books):
        rows = np.flatnonzero(groups == place)
        steps[rows] = values_of(is_open.take(rows), book)
        steps[rows, MATCH] = _matches(read.facts.take(rows), book)
    return steps


def _matches(facts: LeadFacts, book: ScoringProfile) -> Steps:
    """Each lead's industry match by the outcomes of all others; it depends on industry and end alone."""
    pairs = facts.industries.codes * len(facts.outcomes.values) + facts.outcomes.codes
    _, firsts, places = np.unique(pairs, return_index=True, return_inverse=True)
    found = [industry_match(facts.take(np.array([row])), _without(book, facts, row))[0] for row in firsts.tolist()]
    return in_steps(np.array(found))[places]


def _without(book: ScoringProfile, facts: LeadFacts, row: int) -> ScoringProfile:
    """The rules as if this one deal had not been closed."""
    industry, end = facts.industries[row], facts.outcomes[row]
    here = book.closed.get(industry)
    if here is None:
        return book
    return replace(book, closed={**book.closed, industry: Closed(here.won - (end == "won"), here.closed - 1)})
