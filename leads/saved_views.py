"""Saved views: made, renamed, shared, deleted and brought back; a name is used once among one's own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from leads.models import SavedView


class NameTaken(ValueError):
    """The person has another view of this name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"You have a view called “{name}” already.")


def save_view(
    workspace: Any, *, name: str, query: str, columns: Iterable[str], sort: str, is_shared: bool, by: Any, now: datetime
) -> SavedView:
    """A new view. Raises NameTaken."""
    _check(workspace, by, name)
    return SavedView.objects.create(
        workspace=workspace,
        owner=by,
        name=name,
        query=query,
        columns=list(columns),
        sort=sort,
        is_shared=is_shared,
        created_at=now,
        updated_at=now,
    )


def describe_view(view: SavedView, *, name: str, is_shared: bool, now: datetime) -> None:
    """Renames and shares. Raises NameTaken."""
    _check(view.workspace_id, view.owner, name, but=view)
    view.name, view.is_shared, view.updated_at = name, is_shared, now
    view.save(update_fields=["name", "is_shared", "updated_at"])


def renew_view(view: SavedView, *, query: str, columns: Iterable[str], sort: str, now: datetime) -> None:
    """Keeps another query, columns and order under the old name."""
    view.query, view.columns, view.sort, view.updated_at = query, list(columns), sort, now
    view.save(update_fields=["query", "columns", "sort", "updated_at"])


def delete_view(view: SavedView, *, now: datetime) -> None:
    view.deleted_at = now
    view.save(update_fields=["deleted_at"])


def restore_view(view: SavedView) -> None:
    """As it was before it was deleted. Raises NameTaken."""
    _check(view.workspace_id, view.owner, view.name, but=view)
    view.deleted_at = None
    view.save(update_fields=["deleted_at"])


def _check(workspace: Any, owner: Any, name: str, *, but: SavedView | None = None) -> None:
    namesakes = SavedView.objects.of(workspace).kept().filter(owner=owner, name=name)
    if any(each != but for each in namesakes):
        raise NameTaken(name)
