"""The laboratory over 100,000 stored scores: a whole answer, beside reading the same rows alone."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection
from django.utils import timezone

from benchmarks.data import workspace_with
from benchmarks.figures import Figure
from scoring.laboratory import experiment, named
from scoring.profiles import ensure_default
from scoring.weighting import Weighting

N, ROUNDS = 100_000, 5
LEADS = """
    INSERT INTO leads_lead (id, workspace_id, full_name, first_name, last_name, name_key, title, seniority, department,
        email, email_status, email_reason, email_flags, phone, phone_type, linkedin_slug, country, region, city,
        do_not_contact, outcome, outcome_reason, closed_at, deal_currency, custom, source, is_sample, created_at, updated_at)
    SELECT gen_random_uuid(), %(workspace)s, 'Lead ' || n, '', '', 'lead ' || n, '', '', '', '', 'unchecked', '', '', '', '',
        '', '', '', '', false, CASE WHEN n %% 50 = 0 THEN 'won' WHEN n %% 50 = 1 THEN 'lost' ELSE '' END, '',
        CASE WHEN n %% 50 < 2 THEN now() END, '', '{}', 'bench', true, now(), now()
    FROM generate_series(1, %(n)s) AS n
"""
SCORES = """
    INSERT INTO scoring_leadscore (lead_id, workspace_id, "values", total, low, high, confidence, grade, profile_id, scored_at)
    SELECT id, workspace_id, ARRAY(
            SELECT CASE WHEN random() < 0.2 THEN NULL ELSE (10000 * random())::smallint END
            FROM generate_series(1, 10) WHERE lead.id IS NOT NULL
        ), 50, 0, 100, 80, 'C', %(profile)s, now()
    FROM leads_lead AS lead WHERE workspace_id = %(workspace)s
"""
READ = 'COPY (SELECT lead_id, "values" FROM scoring_leadscore WHERE workspace_id = {}) TO STDOUT (FORMAT BINARY)'
OTHER = Weighting((25, 7, 15, 10, 12, 10, 6, 5, 6, 4), (80, 70, 58, 40))


def run() -> Iterator[Figure]:
    workspace, _ = workspace_with(1, slug="bench-laboratory")
    fill(workspace, N)
    answer = best(lambda: _answer(workspace))
    rows = best(lambda: _rows(workspace))
    against = "reading the same rows by COPY, alone (1 s promised)"
    yield Figure("laboratory/one answer", answer, "s", answer / rows, against, N)


def _answer(workspace: Any) -> int:
    """All that a page says: averages, both gradings, matrix, shares, deals, the first movers by name."""
    found = experiment(workspace, "", OTHER, now=timezone.now())
    page = found.movers("", "", 1)
    said = found.said, found.cells, found.shares, found.trial.deals()
    return len(said) + len(named(found, page, workspace))


def _rows(workspace: Any) -> int:
    with connection.cursor() as cursor, cursor.copy(READ.format(int(workspace.pk))) as copy:
        return sum(len(part) for part in copy)


def fill(workspace: Any, n: int) -> None:
    """Leads without a company, with random values."""
    asked = {"workspace": workspace.pk, "n": n, "profile": ensure_default(workspace).pk}
    with connection.cursor() as cursor:
        cursor.execute(LEADS, asked)
        cursor.execute(SCORES, asked)
        cursor.execute("ANALYZE leads_lead, scoring_leadscore")


def best(work: Callable[[], Any]) -> float:
    """Seconds of the quickest of a few rounds."""
    seconds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return min(seconds)
