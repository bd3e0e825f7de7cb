"""Managers choose whom their keys may be spent on for second opinions; audited."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from billing import auditing
from enrichment import opinion_choices
from leadengine.workflows.provider_keys import UnknownProvider


@transaction.atomic
def choose_opinions(workspace: Any, provider: str, is_asked: bool, *, by: Any, now: datetime) -> None:
    """Raises UnknownProvider for one that gives no second opinions."""
    if provider not in opinion_choices.choices(workspace.pk):
        raise UnknownProvider(provider)
    opinion_choices.choose(workspace.pk, provider, is_asked, now=now)
    verb = "provider.opinions_wanted" if is_asked else "provider.opinions_unwanted"
    auditing.record(verb, workspace_id=workspace.pk, by=by, obj=workspace, after={"provider": provider}, now=now)


def opinions_of(workspace: Any) -> dict[str, bool]:
    """Whom a workspace lets be asked, of those that give second opinions."""
    return opinion_choices.choices(workspace.pk)
