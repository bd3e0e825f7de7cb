"""The stored factor values of a whole workspace as columns, read by one binary COPY: what comparing profiles looks at."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from leads.vocabulary.industries import descendants
from scoring.engine import UNKNOWN, Steps
from scoring.rulebook import FIRST_EXPECTED, KEYS, LEAST_FOR_EXPECTED, NEVER_AVERAGED, STEPS

QUARTER = timedelta(days=90)
OPEN, WON, LOST = 0, 1, 2
HEAD, FOOT = 19, 2  # bytes of a binary COPY before its rows and after them
ROW = np.dtype(
    [("fields", ">i2"), ("id_bytes", ">i4"), ("id", "V16")]
    + [part for name in ("scope", "outcome", *KEYS) for part in ((f"{name}_bytes", ">i4"), (name, ">i2"))]
)
READ = """
    COPY (
        SELECT score.lead_id, {scope}::smallint,
            CASE WHEN lead.outcome = 'won' AND lead.closed_at >= %(since)s THEN 1
                 WHEN lead.outcome = 'lost' AND lead.closed_at >= %(since)s THEN 2 ELSE 0 END::smallint,
            {values}
        FROM scoring_leadscore AS score
        JOIN leads_lead AS lead ON lead.id = score.lead_id {company}
        WHERE score.workspace_id = %(workspace)s AND lead.workspace_id = %(workspace)s AND lead.erased_at IS NULL
    ) TO STDOUT (FORMAT BINARY)
"""
COMPANY = "LEFT JOIN leads_company AS company ON company.id = lead.company_id"
VALUES = ", ".join(f'coalesce(score."values"[{place}], -1::smallint)' for place in range(1, len(KEYS) + 1))


@dataclass(frozen=True, slots=True)
class Scope:
    """Which industries a profile scores: those `inside`, or all but those `outside` (and leads without an industry)."""

    inside: frozenset[str] = frozenset()
    outside: frozenset[str] = frozenset()

    def has(self, industry: str) -> bool:
        return industry in self.inside if self.inside else industry not in self.outside


def scope_of(industry: str, published: Collection[str]) -> Scope:
    """What the profile of this industry ("": the default) scores beside those in force for the others.

    >>> scope_of("retail", {"", "retail-groceries"}).has("retail-groceries")
    False
    """
    others = [code for code in published if code not in ("", industry)]
    if not industry:
        return Scope(outside=_under(others))
    return Scope(inside=descendants(industry) - _under([code for code in others if code in descendants(industry)]))


def _under(codes: Collection[str]) -> frozenset[str]:
    return frozenset().union(*(descendants(code) for code in codes))


@dataclass(frozen=True, slots=True)
class Stored:
    """n scored leads: `ids` 16 bytes each, `steps` (n, 10) as the engine has them, `in_scope` which the profile scores,
    `outcomes` whether won or lost in the last quarter."""

    ids: NDArray[np.void]
    steps: Steps
    in_scope: NDArray[np.bool_]
    outcomes: NDArray[np.int16]

    def scoped(self) -> Stored:
        """Only those that the profile scores."""
        if self.in_scope.all():
            return self
        some = self.in_scope
        return Stored(self.ids[some], self.steps[some], self.in_scope[some], self.outcomes[some])

    def closed(self) -> Stored:
        """Only those that were won or lost in the last quarter."""
        some = self.outcomes != OPEN
        return Stored(self.ids[some], self.steps[some], self.in_scope[some], self.outcomes[some])

    def lead_ids(self, rows: Collection[int]) -> list[UUID]:
        return [UUID(bytes=self.ids[row].tobytes()) for row in rows]

    def expected(self) -> tuple[float, ...]:
        """The mean of each factor where it is known: among the leads in scope from 30 on, else in the workspace, else 0.4.

        NEVER_AVERAGED stay at 0.4.
        """
        return tuple(average(key, self._sums(place)) for place, key in enumerate(KEYS))

    def _sums(self, place: int) -> Iterator[tuple[int, int]]:
        column = self.steps[:, place]
        for rows in (self.in_scope, np.True_):
            known = column[(column != UNKNOWN) & rows]
            yield int(known.sum()), len(known)


def average(key: str, sums: Iterable[Sequence[int]]) -> float:
    """What an unknown factor counts: the mean of the first that has enough of these sums of known values, with their numbers.

    >>> average("location", [(9_000, 1), (180_000, 30)])
    0.6
    """
    if key not in NEVER_AVERAGED:
        for total, number in sums:
            if number >= LEAST_FOR_EXPECTED:
                return round(total / number / STEPS, 4)
    return FIRST_EXPECTED


def read(workspace_id: int, scope: Scope, *, now: datetime) -> Stored:
    """All scored leads of the workspace that have not been erased. One query, 90 bytes a lead."""
    narrowed = scope.inside or scope.outside
    told = _told(scope) if narrowed else "1"
    query = READ.format(scope=told, values=VALUES, company=COMPANY if narrowed else "")
    codes = sorted(scope.inside or scope.outside)
    asked: dict[str, Any] = {"workspace": workspace_id, "since": now - QUARTER, "codes": codes}
    with connection.cursor() as cursor, cursor.copy(cursor.mogrify(query, asked)) as copy:
        data = b"".join(_bytes(copy))
    rows = np.frombuffer(data, ROW, count=(len(data) - HEAD - FOOT) // ROW.itemsize, offset=HEAD)
    steps = np.column_stack([rows[key] for key in KEYS]).astype(np.int64)
    return Stored(rows["id"], steps, rows["scope"] == 1, rows["outcome"].astype(np.int16))


def _told(scope: Scope) -> str:
    if scope.inside:
        return "CASE WHEN company.industry = ANY(%(codes)s) THEN 1 ELSE 0 END"
    return "CASE WHEN company.industry = ANY(%(codes)s) THEN 0 ELSE 1 END"


def _bytes(copy: Any) -> Iterator[bytes]:
    for part in copy:
        yield bytes(part)
