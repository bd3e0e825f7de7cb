"""Which providers a workspace lets be asked for second opinions: they cost its own credits there."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import DateTimeField, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest

from enrichment.models import OpinionChoice
from enrichment.providers.registry import email_checkers
from leads.models import ProviderKey
from leads.sources import registry


def choices(workspace_id: int) -> dict[str, bool]:
    """Each provider of second opinions, and whether it is to be asked once there is a key. One query."""
    chosen = dict(OpinionChoice.objects.of(workspace_id).values_list("provider", "is_asked"))
    return {each.provider: chosen.get(each.provider, _is_asked_by_default(each.provider)) for each in email_checkers()}


def choose(workspace_id: int, provider: str, is_asked: bool, *, now: datetime) -> None:
    values = {"is_asked": is_asked, "chosen_at": now}
    OpinionChoice.objects.update_or_create(workspace_id=workspace_id, provider=provider, defaults=values)


def keys_to_ask(workspace_id: int) -> QuerySet[Any]:
    """The keys of those that are to be asked, with the time `since` when they are."""
    unasked = [each.provider for each in email_checkers() if not _is_asked_by_default(each.provider)]
    mine = OpinionChoice.objects.of(workspace_id).filter(provider=OuterRef("provider"))
    keys = ProviderKey.objects.reaching(workspace_id).annotate(
        chosen=Subquery(mine.values("is_asked")),
        since=Greatest(
            "added_at", Coalesce(Subquery(mine.values("chosen_at"), output_field=DateTimeField()), F("added_at"))
        ),
    )
    is_wanted = Q(chosen=True) | (Q(chosen__isnull=True) & ~Q(provider__in=unasked))
    return keys.filter(is_wanted, provider__in=[each.provider for each in email_checkers()])


def _is_asked_by_default(provider: str) -> bool:
    """A key that finds leads, too, was entered for that."""
    return provider not in registry.by_provider()
