"""Saved searches: whose they are to see, to keep and to delete."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from leads.criteria import Criteria
from leads.models import SavedSearch


def visible_to(user: Any, workspace: Any) -> QuerySet[SavedSearch]:
    """One's own and those that others share."""
    return SavedSearch.objects.of(workspace).filter(Q(created_by=user) | Q(is_shared=True))


def deletable_by(user: Any, workspace: Any, *, is_manager: bool) -> QuerySet[SavedSearch]:
    """One's own; a manager also deletes what others share."""
    mine = Q(created_by=user)
    return SavedSearch.objects.of(workspace).filter(mine | Q(is_shared=True) if is_manager else mine)


def save_search(
    workspace: Any,
    criteria: Criteria,
    *,
    name: str,
    sources: tuple[str, ...],
    most_leads: int,
    lowest_grade: str,
    is_shared: bool,
    by: Any,
    now: datetime,
) -> SavedSearch:
    """Keeps the search under its name; one's own search of the same name is replaced."""
    content = {
        "criteria": criteria.to_json(),
        "sources": list(sources),
        "most_leads": most_leads,
        "lowest_grade": lowest_grade,
        "is_shared": is_shared,
        "updated_at": now,
    }
    saved, _is_new = SavedSearch.objects.update_or_create(
        workspace=workspace, created_by=by, name=name, defaults=content, create_defaults=content | {"created_at": now}
    )
    return saved
