"""Technologies of domains kept between looks at them: first seen stays, last seen and evidence move."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from enrichment.checks.domain import Inspection, questions, records_of
from enrichment.checks.technologies import Technology, markers_of, merged, technologies
from enrichment.models import DomainTechnology
from enrichment.resolving import Answer
from leads.identity import is_free_mail

Answers = Mapping[tuple[str, str], tuple[Answer, float]]

log = logging.getLogger(__name__)
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


def learn_from_answers(answers: Answers, *, at: datetime) -> None:
    """Keeps what answers that were asked for another reason show of companies' domains; one query, or none."""
    domains = {name for name, rtype in answers if rtype == "MX" and not is_free_mail(name)}
    folder = _own_markers()
    found = {}
    for domain in domains:
        asked = [question for question in questions(domain) if question in answers]
        records = records_of(asked, [answers[question][0] for question in asked])
        found[domain] = technologies(records, at=at, folder=folder)
    _keep(found, at)


def _own_markers() -> Path | None:
    """The user's folder; None where it cannot be read any more, which must not cost anybody a verdict."""
    folder = Path(settings.FINGERPRINTS) if settings.FINGERPRINTS else None
    try:
        markers_of(folder)
    except ValueError as error:
        log.error("FINGERPRINTS: %s", error)
        return None
    return folder


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
        for domain, shown in sorted(found.items())
        for each in sorted(shown, key=lambda each: each.vendor)
    ]
    if not rows:
        return
    DomainTechnology.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["domain", "vendor"], update_fields=RENEWED
    )
