"""`manage.py saved_searches`: lists them, tells what is new, shares, copies and deletes one, as the page does."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from billing.models import User, Workspace
from leadengine.management.brief_arguments import brief_of_saved
from leadengine.management.workspace_command import WorkspaceCommand
from leadengine.workflows.estimating import new_matches
from leads.models import SavedSearch
from leads.saved_searches import deletable_by, duplicate, visible_to


class Command(WorkspaceCommand):
    help = "List a person's saved searches with what each would find that is new, or change one."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        one = parser.add_mutually_exclusive_group()
        for action in ("share", "unshare", "duplicate", "delete"):
            one.add_argument(f"--{action}", default="", metavar="NAME")

    def handle(self, *args: Any, **options: Any) -> None:
        workspace = self.workspace(options)
        by = self.person(workspace, options)
        action = next((each for each in _ACTIONS if options[each]), "")
        if action:
            _ACTIONS[action](_found(workspace, by, options[action], change=action != "duplicate"), by)
        found = [_told(each) for each in visible_to(by, workspace).order_by("name", "id")]
        lines = [f"{each['name']}: {each['new']} new{', shared' if each['shared'] else ''}" for each in found]
        self.put({"searches": found}, options, "\n".join(lines) or "No saved searches.")


def _told(saved: SavedSearch) -> dict[str, Any]:
    brief = brief_of_saved(saved)
    new = new_matches(saved.workspace, brief, now=timezone.now())
    described = {"criteria": saved.criteria, "described": brief.criteria.describe(), "new": str(new) if new else None}
    return {"name": saved.name, "shared": saved.is_shared, "most_leads": saved.most_leads} | described


def _found(workspace: Workspace, by: User, name: str, *, change: bool) -> SavedSearch:
    is_manager = workspace.memberships.get(user=by).is_manager
    searches = deletable_by(by, workspace, is_manager=is_manager) if change else visible_to(by, workspace)
    found = searches.filter(name=name).order_by("id").first()
    if found is None:
        raise CommandError(f"{by.email} has no saved search “{name}”{' to change' if change else ''}.")
    return found


def _share(saved: SavedSearch, _by: User) -> None:
    SavedSearch.objects.filter(pk=saved.pk).update(is_shared=True)


def _unshare(saved: SavedSearch, _by: User) -> None:
    SavedSearch.objects.filter(pk=saved.pk).update(is_shared=False)


def _duplicate(saved: SavedSearch, by: User) -> None:
    duplicate(saved, by=by, now=timezone.now())


def _delete(saved: SavedSearch, _by: User) -> None:
    saved.delete()


_ACTIONS = {"share": _share, "unshare": _unshare, "duplicate": _duplicate, "delete": _delete}
