"""`manage.py company`: tell where sources disagree about one company, say which value holds, or take that back."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from leadengine.management.workspace_command import WorkspaceCommand
from leadengine.workflows.choosing import choose, take_back, words
from leadengine.workflows.picking import NotPickable
from leads.company_conflicts import CompanyConflict, Said, company_conflicts
from leads.management.commands.mark_company import find_company
from leads.models import Company, CompanyChoice
from leads.sources import registry

MOST_CHOICES = 20


class Command(WorkspaceCommand):
    help = "Shows where sources disagree about a company; chooses which value holds, or takes a choice back."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("company", help="its domain, or its id")
        act = parser.add_mutually_exclusive_group()
        act.add_argument("--pick", type=int, metavar="EVIDENCE", help="what this evidence says holds from now on")
        act.add_argument("--undo", type=int, metavar="CHOICE", help="what stood before this choice holds again")

    def handle(self, *args: Any, **options: Any) -> None:
        workspace = self.workspace(options)
        company = find_company(workspace, options["company"])
        try:
            self.act(company, options)
        except NotPickable as reason:
            raise CommandError(str(reason)) from reason
        data = described(company)
        self.put(data, options, in_words(data))

    def act(self, company: Company, options: dict[str, Any]) -> None:
        if not (options["pick"] or options["undo"]):
            return
        by, now = self.person(company.workspace, options), timezone.now()
        if options["pick"]:
            choose(company, options["pick"], by=by, now=now)
            return
        choice = CompanyChoice.objects.of(company.workspace_id).filter(company=company, pk=options["undo"]).first()
        if choice is None:
            raise CommandError(f"Nobody has made a choice {options['undo']} for {company.name}.")
        take_back(choice, by=by, now=now)


def described(company: Company) -> dict[str, Any]:
    """Each conflict with what could be chosen instead, and the newest choices that were made."""
    choices = CompanyChoice.objects.of(company.workspace_id).filter(company=company).order_by("-pk")[:MOST_CHOICES]
    return {
        "company": str(company.pk),
        "name": company.name,
        "conflicts": [conflict_told(each) for each in company_conflicts(company)],
        "choices": [{"choice": each.pk, "text": each.text, "at": each.occurred_at.isoformat()} for each in choices],
    }


def conflict_told(each: CompanyConflict) -> dict[str, Any]:
    others = [told(other) for other in each.others]
    return {"field": each.field, "used": told(each.used), "others": others, "settled": each.is_settled}


def told(said: Said) -> dict[str, Any]:
    source = registry.title(said.source)
    return {"evidence": said.pk, "value": words(said), "source": source, "confidence": said.confidence}


def in_words(data: dict[str, Any]) -> str:
    lines = [f"{data['name']}: sources disagree on {len(data['conflicts'])} facts."]
    for each in data["conflicts"]:
        lines.append(f"  {each['field']}: “{each['used']['value']}” ({each['used']['source']}) is in use.")
        lines += [f"    --pick {other['evidence']}: “{other['value']}” ({other['source']})" for other in each["others"]]
    lines += [f"  {each['text']}; taken back by --undo {each['choice']}" for each in data["choices"][:1]]
    return "\n".join(lines)
