"""Scores into rows, in bulk: by COPY, writing only what changed, and keeping what it was before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from leadengine.bulk import copy_rows
from scoring.engine import UNKNOWN, Scores

BATCH = "score_batch"
COLUMNS = ("lead_id", "values", "total", "low", "high", "confidence", "grade")
CREATE = """
    CREATE TEMPORARY TABLE IF NOT EXISTS score_batch (
        lead_id uuid NOT NULL, "values" smallint[] NOT NULL, total smallint NOT NULL, low smallint NOT NULL,
        high smallint NOT NULL, confidence smallint NOT NULL, grade text NOT NULL
    ) ON COMMIT DELETE ROWS
"""
# One statement sees one state of the table: `before` is what stood there, `written` what is new or different.
MERGE = """
    WITH before AS (
        SELECT score.lead_id, score.total, score.grade, score."values"
        FROM scoring_leadscore AS score JOIN score_batch USING (lead_id) WHERE score.workspace_id = %(workspace)s
    ), written AS (
        INSERT INTO scoring_leadscore AS score
            (lead_id, workspace_id, "values", total, low, high, confidence, grade, profile_id, scored_at)
        SELECT lead_id, %(workspace)s, "values", total, low, high, confidence, grade, %(profile)s, %(now)s
        FROM score_batch ORDER BY lead_id
        ON CONFLICT (lead_id) DO UPDATE SET
            "values" = excluded."values", total = excluded.total, low = excluded.low, high = excluded.high,
            confidence = excluded.confidence, grade = excluded.grade, profile_id = excluded.profile_id,
            scored_at = excluded.scored_at
        WHERE (score."values", score.total, score.low, score.high, score.confidence, score.grade, score.profile_id)
            IS DISTINCT FROM (excluded."values", excluded.total, excluded.low, excluded.high, excluded.confidence,
                              excluded.grade, excluded.profile_id)
        RETURNING score.lead_id, score.total, score.grade, score."values"
    )
    INSERT INTO scoring_scorechange
        (workspace_id, lead_id, total, grade, total_before, grade_before, "values", profile_id, why, changed_at)
    SELECT %(workspace)s, written.lead_id, written.total, written.grade, before.total, coalesce(before.grade, ''),
           written."values", %(profile)s, %(why)s, %(now)s
    FROM written LEFT JOIN before USING (lead_id)
    WHERE (written."values", written.total, written.grade)
        IS DISTINCT FROM (before."values", before.total, before.grade)
    ORDER BY written.lead_id
"""


@transaction.atomic
def record(
    workspace_id: int, lead_ids: Sequence[UUID], scores: Scores, *, profile_id: int, why: str, now: datetime
) -> None:
    """Stores the scores of these leads, in the same order, and notes what changed and why. May be repeated."""
    if len(lead_ids) != len(scores):
        raise ValueError(f"{len(lead_ids)} leads, but {len(scores)} scores.")
    with connection.cursor() as cursor:
        cursor.execute(CREATE)
        cursor.execute("DELETE FROM score_batch")  # an earlier batch of the same transaction
        copy_rows(BATCH, COLUMNS, _rows(lead_ids, scores))
        cursor.execute(MERGE, {"workspace": workspace_id, "profile": profile_id, "why": why, "now": now})


def _rows(lead_ids: Sequence[UUID], scores: Scores) -> Iterator[tuple[object, ...]]:
    numbers = zip(
        scores.steps.tolist(),
        scores.total.tolist(),
        scores.low.tolist(),
        scores.high.tolist(),
        scores.confidence.tolist(),
        scores.grade,
        strict=True,
    )
    for lead_id, (steps, *rest) in zip(lead_ids, numbers, strict=True):
        yield lead_id, [None if step == UNKNOWN else step for step in steps], *rest
