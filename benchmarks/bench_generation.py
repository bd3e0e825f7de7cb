"""One worker generates 10,000 leads, beside a raw COPY of the very rows that this wrote."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator

from django.apps import apps
from django.db import connection

from benchmarks.data import sample_directory, worked_off, workspace_with
from benchmarks.figures import Figure

LEADS = 10_000
WRITTEN_BY_RUNS = ("leads", "billing", "scoring")


def run() -> Iterator[Figure]:
    sample_directory()
    workspace, user = workspace_with(LEADS, slug="generation")
    before = counts(workspace.pk)
    start = time.perf_counter()
    done = worked_off(workspace, user, {}, most_leads=LEADS)
    seconds = time.perf_counter() - start
    written = [table for table, rows in counts(workspace.pk).items() if rows > before[table]]
    rows, raw_seconds = raw_copy(written, workspace.pk)
    rate, raw_rate = done.delivered / seconds, done.delivered / raw_seconds
    peer = f"raw COPY of the same {rows:,} rows into bare tables"
    yield Figure("generation", rate, "leads/s", rate / raw_rate, peer, done.delivered)
    yield Figure("generation/raw COPY", raw_rate, "leads/s", 1.0, peer, rows)


def counts(workspace_id: int) -> dict[str, int]:
    """Rows of the workspace by table."""
    found = {}
    for label in WRITTEN_BY_RUNS:
        for model in apps.get_app_config(label).get_models():
            if any(field.name == "workspace" for field in model._meta.local_fields):
                rows = model._default_manager.filter(workspace_id=workspace_id)
                found[model._meta.db_table] = rows.count()
    return found


def raw_copy(tables: list[str], workspace_id: int) -> tuple[int, float]:
    """(rows, seconds) of writing the workspace's rows once more, by COPY, in one transaction, without keys or indexes."""
    rows, seconds = 0, 0.0
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'CREATE TABLE "raw_{table}" (LIKE "{table}")')
            data, found = _copied_out(cursor, table, workspace_id)
            start = time.perf_counter()
            with cursor.copy(f'COPY "raw_{table}" FROM STDIN') as copy:
                copy.write(data)
            seconds += time.perf_counter() - start
            rows += found
    return rows, seconds


def _copied_out(cursor: object, table: str, workspace_id: int) -> tuple[bytes, int]:
    data = io.BytesIO()
    query = f'SELECT * FROM "{table}" WHERE workspace_id = {workspace_id:d}'
    with cursor.copy(f"COPY ({query}) TO STDOUT") as copy:  # type: ignore[attr-defined]
        for block in copy:
            data.write(block)
    return data.getvalue(), data.getvalue().count(b"\n")
