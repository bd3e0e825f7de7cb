"""How many leads the sources at hand would give: their own counts, and where these are few, those a run would deliver."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from billing.models import PriceKind
from leadengine.workflows.desk import Desk
from leadengine.workflows.outlook import Outlook, outlook
from leads.sources import registry
from leads.sources.base import Count, SearchRequest, SourceError

LOOK = 200  # candidates that are judged one by one
UNCOUNTED = Count(0, is_capped=True)


def count_all(desk: Desk, request: SearchRequest, sources: Sequence[str]) -> tuple[dict[str, Count], list[str]]:
    """By source; one that does not answer has none, and a sentence says so."""
    counts, failures = {}, []
    for name in sources:
        source = registry.get(name)
        try:
            counts[name] = source.count(request) if source.is_counted else UNCOUNTED
        except SourceError as error:
            failures.append(f"{source.title} does not answer: {error}")
            counts[name] = Count(0)
    return refined(desk, request, counts), failures


def refined(desk: Desk, request: SearchRequest, counts: Mapping[str, Count]) -> dict[str, Count]:
    """The same without those whom the run would leave out, as far as all can be looked at; of a long file by a sample."""
    few, better = _few(counts), dict(counts)
    if few:
        cheapest_first = sorted(few, key=lambda name: desk.prices.of(PriceKind.DELIVERY, name))
        seen = outlook(desk, request, [_sample(request, name, counts[name].value) for name in cheapest_first])
        desk.looked_up[_key(request)] = few, seen
        better |= {name: Count(seen.by_source.get(name, 0)) for name in few}
    for name, count in counts.items():
        if name not in few and count.value and registry.get(name).kind == "file":
            sample = _sample(request, name, count.value)
            kept = sum(outlook(desk, request, [sample]).by_source.values())
            better[name] = replace(count, value=round(count.value * kept / len(sample)) if sample else 0)
    return better


def total(counts: Iterable[Count]) -> Count:
    found = list(counts)
    return Count(sum(each.value for each in found), any(each.is_capped for each in found))


def looked_at(desk: Desk, request: SearchRequest) -> tuple[frozenset[str], Outlook]:
    """Which sources were counted by looking at each of their candidates, and whom they would give."""
    found: tuple[frozenset[str], Outlook] = desk.looked_up.get(_key(request), (frozenset(), Outlook()))
    return found


def _few(counts: Mapping[str, Count]) -> frozenset[str]:
    at_hand = {name: count for name, count in counts.items() if registry.get(name).is_local and not count.is_capped}
    return frozenset(name for name, count in at_hand.items() if 0 < count.value <= LOOK)


def _sample(request: SearchRequest, name: str, number: int) -> Sequence[Any]:
    return registry.get(name).spread(request, number, LOOK).candidates


def _key(request: SearchRequest) -> tuple[Any, ...]:
    return "outlook", str(request.criteria.to_json()), request.file_id, request.new_only
