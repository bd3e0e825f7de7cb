"""A million leads scored again by one worker after weights moved, beside reading and writing the same rows by COPY."""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.utils import timezone

from benchmarks import crowd
from benchmarks.data import workspace_with
from benchmarks.figures import Figure
from leadengine.workflows.rescoring import BATCH
from leadengine.workflows.scoring import start_rescoring, work_off
from scoring.models import LeadScore, Profile, ScoreChange
from scoring.reading import Reader

LEADS = int(os.environ.get("BENCH_LEADS", "1000000"))
SECONDS, CPU_SECONDS, RATIO, MEGABYTES = 20, 10, 3, 500  # promised
LIMIT = "reading the facts and writing the same rows by COPY"
COPIES = {
    "scoring_leadscore": "SELECT * FROM scoring_leadscore WHERE workspace_id =",
    "scoring_scorechange": "SELECT * FROM scoring_scorechange WHERE why = 'Weights moved' AND workspace_id =",
}


def run() -> Iterator[Figure]:
    workspace, user = workspace_with(1, slug="crowd")
    crowd.fill(workspace, user, leads=LEADS, now=timezone.now())
    rescored(workspace, user, "First")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    again, _ = rescored(workspace, user, "Nothing changed")
    Profile.objects.of(workspace).update(potential=17, company_fit=13)
    seconds, cpu = rescored(workspace, user, "Weights moved")
    changed = ScoreChange.objects.of(workspace).filter(why="Weights moved").count()
    limit = read_all(workspace) + sum(write_again(workspace, table, query) for table, query in COPIES.items())
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield Figure("rescoring/all, a changed weight", seconds, "s", seconds / limit, f"{LIMIT}; {RATIO} promised", LEADS)
    yield Figure("rescoring/seconds of the promised", seconds, "s", seconds / SECONDS, f"{SECONDS} s promised", LEADS)
    yield Figure("rescoring/of which changed", changed / LEADS, "share", None, "all leads", changed)
    yield Figure("rescoring/processor", cpu, "CPU-s", cpu / CPU_SECONDS, f"{CPU_SECONDS} promised", LEADS)
    yield Figure("rescoring/memory", memory, "MB", memory / MEGABYTES, f"{MEGABYTES} MB promised", LEADS)
    yield Figure("rescoring/all, nothing changed", again, "s", again / limit, LIMIT, LEADS)


def rescored(workspace: Any, user: Any, why: str) -> tuple[float, float]:
    """Seconds, and seconds of this process's processor time, of a rescoring as a worker does it."""
    wall, cpu = time.perf_counter(), time.process_time()
    job = start_rescoring(workspace, why=why, by=user, now=timezone.now())
    if job:
        work_off(job)
    if LeadScore.objects.of(workspace).count() != LEADS:
        raise RuntimeError("Not all leads have a score.")
    return time.perf_counter() - wall, time.process_time() - cpu


def read_all(workspace: Any) -> float:
    """Seconds to read the facts of all leads, and nothing else."""
    start, reader, after = time.perf_counter(), Reader(workspace.pk, timezone.now(), with_words=False), None
    while found := reader.read(after, BATCH):
        after = found.last
    return time.perf_counter() - start


def write_again(workspace: Any, table: str, query: str) -> float:
    """Seconds to write the rows that stand in a table into an empty one with the same indexes, by binary COPY."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE bench_copy (LIKE {table} INCLUDING ALL)")
        with cursor.copy(f"COPY ({query} {workspace.pk:d}) TO STDOUT (FORMAT BINARY)") as copy:
            parts = [bytes(part) for part in copy]
        start = time.perf_counter()
        with cursor.copy("COPY bench_copy FROM STDIN (FORMAT BINARY)") as copy:
            for part in parts:
                copy.write(part)
        seconds = time.perf_counter() - start
        cursor.execute("DROP TABLE bench_copy")
    return seconds
