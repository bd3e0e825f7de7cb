"""Technologies of domains kept between inspections: first seen stays, last seen and evidence move."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from django.utils import timezone

from enrichment.checks.domain import Inspection
from enrichment.checks.technologies import Technology, merged
from enrichment.models import DomainTechnology

RENEWED = ("category", "confidence", "evidence", "last_seen")


def known_technologies(domains: Iterable[str]) -> dict[str, tuple[Technology, ...]]:
    """What was ever seen at each domain, the latest and surest first."""
    rows = DomainTechnology.objects.filter(domain__in=set(domains)).order_by("-last_seen", "-confidence", "vendor")
    found: dict[str, list[Technology]] = defaultdict(list)
    for row in rows:
        found[row.domain].append(
            Technology(row.vendor, row.category, row.confidence, row.evidence, row.first_seen, row.last_seen)
        )
    return {domain: tuple(each) for domain, each in found.items()}


def learn_technologies(inspections: Iterable[Inspection]) -> list[Inspection]:
    """Keeps what each inspection saw; the same inspections come back with all that was ever seen, in two queries."""
    seen = list(inspections)
    known = known_technologies(each.domain for each in seen)
    _keep({each.domain: each.technologies for each in seen}, timezone.now())
    return [
        replace(each, technologies=merged(known.get(each.domain, ()), each.technologies))
        if each.domain in known
        else each
        for each in seen
    ]


def _keep(found: Mapping[str, Iterable[Technology]], now: datetime) -> None:
    rows = [
        DomainTechnology(
            domain=domain,
            vendor=each.vendor[:120],
            category=each.category[:60],
            confidence=each.confidence,
            evidence=each.evidence[:400],
            first_seen=each.first_seen or now,
            last_seen=each.last_seen or now,
        )
        for domain, technologies in sorted(found.items())
        for each in technologies
    ]
    DomainTechnology.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["domain", "vendor"], update_fields=RENEWED
    )
