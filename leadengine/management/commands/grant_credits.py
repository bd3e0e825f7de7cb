"""Grants credits to a workspace, or takes some back, from the command line."""

import json
from argparse import ArgumentParser
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.management import BaseCommand, CommandError

from billing import ledger
from billing.models import Workspace
from leadengine.management.workspace_command import short

LONGEST_KEY, LONGEST_NOTE = 110, 200  # the ledger's keys have the verb before them


class Command(BaseCommand):
    help = "Grants credits; the same key again grants nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("workspace", help="Its short name.")
        parser.add_argument("amount", help="Credits, such as 250 or 12.50.")
        parser.add_argument("--key", required=True, help="Names this grant, such as the number of an invoice.")
        parser.add_argument("--note", required=True, help="The reason, as the workspace reads it.")
        parser.add_argument("--take", action="store_true", help="Take back that much of what is not held, instead.")
        parser.add_argument("--json", action="store_true", help="Print one JSON object.")

    def handle(self, *args: Any, **options: Any) -> None:
        workspace = Workspace.objects.filter(slug=options["workspace"]).first()
        if workspace is None:
            raise CommandError(f"There is no workspace “{options['workspace']}”.")
        try:
            move(workspace, credits_of(options["amount"]), options)
        except ledger.KeyReuse as mistake:
            raise CommandError(f"The key “{options['key']}” was used for another amount.") from mistake
        except ledger.InsufficientCredits as refusal:
            raise CommandError(f"Only {refusal.available} credits are available.") from refusal
        available = ledger.balance(workspace).available
        data = {"workspace": workspace.slug, "available": f"{available:.2f}"}
        self.stdout.write(json.dumps(data) if options["json"] else f"{workspace} has {available} credits available.")


def move(workspace: Workspace, amount: Decimal, options: dict[str, Any]) -> None:
    if not options["note"].strip():
        raise CommandError("Say why with --note: the workspace reads it.")
    key, note = short(options["key"], LONGEST_KEY, "The key"), short(options["note"], LONGEST_NOTE, "The note")
    if options["take"]:
        ledger.expire(workspace, amount, key=f"expire:{key}", by=None, note=note)
    else:
        ledger.grant(workspace, amount, key=f"grant:{key}", by=None, note=note)


def credits_of(text: str) -> Decimal:
    """A positive amount with at most two places that our columns hold, or a CommandError."""
    try:
        amount = Decimal(text)
        is_fine = 0 < amount < 10**10 and amount == round(amount, 2)
    except InvalidOperation:
        is_fine = False
    if not is_fine:
        raise CommandError(f"“{text}” is no amount of credits: give a positive number with at most two places.")
    return round(amount, 2)
