"""Scores into rows, in bulk: by binary COPY, writing only what changed, and keeping what it was before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import numpy as np
from django.db import connection, transaction
from numpy.typing import NDArray

from leadengine import binary_copy
from scoring.engine import Scores
from scoring.reading import key_of
from scoring.rulebook import GRADES, KEYS

BATCH = "score_batch"
VALUES = tuple(f"v{place}" for place in range(len(KEYS)))
SMALL = (*VALUES, "total", "low", "high", "confidence", "grade")
TYPES = {"lead_id": binary_copy.UUID, "profile_id": "i8"} | dict.fromkeys(SMALL, "i2")
_SMALL = ", ".join(f"{name} smallint NOT NULL" for name in SMALL)
CREATE = f"""
    CREATE TEMPORARY TABLE IF NOT EXISTS {BATCH} (lead_id uuid NOT NULL, profile_id bigint NOT NULL, {_SMALL})
    ON COMMIT DELETE ROWS
"""
CLEAR = f"DELETE FROM {BATCH}"  # noqa: S608
_VALUES = ", ".join(f"nullif({name}, -1)" for name in VALUES)
# One statement sees one state of the table: `before` is what stood there. It is looked for between the first and the last of
# these leads only, or each batch would read all scores of the workspace. What is as it was is not even touched: a row that
# ON CONFLICT looks at is locked, and a lock is a write. Nothing changes before what it changes was stored: whoever waited for
# a lock comes with an older `now`, and would stand in the history before whom they waited for.
MERGE = f"""
    WITH fresh AS (
        SELECT lead_id, profile_id, ARRAY[{_VALUES}]::smallint[] AS "values", total, low, high, confidence,
               (%(grades)s::text[])[grade + 1] AS grade
        FROM {BATCH}
    ), changed AS (
        SELECT fresh.*, before.total AS total_before, coalesce(before.grade, '') AS grade_before,
               greatest(%(now)s, before.scored_at) AS changed_at,
               (fresh.total, fresh.grade) IS DISTINCT FROM (before.total, before.grade)
                   OR %(with_values)s AND fresh."values" IS DISTINCT FROM before."values" AS is_history
        FROM fresh LEFT JOIN scoring_leadscore AS before
            ON before.lead_id = fresh.lead_id AND before.workspace_id = %(workspace)s
                AND before.lead_id BETWEEN %(first)s AND %(last)s
        WHERE (before."values", before.total, before.low, before.high, before.confidence, before.grade, before.profile_id)
            IS DISTINCT FROM (fresh."values", fresh.total, fresh.low, fresh.high, fresh.confidence, fresh.grade,
                              fresh.profile_id)
    ), written AS (
        INSERT INTO scoring_leadscore AS score
            (lead_id, workspace_id, "values", total, low, high, confidence, grade, profile_id, scored_at)
        SELECT lead_id, %(workspace)s, "values", total, low, high, confidence, grade, profile_id,
            coalesce(%(at)s, clock_timestamp())
        FROM changed ORDER BY lead_id
        ON CONFLICT (lead_id) DO UPDATE SET
            "values" = excluded."values", total = excluded.total, low = excluded.low, high = excluded.high,
            confidence = excluded.confidence, grade = excluded.grade, profile_id = excluded.profile_id,
            scored_at = excluded.scored_at
        WHERE score.scored_at <= coalesce(%(unless_after)s, score.scored_at)
        RETURNING score.lead_id
    )
    INSERT INTO scoring_scorechange
        (workspace_id, lead_id, total, grade, total_before, grade_before, "values", profile_id, why, changed_at)
    SELECT %(workspace)s, lead_id, total, grade, total_before, grade_before, "values", profile_id, %(why)s, changed_at
    FROM changed JOIN written USING (lead_id) WHERE is_history
    ORDER BY lead_id
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Batch:
    """Scores of n leads of a workspace as columns: `lead_id` (n,) of 16 bytes, `profile_id` (n,), and the SMALL ones."""

    columns: dict[str, NDArray[Any]]

    @classmethod
    def of(cls, lead_ids: NDArray[np.bytes_], profile_ids: NDArray[np.int64], scores: Scores) -> Batch:
        if not len(lead_ids) == len(profile_ids) == len(scores):
            raise ValueError(f"{len(lead_ids)} leads, but {len(scores)} scores.")
        columns: dict[str, NDArray[Any]] = {"lead_id": lead_ids, "profile_id": profile_ids}
        columns |= {name: scores.steps[:, place] for place, name in enumerate(VALUES)}
        columns |= {name: getattr(scores, name) for name in ("total", "low", "high", "confidence")}
        place_of = {grade: place for place, grade in enumerate(GRADES)}
        grades = np.fromiter((place_of[grade] for grade in scores.grade), dtype=np.int16, count=len(scores))
        return cls(columns | {"grade": grades})


def record(
    workspace_id: int, lead_ids: Sequence[UUID], scores: Scores, *, profile_id: int, why: str, now: datetime
) -> None:
    """Stores the scores of these leads, in the same order, and notes what changed and why. May be repeated."""
    keys = np.array([key.bytes for key in lead_ids], dtype=binary_copy.UUID)
    record_all(workspace_id, [Batch.of(keys, np.full(len(keys), profile_id), scores)], why=why, now=now, at=now)


@transaction.atomic
def record_all(
    workspace_id: int,
    batches: Sequence[Batch],
    *,
    why: str,
    now: datetime,
    at: datetime | None = None,
    unless_after: datetime | None = None,
    with_values: bool = True,
) -> None:
    """As `record`, for leads under several profiles; a score that was stored later than `unless_after` is left alone.

    Stored `at` that time; without it when the row is written, by the database's clock. The history notes it where values
    change, or only where total or grade do: values of all leads fade a little each night.
    """
    keys = [key for batch in batches for key in batch.columns["lead_id"].tolist()]
    if not keys:
        return
    with connection.cursor() as cursor:
        cursor.execute(CREATE)
        cursor.execute(CLEAR)  # an earlier batch of the same transaction
        for batch in batches:
            binary_copy.write_columns(BATCH, list(TYPES), batch.columns, TYPES)
        told: dict[str, Any] = {"workspace": workspace_id, "why": why, "now": now}
        rules = {"at": at, "unless_after": unless_after, "with_values": with_values}
        edges = {"first": key_of(min(keys)), "last": key_of(max(keys))}
        cursor.execute(MERGE, told | rules | edges | {"grades": list(GRADES)})
