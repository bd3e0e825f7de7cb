"""Publishing another ideal customer over 100,000 leads: how long deliveries wait for it, and what a worker measures then."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.utils import timezone

from benchmarks.bench_laboratory import N, fill
from benchmarks.data import workspace_with
from benchmarks.figures import Figure
from leadengine.workflows import leases
from leadengine.workflows.averages import BATCH, measure_turn
from leadengine.workflows.scoring import publish_ideal
from scoring.ideal import IdealCustomer
from scoring.models import Rescoring
from scoring.reading import Reader

PLACES = ("DE", "FR", "NL")  # one a round: the same ideal customer again would change nothing


def run() -> Iterator[Figure]:
    yield from publishing(N)


def publishing(n: int) -> Iterator[Figure]:
    """Seconds from the lock to the commit, the quickest of a few rounds; and of all batches of averages behind it."""
    workspace, user = workspace_with(1, slug=f"bench-publishing-{n}")
    fill(workspace, n)
    rounds = [_published(workspace, IdealCustomer(places=(place,)), user) for place in PLACES]
    locked, whole = map(min, zip(*rounds, strict=True))
    yield Figure("publishing/locked out", locked, "s", locked / whole, f"the whole request, {whole:.2f} s", n)
    facts, averages = _facts(workspace), _measured()
    yield Figure(
        "publishing/averages by a worker", averages, "s", averages / facts, f"reading the facts, {facts:.2f} s", n
    )


def _measured() -> float:
    job = leases.claim(Rescoring, now=timezone.now())
    start = time.perf_counter()
    while job and job.to_publish:
        measure_turn(job, batches=1)
    return time.perf_counter() - start


def _facts(workspace: Any) -> float:
    """Seconds of reading alone what is valued."""
    reader, after, start = Reader(workspace.pk, timezone.now(), with_words=False), None, time.perf_counter()
    while read := reader.read(after, BATCH):
        after = read.last
    return time.perf_counter() - start


def _published(workspace: Any, ideal: IdealCustomer, user: Any) -> tuple[float, float]:
    """From the lock, and from the beginning, to the commit."""
    locked: list[float] = []

    def noticed(execute: Any, sql: str, *args: Any) -> Any:
        done = execute(sql, *args)
        if "pg_advisory_xact_lock(" in sql:
            locked.append(time.perf_counter())
        return done

    start = time.perf_counter()
    with connection.execute_wrapper(noticed):
        publish_ideal(workspace, ideal, by=user, now=timezone.now())
    end = time.perf_counter()
    return end - locked[0], end - start
