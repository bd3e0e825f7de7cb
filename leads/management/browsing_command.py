"""What the commands on a list of leads share: the query, what it means, and whose view it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from leadengine.management.workspace_command import WorkspaceCommand
from leads.models import Lead
from leads.models.lead import LeadQuerySet
from leads.query.conditions import condition
from leads.query.reading import read
from leads.query.terms import LeadQuery
from leads.scoping import scope_for


@dataclass(frozen=True, slots=True)
class Matching:
    """The leads of a workspace that match a query, which `by` asks at `now`."""

    workspace: Any
    query: LeadQuery
    leads: LeadQuerySet
    by: Any
    now: datetime


class BrowsingCommand(WorkspaceCommand):
    """A command on the leads that match a query; `owner:me` is the person it is done for."""

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--query", default="", help="such as 'grade:A+,A stage:new -agency'; empty for all")

    def matching(self, options: dict[str, Any]) -> Matching:
        """A query that is not wholly understood is refused: it would match more than was meant."""
        workspace, now, text = self.workspace(options), timezone.now(), options["query"]
        by = self.person(workspace, options)
        scope = scope_for(workspace, user=by, now=now, text=text)
        reading = read(text, scope)
        if "new" in reading.query.values("is"):
            raise CommandError("“is:new” is since the last visit of a browser. Say since when: “added:<7d”.")
        if not reading.is_sure:
            raise CommandError(" ".join(problem.sentence for problem in reading.problems))
        leads = Lead.objects.of(workspace).living().filter(condition(reading.query, scope))
        return Matching(workspace, reading.query, leads, by, now)
