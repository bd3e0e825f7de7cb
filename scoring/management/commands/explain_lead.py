"""`manage.py explain_lead`: why a lead has its score, as its page says it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from leadengine.management.workspace_command import WorkspaceCommand
from leads.models import Lead
from scoring.management.telling import in_words
from scoring.receipt import receipt
from scoring.views.score import action_prices


class Command(WorkspaceCommand):
    help = "Print the receipt of a lead's score: ten lines that add up, risks, opportunities, next actions."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("lead", help="the lead's id, or its e-mail address")

    def handle(self, *args: Any, **options: Any) -> None:
        workspace, now = self.workspace(options), timezone.now()
        leads = Lead.objects.of(workspace).living().select_related("company", "workspace")
        found = leads.filter(**_named(options["lead"])).first()
        if found is None:
            raise CommandError(f"There is no lead “{options['lead']}” in {workspace.name}.")
        told = receipt(found, now=now, prices=action_prices(now))
        data = {"id": str(found.pk), "now": now.isoformat(), **told.to_json(), "lead": str(found.pk)}
        self.put(data, options, in_words(found.display_name, told))


def _named(text: str) -> dict[str, Any]:
    try:
        return {"pk": UUID(text)}
    except ValueError:
        return {"email__iexact": text}
