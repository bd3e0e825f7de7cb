"""`manage.py explain_lead`: why a lead has its score, as its page says it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from leadengine.management.workspace_command import WorkspaceCommand
from leads.bounds import storable
from leads.models import Lead
from scoring.management.telling import in_words
from scoring.receipt import receipt
from scoring.views.score import action_prices

MOST_NAMED = 10


class Command(WorkspaceCommand):
    help = "Print the receipt of a lead's score: ten lines that add up, risks, opportunities, next actions."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("lead", help="the lead's id, or its e-mail address")

    def handle(self, *args: Any, **options: Any) -> None:
        workspace, now = self.workspace(options), timezone.now()
        found = _named(workspace, options["lead"])
        told = receipt(found, now=now, prices=action_prices(now))
        data = {"id": str(found.pk), "now": now.isoformat(), **told.to_json(), "lead": str(found.pk)}
        self.put(data, options, in_words(found.display_name, told))


def _named(workspace: Any, name: str) -> Lead:
    """The one lead of this id or address; CommandError where there is none, or more than one."""
    leads = Lead.objects.of(workspace).living().select_related("company", "workspace")
    try:
        found = list(leads.filter(pk=UUID(name)))
    except ValueError:
        found = list(leads.filter(email__iexact=name).order_by("pk")) if storable(name) == name else []
    if not found:
        raise CommandError(f"There is no lead “{storable(name)}” in {workspace.name}.")
    if len(found) > 1:
        ids = ", ".join(str(each.pk) for each in found[:MOST_NAMED]) + (", ..." if found[MOST_NAMED:] else "")
        raise CommandError(f"{len(found)} leads have the address “{name}”. Name one by its id: {ids}.")
    return found[0]
