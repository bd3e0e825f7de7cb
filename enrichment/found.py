"""When a question has found something: it brought what its price is for, charged or known free; one definition everywhere."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Exists, OuterRef, Q

from enrichment.models import EnrichedField, EnrichmentKind, ItemState

SURE = ("deliverable", "undeliverable")  # verdicts that are paid for; the others are free
LOOKED_UP = (EnrichmentKind.EMAIL, EnrichmentKind.LINE)
WHY_FREE: Mapping[str, str] = {
    EnrichmentKind.VERIFY: "not sure enough to be charged",
    EnrichmentKind.COMPANY: "no new technology or mail provider",
    EnrichmentKind.PROFILES: "no new account",
}  # what an answer lacks that brought something, but not what its price is for


def is_found() -> Q:
    """Of items. What comes along for nothing, and what was known already, is answered, but nothing found."""
    verdicts = EnrichedField.objects.filter(item=OuterRef("pk"), field="email_status", after__in=SURE)
    paid_for = Q(charged__gt=0) | Q(kind__in=LOOKED_UP) | Q(Exists(verdicts))
    return Q(state=ItemState.FOUND) & paid_for


def is_free() -> Q:
    """Of items that were answered without that."""
    return Q(state=ItemState.FOUND) & ~is_found()
