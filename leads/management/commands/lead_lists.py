"""Static lists from the command line: shown, made, filled and emptied."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from leadengine.management.workspace_command import WorkspaceCommand
from leads import grouping
from leads.discarding import discard
from leads.group_listing import leads_on, list_rows
from leads.management.leads_arguments import leads_named, membership
from leads.models import LeadList

ACTS = ("show", "create", "add", "remove", "rename", "delete")


class Command(WorkspaceCommand):
    help = "Without a name all lists are shown; with one its leads, or what the act does with it."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("act", nargs="?", choices=ACTS, default="show")
        parser.add_argument("--name", default="", help="the list")
        parser.add_argument("--to", default="", help="with rename: the new name")
        parser.add_argument("--leads", nargs="*", default=[], help="e-mail addresses or ids")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            data = getattr(self, options["act"])(self.workspace(options), options)
        except grouping.UnusableName as error:
            raise CommandError(str(error)) from error
        self.put(data, options, in_words(data))

    def show(self, workspace: Any, options: dict[str, Any]) -> dict[str, Any]:
        if not options["name"]:
            rows = list_rows(workspace)
            return {"lists": [{"name": row.lead_list.name, "leads": row.leads, "grades": row.grades} for row in rows]}
        found = leads_on(named(workspace, options["name"]))
        people = [{"id": str(lead.pk), "name": lead.display_name, "email": lead.email} for lead in found]
        return {"list": options["name"], "leads": people}

    def create(self, workspace: Any, options: dict[str, Any]) -> dict[str, Any]:
        by, chosen = self.person(workspace, options), leads_named(workspace, options["leads"])
        made = grouping.create_list(workspace, options["name"], by=by, now=timezone.now())
        return {"list": made.name, **membership(made, chosen, by=by)}

    def add(self, workspace: Any, options: dict[str, Any]) -> dict[str, Any]:
        found, chosen = named(workspace, options["name"]), leads_named(workspace, options["leads"])
        return {"list": found.name, **membership(found, chosen, by=self.person(workspace, options))}

    def remove(self, workspace: Any, options: dict[str, Any]) -> dict[str, Any]:
        found, chosen = named(workspace, options["name"]), leads_named(workspace, options["leads"])
        return {"list": found.name, **membership(found, chosen, by=self.person(workspace, options), is_off=True)}

    def rename(self, workspace: Any, options: dict[str, Any]) -> dict[str, Any]:
        found = named(workspace, options["name"])
        before = grouping.rename(found, options["to"])
        return {"list": found.name, "before": before}

    def delete(self, workspace: Any, options: dict[str, Any]) -> dict[str, Any]:
        kept = discard(named(workspace, options["name"]), now=timezone.now())
        return {"list": kept.name, "deleted": True}


def named(workspace: Any, name: str) -> LeadList:
    found = LeadList.objects.of(workspace).filter(name__iexact=grouping.tidy(name)).first()
    if found is None:
        raise CommandError(f"{workspace.name} has no list “{name}”.")
    return found


def in_words(data: dict[str, Any]) -> str:
    if "lists" in data:
        return "\n".join(f"{each['leads']:>6}  {each['name']}" for each in data["lists"]) or "No lists yet."
    if "leads" in data:
        return "\n".join(f"{each['name']}  {each['email']}" for each in data["leads"]) or "Nobody is on this list."
    if "changed" in data:
        return f"{data['list']}: {data['changed']} changed."
    return f"{data['list']}: {'deleted' if data.get('deleted') else 'renamed'}."
