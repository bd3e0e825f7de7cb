"""Claims certain identities for new rows, so that two workers inserting the same person or company cannot make two."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import connection, models

from leads.identity import Identity

CLAIM = """
INSERT INTO {table} (workspace_id, kind, value, {owner})
SELECT %s, kind, value, owner
FROM unnest(%s::text[], %s::text[], %s::uuid[]) AS wanted(kind, value, owner)
ORDER BY kind, value
ON CONFLICT (workspace_id, kind, value) DO NOTHING
"""

OWNERS = """
SELECT held.kind, held.value, held.{owner}
FROM unnest(%s::text[], %s::text[]) AS wanted(kind, value)
JOIN {table} AS held ON held.workspace_id = %s AND held.kind = wanted.kind AND held.value = wanted.value
"""

YIELD = "UPDATE {table} SET {owner} = %s WHERE workspace_id = %s AND {owner} = %s"


def owners(model: type[models.Model], owner: str, workspace_id: int, wanted: list[Identity]) -> dict[Identity, UUID]:
    """Who holds each identity already; those that nobody holds are absent."""
    sql = OWNERS.format(table=model._meta.db_table, owner=owner)
    rows = _run(sql, [[each.kind for each in wanted], [each.value for each in wanted], workspace_id], fetch=True)
    return {Identity(kind, value): held_by for kind, value, held_by in rows}


def claim(
    model: type[models.Model],
    owner: str,
    workspace_id: int,
    wanted: Mapping[Identity, UUID],
    more: Mapping[Identity, UUID] | None = None,
) -> dict[UUID, UUID]:
    """Take each identity for its new row; answers which new rows lost to which existing ones.

    Taken in sorted order, so that two claimants wait for each other and never deadlock. What a loser did take is handed
    to the winner. The rows themselves are inserted afterwards: the foreign key is checked at commit. `more` are further
    identities of rows that exist: taken where they are free.
    """
    everything = {**(more or {}), **wanted}
    if not everything:
        return {}
    kinds, values = [each.kind for each in everything], [each.value for each in everything]
    table = model._meta.db_table
    _run(CLAIM.format(table=table, owner=owner), [workspace_id, kinds, values, list(everything.values())])
    held = owners(model, owner, workspace_id, list(wanted))
    lost = {mine: held[identity] for identity, mine in wanted.items() if held[identity] != mine}
    for loser, winner in lost.items():
        _run(YIELD.format(table=table, owner=owner), [winner, workspace_id, loser])
    return lost


def _run(sql: str, parameters: list[Any], *, fetch: bool = False) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall() if fetch else []
