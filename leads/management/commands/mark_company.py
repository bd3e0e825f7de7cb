"""Marks a company as customer or competitor, which no run delivers, or takes the mark away."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from leadengine.management.workspace_command import WorkspaceCommand
from leadengine.workflows.relations import mark_company
from leads.models import Company, Relation

NONE = "none"


class Command(WorkspaceCommand):
    help = "Marks a company as customer or competitor; `none` takes the mark away. Repeated it changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("company", help="its domain, or its id")
        parser.add_argument("--relation", required=True, choices=[Relation.CUSTOMER, Relation.COMPETITOR, NONE])

    def handle(self, *args: Any, **options: Any) -> None:
        workspace = self.workspace(options)
        company = find_company(workspace, options["company"])
        wanted = Relation.NONE if options["relation"] == NONE else Relation(options["relation"])
        before = mark_company(company, wanted, by=self.person(workspace, options), now=timezone.now())
        data = {"company": str(company.pk), "name": company.name, "relation": wanted.value, "before": before.value}
        self.put(data, options, f"{company.name}: {wanted.label.lower()}, before: {before.label.lower()}.")


def find_company(workspace: Any, named: str) -> Company:
    """The company at this domain, or with this id."""
    companies = Company.objects.of(workspace).select_related("workspace")
    try:
        found = list(companies.filter(pk=UUID(named)))
    except ValueError:
        found = list(companies.filter(domain=named.lower()).order_by("created_at", "pk")[:2])
    if not found:
        raise CommandError(f"{workspace.name} knows no company “{named}”.")
    if len(found) > 1:
        raise CommandError(f"There are several companies at “{named}”. Name one by its id.")
    return found[0]
