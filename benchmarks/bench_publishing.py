"""Publishing another ideal customer over 100,000 leads: how long deliveries wait for it, beside the whole of it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.utils import timezone

from benchmarks.bench_laboratory import N, fill
from benchmarks.data import workspace_with
from benchmarks.figures import Figure
from leadengine.workflows.scoring import publish_ideal
from scoring.ideal import IdealCustomer

PLACES = ("DE", "FR", "NL")  # one a round: the same ideal customer again would change nothing


def run() -> Iterator[Figure]:
    yield locked_out(N)


def locked_out(n: int) -> Figure:
    """Seconds from the lock to the commit, the quickest of a few rounds."""
    workspace, user = workspace_with(1, slug=f"bench-publishing-{n}")
    fill(workspace, n)
    rounds = [_published(workspace, IdealCustomer(places=(place,)), user) for place in PLACES]
    locked, whole = map(min, zip(*rounds, strict=True))
    return Figure("publishing/locked out", locked, "s", locked / whole, f"the whole of it, {whole:.2f} s", n)


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
