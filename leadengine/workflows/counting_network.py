"""Counts of sources on the network for a quote: asked beside the page, which waits a moment and no longer, and kept a while."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core.cache import cache
from django.db import connection

from leads.sources.base import Count, SearchRequest, SourceError
from leads.sources.connector import Connector

KEPT, KEPT_FAILURE, KEPT_SLOW = 900, 60, 60  # seconds
SLOW = "it answers slowly"
log = logging.getLogger("leadengine.counting")
POOL: Executor = ThreadPoolExecutor(max_workers=4, thread_name_prefix="count")


@dataclass(frozen=True, slots=True)
class Counted:
    """What a source says that it has, or why it is not counted."""

    count: Count | None = None
    why_not: str = ""


def counts_in_time(request: SearchRequest, sources: Sequence[Connector], *, seconds: float) -> dict[str, Counted]:
    """Whoever has not answered by then is "slow" for now; its answer is kept for whoever asks next."""
    found: dict[str, Counted] = {}
    asked = {}
    for source in sources:
        kept = cache.get(_key(request, source))
        if kept is not None:
            found[source.name] = Counted(Count(*kept[0]) if kept[0] else None, kept[1])
        else:
            asked[source.name] = POOL.submit(_apart, partial(_count, source, request))
    wait(asked.values(), timeout=seconds)
    for source in sources:
        future = asked.get(source.name)
        if future is None:
            continue
        if future.done():
            found[source.name] = _result(source, future)
            continue
        future.cancel()
        cache.add(_key(request, source), (None, SLOW), KEPT_SLOW)  # nothing, where the answer came just now
        found[source.name] = Counted(why_not=SLOW)
    return found


def _result(source: Connector, future: Future[Counted]) -> Counted:
    """What the thread came to; a fault of our own costs the count, and not the page."""
    if error := future.exception():
        log.error("%s was not counted", source.name, exc_info=error)
        return Counted(why_not="something went wrong here")
    return future.result()


def _apart(work: Callable[[], Counted]) -> Counted:
    """In a thread of the pool, whose line to the database is its own and is given back."""
    try:
        return work()
    finally:
        if not connection.in_atomic_block:
            connection.close()


def _count(source: Connector, request: SearchRequest) -> Counted:
    try:
        found = Counted(source.count(request))
    except SourceError as error:
        found = Counted(why_not=str(error).rstrip("."))
    except (KeyError, TypeError, ValueError, AttributeError):
        found = Counted(why_not="its answer could not be read")
    count = (found.count.value, found.count.is_capped) if found.count else None
    cache.set(_key(request, source), (count, found.why_not), KEPT if found.count else KEPT_FAILURE)
    return found


def _key(request: SearchRequest, source: Connector) -> str:
    """By workspace, because it was asked with its key, and by what was asked."""
    parts: Mapping[str, Any] = {
        "workspace": request.workspace_id,
        "in_sandbox": request.is_sandboxed,
        "source": source.name,
        "criteria": request.criteria.to_json(),
    }
    return f"count:{hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()}"
