"""Tags from the command line: shown, made, put on leads and taken off, renamed, merged, deleted."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from leadengine.management.workspace_command import WorkspaceCommand
from leads import grouping
from leads.discarding import discard, merge
from leads.group_listing import tags_with_leads
from leads.management.leads_arguments import leads_named, membership
from leads.models import Tag

ACTS = ("show", "create", "add", "remove", "rename", "merge", "delete")


class Command(WorkspaceCommand):
    help = "Shows the tags with their numbers of leads, or does the act with the tag --name."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("act", nargs="?", choices=ACTS, default="show")
        parser.add_argument("--name", default="", help="the tag; add makes it where there is none")
        parser.add_argument(
            "--to", default="", help="with rename: the new name; with merge: the tag that takes its leads"
        )
        parser.add_argument("--leads", nargs="*", default=[], help="e-mail addresses or ids")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            data = getattr(self, options["act"])(self.workspace(options), options)
        except grouping.UnusableName as error:
            raise CommandError(str(error)) from error
        lines = [f"{each['leads']:>6}  {each['name']}" for each in data.get("tags", [])] or ["No tags yet."]
        self.put(data, options, "\n".join(lines) if "tags" in data else f"{data['tag']}: done.")

    def show(self, workspace: Any, options: dict[str, Any]) -> dict[str, Any]:
        return {"tags": [{"name": tag.name, "leads": tag.number} for tag in tags_with_leads(workspace)]}

    def create(self, workspace: Any, options: dict[str, Any]) -> dict[str, Any]:
        return {"tag": grouping.create_tag(workspace, options["name"]).name}

    def add(self, workspace: Any, options: dict[str, Any]) -> dict[str, Any]:
        chosen, by = leads_named(workspace, options["leads"]), self.person(workspace, options)
        tag = grouping.named(workspace, Tag, options["name"], by=by, now=timezone.now())
        return {"tag": tag.name, **membership(tag, chosen, by=by)}

    def remove(self, workspace: Any, options: dict[str, Any]) -> dict[str, Any]:
        tag, chosen = named(workspace, options["name"]), leads_named(workspace, options["leads"])
        return {"tag": tag.name, **membership(tag, chosen, by=self.person(workspace, options), is_off=True)}

    def rename(self, workspace: Any, options: dict[str, Any]) -> dict[str, Any]:
        tag = named(workspace, options["name"])
        before = grouping.rename(tag, options["to"])
        return {"tag": tag.name, "before": before}

    def merge(self, workspace: Any, options: dict[str, Any]) -> dict[str, Any]:
        tag, into = named(workspace, options["name"]), named(workspace, options["to"])
        if tag == into:
            raise CommandError("A tag cannot be merged into itself.")
        kept = merge(tag, into, now=timezone.now())
        return {"tag": kept.name, "merged_into": into.name, "gained": len(kept.gained_ids)}

    def delete(self, workspace: Any, options: dict[str, Any]) -> dict[str, Any]:
        return {"tag": discard(named(workspace, options["name"]), now=timezone.now()).name, "deleted": True}


def named(workspace: Any, name: str) -> Tag:
    found = Tag.objects.of(workspace).filter(name__iexact=grouping.tidy(name)).first()
    if found is None:
        raise CommandError(f"{workspace.name} has no tag “{name}”.")
    return found
