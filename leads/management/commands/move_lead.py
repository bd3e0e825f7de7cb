"""Moves a lead to another stage of the pipeline."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from leadengine.management.workspace_command import WorkspaceCommand
from leads.forms.moving import CURRENCIES, REASON
from leads.management.leads_arguments import lead_named
from leads.models import Stage, StageKind
from leads.moving import Deal, move


class Command(WorkspaceCommand):
    help = "Moves a lead to a stage; to be disqualified it needs --reason."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("lead", help="e-mail address or id")
        parser.add_argument("--stage", required=True, help="the stage's key, for example working")
        parser.add_argument("--reason", default="")
        parser.add_argument("--value", default="", help="what the deal is worth")
        parser.add_argument("--currency", default=CURRENCIES[0], choices=CURRENCIES)

    def handle(self, *args: Any, **options: Any) -> None:
        workspace = self.workspace(options)
        lead, stage = lead_named(workspace, options["lead"]), self.stage(workspace, options["stage"])
        if stage.kind == StageKind.DISQUALIFIED and not options["reason"]:
            raise CommandError(REASON)
        before = lead.stage.key if lead.stage else ""
        by, deal = self.person(workspace, options), self.deal(options)
        moved = move(lead, stage, by=by, now=timezone.now(), reason=options["reason"], deal=deal)
        data = {"lead": str(lead.pk), "before": before, "stage": stage.key, "moved": moved is not None}
        self.put(data, options, f"{lead.display_name}: {stage.name}")

    def stage(self, workspace: Any, key: str) -> Stage:
        stages = {stage.key: stage for stage in Stage.objects.of(workspace).order_by("position", "id")}
        if key not in stages:
            raise CommandError(f"There is no stage “{key}”. Known: {', '.join(stages)}.")
        return stages[key]

    def deal(self, options: dict[str, Any]) -> Deal | None:
        if not options["value"]:
            return None
        try:
            value = Decimal(options["value"])
        except InvalidOperation as error:
            raise CommandError(f"“{options['value']}” is not an amount.") from error
        if not value.is_finite() or value < 0:
            raise CommandError(f"“{options['value']}” is not an amount.")
        return Deal(value, options["currency"])
