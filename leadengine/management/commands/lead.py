"""`manage.py lead`: do with one lead what its page can do, and tell how it stands."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from billing.models import Workspace
from leadengine.management.workspace_command import WorkspaceCommand, short
from leadengine.workflows.logging import log
from leadengine.workflows.picking import NotPickable, pick
from leadengine.workflows.scoring import rescore_lead
from leads import dossier, pipeline
from leads.conflicts import conflicts
from leads.filters import members
from leads.logbook import LONGEST_TEXT, Entry
from leads.models import Evidence, Lead, Outcome, Stage, StageKind
from leads.sources import registry


class Command(WorkspaceCommand):
    help = "Show a lead; move it, assign it, note what was done or what a deal is worth, decide between sources."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("lead", help="the lead's id, or its e-mail address")
        parser.add_argument("--stage", help="move it to the stage with this key")
        parser.add_argument("--reason", default="", help="with --stage: why it is disqualified or lost")
        parser.add_argument("--owner", help="give it to the person with this e-mail address; nobody: to nobody")
        parser.add_argument("--note", help="put this on its timeline")
        parser.add_argument("--kind", choices=[kind.value for kind in pipeline.WRITTEN], default="note")
        parser.add_argument("--value", help="what the won deal is worth, such as 12500")
        parser.add_argument("--currency", default="EUR")
        parser.add_argument("--pick", type=int, metavar="EVIDENCE", help="use what this evidence says")

    def handle(self, *args: Any, **options: Any) -> None:
        workspace = self.workspace(options)
        lead = find(workspace, options["lead"])
        by, now = self.person(workspace, options), timezone.now()
        for name, act in {"stage": move, "owner": assign, "note": note, "value": value, "pick": choose}.items():
            if options[name] is not None:
                act(lead, options, by, now)
        lead.refresh_from_db()
        told = described(lead)
        self.put(told, options, in_words(told))


def find(workspace: Workspace, text: str) -> Lead:
    try:
        named: dict[str, Any] = {"pk": UUID(text)}
    except ValueError:
        named = {"email__iexact": text}
    leads = Lead.objects.of(workspace).living().select_related("company", "stage", "owner", "workspace")
    found = leads.filter(**named).first()
    if found is None:
        raise CommandError(f"There is no lead “{text}” in {workspace.name}.")
    return found


def move(lead: Lead, options: dict[str, Any], by: Any, now: datetime) -> None:
    stages = {stage.key: stage for stage in Stage.objects.of(lead.workspace_id).order_by("position", "id")}
    stage, reason = stages.get(options["stage"]), short(options["reason"], 200, "The reason")
    if stage is None:
        raise CommandError(f"There is no stage “{options['stage']}”. Known: {', '.join(stages)}.")
    if stage.kind == StageKind.DISQUALIFIED and not reason:
        raise CommandError("Say with --reason why it is disqualified.")
    pipeline.move(lead, stage, by=by, now=now, reason=reason)
    rescore_lead(lead, by=by, now=now, why=f"Stage: {stage.name}")


def assign(lead: Lead, options: dict[str, Any], by: Any, now: datetime) -> None:
    is_given = options["owner"] != "nobody"
    owner = members(lead.workspace_id).filter(email__iexact=options["owner"]).first() if is_given else None
    if is_given and owner is None:
        raise CommandError(f"Nobody called {options['owner']} works in this workspace.")
    pipeline.assign(lead, owner, by=by, now=now)


def note(lead: Lead, options: dict[str, Any], by: Any, now: datetime) -> None:
    entry = Entry(options["kind"], now, short(options["note"], LONGEST_TEXT, "The note"))
    log(lead, entry, by=by, now=now)


def value(lead: Lead, options: dict[str, Any], by: Any, now: datetime) -> None:
    if lead.outcome != Outcome.WON:
        raise CommandError("Only a won lead has a deal. Move it with --stage won.")
    try:
        worth = Decimal(options["value"]).quantize(Decimal("0.01"))
    except InvalidOperation as error:
        raise CommandError(f"“{options['value']}” is no amount.") from error
    if not 0 <= worth < 10**12 or len(options["currency"]) != 3:
        raise CommandError("The value is an amount from 0 on, the currency three letters.")
    pipeline.settle_outcome(lead, value=worth, currency=options["currency"].upper(), by=by, now=now)


def choose(lead: Lead, options: dict[str, Any], by: Any, now: datetime) -> None:
    row = Evidence.objects.of(lead.workspace_id).filter(lead=lead, pk=options["pick"]).first()
    if row is None:
        raise CommandError(f"This lead has no evidence {options['pick']}.")
    try:
        pick(lead, row, by=by, now=now)
    except NotPickable as reason:
        raise CommandError(str(reason)) from reason


def described(lead: Lead) -> dict[str, Any]:
    """How it stands; of each conflict what is in use, and the evidence that could be picked instead."""
    found = conflicts(dossier.evidence(lead))
    return {
        "lead": str(lead.pk),
        "name": lead.display_name,
        "title": lead.title,
        "email": lead.email,
        "stage": lead.stage.key if lead.stage else "",
        "owner": lead.owner.email if lead.owner else "",
        "outcome": lead.outcome,
        "reason": lead.outcome_reason,
        "value": float(lead.deal_value) if lead.deal_value is not None else None,
        "currency": lead.deal_currency,
        "conflicts": [
            {"field": each.field, "used": told(each.used), "others": [*map(told, each.others)]} for each in found
        ],
    }


def told(row: Evidence) -> dict[str, Any]:
    return {"evidence": row.pk, "value": row.value, "source": registry.title(row.source), "confidence": row.confidence}


def in_words(told: dict[str, Any]) -> str:
    """The same for people at a terminal."""
    worth = f", {told['value']:,.2f} {told['currency']}" if told["value"] is not None else ""
    lines = [
        f"{told['name']}, {told['title'] or 'title not known'}: {told['stage']}{worth}, owned by {told['owner'] or 'nobody'}."
    ]
    for each in told["conflicts"]:
        lines.append(
            f"  Sources disagree on {each['field']}: “{each['used']['value']}” ({each['used']['source']}) is in use."
        )
        lines += [f"    --pick {other['evidence']}: “{other['value']}” ({other['source']})" for other in each["others"]]
    return "\n".join(lines)
