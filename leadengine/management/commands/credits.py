"""Prints a workspace's statement: balance, use of this month, and the last entries of its ledger."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.management.base import CommandParser
from django.utils import timezone

from billing import statement
from billing.forecast import forecast
from billing.limits import month_start
from billing.models import Workspace
from billing.standing import standing
from billing.uses import Use, uses
from leadengine.management.workspace_command import WorkspaceCommand
from leadengine.workflows.naming import charged_leads
from leadengine.workflows.naming_work import names_of_holds, run_names
from leadengine.workflows.reporting import trust

DAYS = 30


class Command(WorkspaceCommand):
    help = "What there is, what is held, what was used since the month began, and the newest entries of the ledger."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--entries", type=int, default=20, help="how many entries, the newest first")

    def handle(self, *args: Any, **options: Any) -> None:
        workspace = self.workspace(options)
        sources = [asdict(each) | {"title": each.title, "trust": each.percent} for each in trust(workspace)]
        found = balance_json(workspace) | self.uses(workspace) | {"sources": sources}
        page = list(statement.entries(workspace)[: max(0, options["entries"])])
        lines = statement.ledger_lines(workspace, page, holds=names_of_holds(workspace, page))
        leads = charged_leads(workspace, page)
        data = found | {"entries": [line.to_json() | named(leads.get(line.entry.key)) for line in lines]}
        self.put(data, options, in_words(data))

    def uses(self, workspace: Workspace) -> dict[str, Any]:
        now = timezone.now()
        since, today = month_start(now).date(), timezone.localdate(now)
        found = uses(workspace, since=min(since, today - timedelta(days=DAYS)))
        month = found.since(since)
        runs = month.by_run()
        days = [day.credits for day in found.by_day(DAYS, today=today)]
        told = forecast(standing(workspace).available, days, today=today)
        names = run_names(workspace, {use.key for use in runs})
        return {
            "since": since.isoformat(),
            "lasts_to": told.lasts_to.isoformat() if told.lasts_to else None,
            "by_kind": [use_json(use, use.label) for use in month.by_kind()],
            "by_person": [use_json(use, use.label) for use in month.by_person({})],
            "by_run": [use_json(use, names.get(use.key, "")) for use in runs],
        }


def named(lead: tuple[UUID, str] | None) -> dict[str, str]:
    """Whom it was charged for; "" where it was for something else."""
    return {"lead": lead[1] if lead else "", "lead_id": str(lead[0]) if lead else ""}


def balance_json(workspace: Workspace) -> dict[str, Any]:
    balance = standing(workspace)
    return {
        "workspace": workspace.slug,
        "posted": money(balance.posted),
        "held": money(balance.held),
        "available": money(balance.available),
        "is_low": balance.is_low,
    }


def use_json(use: Use, label: str) -> dict[str, Any]:
    return {"key": str(use.key), "label": label, "credits": money(use.credits), "charges": use.charges}


def money(value: Decimal) -> str:
    return f"{value:.2f}"


def what(entry: dict[str, str]) -> str:
    return ", ".join(filter(None, (entry["what"], entry["lead"])))


def in_words(data: dict[str, Any]) -> str:
    low = " This is less than a fifth of the last grant." if data["is_low"] else ""
    first = f"{data['workspace']}: {data['available']} credits available, {data['held']} held.{low}"
    used = [f"  {each['credits']:>10}  {each['label']}" for each in (*data["by_kind"], *data["by_person"])]
    used += [f"  {each['credits']:>10}  {each['label']}" for each in data["by_run"]]
    rows = [f"  {each['at'][:16]} {each['credits']:>10}  {each['kind']}: {what(each)}" for each in data["entries"]]
    sources = [f"  {each['title']}: {each['reported']} of {each['delivered']} reported bad" for each in data["sources"]]
    trusted = ["Sources:", *sources] if sources else []
    return "\n".join([first, f"Used since {data['since']}:", *used, *trusted, "Ledger:", *rows])
