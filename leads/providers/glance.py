"""How all providers stand for a workspace at a glance, in one query: for pages that show much else besides."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import BigIntegerField, CharField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from leads.models import ProviderHealth, ProviderKey, Standing
from leads.providers.keys import Health

COLUMNS = ("provider", "state", "at", "standing_now", "said_now")


def glance(workspace_id: int, providers: Iterable[str], *, in_sandbox: bool = False) -> dict[str, Health]:
    """As `keys.health_of`; of a key only whose it is and whether it is being tested."""
    found = {name: Health(Standing.WORKING if in_sandbox else Standing.UNTRIED) for name in providers}
    if in_sandbox:
        return found
    rows = _keys(workspace_id).union(_keyless(found), all=True)
    for provider, state, at, standing, said in sorted(rows, key=lambda row: row[2] is not None):
        if provider in found:
            found[provider] = Health(Standing(standing), _key(provider, state, at) if state else None, said)
    return found


def _keys(workspace_id: int) -> QuerySet[Any, Any]:
    mine = ProviderHealth.objects.filter(provider=OuterRef("provider"), key_digest=OuterRef("digest"))
    rows = ProviderKey.objects.reaching(workspace_id).order_by()
    return rows.annotate(
        at=Coalesce("workspace_id", Value(None, BigIntegerField())),
        standing_now=Coalesce(Subquery(mine.values("standing")), "standing"),
        said_now=Coalesce(Subquery(mine.values("last_error")), "said"),
    ).values_list(*COLUMNS)


def _keyless(providers: Iterable[str]) -> QuerySet[Any, Any]:
    rows = ProviderHealth.objects.filter(key_digest="", provider__in=list(providers)).order_by()
    return rows.annotate(
        state=Value("", CharField()),
        at=Value(None, BigIntegerField()),
        standing_now=Coalesce("standing", Value("")),
        said_now=Coalesce("last_error", Value("")),
    ).values_list(*COLUMNS)


def _key(provider: str, state: str, workspace_id: int | None) -> ProviderKey:
    return ProviderKey(provider=provider, state=state, workspace_id=workspace_id)
