"""`manage.py explain_lead`: why a lead has its score, as its page says it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from leadengine.management.workspace_command import WorkspaceCommand
from leads.models import Lead
from scoring.receipt import ScoreReceipt, receipt
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
        self.put({"lead": str(found.pk), **told.to_json()}, options, in_words(found, told))


def in_words(lead: Lead, told: ScoreReceipt) -> str:
    """The receipt for people at a terminal."""
    lines = [
        f"{lead.display_name}: {told.grade} {told.total}, between {told.low} and {told.high}. Profile {told.profile}."
    ]
    for line in told.lines:
        mark = "assumed" if line.is_assumed else ""
        lines.append(f"  {line.label:<20}{line.points:>3} / {line.most:<3} {mark:<8} {line.reason}")
    lines += [f"  Opportunity: {found.title}. {found.detail}" for found in told.opportunities]
    lines += [f"  Risk: {found.title}. {found.detail}" for found in told.risks]
    lines += [f"  Next: {action.title} (+{action.gain}). {action.why}" for action in told.actions]
    return "\n".join(lines)


def _named(text: str) -> dict[str, Any]:
    try:
        return {"pk": UUID(text)}
    except ValueError:
        return {"email__iexact": text}
